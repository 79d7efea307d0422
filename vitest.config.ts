import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'bench/**'],
    globalSetup: ['test/sdk/pack-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
