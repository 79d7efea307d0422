import { describe, expect, it } from 'vitest';
import { cellOf, isOfKind, readCoverage, wordOf } from '../../tools/dialects/coverage.ts';
import { signalsOfRecord, signalsOfSpan } from './expected.ts';
import { recordsIn, spansIn } from './otlp.ts';
import { allRecordings } from './run.ts';
import { WRITTEN } from './written.ts';

// What the recordings yield here is what they yield through the Collector: golden.test.ts compares the two key by key.
const coverage = readCoverage();
const recordings = await allRecordings();
const signalsIn = (requests: readonly { readonly body: object }[]): Record<string, unknown>[] =>
  requests
    .flatMap(({ body }) => [
      ...recordsIn(body).flatMap(signalsOfRecord),
      ...spansIn(body).flatMap(signalsOfSpan),
    ])
    .map(({ attributes }) => attributes);
const written = new Map<string, Record<string, unknown>[]>();
for (const { row, requests } of WRITTEN) {
  const dialect = row.slice(0, row.indexOf('.'));
  written.set(dialect, [...(written.get(dialect) ?? []), ...signalsIn(requests)]);
}

describe.each(coverage.agents.map(agent => [agent.title, agent] as const))('%s', (_, agent) => {
  const own = recordings.filter(
    ({ name, agent: folder }) => folder === agent.recordings || name === agent.recordings,
  );
  const found = own.flatMap(({ requests }) => signalsIn(requests));

  it('has recordings, or is said not to have been run', () => {
    expect(own.length > 0).toBe(agent.recordings !== undefined);
  });

  it.each(
    coverage.signals.map(kind => [kind.title, wordOf(cellOf(coverage, agent, kind.id)), kind] as const),
  )('%s: %s', (__, word, kind) => {
    expect(found.some(attributes => isOfKind(kind, attributes))).toBe(word === 'yes' || word === 'partly');
    if (word !== 'unrecorded') return;
    const others = recordings.flatMap(({ requests }) => signalsIn(requests));
    const row = (written.get(agent.dialect) ?? []).some(attributes => isOfKind(kind, attributes));
    const elsewhere = others.some(
      attributes => attributes['alignment.source.name'] === agent.dialect && isOfKind(kind, attributes),
    );
    expect(row || elsewhere).toBe(true);
  });
});

describe('every signal of a recording', () => {
  it('is of one kind of the table', () => {
    for (const attributes of recordings.flatMap(({ requests }) => signalsIn(requests))) {
      expect(coverage.signals.filter(kind => isOfKind(kind, attributes))).toHaveLength(1);
    }
  });
});
