import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // A page is one test, and pages wait for each other: each has the machine to itself, as its reader does.
    testTimeout: 600_000,
    fileParallelism: true,
  },
});
