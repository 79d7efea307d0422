import { SIGNAL_CLASSES } from '../signals/read.ts';
import { Table } from './columns.ts';
import { ACTORS, actorOf, type Effect, effectOf, isUpperRight } from './decisions.ts';
import { ABSENT, INTERVENTION } from './recording.ts';
import type { Resolved } from './resolve.ts';
import type { Actor, ActorCounts, SessionRow } from './source.ts';

const CLASS_COLUMNS = ['class0', 'class1', 'class2', 'class3', 'class4'] as const;

const counters = <E extends Effect>(effect: E) =>
  Object.fromEntries(ACTORS.map(actor => [`${effect}_${actor}`, 'u32'])) as Record<`${E}_${Actor}`, 'u32'>;

const SCHEMA = {
  session: 'u32',
  agent: 'u32',
  start: 'f64',
  end: 'f64',
  steps: 'u32',
  upperRight: 'u32',
  risk: 'f64',
  autonomy: 'f64',
  severity: 'f64',
  maxRisk: 'f64',
  class0: 'u32',
  class1: 'u32',
  class2: 'u32',
  class3: 'u32',
  class4: 'u32',
  ...counters('stop'),
  ...counters('refuse'),
  ...counters('approve'),
} as const;

export type Sessions = Table<typeof SCHEMA>;

/** One row a session of the order, at the same place. */
export function tableOf({ recording, order }: Resolved): Sessions {
  const { steps, signals, states, words, spans } = recording;
  const table: Sessions = new Table(SCHEMA, Math.max(1, order.sessions.length));
  const { columns } = table;
  for (const [index, session] of order.sessions.entries()) {
    const row = table.add();
    columns.session[row] = session;
    columns.start[row] = Number.POSITIVE_INFINITY;
    for (const name of ['risk', 'autonomy', 'severity', 'maxRisk'] as const) columns[name][row] = ABSENT;
    for (const { kind, row: at } of order.of(index)) {
      if (kind === 'step') addStep(row, at);
      else if (kind === 'signal') addSignal(row, at);
      else {
        widen(row, states.columns.time[at], states.columns.time[at]);
        columns.agent[row] ||= spans.agentAt((states.columns.span[at] ?? 0) - 1);
      }
    }
    if (columns.start[row] === Number.POSITIVE_INFINITY) columns.start[row] = columns.end[row] ?? 0;
  }
  return table;

  function widen(row: number, start = 0, end = 0): void {
    // a time of 0 is none
    if (start > 0) columns.start[row] = Math.min(columns.start[row] ?? start, start);
    columns.end[row] = Math.max(columns.end[row] ?? 0, end, start);
  }

  function addStep(row: number, at: number): void {
    const { columns: step } = steps;
    widen(row, step.time[at], step.end[at]);
    columns.agent[row] ||= step.agent[at] ?? 0;
    columns.steps[row] = (columns.steps[row] ?? 0) + 1;
    const risk = step.risk[at] ?? ABSENT;
    const autonomy = step.autonomy[at] ?? ABSENT;
    if (!(risk <= (columns.maxRisk[row] ?? ABSENT)) && !Number.isNaN(risk)) columns.maxRisk[row] = risk;
    if (Number.isNaN(risk) || Number.isNaN(autonomy)) return;
    const inside = isUpperRight(risk, autonomy);
    const wasInside = (columns.upperRight[row] ?? 0) > 0;
    if (inside) columns.upperRight[row] = (columns.upperRight[row] ?? 0) + 1;
    if (wasInside && !inside) return;
    const [best, bestAutonomy] = [columns.risk[row] ?? ABSENT, columns.autonomy[row] ?? ABSENT];
    const better = Number.isNaN(best) || risk > best || (risk === best && autonomy > bestAutonomy);
    if (!better && wasInside === inside) return;
    columns.risk[row] = risk;
    columns.autonomy[row] = autonomy;
  }

  function addSignal(row: number, at: number): void {
    const { columns: signal } = signals;
    widen(row, signal.time[at], signal.time[at]);
    columns.agent[row] ||= signal.agent[at] ?? 0;
    const severity = signal.severity[at] ?? 0;
    if (!(severity <= (columns.severity[row] ?? ABSENT))) columns.severity[row] = severity;
    const name = CLASS_COLUMNS[signal.class[at] ?? 0];
    if (name !== undefined) columns[name][row] = (columns[name][row] ?? 0) + 1;
    if (signal.class[at] !== INTERVENTION) return;
    const effect = effectOf(words.text(signal.type[at] ?? 0));
    if (effect === undefined) return;
    const counter = columns[`${effect}_${actorOf(words.text(signal.by[at] ?? 0))}`];
    counter[row] = (counter[row] ?? 0) + 1;
  }
}

/** How severe a session is, for the order of rows: higher comes first. */
export function weightOf({ columns }: Sessions, row: number): number {
  const severity = columns.severity[row] || 0;
  const risk = columns.maxRisk[row] || 0;
  return ((columns.upperRight[row] ?? 0) > 0 ? 2 : 0) + Math.max(severity, risk);
}

/** @param row place in the table */
export function rowOf(
  { recording: { words }, unnamed }: Resolved,
  { columns }: Sessions,
  row: number,
): SessionRow {
  const counts = (effect: Effect): ActorCounts =>
    Object.fromEntries(
      ACTORS.map(actor => [actor, columns[`${effect}_${actor}`][row] ?? 0] as const).filter(([, n]) => n > 0),
    );
  const session = columns.session[row] ?? 0;
  const optional = (name: 'risk' | 'autonomy' | 'severity') => {
    const value = columns[name][row] ?? ABSENT;
    return Number.isNaN(value) ? {} : { [name]: value };
  };
  return {
    session: words.text(session),
    named: !unnamed.has(session),
    agent: words.text(columns.agent[row] ?? 0) || 'unknown agent',
    start: columns.start[row] ?? 0,
    end: columns.end[row] ?? 0,
    steps: columns.steps[row] ?? 0,
    upperRight: columns.upperRight[row] ?? 0,
    ...optional('risk'),
    ...optional('autonomy'),
    ...optional('severity'),
    signals: Object.fromEntries(
      SIGNAL_CLASSES.map(
        (name, i) => [name, columns[CLASS_COLUMNS[i] ?? 'class0'][row] ?? 0] as const,
      ).filter(([, n]) => n > 0),
    ),
    stops: counts('stop'),
    refusals: counts('refuse'),
    approvals: counts('approve'),
  };
}
