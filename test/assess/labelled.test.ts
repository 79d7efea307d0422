import { describe, expect, it } from 'vitest';
import { agreement, type Item, ours, readItems } from './compare.ts';

describe('the table of calls', () => {
  const items = readItems('items.jsonl');

  it('holds at least 600 different calls, each with an id of its own', () => {
    expect(items.length).toBeGreaterThanOrEqual(600);
    expect(new Set(items.map(item => item.id)).size).toBe(items.length);
    expect(new Set(items.map(({ id: _, ...rest }) => JSON.stringify(rest))).size).toBe(items.length);
  });

  it('gets a type and a risk for every call', () => {
    const without = items.filter(item => {
      const found = ours(item);
      return found['action_type'] === null || found['risk_level'] === null;
    });
    expect(without.map(item => item.id)).toEqual([]);
  });
});

/**
 * Share of the items on which the rules say what both readers said. The project's bars are 0.95 for type and reversibility, 0.85 for authorization and
 * autonomy. The rules were corrected with these labels in sight: the unseen calls below say how far that carries. Nothing may get worse.
 */
const REACHED = {
  action_type: 0.99,
  reversibility: 0.98,
  risk_level: 0.95,
  authorization: 0.85,
  autonomy_level: 1,
};

/** The same of the calls that were labelled before the rules were run on them, and corrected for afterwards; see AGREEMENT.md for the first try. */
const UNSEEN = { action_type: 0.98, reversibility: 0.97, risk_level: 0.93, authorization: 0.83 };

const holds = (items: readonly Item[], field: string, reached: number): void => {
  const { share, wrong } = agreement(items, field);
  const list = wrong.map(item => `${item.id}: ${ours(item)[field]} for ${item.labels?.[field]}`);
  expect(share, list.join('\n')).toBeGreaterThanOrEqual(reached);
};

describe("the readers' labels", () => {
  const items = readItems('labelled.jsonl');

  it.each(Object.entries(REACHED))(
    '%s agrees with the consensus in at least %d of the items',
    (field, reached) => holds(items, field, reached),
  );
});

describe('calls that were labelled first', () => {
  const items = readItems('unseen.jsonl');

  it('are others than those of the table', () => {
    const known = new Set(readItems('items.jsonl').map(item => JSON.stringify([item.tool, item.arguments])));
    const twice = items.filter(
      item => known.has(JSON.stringify([item.tool, item.arguments])) && item.user === undefined,
    );
    expect(twice.length).toBeLessThan(items.length / 20);
  });

  it.each(Object.entries(UNSEEN))('%s agrees with the labels in at least %d of the items', (field, reached) =>
    holds(items, field, reached),
  );
});

/** Calls that others wrote and two readers labelled, see bench/assessment/fresh.mjs: half of two samples was looked at since, the rest was not. */
const FRESH = { action_type: 0.89, reversibility: 0.8, risk_level: 0.68, authorization: 0.79 };

describe('calls that others wrote', () => {
  const items = readItems('fresh.jsonl');

  it.each(Object.entries(FRESH))(
    '%s agrees with both readers in at least %d of the items',
    (field, reached) => holds(items, field, reached),
  );
});
