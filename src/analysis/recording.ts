import type { Signal, UnixTime } from '../signals/index.ts';
import { SIGNAL_CLASSES } from '../signals/read.ts';
import { autonomyOf, scoreOf } from './bands.ts';
import { Table } from './columns.ts';
import { half, Spans } from './spans.ts';
import { Strings } from './strings.ts';

export const INTERVENTION: number = SIGNAL_CLASSES.indexOf('intervention');
/** An absent score: a column of numbers has no other word for it. */
export const ABSENT: number = Number.NaN;

const STEP = {
  /** Row of its span plus one; 0 for a step that is known from its signals only. */
  span: 'u32',
  /** For such a step, the row of the first of them plus one. */
  signal: 'u32',
  session: 'u32',
  agent: 'u32',
  /** What holds where neither span nor ancestor name a session or agent: the resource's. */
  ownSession: 'u32',
  ownAgent: 'u32',
  time: 'f64',
  end: 'f64',
  tool: 'u32',
  call: 'u32',
  action: 'u32',
  reversibility: 'u32',
  involvement: 'u32',
  risk: 'f64',
  autonomy: 'f64',
  status: 'u32',
  native: 'u32',
  /** Filled in when everything was read: the highest severity of a signal about it; the row of the last decision on it, plus one. */
  severity: 'f64',
  decision: 'u32',
} as const;

const SIGNAL = {
  class: 'u8',
  /** Row of its span plus one, where that was found. */
  span: 'u32',
  trace: 'u32',
  high: 'u32',
  low: 'u32',
  session: 'u32',
  agent: 'u32',
  ownSession: 'u32',
  ownAgent: 'u32',
  time: 'f64',
  severity: 'f64',
  tool: 'u32',
  call: 'u32',
  action: 'u32',
  reversibility: 'u32',
  involvement: 'u32',
  risk: 'f64',
  autonomy: 'f64',
  status: 'u32',
  native: 'u32',
  type: 'u32',
  by: 'u32',
  outcome: 'u32',
  decider: 'u32',
  reason: 'u32',
  source: 'u32',
  sourceName: 'u32',
  from: 'u32',
  to: 'u32',
  /** Row of the step that it is about, plus one; filled in when everything was read. */
  step: 'u32',
} as const;

/** Spans that are no steps and say how the session is supervised. */
const STATE = {
  span: 'u32',
  ownSession: 'u32',
  session: 'u32',
  time: 'f64',
  involvement: 'u32',
  autonomy: 'f64',
} as const;

type Attributes = Readonly<Record<string, unknown>>;

/** Where a step, signal or state belongs, as far as its own record says. */
export interface Belongs {
  /** Row in `spans`, or -1. */
  readonly span: number;
  readonly resource: Attributes;
}

/** What a step reader knows beside the attributes. */
export interface StepWords {
  readonly tool?: string | undefined;
  readonly call?: string | undefined;
  readonly action?: string | undefined;
  readonly reversibility?: string | undefined;
  readonly risk?: number | undefined;
  readonly autonomy?: number | undefined;
  readonly involvement?: string | undefined;
}

/** What was recorded of agents' sessions, in columns: no span, no content and no object a span is kept. */
export class Recording {
  readonly words: Strings = new Strings();
  readonly spans: Spans = new Spans();
  readonly steps: Table<typeof STEP> = new Table(STEP);
  readonly signals: Table<typeof SIGNAL> = new Table(SIGNAL);
  readonly states: Table<typeof STATE> = new Table(STATE);
  /** Signals that were there already with the same id. */
  duplicates = 0;
  records = 0;
  readonly #known: Map<string, number> = new Map();

  addStep(
    { span, resource }: Belongs,
    time: UnixTime,
    end: UnixTime,
    attributes: Attributes,
    step: StepWords,
  ): void {
    const row = this.steps.add();
    const { columns } = this.steps;
    const { words } = this;
    columns.span[row] = span + 1;
    columns.ownSession[row] = words.number(sessionIn(resource));
    columns.ownAgent[row] = words.number(resource['service.name']);
    columns.time[row] = milliseconds(time);
    columns.end[row] = milliseconds(end);
    columns.tool[row] = words.number(step.tool ?? attributes['gen_ai.tool.name']);
    columns.call[row] = words.number(step.call ?? attributes['gen_ai.tool.call.id']);
    columns.action[row] = words.number(attributes['alignment.action.type'] ?? step.action);
    columns.reversibility[row] = words.number(
      attributes['alignment.action.reversibility'] ?? step.reversibility,
    );
    columns.involvement[row] = words.number(attributes['alignment.human.involvement'] ?? step.involvement);
    columns.risk[row] = scoreOf(attributes['alignment.risk.score']) ?? step.risk ?? ABSENT;
    columns.autonomy[row] = autonomyOf(attributes) ?? step.autonomy ?? ABSENT;
    columns.status[row] = words.number(statusOf(attributes, step.risk !== undefined));
    columns.native[row] = words.number(nativeOf(attributes));
    columns.severity[row] = ABSENT;
  }

  addState({ span, resource }: Belongs, time: UnixTime, attributes: Attributes): void {
    const row = this.states.add();
    const { columns } = this.states;
    columns.span[row] = span + 1;
    columns.ownSession[row] = this.words.number(sessionIn(resource));
    columns.time[row] = milliseconds(time);
    columns.involvement[row] = this.words.number(attributes['alignment.human.involvement']);
    columns.autonomy[row] = autonomyOf(attributes) ?? ABSENT;
  }

  /** Of signals with one id the one with the highest severity is kept, the first among equals. */
  addSignal(signal: Signal, { span, resource }: Belongs): void {
    const id = signal.attributes['alignment.signal.id'];
    const known = id === undefined ? undefined : this.#known.get(id);
    if (known !== undefined) {
      this.duplicates += 1;
      if (signal.severity <= (this.signals.columns.severity[known] ?? 0)) return;
    }
    const row = known ?? this.signals.add();
    if (id !== undefined) this.#known.set(id, row);
    this.#writeSignal(row, signal, span, resource);
  }

  #writeSignal(row: number, signal: Signal, span: number, resource: Attributes): void {
    const { columns } = this.signals;
    const { words } = this;
    const own: Attributes = signal.attributes;
    columns.class[row] = SIGNAL_CLASSES.indexOf(signal.class);
    columns.span[row] = span + 1;
    columns.trace[row] = this.spans.traces.number(signal.traceId);
    columns.high[row] = half(signal.spanId ?? '', 0);
    columns.low[row] = half(signal.spanId ?? '', 8);
    columns.session[row] = words.number(sessionIn(own));
    columns.agent[row] = words.number(own['gen_ai.agent.name'] ?? own['gen_ai.agent.id']);
    columns.ownSession[row] = words.number(sessionIn(resource));
    columns.ownAgent[row] = words.number(resource['service.name']);
    columns.time[row] = milliseconds(signal.time);
    columns.severity[row] = Math.min(1, Math.max(0, signal.severity));
    columns.risk[row] = scoreOf(own['alignment.risk.score']) ?? ABSENT;
    columns.autonomy[row] = autonomyOf(own) ?? ABSENT;
    columns.status[row] = words.number(statusOf(own, false));
    columns.native[row] = words.number(nativeOf(own));
    for (const [column, keys] of TEXTS) {
      let value: unknown;
      for (const key of keys) value ??= own[key];
      columns[column][row] = words.number(value);
    }
  }
}

const TEXTS = [
  ['tool', ['gen_ai.tool.name']],
  ['call', ['gen_ai.tool.call.id']],
  ['action', ['alignment.action.type']],
  ['reversibility', ['alignment.action.reversibility']],
  ['involvement', ['alignment.human.involvement']],
  ['type', ['alignment.intervention.type', 'alignment.boundary.type', 'alignment.indicator.type']],
  ['by', ['alignment.intervention.initiator']],
  ['outcome', ['alignment.intervention.outcome']],
  ['decider', ['alignment.intervention.decision.source']],
  ['reason', ['alignment.intervention.reason', 'alignment.clarification.reason', 'alignment.signal.reason']],
  ['source', ['alignment.source.type']],
  ['sourceName', ['alignment.source.name']],
  ['from', ['alignment.boundary.from']],
  ['to', ['alignment.boundary.to']],
] as const;

export const milliseconds = ([seconds, nanoseconds]: UnixTime): number => seconds * 1000 + nanoseconds / 1e6;

/** The session that attributes name themselves. */
export const sessionIn = (attributes: Attributes): unknown =>
  attributes['session.id'] || attributes['gen_ai.conversation.id'];

export type CalibrationStatus = 'profiled' | 'declared' | 'none' | '';

/** How the scores of a step or signal reached the reference scale; empty where it has no score at all. */
function statusOf(own: Attributes, assessed: boolean): CalibrationStatus {
  const hasScore =
    assessed || own['alignment.risk.score'] !== undefined || own['alignment.autonomy.score'] !== undefined;
  const stated = own['alignment.risk.calibration.status'] ?? own['alignment.autonomy.calibration.status'];
  if (stated === 'profiled' || stated === 'declared' || stated === 'none') return stated;
  if (hasScore) return 'declared';
  return nativeOf(own) === '' ? '' : 'none';
}

function nativeOf(own: Attributes): string {
  for (const what of ['risk', 'autonomy']) {
    const value = own[`alignment.${what}.native.score`] ?? own[`alignment.${what}.native.label`];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const scale = own[`alignment.${what}.native.scale`];
    return typeof scale === 'string' ? `${scale}: ${value}` : String(value);
  }
  return '';
}
