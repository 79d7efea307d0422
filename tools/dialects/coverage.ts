import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** A kind of signal, and what tells it from others: its class, its type (intervention, boundary) and who acted. */
export interface SignalKind {
  readonly id: string;
  readonly title: string;
  readonly class: string | readonly string[];
  readonly type?: readonly string[];
  readonly initiator?: readonly string[];
}

export type Cell =
  | 'yes'
  | { readonly partly: string }
  | { readonly unrecorded: string }
  | { readonly no: string };

export interface CoveredAgent {
  readonly title: string;
  readonly dialect: string;
  /** The folder of its recordings; without one it was not run. */
  readonly recordings?: string;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Coverage {
  readonly signals: readonly SignalKind[];
  readonly otherwise: Readonly<Record<string, string>>;
  readonly agents: readonly CoveredAgent[];
}

const FILE: string = resolve(import.meta.dirname, '../../semconv/dialects');

/** `semconv/dialects/coverage.yaml`. Throws where an agent says nothing of a kind, or names one that there is not. */
export function readCoverage(folder: string = FILE): Coverage {
  const coverage = parse(readFileSync(join(folder, 'coverage.yaml'), 'utf8')) as Coverage;
  const ids = new Set(coverage.signals.map(({ id }) => id));
  for (const agent of coverage.agents) {
    for (const id of ids) cellOf(coverage, agent, id);
    for (const id of Object.keys(agent.cells)) {
      if (!ids.has(id))
        throw new Error(`coverage.yaml: ${agent.title} has ${id}, which is no signal of the list`);
    }
  }
  return coverage;
}

/** @throws where neither the agent nor `otherwise` has a word for it */
export function cellOf({ otherwise }: Coverage, agent: CoveredAgent, id: string): Cell {
  const cell = agent.cells[id] ?? (otherwise[id] === undefined ? undefined : { no: otherwise[id] });
  if (cell === undefined) throw new Error(`coverage.yaml: ${agent.title} says nothing of ${id}`);
  return cell;
}

/** `yes`, `partly`, `unrecorded` or `no`. */
export function wordOf(cell: Cell): 'yes' | 'partly' | 'unrecorded' | 'no' {
  if (typeof cell === 'string') return 'yes';
  return 'partly' in cell ? 'partly' : 'unrecorded' in cell ? 'unrecorded' : 'no';
}

/** Whether a signal is of a kind. */
export function isOfKind(kind: SignalKind, attributes: Readonly<Record<string, unknown>>): boolean {
  const text = (...keys: string[]): string =>
    String(keys.map(key => attributes[key]).find(value => value !== undefined) ?? 'absent');
  const has = (list: string | readonly string[] | undefined, value: string): boolean =>
    list === undefined || [list].flat().includes(value);
  return (
    has(kind.class, text('alignment.signal.class')) &&
    has(kind.type, text('alignment.intervention.type', 'alignment.boundary.type')) &&
    has(kind.initiator, text('alignment.intervention.initiator'))
  );
}
