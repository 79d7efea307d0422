import fc from 'fast-check';
import { ATTRIBUTES, EVENTS, type SignalClass } from '../../semconv/index.ts';
import { REUSED_KEYS } from '../keys.ts';
import type { Signal, SignalAttributes } from '../signal.ts';

const FIELDS = new Set([
  'alignment.signal.class',
  'alignment.signal.severity',
  'alignment.signal.count',
  'alignment.signal.classes',
  'alignment.signal.max_severity',
]);

/** A value that a writer may use for a key of the registry. */
export function anyValueOf(key: string): fc.Arbitrary<string | number | boolean | string[]> {
  const { type, values, range } = ATTRIBUTES[key] ?? { type: 'string' as const };
  if (values !== undefined) return fc.constantFrom(...values);
  if (type === 'double') {
    const [min, max] = range ?? [-1e6, 1e6];
    return fc.double({ min, max, noNaN: true });
  }
  if (type === 'int') return fc.nat();
  if (type === 'boolean') return fc.boolean();
  if (type === 'string[]') return fc.array(fc.string(), { maxLength: 3 });
  return fc.string({ minLength: 1, maxLength: 20 });
}

const keys = Object.keys(ATTRIBUTES).filter(key => !FIELDS.has(key) && key.startsWith('alignment.'));
const entry = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...keys) },
    { weight: 2, arbitrary: fc.constantFrom(...REUSED_KEYS) },
    { weight: 1, arbitrary: fc.constantFrom('alignment.future.key', 'gen_ai.future.key') },
  )
  .chain(key => anyValueOf(key).map(value => [key, value] as const));

const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map(digits => digits.join(''))
    .filter(text => !/^0+$/.test(text));

/** Any signal that the three faces can carry: in a session or a trace. */
export const anySignal: fc.Arbitrary<Signal> = fc
  .record(
    {
      class: fc.constantFrom(...Object.values(EVENTS).map(event => event.class)) as fc.Arbitrary<SignalClass>,
      severity: fc.double({ min: 0, max: 1, noNaN: true }),
      time: fc.tuple(fc.nat({ max: 4_000_000_000 }), fc.nat({ max: 999_999_999 })),
      traceId: hex(32),
      spanId: hex(16),
      attributes: fc
        .array(entry, { maxLength: 12 })
        .map(entries => Object.fromEntries(entries) as SignalAttributes),
    },
    { requiredKeys: ['class', 'severity', 'time', 'attributes'] },
  )
  .filter(signal => {
    const { traceId, attributes } = signal as Signal;
    return (
      traceId !== undefined ||
      attributes['session.id'] !== undefined ||
      attributes['gen_ai.conversation.id'] !== undefined
    );
  }) as fc.Arbitrary<Signal>;
