import { SIGNAL_CLASSES } from '../signals/read.ts';
import { effectOf } from './decisions.ts';
import { Order } from './order.ts';
import { ABSENT, INTERVENTION, type Recording } from './recording.ts';

/** A recording of which everything was read: every row has its session, every signal its step. */
export interface Resolved {
  readonly recording: Recording;
  readonly order: Order;
  /** Sessions that no record names: their trace stands for them. Numbers in `words`. */
  readonly unnamed: ReadonlySet<number>;
}

const BOUNDARY = SIGNAL_CLASSES.indexOf('autonomy_boundary');

/** Brings together what stands in different places of the files. Called once, at the end. */
export function resolve(recording: Recording): Resolved {
  const unnamed = new Set<number>();
  findSpans(recording);
  nameSessions(recording, unnamed);
  linkSignals(recording);
  noteOnSteps(recording);
  const order = new Order(recording);
  for (let i = 0; i < order.sessions.length; i++) carry(recording, order, i);
  return { recording, order, unnamed };
}

function findSpans({ signals, spans }: Recording): void {
  const { span, trace, high, low } = signals.columns;
  for (let row = 0; row < signals.size; row++) {
    if (span[row] === 0) span[row] = spans.find(trace[row] ?? 0, high[row] ?? 0, low[row] ?? 0) + 1;
  }
}

function nameSessions(recording: Recording, unnamed: Set<number>): void {
  const { steps, states, signals, spans, words } = recording;
  const byTrace = (traceId: string): number => {
    // two traces without a name stay two sessions; what has no trace either is one
    const session = words.number(traceId || '(no session, no trace)');
    unnamed.add(session);
    return session;
  };
  const sessionOf = (span: number, own: number): number =>
    (span > 0 ? spans.sessionAt(span - 1) : 0) || own || 0;
  const { columns: step } = steps;
  for (let row = 0; row < steps.size; row++) {
    const span = step.span[row] ?? 0;
    step.session[row] = sessionOf(span, step.ownSession[row] ?? 0) || byTrace(spans.traceOf(span - 1));
    step.agent[row] = spans.agentAt(span - 1) || (step.ownAgent[row] ?? 0);
  }
  const { columns: state } = states;
  for (let row = 0; row < states.size; row++) {
    const span = state.span[row] ?? 0;
    state.session[row] = sessionOf(span, state.ownSession[row] ?? 0) || byTrace(spans.traceOf(span - 1));
  }
  const { columns: signal } = signals;
  for (let row = 0; row < signals.size; row++) {
    const span = signal.span[row] ?? 0;
    signal.session[row] ||=
      sessionOf(span, signal.ownSession[row] ?? 0) || byTrace(spans.traces.text(signal.trace[row] ?? 0));
    signal.agent[row] ||= (span > 0 ? spans.agentAt(span - 1) : 0) || (signal.ownAgent[row] ?? 0);
  }
}

/** A signal is about the step on whose span it stands, else about the step with its call id in its session. */
function linkSignals(recording: Recording): void {
  const { steps, signals, spans } = recording;
  const stepAt = new Uint32Array(spans.size + 1);
  for (let row = 0; row < steps.size; row++) stepAt[steps.columns.span[row] ?? 0] = row + 1;
  const { span, step, call, time } = signals.columns;
  const byCall: number[] = [];
  for (let row = 0; row < signals.size; row++) {
    const at = span[row] ?? 0;
    step[row] = at === 0 ? 0 : (stepAt[at] ?? 0);
    if (step[row] === 0 && call[row] !== 0) byCall.push(row);
  }
  if (byCall.length === 0) return;
  const keyOf = ({ session, call: calls }: { session: Uint32Array; call: Uint32Array }, row: number) =>
    `${session[row]} ${calls[row]}`;
  const known = new Map(byCall.map(row => [keyOf(signals.columns, row), 0]));
  for (let row = 0; row < steps.size; row++) {
    if (steps.columns.call[row] === 0) continue;
    const key = keyOf(steps.columns, row);
    const other = known.get(key);
    // of two steps with one call id the earlier one
    const { time: times } = steps.columns;
    if (other === 0 || (other !== undefined && (times[row] ?? 0) < (times[other - 1] ?? 0)))
      known.set(key, row + 1);
  }
  // the earliest first, whatever the order of the files
  byCall.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || a - b);
  for (const row of byCall) {
    const key = keyOf(signals.columns, row);
    const about = known.get(key) || stepOfSignal(recording, row);
    known.set(key, about);
    step[row] = about;
    completeStep(recording, about - 1, row);
  }
}

/** A call of which only signals are known is a step all the same. @returns its row, plus one */
function stepOfSignal({ steps, signals }: Recording, signal: number): number {
  const row = steps.add();
  const { columns } = steps;
  columns.signal[row] = signal + 1;
  columns.session[row] = signals.columns.session[signal] ?? 0;
  columns.agent[row] = signals.columns.agent[signal] ?? 0;
  columns.time[row] = signals.columns.time[signal] ?? 0;
  columns.end[row] = columns.time[row] ?? 0;
  for (const score of ['risk', 'autonomy', 'severity'] as const) columns[score][row] = ABSENT;
  return row + 1;
}

/** What the step does not say and a signal about it does. */
function completeStep({ steps, signals }: Recording, row: number, signal: number): void {
  const { columns } = steps;
  const known = signals.columns;
  for (const name of ['tool', 'call', 'action', 'reversibility', 'involvement', 'status', 'native'] as const)
    columns[name][row] ||= known[name][signal] ?? 0;
  for (const name of ['risk', 'autonomy'] as const)
    if (Number.isNaN(columns[name][row])) columns[name][row] = known[name][signal] ?? ABSENT;
}

/** Every step gets the highest severity of its signals and the last decision on it. */
function noteOnSteps({ steps, signals, words }: Recording): void {
  const { severity, decision } = steps.columns;
  const { columns: signal } = signals;
  for (let row = 0; row < signals.size; row++) {
    const about = (signal.step[row] ?? 0) - 1;
    if (about < 0) continue;
    const [own, highest] = [signal.severity[row] ?? 0, severity[about] ?? ABSENT];
    if (Number.isNaN(highest) || own > highest) severity[about] = own;
    if (signal.class[row] !== INTERVENTION) continue;
    const type = words.text(signal.type[row] ?? 0);
    if (effectOf(type) === undefined && type !== 'correction') continue;
    const before = (decision[about] ?? 0) - 1;
    if (before < 0 || (signal.time[row] ?? 0) >= (signal.time[before] ?? 0)) decision[about] = row + 1;
  }
}

/** How a session is supervised is stated once and holds until the next statement: a step that says nothing of it takes what was last said. */
function carry({ steps, states, signals }: Recording, order: Order, index: number): void {
  let autonomy = ABSENT;
  let involvement = 0;
  const { columns: step } = steps;
  const { columns: signal } = signals;
  for (const { kind, row } of order.of(index)) {
    if (kind === 'step') {
      if (hear(step.autonomy[row], step.involvement[row])) continue;
      step.autonomy[row] = autonomy;
      step.involvement[row] = involvement;
    } else if (kind === 'state') hear(states.columns.autonomy[row], states.columns.involvement[row]);
    // other signals on a span repeat what it said when it began
    else if (signal.class[row] === BOUNDARY || signal.span[row] === 0)
      hear(signal.autonomy[row], signal.involvement[row]);
  }

  /** Score and involvement are one statement: of two statements never half of each. */
  function hear(score = ABSENT, how = 0): boolean {
    if (Number.isNaN(score) && how === 0) return false;
    [autonomy, involvement] = [score, how];
    return true;
  }
}
