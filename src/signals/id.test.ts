import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SessionKeySources, sessionKey, signalId, syntheticIds, unixNanos } from './id.ts';

interface Vectors {
  signal_ids: { name: string; signal: Parameters<typeof signalId>[0]; session_key: string; id: string }[];
  session_keys: { name: string; sources: SessionKeySources; session_key: string }[];
  synthetic_ids: { session_key: string; signal_id: string; trace_id: string; span_id: string }[];
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../semconv/schema/signal-id-vectors.json', import.meta.url), 'utf8'),
);

describe('published test vectors', () => {
  it.each(vectors.signal_ids)('signal id: $name', ({ signal, session_key, id }) => {
    expect(signalId(signal, session_key)).toBe(id);
  });

  it.each(vectors.session_keys)('session key: $name', ({ sources, session_key }) => {
    expect(sessionKey(sources)).toBe(session_key);
  });

  it.each(vectors.synthetic_ids)(
    'synthetic ids of $session_key',
    ({ session_key, signal_id, trace_id, span_id }) => {
      expect(syntheticIds(session_key, signal_id)).toEqual({ traceId: trace_id, spanId: span_id });
    },
  );
});

describe('unixNanos', () => {
  it.each([
    [[1_763_719_200, 5], '1763719200000000005'],
    [[0, 7], '7'],
    [[1, 0], '1000000000'],
  ] as const)('%j', (time, digits) => expect(unixNanos(time)).toBe(digits));
});

it('two observers of one fact get one id, whatever else they know of it', () => {
  const attributes = {
    'alignment.intervention.type': 'denial',
    'alignment.intervention.outcome': 'denied',
  } as const;
  const hook = {
    class: 'intervention',
    time: [1, 1],
    attributes: { ...attributes, 'gen_ai.tool.call.id': 'c' },
  } as const;
  const later = {
    class: 'intervention',
    time: [9, 9],
    attributes: { ...attributes, 'alignment.signal.confidence': 1 },
  } as const;
  expect(signalId(hook, 's')).toBe(signalId(later, 's', 'c'));
});

it('is the digest of the joined fields, whatever was hashed before', () => {
  const part = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('a', 'aa', 'é', 'aé', 'a'.repeat(1100)),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part, part), { maxLength: 12 }), row => {
      for (const [session, call, reason] of row) {
        const signal = {
          class: 'risk_escalation',
          time: [3, 4],
          attributes: { 'gen_ai.tool.call.id': call, 'alignment.signal.reason': reason },
        } as const;
        const fields = [
          '1',
          session,
          call,
          'risk_escalation',
          '',
          '',
          '',
          reason,
          call === '' ? '3000000004' : '',
        ];
        const expected = createHash('sha256').update(fields.join('|')).digest('hex').slice(0, 32);
        expect(signalId(signal, session)).toBe(expected);
      }
    }),
    { numRuns: 500 },
  );
});
