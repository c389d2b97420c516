import { defineConfig } from 'vitest/config';

// The SDK's warning about Node 20 helps nobody here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '.lab/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
