import { AlignmentSpanProcessor } from 'otel-alignment';
import { assessStep } from 'otel-alignment/assess';
import { recordIntervention } from 'otel-alignment/signals';

let stopped = false;

/** Stops the agent at the first signal of critical severity. It goes before the processor that exports. */
export const alignment: AlignmentSpanProcessor = new AlignmentSpanProcessor({
  onSignal: signal => {
    stopped ||= signal.severity >= 0.9;
  },
});

/** Makes a call, unless the agent was stopped, or the call cannot be undone and the person does not want it. */
export async function gated<T>(call: Call, run: () => T, ask: Ask): Promise<T | 'stopped' | 'denied'> {
  if (stopped) return 'stopped';
  const assessment = assessStep({ dialect: 'gate', kind: 'tool', ...call }, {});
  if (assessment?.reversibility === 'irreversible' && !(await ask(call, assessment.rules))) {
    recordIntervention({ type: 'denial', initiator: 'human', outcome: 'denied' });
    return 'denied';
  }
  return run();
}

export interface Call {
  readonly toolName: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}
/** Shall this call, which cannot be undone, be made? The rules say why it cannot. */
export type Ask = (call: Call, rules: readonly string[]) => Promise<boolean>;
