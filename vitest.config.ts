import { defineConfig } from 'vitest/config';

const packed = ['test/sdk-2.3/**/*.test.ts', 'test/sdk-2.12/**/*.test.ts', 'test/package/**/*.test.ts'];
const agents = ['test/agents/**/*.test.ts'];
const shared = {
  setupFiles: ['test/fuzz-seed.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['{src,tools,examples}/**/*.test.ts'], ...shared } },
      {
        test: {
          name: 'process',
          include: ['test/**/*.test.ts'],
          exclude: [...packed, ...agents, '**/node_modules/**'],
          ...shared,
        },
      },
      // real agent programs; tools/agents/test.ts runs them apart from every network. They are not ours: one may fall over by itself
      { test: { name: 'agents', include: agents, retry: process.env['CI'] === 'true' ? 3 : 0, ...shared } },
      // against the package as npm would deliver it, unpacked beside older SDK lines
      { test: { name: 'packed', include: packed, globalSetup: ['test/sdk/pack-setup.ts'], ...shared } },
    ],
  },
});
