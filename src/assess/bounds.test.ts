import { beforeEach, describe, expect, it, vi } from 'vitest';

const steps = vi.hoisted(() => ({ scripts: 0, characters: 0, nodes: 0 }));
vi.mock('unbash', async load => {
  const real = await load<typeof import('unbash')>();
  return {
    ...real,
    parse: (...args: Parameters<typeof real.parse>) => {
      steps.scripts += 1;
      steps.characters += args[0].length;
      return real.parse(...args);
    },
    forEachChild: (...args: Parameters<typeof real.forEachChild>) => {
      steps.nodes += 1;
      return real.forEachChild(...args);
    },
  };
});

const { assessStep } = await import('./assess-step.ts');

const MEGABYTE = 1_000_000;
const repeat = (unit: string): string => unit.repeat(Math.ceil(MEGABYTE / unit.length)).slice(0, MEGABYTE);
const HOSTILE = [
  ...['$(', '(', '`', '{a,', '${a:-', '$((1+', '"$(echo "', '<(', '((', '[[ a && '],
  ...['a;', 'a|', 'a&&', 'A=1 ', 'cd a;', 'echo a; ', 'rm -rf a; ', 'if a; then ', 'for i in a; do '],
  ...['bash -c \'sh -c "', 'eval "', 'sudo env nohup ', 'xargs ', 'ssh a ', 'find . -exec ', 'cat <<A <<B\n'],
];

describe('a command of a megabyte', () => {
  beforeEach(() => Object.assign(steps, { scripts: 0, characters: 0, nodes: 0 }));

  it.each(HOSTILE)('of %j costs a bounded number of parser steps', unit => {
    const found = assessStep(
      { dialect: 'test', kind: 'tool', toolName: 'bash', arguments: { command: repeat(unit) } },
      {},
    );
    expect(found?.rules).toContain('truncated');
    expect(found?.riskScore).toBeGreaterThanOrEqual(0.4);
    // 64 KiB of text, scripts within scripts included
    expect(steps.characters).toBeLessThanOrEqual(65_536);
    expect(steps.scripts).toBeLessThanOrEqual(4096);
    expect(steps.nodes).toBeLessThanOrEqual(65_536);
  });
});
