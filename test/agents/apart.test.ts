import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';

const apart = process.env['ALIGNMENT_APART'] === '1';
if (!apart)
  console.warn(
    'agents: skipped, no network namespace of its own: `npm run test:agents` makes one with `unshare`, where the system lets it',
  );

it.skipIf(!apart)('the agents run where there is no way out', () => {
  const outside = Object.values(networkInterfaces()).flatMap(addresses =>
    (addresses ?? []).filter(({ internal }) => !internal),
  );
  expect(outside).toEqual([]);
});
