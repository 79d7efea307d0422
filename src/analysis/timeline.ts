import type { SignalClass } from '../semconv/index.ts';
import { SIGNAL_CLASSES } from '../signals/read.ts';
import { actorOf } from './decisions.ts';
import type { Place } from './order.ts';
import { INTERVENTION } from './recording.ts';
import type { Resolved } from './resolve.ts';
import type { Timeline, TimelineItem } from './source.ts';
import { idOf } from './spans.ts';

/**
 * A session in order of time. An approval that no person gave and that stands on its step is told by the step alone.
 *
 * @param index place of the session in the order
 * @param limit items; where there are more, the quietest steps are left out
 */
export function timelineOf(resolved: Resolved, index: number, limit: number): Timeline {
  const places: Place[] = [];
  for (const place of resolved.order.of(index)) if (isTold(resolved, place)) places.push(place);
  const kept = places.length <= limit ? places : loudest(resolved, places, limit);
  return {
    items: kept.map(place => itemOf(resolved, place)),
    leftOut: places.length - kept.length,
  };
}

function isTold({ recording: { signals, words } }: Resolved, { kind, row }: Place): boolean {
  if (kind !== 'signal') return kind === 'step';
  const { columns } = signals;
  if (columns.class[row] !== INTERVENTION || columns.step[row] === 0) return true;
  const by = words.text(columns.by[row] ?? 0);
  return words.text(columns.type[row] ?? 0) !== 'approval' || by === 'human' || by === '';
}

function loudest(resolved: Resolved, places: readonly Place[], limit: number): Place[] {
  const { steps, signals } = resolved.recording;
  const loudness = ({ kind, row }: Place): number =>
    kind === 'step'
      ? Math.max(steps.columns.risk[row] || 0, steps.columns.severity[row] || 0)
      : 1 + (signals.columns.severity[row] ?? 0);
  const ranked = places.map((place, at) => ({ place, at, loudness: loudness(place) }));
  ranked.sort((a, b) => b.loudness - a.loudness || a.at - b.at);
  return ranked
    .slice(0, limit)
    .sort((a, b) => a.at - b.at)
    .map(({ place }) => place);
}

const itemOf = (resolved: Resolved, { kind, row }: Place): TimelineItem =>
  kind === 'step' ? stepItem(resolved, row) : signalItem(resolved, row);

function stepItem({ recording: { steps, signals, spans, words } }: Resolved, row: number): TimelineItem {
  const { columns: step } = steps;
  const { columns: signal } = signals;
  const decision = (step.decision[row] ?? 0) - 1;
  const span = (step.span[row] ?? 0) - 1;
  const first = (step.signal[row] ?? 0) - 1;
  return compact({
    kind: 'step' as const,
    time: step.time[row] ?? 0,
    end: step.end[row] || undefined,
    traceId: span >= 0 ? spans.traceOf(span) : spans.traces.text(signal.trace[first] ?? 0),
    spanId: span >= 0 ? spans.spanOf(span) : idOf(signal.high[first] ?? 0, signal.low[first] ?? 0),
    tool: words.text(step.tool[row] ?? 0),
    action: words.text(step.action[row] ?? 0),
    reversibility: words.text(step.reversibility[row] ?? 0),
    involvement: words.text(step.involvement[row] ?? 0),
    risk: step.risk[row],
    autonomy: step.autonomy[row],
    native: words.text(step.native[row] ?? 0),
    status: words.text(step.status[row] ?? 0),
    severity: step.severity[row],
    type: decision < 0 ? undefined : words.text(signal.type[decision] ?? 0),
    by: decision < 0 ? undefined : actorOf(words.text(signal.by[decision] ?? 0)),
    decider: decision < 0 ? undefined : words.text(signal.decider[decision] ?? 0),
  });
}

function signalItem({ recording: { steps, signals, spans, words } }: Resolved, row: number): TimelineItem {
  const { columns: signal } = signals;
  const text = (name: TextColumn): string => words.text(signal[name][row] ?? 0);
  const about = (signal.step[row] ?? 0) - 1;
  const kind = SIGNAL_CLASSES[signal.class[row] ?? 0] as SignalClass;
  return compact({
    kind,
    time: signal.time[row] ?? 0,
    traceId: spans.traces.text(signal.trace[row] ?? 0),
    spanId: idOf(signal.high[row] ?? 0, signal.low[row] ?? 0),
    tool: text('tool') || (about < 0 ? '' : words.text(steps.columns.tool[about] ?? 0)),
    action: text('action'),
    reversibility: text('reversibility'),
    involvement: text('involvement'),
    risk: signal.risk[row],
    autonomy: signal.autonomy[row],
    native: text('native'),
    status: text('status'),
    severity: signal.severity[row],
    type: text('type'),
    by: kind === 'intervention' ? actorOf(text('by')) : undefined,
    outcome: text('outcome'),
    decider: text('decider'),
    reason: text('reason'),
    source: text('source'),
    sourceName: text('sourceName'),
    from: text('from'),
    to: text('to'),
  });
}

type TextColumn =
  | 'tool'
  | 'action'
  | 'reversibility'
  | 'involvement'
  | 'native'
  | 'status'
  | 'type'
  | 'by'
  | 'outcome'
  | 'decider'
  | 'reason'
  | 'source'
  | 'sourceName'
  | 'from'
  | 'to';

type Compact<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without what is empty or no number. */
function compact<T extends object>(item: T): Compact<T> {
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== undefined && value !== '' && !Number.isNaN(value)),
  ) as Compact<T>;
}
