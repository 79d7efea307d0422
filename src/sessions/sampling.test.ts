import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochAt } from './epoch.ts';
import { Fragmenter } from './fragment/fragmenter.ts';
import type { SourceSpan } from './fragment/source.ts';
import { hmacPseudonyms, type PseudonymProvider } from './pseudonyms.ts';
import { UserSampler } from './sampling.ts';

const TIME = Date.parse('2026-11-18T10:20:30Z');
const EPOCH = epochAt(TIME);
const hex = (text: string, digits = 32): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);
const shared = hmacPseudonyms(new Map([[EPOCH.id, Buffer.from(hex('key', 64), 'hex')]]));
const alone: PseudonymProvider = { tier: 'voprf', has: () => true, derive: () => Promise.reject() };

interface Given {
  readonly trace: number;
  readonly session?: number | undefined;
  readonly user?: number | undefined;
  readonly startMs?: number;
}
const spanOf = ({ trace, session, user, startMs = TIME }: Given): SourceSpan => ({
  traceId: hex(`trace ${trace}`),
  spanId: hex(`span ${trace}`, 16),
  parentSpanId: undefined,
  remoteParent: false,
  kind: 1,
  startMs,
  attributes: {
    ...(session !== undefined && { 'session.id': hex(`session ${session}`) }),
    ...(user !== undefined && { 'user.id': `user ${user}` }),
  },
  events: [],
  resource: {},
  links: [],
});
const sampled = (given: readonly Given[], maxSessions: number, pseudonyms = shared) => {
  const sampler = new UserSampler({ userAttribute: 'user.id', maxSessions, pseudonyms });
  const spans = given.map(spanOf);
  for (const span of spans) sampler.add(span);
  return spans.map(span => sampler.leaves(span));
};

describe('the sample of each user’s sessions', () => {
  it('keeps at most so many of a user and epoch, whole, and all where there are no more', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            trace: fc.nat(40),
            session: fc.option(fc.nat(12), { nil: undefined }),
            user: fc.nat(3),
            startMs: fc.constantFrom(TIME, EPOCH.end + 1),
          }),
          { maxLength: 80 },
        ),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(shared, alone),
        (given, max, pseudonyms) => {
          const left = sampled(given, max, pseudonyms);
          // by hand: a trace is in the epoch of its first span, and of the session that it names first
          const traces = new Map<number, Given[]>();
          for (const one of given) traces.set(one.trace, [...(traces.get(one.trace) ?? []), one]);
          const kept = new Map<string, Set<string>>();
          const all = new Map<string, Set<string>>();
          const whole = new Map<string, Set<unknown>>();
          const users = new Map<string, Set<number>>();
          const labelOf = (one: Given): string => {
            const spans = traces.get(one.trace)!;
            const start = Math.min(...spans.map(({ startMs }) => startMs!));
            const named = spans.filter(({ session }) => session !== undefined);
            const first = named.sort((a, b) => a.startMs! - b.startMs!)[0];
            return `${epochAt(start).id}|${first === undefined ? `trace ${one.trace}` : first.session}`;
          };
          for (const one of given)
            users.set(labelOf(one), (users.get(labelOf(one)) ?? new Set()).add(one.user!));
          given.forEach((one, i) => {
            const label = labelOf(one);
            whole.set(label, (whole.get(label) ?? new Set()).add(left[i]));
            for (const user of users.get(label)!) {
              const mine = `${label.slice(0, 8)}|${user}`;
              all.set(mine, (all.get(mine) ?? new Set()).add(label));
              if (left[i] === undefined) kept.set(mine, (kept.get(mine) ?? new Set()).add(label));
            }
          });
          for (const reasons of whole.values()) expect(reasons.size).toBe(1);
          for (const mine of kept.values()) expect(mine.size).toBeLessThanOrEqual(max);
          if ([...all.values()].every(({ size }) => size <= max))
            expect(left.every(one => one === undefined)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes each session as often as any other', () => {
    const given = Array.from({ length: 10 }, (_, i) => ({ trace: i, session: i, user: 1 }));
    const times = new Array<number>(10).fill(0);
    for (let key = 0; key < 1_000; key++) {
      const pseudonyms = hmacPseudonyms(new Map([[EPOCH.id, Buffer.from(hex(`key ${key}`, 64), 'hex')]]));
      sampled(given, 3, pseudonyms).forEach((left, i) => {
        if (left === undefined) times[i]! += 1;
      });
    }
    // 300 each; the standard deviation is 14.5, and five of them are one in millions
    for (const time of times) expect(Math.abs(time - 300)).toBeLessThan(73);
  });

  it('is the same again under a key, and another without one', () => {
    const given = Array.from({ length: 60 }, (_, i) => ({ trace: i, user: 1 }));
    expect(sampled(given, 8)).toEqual(sampled([...given].reverse(), 8).reverse());
    expect(sampled(given, 8, alone)).not.toEqual(sampled(given, 8, alone));
  });

  it('leaves out what names no user, but not a trace of a session that does', () => {
    expect(sampled([{ trace: 1, session: 1, user: 1 }, { trace: 2, session: 1 }, { trace: 3 }], 8)).toEqual([
      undefined,
      undefined,
      'no_user',
    ]);
  });

  it('takes records that name no trace with their session', () => {
    const record = { ...spanOf({ trace: 1, session: 1 }), traceId: '', record: true };
    const sampler = new UserSampler({ userAttribute: 'user.id', maxSessions: 1, pseudonyms: shared });
    sampler.add(spanOf({ trace: 1, session: 1, user: 1 }));
    sampler.add(record);
    expect(sampler.leaves(record)).toBeUndefined();
    expect(() => sampler.add(record)).toThrow('drawn already');
  });

  it('cannot be taken for a session of the fragmenter’s: what is asked of the key is another type', async () => {
    const asked: string[] = [];
    const watching: PseudonymProvider = {
      ...shared,
      deriveNow: (epoch, key) => {
        asked.push(key.type);
        return shared.deriveNow!(epoch, key);
      },
    };
    sampled(
      [
        { trace: 1, user: 1 },
        { trace: 2, user: 1 },
      ],
      1,
      watching,
    );
    expect(new Set(asked)).toEqual(new Set(['sample']));
    const fragmenter = new Fragmenter({ pseudonyms: shared });
    fragmenter.add(spanOf({ trace: 1, session: 1, user: 7 }));
    const made = JSON.stringify(await fragmenter.build([...fragmenter.finish()]));
    expect(made).not.toContain('user 7');
  });

  it('refuses a number that is none', () => {
    for (const maxSessions of [0, -1, 1.5, Number.NaN])
      expect(() => new UserSampler({ userAttribute: 'u', maxSessions, pseudonyms: shared })).toThrow(
        RangeError,
      );
  });
});
