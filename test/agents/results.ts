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
 *     "Ctrl-C without a terminal": { "signals": ["…"], "missing": "it ends without a record and without a hook" },
 *     "a person edits the arguments": { "missing": "it has no such thing" }
 *   }
 * }
 * ```
 *
 * - `group`: `program` (a program that people run) or `library`; each has a table of its own
 * - the keys of `rows` are the ids of `ROWS` in scenarios.ts, each of them
 * - `signals`: each line once, in order of the alphabet: `alignment.source.type`, a colon, and the signal as `line` of
 *   src/taps/hook/testing/replay.ts writes it. It is what a run gave; absent where there was nothing to run
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
  readonly missing?: string;
}

const fileOf = (agent: string): string => fileURLToPath(new URL(`./results/${agent}.json`, import.meta.url));

export const readResult = (agent: string): Result | undefined =>
  existsSync(fileOf(agent)) ? (JSON.parse(readFileSync(fileOf(agent), 'utf8')) as Result) : undefined;

/** Whether this run writes down what it sees in place of comparing it. */
export const recording: boolean = process.env['ALIGNMENT_RECORD'] === '1';

export function record(head: Omit<Result, 'rows'>, id: string, signals: readonly string[]): void {
  const rows = readResult(head.agent)?.rows ?? {};
  const { missing } = rows[id] ?? {};
  const cell: Cell = { signals, ...(missing === undefined ? {} : { missing }) };
  const all: Record<string, Cell> = { ...rows, [id]: cell };
  const inOrder = Object.fromEntries(
    ROWS.flatMap(row => (all[row.id] === undefined ? [] : [[row.id, all[row.id]]])),
  );
  writeFileSync(fileOf(head.agent), `${JSON.stringify({ ...head, rows: inOrder }, null, 2)}\n`);
}
