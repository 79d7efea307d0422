import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive, spanIdsUnder } from '../derive.ts';
import { hmacPseudonyms, type PseudonymProvider } from '../pseudonyms.ts';
import { LEVELS as RELEASED } from '../release/table.ts';
import { bucketOf } from './classify.ts';
import { LEVELS } from './facts.ts';
import { Fragmenter } from './fragmenter.ts';
import type { Fragment } from './schema.ts';
import type { SourceSpan } from './source.ts';

const now = hmacPseudonyms(new Map([['2026-W47', Buffer.alloc(32, 7)]]));
// as the tier voprf gives them: later, and all at once
const later: PseudonymProvider = {
  tier: 'voprf',
  has: epoch => now.has(epoch),
  derive: (epoch, keys) => now.derive(epoch, keys),
};
const TIME = Date.parse('2026-11-18T10:20:30Z');
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const RISK = 'alignment.risk.score';
const LEVEL = 'alignment.autonomy.level';
const hex = (id: number | string): string => String(id).padStart(16, '0');
const pseudonymOf = spanIdsUnder(
  derive(now.deriveNow!('2026-W47', { type: 'w3c.trace_id', value: TRACE })).spanKey(),
);

type Given = Partial<SourceSpan> & { readonly id: number; readonly parent?: number | undefined };
const spanOf = ({ id, parent, ...more }: Given, i: number): SourceSpan => ({
  traceId: TRACE,
  spanId: hex(id),
  parentSpanId: parent === undefined ? undefined : hex(parent),
  remoteParent: false,
  kind: 1,
  startMs: TIME + i,
  attributes: {},
  events: [],
  resource: {},
  links: [],
  ...more,
});
async function fragmentsOf(spans: readonly Given[], pseudonyms = now): Promise<Fragment[]> {
  const fragmenter = new Fragmenter({ pseudonyms });
  const plans = spans.flatMap((span, i) => fragmenter.add(spanOf(span, i)));
  const made = await fragmenter.build([...plans, ...fragmenter.finish()]);
  expect([...fragmenter.refusals]).toEqual([]);
  return made;
}
const said = ({ attributes }: Fragment): unknown[] => [
  attributes['alignment.fragment.risk_bucket'],
  attributes[LEVEL],
];
const signal = (attributes = {}) => ({ name: 'alignment.intervention', attributes });

describe.each([
  ['hmac', now],
  ['voprf', later],
])('what steps state, and are left out (tier %s)', (_, pseudonyms) => {
  it('stays with their nearest ancestor that stays: the highest risk and the highest level', async () => {
    const made = await fragmentsOf(
      [
        { id: 1, attributes: { [RISK]: 0.2 } },
        { id: 2, parent: 1, attributes: { [RISK]: 0.5, [LEVEL]: 'operator' } },
        { id: 3, parent: 2, attributes: { [LEVEL]: 'consultant', [RISK]: 0.05 } },
        { id: 4, parent: 2, events: [signal()], attributes: { [RISK]: 0.1, [LEVEL]: 'approver' } },
        { id: 5, parent: 4 },
        { id: 6, parent: 5, attributes: { [RISK]: 0.95, [LEVEL]: 'none' } },
      ],
      pseudonyms,
    );
    expect(made.map(said)).toEqual([
      [2, 'consultant'],
      [4, 'approver'],
    ]);
  });

  it('is the same, whichever they are and however many', async () => {
    const step = { parent: 1, attributes: { [RISK]: 0.5, [LEVEL]: 'observer' } };
    const one = await fragmentsOf([{ id: 1 }, { id: 2, ...step }], pseudonyms);
    const many = await fragmentsOf(
      [
        { id: 1 },
        ...Array.from({ length: 40 }, (_none, i) => ({ id: i + 2, ...step })),
        { id: 50, parent: 41, attributes: { 'gen_ai.tool.name': 'run', [RISK]: 0.05, [LEVEL]: 'none' } },
      ],
      pseudonyms,
    );
    expect(many).toEqual(one);
    expect(said(one[0]!)).toEqual([2, 'observer']);
  });
});

describe('facts', () => {
  it('that nobody states, and values that are none, leave nothing', async () => {
    for (const wrong of [-0.1, 1.1, Number.NaN, '0.5', true, undefined])
      for (const word of ['OBSERVER', 'sudo', '__proto__', 3, undefined])
        for (const id of [1, 2])
          expect(
            (
              await fragmentsOf(
                [{ id: 1 }, { id: 2, parent: 1 }].map(span =>
                  span.id === id ? { ...span, attributes: { [RISK]: wrong, [LEVEL]: word } } : span,
                ),
              )
            ).map(said),
          ).toEqual([[undefined, undefined]]);
  });

  it('of an event count as those of its span', async () => {
    const made = await fragmentsOf([
      { id: 1, attributes: { [RISK]: 0.3 }, events: [signal({ [RISK]: 0.8 }), signal({ [RISK]: 0.2 })] },
    ]);
    expect(made.map(said)).toEqual([[3, undefined]]);
  });

  it('of parents in a circle stay with the root, without one with the first fragment', async () => {
    const circle: Given[] = [
      { id: 2, parent: 3, attributes: { [RISK]: 0.8 } },
      { id: 3, parent: 2, attributes: { [LEVEL]: 'approver' } },
    ];
    expect((await fragmentsOf([...circle, { id: 1 }])).map(said)).toEqual([[3, 'approver']]);
    const record: Given = { id: 2, record: true, events: [signal()] };
    expect((await fragmentsOf([...circle, record])).map(said)).toEqual([[3, 'approver']]);
    expect(await fragmentsOf(circle)).toEqual([]);
  });

  it('of a span that comes twice are in both of its fragments: the layer counts the first that it gets', async () => {
    const step: Given = { id: 2, parent: 1, events: [signal()] };
    const made = await fragmentsOf([
      { id: 1 },
      step,
      { ...step, attributes: { [RISK]: 0.3 } },
      { id: 3, parent: 2, attributes: { [LEVEL]: 'observer' } },
    ]);
    expect(made.slice(1).map(said)).toEqual([
      [1, 'observer'],
      [1, 'observer'],
    ]);
  });

  it('come up the longest way', async () => {
    const chain = Array.from({ length: 30_000 }, (_, i) => ({
      id: i + 1,
      parent: i === 0 ? undefined : i,
      attributes: { [RISK]: i / 30_000 },
    }));
    expect((await fragmentsOf(chain)).map(said)).toEqual([[4, undefined]]);
  });

  it('of a level have the order of the table', () => {
    expect(LEVELS).toEqual(RELEASED);
  });
});

describe('of any trace', () => {
  const score = fc.constantFrom(0, 0.05, 0.1, 0.3, 0.5, 0.8, 0.9, 1, 7, Number.NaN, undefined);
  const word = fc.constantFrom(...LEVELS, 'sudo', undefined);
  const stated = fc.record({ risk: score, level: word });
  const id = fc.integer({ min: 1, max: 9 });
  const span = fc.record({
    id,
    parent: fc.option(id, { nil: undefined }),
    remoteParent: fc.boolean(),
    record: fc.constantFrom(true, undefined, undefined),
    isEdge: fc.boolean(),
    stated,
    events: fc.array(stated, { maxLength: 2 }),
  });
  const trace = fc.array(span, { minLength: 1, maxLength: 12 }).map(all =>
    all.map(({ isEdge, stated: own, events, record, ...more }): Given => {
      const made = events.map(({ risk }) => signal({ [RISK]: risk }));
      return {
        ...more,
        ...(isEdge && record !== true && { kind: 3 }),
        ...(record === true && { record, parent: undefined, remoteParent: false }),
        attributes: {
          [RISK]: own.risk,
          [LEVEL]: own.level,
          ...(isEdge && record !== true && { 'mcp.method.name': 'tools/call' }),
        },
        // a record is its event
        events: record === true ? [signal({ [RISK]: own.risk })] : made,
      };
    }),
  );
  const highest = (from: readonly Given[]): unknown[] => {
    let [risk, level] = [-1, -1];
    for (const { attributes = {}, events = [] } of from) {
      for (const one of [attributes, ...events.map(event => event.attributes)])
        risk = Math.max(risk, bucketOf(one[RISK]) ?? -1);
      level = Math.max(level, LEVELS.indexOf(String(attributes[LEVEL])));
    }
    return [risk < 0 ? undefined : risk, LEVELS[level]];
  };
  const highestOf = (made: readonly Fragment[]): unknown[] => {
    const [risks, levels] = [
      made.map(one => Number(said(one)[0] ?? -1)),
      made.map(one => LEVELS.indexOf(String(said(one)[1]))),
    ];
    const risk = Math.max(...risks);
    return [risk < 0 ? undefined : risk, LEVELS[Math.max(...levels)]];
  };

  it('the highest risk and level are those of its fragments', async () => {
    await fc.assert(
      fc.asyncProperty(trace, async spans => {
        const made = await fragmentsOf(spans);
        if (made.length > 0) expect(highestOf(made)).toEqual(highest(spans));
      }),
      { numRuns: 300 },
    );
  });

  it('each fragment states the highest of its span and of those left out below it', async () => {
    await fc.assert(
      fc.asyncProperty(trace, async given => {
        // each span once, as the text has it
        const spans = [...new Map(given.map(one => [one.record ? one : one.id, one])).values()];
        const made = await fragmentsOf(spans);
        const byId = new Map(spans.filter(one => !one.record).map(one => [one.id, one]));
        const stays = (one: Given): boolean =>
          one.parent === undefined ||
          one.remoteParent === true ||
          !byId.has(one.parent) ||
          one.kind === 3 ||
          (one.events ?? []).length > 0;
        const holderOf = (one: Given): Given | undefined => {
          const seen = new Set<Given>();
          let at: Given | undefined = one;
          while (at !== undefined && !seen.has(at) && !stays(at)) {
            seen.add(at);
            at = byId.get(at.parent!);
          }
          return at !== undefined && stays(at) ? at : undefined;
        };
        const roots = [...byId.values()].filter(
          one => one.parent === undefined || one.remoteParent || !byId.has(one.parent),
        );
        const root = roots.find(one => one.parent === undefined) ?? roots[0];
        const wanted = new Map<string, Given[]>();
        const first = made[0]?.spanId;
        for (const one of byId.values()) {
          const holder = holderOf(one) ?? root;
          const place = holder === undefined ? first : pseudonymOf(hex(holder.id));
          if (place !== undefined) wanted.set(place, [...(wanted.get(place) ?? []), one]);
        }
        // records have ids of their own, and are of themselves: all but one that is first where there is no root
        for (const fragment of made) {
          const own = wanted.get(fragment.spanId);
          if (own !== undefined && !(root === undefined && fragment.spanId === first))
            expect(said(fragment)).toEqual(highest(own));
        }
      }),
      { numRuns: 300 },
    );
  });
});
