import { defineConfig } from 'vitest/config';

const packed = ['test/sdk-2.3/**/*.test.ts', 'test/sdk-2.12/**/*.test.ts', 'test/package/**/*.test.ts'];
const timeouts = { testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['{src,tools,examples}/**/*.test.ts'], ...timeouts } },
      {
        test: {
          name: 'process',
          include: ['test/**/*.test.ts'],
          exclude: [...packed, '**/node_modules/**'],
          ...timeouts,
        },
      },
      // against the package as npm would deliver it, unpacked beside older SDK lines
      { test: { name: 'packed', include: packed, globalSetup: ['test/sdk/pack-setup.ts'], ...timeouts } },
    ],
  },
});
