import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonLines, type Ran, run } from '../cli/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-facts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const EPOCH = '2026-W47';
const TIME = Date.parse('2026-11-18T10:20:30Z');
const sessions = (...args: string[]): Ran => {
  const ran = run(['sessions', ...args], '', folder);
  expect(ran).toMatchObject({ status: 0 });
  return ran;
};

/** A session of an agent: a root, a turn in it, and a tool's step in that. No signal, and nothing that crosses. */
const ordinary = (number: number, facts: readonly object[]): object => {
  const traceId = number.toString(16).padStart(32, 'a');
  const span = (id: number, attributes: readonly object[] = []): object => ({
    traceId,
    spanId: `${id}`.padStart(16, '0'),
    ...(id > 1 && { parentSpanId: `${id - 1}`.padStart(16, '0') }),
    name: 'execute_tool',
    kind: 1,
    startTimeUnixNano: `${TIME + id}000000`,
    endTimeUnixNano: `${TIME + id + 1}000000`,
    attributes,
  });
  return { resourceSpans: [{ resource: {}, scopeSpans: [{ spans: [span(1), span(2), span(3, facts)] }] }] };
};
const RISK = { key: 'alignment.risk.score', value: { doubleValue: 0.5 } };
const LEVEL = { key: 'alignment.autonomy.level', value: { stringValue: 'consultant' } };

describe('sessions whose risk and autonomy stand on steps that are left out', () => {
  const traces = [
    ...Array.from({ length: 40 }, () => [RISK, LEVEL]),
    ...[[RISK], [RISK], [RISK], [LEVEL], [], []],
  ].map((facts, i) => JSON.stringify(ordinary(i + 1, facts)));

  it('are counted, by the layer and by a contributor; a session that states one of both or neither is in no cell', () => {
    writeFileSync(at('traces.jsonl'), `${traces.join('\n')}\n`);
    sessions('keygen', '--out', 'keys', '--epoch', EPOCH);
    const made = sessions(
      ...['fragment', '--trial'],
      ...['--in', 'traces.jsonl', '--out', 'fragments.jsonl', '--key-file', 'keys', '--contributor', 'p1'],
    );
    expect(made.stderr).toContain('138 spans and records, 46 fragments');
    sessions('stitch', '--trial', '--in', 'fragments.jsonl', '--out', 'sessions.jsonl');

    const released = sessions(
      ...['release', '--trial'],
      ...['--in', 'sessions.jsonl', '--epoch', EPOCH, '--ledger', 'ledger.json', '--out', 'table.json'],
      ...['--epsilon', '1000', '--budget', '1000', '--contributors', '1'],
    );
    const left = '0 are of other weeks, 0 are in conflict, 6 state no risk or no autonomy, 0 came twice';
    expect(released.stderr).toContain(`40 sessions of 2026-W47 are counted; ${left}`);
    // one contributor ran them all, which hides the cell: that it is hidden for that and not for being small says that they are in it
    const { cells } = JSON.parse(readFileSync(at('table.json'), 'utf8'));
    expect(cells.filter((cell: { suppressed: string }) => cell.suppressed !== 'below_k')).toEqual([
      { risk: 'medium', autonomy: 'consultant', suppressed: 'dominance' },
    ]);

    sessions(
      ...['prio3', 'task', '--aggregator', 'a', '--aggregator', 'b', '--key-file', 'verify.key'],
      ...['--contributor', 'p1', '--contributor', 'p2', '--contributor', 'p3', '--out', 'task.json'],
    );
    const shared = sessions(
      ...['prio3', 'share', '--task', 'task.json', '--contributor', 'p1', '--epoch', EPOCH],
      ...['--in', 'sessions.jsonl', '--out', 'p1'],
    );
    expect(shared.stderr).toContain('40 sessions of 2026-W47 are counted; 0 were begun by others');
  });

  it('send nothing of those steps but the highest of each', () => {
    const out = jsonLines(readFileSync(at('fragments.jsonl'), 'utf8'));
    const text = JSON.stringify(out);
    expect(text).not.toContain('risk.score');
    expect(text).not.toContain('execute_tool');
    expect(text.match(/"alignment\.session"/g)).toHaveLength(46);
  });
});
