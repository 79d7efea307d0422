import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace';

export interface TimelineOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** Who stands behind `human` in this run. */
  readonly person: string;
}

/** Everything that a line shows was read from finished spans: it is what any backend gets. */
export function renderTimeline(spans: readonly ReadableSpan[], options: TimelineOptions): string[] {
  const byStart = [...spans].sort((a, b) => seconds(a.startTime) - seconds(b.startTime));
  const start = byStart[0]?.startTime ?? [0, 0];
  const paint = painter(options.colour);
  const columns = layout(options.width);
  const header = paint(
    'bold',
    row(columns, ['time', 'step', 'tool', 'risk', 'reversibility', 'human involvement']),
  );
  const lines = [header, paint('dim', '-'.repeat(Math.min(options.width, header.length)))];
  let step = 0;
  const run: ReadableSpan[] = [];
  for (const span of byStart) {
    const operation = span.attributes['gen_ai.operation.name'];
    if (operation === 'invoke_agent') run.push(span);
    else if (operation === 'execute_tool') lines.push(...block(span, String(++step)));
    else if (signalsOf(span).length > 0) lines.push(...block(span, 'model'));
  }
  for (const span of run) lines.push(...block(span, 'run'));
  return lines;

  function block(span: ReadableSpan, label: string): string[] {
    const { attributes } = span;
    const at = label === 'run' ? span.endTime : span.startTime;
    const risk = attributes['alignment.risk.score'];
    const cells = [
      `+${(seconds(at) - seconds(start)).toFixed(2)} s`,
      label,
      text(attributes['gen_ai.tool.name'] ?? attributes['gen_ai.operation.name']),
      typeof risk === 'number' ? `${risk.toFixed(2)} ${levelOf(risk)}` : '-',
      text(attributes['alignment.action.reversibility']),
      text(attributes['alignment.human.involvement']),
    ];
    const failed = attributes['error.type'];
    const head = clip(row(columns, cells) + (failed ? `  (${text(failed)})` : ''), options.width);
    return [
      typeof risk === 'number' ? paint(colourOf(risk), head) : head,
      ...signalsOf(span).flatMap(signalLines),
    ];
  }

  function signalLines({ attributes = {} }: TimedEvent): string[] {
    const severity = Number(attributes['alignment.signal.severity']);
    const kind =
      attributes['alignment.intervention.type'] ??
      attributes['alignment.boundary.type'] ??
      attributes['alignment.indicator.type'];
    const who = attributes['alignment.intervention.initiator'];
    const decider = attributes['alignment.intervention.decision.source'];
    const reason = attributes['alignment.signal.reason'];
    const parts = [
      `${severity.toFixed(2)} ${text(attributes['alignment.signal.class'])}`,
      ...(kind === undefined ? [] : [text(kind)]),
      ...(who === undefined ? [] : [`by ${who === 'human' ? options.person : text(who)}`]),
      ...(decider === undefined || decider === who ? [] : [`through ${text(decider)}`]),
      ...(reason === undefined ? [] : [`rule ${text(reason)}`]),
    ];
    return wrap(parts, options.width - INDENT - 2).map((line, index) =>
      paint(colourOf(severity), `${' '.repeat(INDENT)}${index === 0 ? '*' : ' '} ${line}`),
    );
  }
}

/** One line a class: how often it was signalled, and how gravely at most. */
export function renderSummary(spans: readonly ReadableSpan[]): string[] {
  const events = spans.flatMap(signalsOf);
  const classes = new Map<string, number[]>();
  for (const { attributes = {} } of events) {
    const name = text(attributes['alignment.signal.class']);
    classes.set(name, [...(classes.get(name) ?? []), Number(attributes['alignment.signal.severity'])]);
  }
  const lines = [...classes].map(
    ([name, severities]) =>
      `  ${name.padEnd(23)} ${String(severities.length).padStart(2)} x, gravest ${Math.max(...severities).toFixed(2)}`,
  );
  return [`signals on spans: ${events.length}`, ...lines.sort()];
}

const INDENT = 10;
const COLUMNS = [9, 5, 14, 13, 24, 17] as const;
const CODES = { bold: 1, dim: 2, red: 31, yellow: 33, plain: 0 } as const;
type Colour = keyof typeof CODES;

/** The widest columns give way first, down to 9 characters each. */
function layout(width: number): number[] {
  const columns: number[] = [...COLUMNS];
  for (const index of [4, 5, 2, 3]) {
    const excess = columns.reduce((sum, column) => sum + column + 1, -1) - width;
    if (excess > 0) columns[index] = Math.max(9, (columns[index] ?? 0) - excess);
  }
  return columns;
}

function row(columns: readonly number[], cells: readonly string[]): string {
  return columns
    .map((column, index) => clip(cells[index] ?? '', column).padEnd(column))
    .join(' ')
    .trimEnd();
}

function clip(value: string, width: number): string {
  return value.length <= width ? value : `${value.slice(0, Math.max(0, width - 1))}…`;
}

/** Joins the parts, beginning a new line where the next one does not fit. */
function wrap(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + part.length + 3 <= width)
      lines[lines.length - 1] = `${line} · ${part}`;
    else lines.push(part);
  }
  return lines;
}

function signalsOf(span: ReadableSpan): TimedEvent[] {
  return span.events.filter(event => event.name.startsWith('alignment.'));
}

function seconds([whole, nanoseconds]: HrTime): number {
  return whole + nanoseconds / 1e9;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '-';
}

function levelOf(score: number): string {
  if (score < 0.1) return 'none';
  if (score < 0.4) return 'low';
  if (score < 0.7) return 'medium';
  return score < 0.9 ? 'high' : 'critical';
}

function colourOf(score: number): Colour {
  if (score < 0.4) return 'plain';
  return score < 0.7 ? 'yellow' : 'red';
}

function painter(colour: boolean): (colour: Colour, line: string) => string {
  return (name, line) => (colour && name !== 'plain' ? `\u001b[${CODES[name]}m${line}\u001b[0m` : line);
}
