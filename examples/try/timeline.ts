import type { Sink } from '../../test/stack/sink.ts';

/** Who says so: the agent's own telemetry, mapped by the Collector, or our hook. */
export type From = 'telemetry' | 'hook';

/** A signal as the backend got it. */
export interface Arrived {
  /** Unix time in nanoseconds; `0n` where a span states the signal itself. */
  readonly time: bigint;
  readonly from: From;
  /** Class and type, without the prefix: `intervention denial`. */
  readonly what: string;
  /** By whom it was decided, what it moved to, or which rule found it. */
  readonly how: string;
  /** In [0, 1]. */
  readonly severity: number;
}

/** The signals among what a backend got since it had so much, in order of time. */
export function arrived(sink: Sink, since: { readonly logs: number; readonly spans: number }): Arrived[] {
  const records = sink.logs
    .slice(since.logs)
    .filter(({ eventName }) => eventName.startsWith('alignment.'))
    .map(({ time, attributes }) => read(BigInt(time), attributes));
  const spans = sink.spans
    .slice(since.spans)
    .filter(({ attributes }) => attributes['alignment.signal.class'] !== undefined)
    .map(({ attributes }) => read(0n, attributes));
  return [...records, ...spans].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

function read(time: bigint, a: Readonly<Record<string, unknown>>): Arrived {
  const type =
    a['alignment.intervention.type'] ?? a['alignment.boundary.type'] ?? a['alignment.indicator.type'];
  const who = a['alignment.intervention.initiator'];
  const decider = a['alignment.intervention.decision.source'];
  const to = a['alignment.boundary.to'];
  const rule = a['alignment.signal.reason'];
  const how = [
    ...(who === undefined ? [] : [`by ${String(who)}`]),
    ...(decider === undefined || decider === who ? [] : [`(${String(decider)})`]),
    ...(to === undefined ? [] : [`to ${String(to)}`]),
    ...(rule === undefined ? [] : [`rule ${String(rule)}`]),
  ];
  return {
    time,
    from: a['alignment.source.type'] === 'harness' ? 'telemetry' : 'hook',
    what: [a['alignment.signal.class'], type].filter(word => word !== undefined).join(' '),
    how: how.join(' '),
    severity: Number(a['alignment.signal.severity']),
  };
}

const ROW: readonly (readonly [title: string, cell: (signal: Arrived) => string])[] = [
  ['time', ({ time }) => (time === 0n ? '' : clock(time))],
  ['from', ({ from }) => from],
  ['signal', ({ what }) => what],
  ['by whom, to what, or why', ({ how }) => how],
  ['severity', ({ severity }) => severity.toFixed(2)],
];

/** A table of the signals, one line each, as wide as it has to be. */
export function render(signals: readonly Arrived[]): string[] {
  const lines = [ROW.map(([title]) => title), ...signals.map(signal => ROW.map(([, cell]) => cell(signal)))];
  const widths = ROW.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  return lines.map(line =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function clock(nanoseconds: bigint): string {
  const at = new Date(Number(nanoseconds / 1_000_000n));
  const two = (number: number): string => String(number).padStart(2, '0');
  const seconds = `${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
  return `${two(at.getHours())}:${two(at.getMinutes())}:${seconds}`;
}
