import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // A page is one test of one file, so that pages come one after the other.
    testTimeout: 600_000,
  },
});
