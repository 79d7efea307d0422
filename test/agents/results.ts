import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ROWS } from './scenarios.ts';

/**
 * What an agent gave in each scenario: `results/<agent>.json`, one file an agent, written by the tests with ALIGNMENT_RECORD=1 and asserted by
 * them otherwise.
 *
 * ```json
 * {
 *   "agent": "codex",
 *   "title": "Codex",
 *   "version": "0.169.0",
 *   "group": "program",
 *   "rows": {
 *     "a person denies": { "signals": ["harness: intervention denial human denied human"] },
 *     "secret read": { "signals": ["…"], "assessed": { "risk_escalation risk.high": { "severity": 0.7, "action.type": "read" } } },
 *     "Ctrl-C without a terminal": { "signals": ["…"], "missing": "it ends without a record and without a hook" },
 *     "a person edits the arguments": { "missing": "it has no such thing" }
 *   }
 * }
 * ```
 *
 * - `group`: `program` (a program that people run) or `library`; each has a table of its own
 * - the keys of `rows` are the ids of the group's rows in scenarios.ts, each of them
 * - `signals`: in order of the alphabet: `alignment.source.type`, a colon, and the signal as `line` of src/taps/hook/testing/replay.ts
 *   writes it. What two observers say of one fact, with one `alignment.signal.id`, is one line, and both are before its colon; ` ×2` at the
 *   end: there were two such signals, each with an id of its own. It is what a run gave; absent where there was nothing to run
 * - `assessed`: what our own assessment wrote on risk escalations and indicators, by line, without `alignment.`, and their severity
 * - `missing`: why the signal that the row is about is not among them. Only there
 */
export interface Result {
  readonly agent: string;
  readonly title: string;
  readonly version: string;
  readonly group: 'program' | 'library';
  readonly rows: Readonly<Record<string, Cell>>;
}

export interface Cell {
  readonly signals?: readonly string[];
  readonly assessed?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly missing?: string;
}

/** A signal of a run, as far as a cell holds it. */
export interface Told {
  /** `alignment.source.type`: who says so. */
  readonly source: string;
  /** As `line` of src/taps/hook/testing/replay.ts writes it. */
  readonly line: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly severity?: number;
}

const ASSESSED = [
  'risk.level',
  'risk.score',
  'action.type',
  'action.reversibility',
  'autonomy.level',
  'human.involvement',
];

/** What a cell holds of the signals of a run. */
export function cellOf(told: readonly Told[]): Required<Pick<Cell, 'signals'>> & Pick<Cell, 'assessed'> {
  const sources = new Map<string, Map<string, Set<string>>>();
  const assessed: Record<string, Record<string, unknown>> = {};
  for (const { source, line, attributes, severity } of told) {
    const ids = sources.get(line) ?? new Map<string, Set<string>>();
    sources.set(line, ids);
    // what the Collector writes on a span may have no id; a fact that is sent twice has the same one
    const id = String(attributes['alignment.signal.id'] ?? `of ${source}`);
    ids.set(id, (ids.get(id) ?? new Set()).add(source));
    if (source === 'instrumentation' && /^(risk_escalation risk|misalignment_indicator)/.test(line))
      assessed[line] = Object.fromEntries(
        [['severity', severity], ...ASSESSED.map(key => [key, attributes[`alignment.${key}`]])].filter(
          ([, value]) => value !== undefined,
        ),
      );
  }
  const signals = [...sources].flatMap(([line, ids]) => {
    const counts = new Map<string, number>();
    for (const seen of ids.values()) {
      const by = [...seen].sort().join('+');
      counts.set(by, (counts.get(by) ?? 0) + 1);
    }
    return [...counts].map(([by, count]) => `${by}: ${line}${count > 1 ? ` ×${count}` : ''}`);
  });
  const inOrder = Object.fromEntries(Object.entries(assessed).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    signals: signals.sort(),
    ...(Object.keys(inOrder).length === 0 ? {} : { assessed: inOrder }),
  };
}

const fileOf = (agent: string): string => fileURLToPath(new URL(`./results/${agent}.json`, import.meta.url));

export const readResult = (agent: string): Result | undefined =>
  existsSync(fileOf(agent)) ? (JSON.parse(readFileSync(fileOf(agent), 'utf8')) as Result) : undefined;

/** Whether this run writes down what it sees in place of comparing it. */
export const recording: boolean = process.env['ALIGNMENT_RECORD'] === '1';

/** The cell that a run must give. */
export function expectedOf(agent: string, id: string): ReturnType<typeof cellOf> {
  const { signals = [], assessed } = readResult(agent)?.rows[id] ?? {};
  return { signals, ...(assessed === undefined ? {} : { assessed }) };
}

export function record(head: Omit<Result, 'rows'>, id: string, seen: ReturnType<typeof cellOf>): void {
  const rows = readResult(head.agent)?.rows ?? {};
  const { missing } = rows[id] ?? {};
  const cell: Cell = { ...seen, ...(missing === undefined ? {} : { missing }) };
  const all: Record<string, Cell> = { ...rows, [id]: cell };
  const inOrder = Object.fromEntries(
    ROWS.flatMap(row => (all[row.id] === undefined ? [] : [[row.id, all[row.id]]])),
  );
  writeFileSync(fileOf(head.agent), `${JSON.stringify({ ...head, rows: inOrder }, null, 2)}\n`);
}
