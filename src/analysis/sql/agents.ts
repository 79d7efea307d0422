import type { SignalClass } from '../../semconv/index.ts';
import { SIGNAL_CLASSES } from '../../signals/read.ts';
import type { AgentRow } from '../source.ts';

interface Scores {
  readonly agent: string;
  readonly profiled: number;
  readonly declared: number;
  readonly none: number;
  readonly scales: readonly string[];
}
export interface AgentSteps extends Scores {
  readonly steps: number;
}
export interface AgentSignals extends Scores {
  readonly class: string;
  readonly count: number;
  readonly severity: number;
}

const MAX_SCALES = 8;

/** Every agent, those with the most signals first. */
export function agentRows(
  steps: readonly AgentSteps[],
  signals: readonly AgentSignals[],
  sessions: readonly { readonly agent: string; readonly sessions: number }[],
): AgentRow[] {
  const rows = sessions.map(({ agent, sessions: count }) => {
    const own = steps.find(one => one.agent === agent);
    const classes = signals
      .filter(one => one.agent === agent)
      .sort((a, b) => SIGNAL_CLASSES.indexOf(a.class) - SIGNAL_CLASSES.indexOf(b.class));
    const scores: readonly Scores[] = own === undefined ? classes : [own, ...classes];
    const sum = (name: 'profiled' | 'declared' | 'none'): number =>
      scores.reduce((all, one) => all + one[name], 0);
    return {
      agent: agent || 'unknown agent',
      sessions: count,
      steps: own?.steps ?? 0,
      signals: Object.fromEntries(
        classes.map(({ class: name, count: many, severity }) => [name, { count: many, severity }]),
      ) as Partial<Record<SignalClass, { count: number; severity: number }>>,
      status: { profiled: sum('profiled'), declared: sum('declared'), none: sum('none') },
      scales: [...new Set(scores.flatMap(one => one.scales))].sort().slice(0, MAX_SCALES),
    };
  });
  const total = ({ signals: of }: AgentRow): number =>
    Object.values(of).reduce((all, { count }) => all + count, 0);
  return rows.sort((a, b) => total(b) - total(a) || b.steps - a.steps || (a.agent < b.agent ? -1 : 1));
}
