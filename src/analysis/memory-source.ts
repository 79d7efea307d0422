import type { SignalClass } from '../semconv/index.ts';
import { SIGNAL_CLASSES } from '../signals/read.ts';
import { agentsOf } from './agents.ts';
import { isUpperRight } from './decisions.ts';
import { lengthFor, overTimeOf } from './over-time.ts';
import type { Recording } from './recording.ts';
import { type Resolved, resolve } from './resolve.ts';
import { rowOf, type Sessions, tableOf, weightOf } from './sessions.ts';
import type { Density, FigureSource, Highest, StepPoint, Totals } from './source.ts';
import { timelineOf } from './timeline.ts';

/** Figures of what was read into memory. The recording takes nothing more afterwards. */
export function memorySource(recording: Recording): FigureSource {
  const resolved = resolve(recording);
  const table = tableOf(resolved);
  const places = new Map(resolved.order.sessions.map((session, i) => [recording.words.text(session), i]));
  const totals = totalsOf(resolved, table);
  const agents = agentsOf(resolved);
  return {
    totals: async () => ({ ...totals, agents: agents.length }),
    highest: async () => highestOf(recording),
    sessions: async limit =>
      mostSevere(
        table.size,
        limit,
        row => weightOf(table, row),
        row => table.columns.start[row] ?? 0,
      ).map(row => rowOf(resolved, table, row)),
    steps: async limit => stepsOf(resolved, limit),
    density: async size => densityOf(recording, size),
    timelines: async (sessions, limit) =>
      sessions.map(session => {
        const place = places.get(session);
        return place === undefined ? { items: [], leftOut: 0 } : timelineOf(resolved, place, limit);
      }),
    overTime: async limit => {
      const { from = 0, to = 0 } = totals;
      const length = lengthFor(to - from, limit);
      const start = Math.floor(from / length) * length;
      return { length, stretches: overTimeOf(recording, start, length) };
    },
    agents: async limit => agents.slice(0, limit),
  };
}

function mostSevere(
  size: number,
  limit: number,
  weight: (row: number) => number,
  time: (row: number) => number,
): number[] {
  const rows = Array.from({ length: size }, (_, row) => row);
  return rows.sort((a, b) => weight(b) - weight(a) || time(a) - time(b) || a - b).slice(0, limit);
}

function stepsOf({ recording }: Resolved, limit: number): StepPoint[] {
  const { steps, words, spans, signals } = recording;
  const { columns: step } = steps;
  const placed: number[] = [];
  for (let row = 0; row < steps.size; row++) if (isPlaced(recording, row)) placed.push(row);
  const weight = (row: number): number =>
    (isUpperRight(step.risk[row] ?? 0, step.autonomy[row] ?? 0) ? 2 : 0) +
    Math.max(step.severity[row] || 0, step.risk[row] ?? 0);
  placed.sort((a, b) => weight(b) - weight(a) || (step.time[a] ?? 0) - (step.time[b] ?? 0) || a - b);
  return placed.slice(0, limit).map(row => {
    const span = (step.span[row] ?? 0) - 1;
    const severity = step.severity[row];
    const first = (step.signal[row] ?? 0) - 1;
    const tool = words.text(step.tool[row] ?? 0);
    return {
      session: words.text(step.session[row] ?? 0),
      time: step.time[row] ?? 0,
      risk: step.risk[row] ?? 0,
      autonomy: step.autonomy[row] ?? 0,
      ...(severity === undefined || Number.isNaN(severity) ? {} : { severity }),
      ...(tool === '' ? {} : { tool }),
      traceId: span >= 0 ? spans.traceOf(span) : spans.traces.text(signals.columns.trace[first] ?? 0),
      ...(span >= 0 ? { spanId: spans.spanOf(span) } : {}),
    };
  });
}

const isPlaced = ({ steps: { columns } }: Recording, row: number): boolean =>
  !Number.isNaN(columns.risk[row]) && !Number.isNaN(columns.autonomy[row]);

function densityOf(recording: Recording, size: number): Density {
  const counts = new Array<number>(size * size).fill(0);
  const { risk, autonomy } = recording.steps.columns;
  const cell = (score: number): number => Math.min(size - 1, Math.floor(score * size + 1e-9));
  for (let row = 0; row < recording.steps.size; row++) {
    if (!isPlaced(recording, row)) continue;
    const at = cell(risk[row] ?? 0) * size + cell(autonomy[row] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { size, counts };
}

function totalsOf({ recording, order, unnamed }: Resolved, table: Sessions): Omit<Totals, 'agents'> {
  const { columns } = table;
  const found = { upperRightSessions: 0, upperRightSteps: 0, unplacedSessions: 0, unnamedSessions: 0 };
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (let row = 0; row < table.size; row++) {
    const upperRight = columns.upperRight[row] ?? 0;
    found.upperRightSteps += upperRight;
    if (upperRight > 0) found.upperRightSessions += 1;
    if (Number.isNaN(columns.risk[row])) found.unplacedSessions += 1;
    if (unnamed.has(columns.session[row] ?? 0)) found.unnamedSessions += 1;
    const start = columns.start[row] ?? 0;
    if (start > 0) from = Math.min(from, start);
    to = Math.max(to, columns.end[row] ?? 0);
  }
  let unplacedSteps = 0;
  for (let row = 0; row < recording.steps.size; row++) if (!isPlaced(recording, row)) unplacedSteps += 1;
  return {
    ...found,
    unplacedSteps,
    spans: recording.spans.size,
    records: recording.records,
    sessions: order.sessions.length,
    steps: recording.steps.size,
    signals: recording.signals.size,
    duplicates: recording.duplicates,
    ...(to === 0 ? {} : { from, to }),
  };
}

function highestOf({ steps, signals }: Recording): Highest {
  const byClass: Partial<Record<SignalClass, number>> = {};
  for (let row = 0; row < signals.size; row++) {
    const name = SIGNAL_CLASSES[signals.columns.class[row] ?? 0] as SignalClass;
    byClass[name] = Math.max(byClass[name] ?? 0, signals.columns.severity[row] ?? 0);
  }
  let risk: number | undefined;
  for (let row = 0; row < steps.size; row++) {
    const one = steps.columns.risk[row] ?? Number.NaN;
    if (!Number.isNaN(one)) risk = Math.max(risk ?? 0, one);
  }
  const severities = Object.values(byClass);
  return {
    byClass,
    ...(severities.length === 0 ? {} : { severity: Math.max(...severities) }),
    ...(risk === undefined ? {} : { risk }),
  };
}
