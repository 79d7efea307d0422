import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromJson, toJson } from './json.ts';
import { INHERITED_KEYS } from './keys.ts';
import { fromLogRecord, toLogRecord } from './log-record.ts';
import type { Signal } from './signal.ts';
import { fromSpanEvent, toSpanEvent } from './span-event.ts';
import { anySignal } from './testing/arbitrary.ts';

const wire = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const ids = ({ traceId, spanId }: Signal) => ({
  ...(traceId === undefined ? {} : { traceId }),
  ...(spanId === undefined ? {} : { spanId }),
});

describe('every face gives back the signal that it was made of', () => {
  it('log record', () => {
    fc.assert(
      fc.property(anySignal, signal => {
        expect(fromLogRecord(wire(toLogRecord(signal)))).toEqual(wire(signal));
      }),
    );
  });

  it('JSON document', () => {
    fc.assert(
      fc.property(anySignal, signal => {
        expect(fromJson(wire(toJson(signal)))).toEqual(wire(signal));
      }),
    );
  });

  it('JSON document with the service as agent', () => {
    fc.assert(
      fc.property(anySignal, signal => {
        expect(fromJson(wire(toJson(signal, { serviceName: 'shop' })))).toEqual(wire(signal));
      }),
    );
  });

  it('span event, alone', () => {
    fc.assert(
      fc.property(anySignal, signal => {
        expect(fromSpanEvent(wire(toSpanEvent(signal)), ids(signal))).toEqual(wire(signal));
      }),
    );
  });

  it('span event, read together with a span that carries some of it', () => {
    const some = fc.subarray([...INHERITED_KEYS]);
    fc.assert(
      fc.property(anySignal, some, fc.string({ minLength: 1 }), (signal, keys, other) => {
        const attributes = Object.fromEntries(keys.map(key => [key, signal.attributes[key] ?? other]));
        const span = { attributes, ...ids(signal) };
        const event = wire(toSpanEvent(signal, span));
        for (const key of keys) {
          if (signal.attributes[key] !== undefined) expect(event.attributes).not.toHaveProperty([key]);
        }
        const back = fromSpanEvent(event, span);
        // what the signal did not say of itself, its span says of it
        expect(back).toEqual(wire({ ...signal, attributes: { ...attributes, ...signal.attributes } }));
      }),
    );
  });

  it('from face to face', () => {
    fc.assert(
      fc.property(anySignal, signal => {
        const asLog = fromLogRecord(toLogRecord(signal)) as Signal;
        const asJson = fromJson(toJson(asLog));
        expect(fromSpanEvent(toSpanEvent(asJson), ids(asJson))).toEqual(signal);
      }),
    );
  });
});

describe('what is no signal', () => {
  it.each([
    ['a foreign event', { name: 'exception', time: [1, 0], attributes: {} }],
    [
      'an unknown class',
      { name: 'alignment.nope', time: [1, 0], attributes: { 'alignment.signal.severity': 1 } },
    ],
    ['no severity', { name: 'alignment.intervention', time: [1, 0], attributes: {} }],
  ] as const)('%s', (_, event) => expect(fromSpanEvent(event as never)).toBeUndefined());

  it('a JSON document is refused with every field that is wrong', () => {
    expect(() => fromJson({ event_type: 'x', severity: 2, context: {}, timestamp: 'today' })).toThrow(
      /event_type[\s\S]*signal_class[\s\S]*severity[\s\S]*timestamp[\s\S]*context\.session_id/,
    );
  });
});

it('the default set leaves the rest out, but never what the caller stated', () => {
  const signal: Signal = {
    class: 'intervention',
    severity: 0.4,
    time: [1, 0],
    attributes: {
      'alignment.intervention.type': 'denial',
      'alignment.intervention.decision.source': 'human',
      'alignment.source.name': 'x',
      'gen_ai.tool.name': 'bash',
    },
  };
  const { attributes } = toSpanEvent(signal, {}, 'default', ['alignment.intervention.decision.source']);
  expect(Object.keys(attributes)).toEqual([
    'alignment.signal.class',
    'alignment.signal.severity',
    'alignment.intervention.type',
    'alignment.intervention.decision.source',
  ]);
});
