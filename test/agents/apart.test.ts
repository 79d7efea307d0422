import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';

it('the agents run where there is no way out, unless tools/agents/test.ts could not have such a place', () => {
  if (process.env['ALIGNMENT_APART'] !== '1')
    return console.warn('agents: not apart from the network; tools/agents/test.ts runs them so where it can');
  const outside = Object.values(networkInterfaces()).flatMap(addresses =>
    (addresses ?? []).filter(({ internal }) => !internal),
  );
  expect(outside).toEqual([]);
});
