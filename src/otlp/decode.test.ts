import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributes, recordsOf, spansOf } from './decode.ts';

it('reads spans with typed attributes, ids and exact times', () => {
  const request = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 's' } }] },
        scopeSpans: [
          {
            scope: { name: 'lib' },
            spans: [
              {
                traceId: 'ABCDEF1916cd43dd8448eb211c80319c',
                spanId: 'b7ad6b7169203331',
                name: 'a',
                startTimeUnixNano: '1763719200000000001',
                endTimeUnixNano: '1763719201000000000',
                attributes: [
                  { key: 'i', value: { intValue: '7' } },
                  { key: 'd', value: { doubleValue: 0.5 } },
                  { key: 'b', value: { boolValue: false } },
                  { key: 'l', value: { arrayValue: { values: [{ stringValue: 'x' }] } } },
                  {
                    key: 'm',
                    value: { kvlistValue: { values: [{ key: 'k', value: { stringValue: 'v' } }] } },
                  },
                ],
                events: [{ timeUnixNano: '5', name: 'e', attributes: [] }],
              },
            ],
          },
        ],
      },
    ],
  };
  expect([...spansOf(request)]).toEqual([
    expect.objectContaining({
      path: 'resourceSpans[0].scopeSpans[0].spans[0]',
      traceId: 'abcdef1916cd43dd8448eb211c80319c',
      start: [1_763_719_200, 1],
      scopeName: 'lib',
      resource: { 'service.name': 's' },
      attributes: { i: 7, d: 0.5, b: false, l: ['x'], m: { k: 'v' } },
      events: [
        {
          path: 'resourceSpans[0].scopeSpans[0].spans[0].events[0]',
          name: 'e',
          time: [0, 5],
          attributes: {},
        },
      ],
    }),
  ]);
});

it('a record without a time of its own has the observed one', () => {
  const record = { timeUnixNano: '0', observedTimeUnixNano: '1000000000', eventName: 'e' };
  const [read] = [...recordsOf({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] })];
  expect(read).toMatchObject({ time: [1, 0], eventName: 'e', traceId: undefined });
});

describe('whatever the document', () => {
  const shaped = fc.object({
    key: fc.constantFrom(
      'resourceSpans',
      'scopeSpans',
      'spans',
      'attributes',
      'events',
      'key',
      'value',
      'arrayValue',
      'values',
      '__proto__',
    ),
    values: [fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string())],
    maxDepth: 8,
  });
  it('nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), shaped), json => {
        expect(Array.isArray([...spansOf(json), ...recordsOf(json)])).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('a value nested without end is cut', () => {
    let value: unknown = { stringValue: 'x' };
    for (let i = 0; i < 50_000; i++) value = { arrayValue: { values: [value] } };
    expect(() => attributes([{ key: 'k', value }])).not.toThrow();
  });
});
