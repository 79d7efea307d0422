import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { epochAt } from '../epoch.ts';
import { hmacPseudonyms } from '../pseudonyms.ts';
import { population } from './population.ts';
import { randomOf } from './random.ts';
import { reconstruct } from './reconstruction.ts';
import { type Carried, telemetryOf } from './telemetry.ts';

const sessions = population(150, 3);
const epochs = new Set(sessions.flatMap(one => one.turns.map(turn => epochAt(turn.start).id)));
/** The order in which tags are joined follows from the keys: fixed ones give the same figures each time. */
const keyOf = (epoch: string): Buffer => createHash('sha256').update(epoch).digest();
const pseudonyms = hmacPseudonyms(new Map([...epochs].map(epoch => [epoch, keyOf(epoch)])));
const run = async (carried: Carried) => {
  const { parts, boundaries, keyed } = telemetryOf(sessions, randomOf(5), carried);
  return { ...(await reconstruct(parts, pseudonyms)), coverage: keyed / boundaries };
};

it.each([
  [0.3, 0.2],
  [0.6, 0.2],
  [0.9, 0.05],
])(
  'sessions whose calls carry a trace (%d) or a token (%d) come back as far as there are keys',
  async (traceparent, token) => {
    const { precision, recall, coverage } = await run({ traceparent, token, shared: 0 });
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(coverage);
    expect(recall).toBeLessThan(1);
  },
);

it('with a key on every call all come back; without any, none that crosses', async () => {
  const all = await run({ traceparent: 1, token: 1, shared: 0 });
  expect(all.precision).toBe(1);
  expect(all.recall).toBeGreaterThan(0.99);
  const none = await run({ traceparent: 0, token: 0, shared: 0 });
  expect(none.precision).toBe(1);
  expect(none.complete).toBeLessThan(0.5);
});

it('a worker that links traces of two sessions joins none of them', async () => {
  const { precision, complete, conflicts } = await run({ traceparent: 1, token: 1, shared: 0, linked: 0.5 });
  expect(precision).toBe(1);
  expect(conflicts).toBe(0);
  // the worker's own part is a session by itself: a link says too little to put it into one
  expect(complete).toBeLessThan(0.7);
});

it('sessions that a process runs in one trace are not taken apart, and are marked', async () => {
  const { precision, conflicts } = await run({ traceparent: 0.6, token: 1, shared: 0.2 });
  expect(precision).toBeLessThan(0.99);
  expect(precision).toBeGreaterThan(0.75);
  expect(conflicts).toBeGreaterThan(0);
});
