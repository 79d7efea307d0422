import type { SignalClass } from '../semconv/index.ts';
import { SIGNAL_CLASSES } from '../signals/read.ts';
import type { Resolved } from './resolve.ts';
import type { AgentRow } from './source.ts';

interface Counts {
  sessions: Set<number>;
  steps: number;
  signals: Partial<Record<SignalClass, { count: number; severity: number }>>;
  status: { profiled: number; declared: number; none: number };
  scales: Set<string>;
}

/** Every agent, those with the most signals first. */
export function agentsOf({ recording: { steps, signals, words } }: Resolved): AgentRow[] {
  const agents = new Map<number, Counts>();
  const of = (agent: number): Counts => {
    let counts = agents.get(agent);
    if (counts === undefined) {
      counts = {
        sessions: new Set(),
        steps: 0,
        signals: {},
        status: { profiled: 0, declared: 0, none: 0 },
        scales: new Set(),
      };
      agents.set(agent, counts);
    }
    return counts;
  };
  const noteScore = (counts: Counts, status: string, native: string): void => {
    if (status === 'profiled' || status === 'declared' || status === 'none') counts.status[status] += 1;
    const end = native.indexOf(': ');
    if (end > 0 && counts.scales.size < MAX_SCALES) counts.scales.add(native.slice(0, end));
  };
  const { columns: step } = steps;
  for (let row = 0; row < steps.size; row++) {
    const counts = of(step.agent[row] ?? 0);
    counts.steps += 1;
    counts.sessions.add(step.session[row] ?? 0);
    noteScore(counts, words.text(step.status[row] ?? 0), words.text(step.native[row] ?? 0));
  }
  const { columns: signal } = signals;
  for (let row = 0; row < signals.size; row++) {
    const counts = of(signal.agent[row] ?? 0);
    counts.sessions.add(signal.session[row] ?? 0);
    const name = SIGNAL_CLASSES[signal.class[row] ?? 0] as SignalClass;
    const known = counts.signals[name] ?? { count: 0, severity: 0 };
    known.count += 1;
    known.severity = Math.max(known.severity, signal.severity[row] ?? 0);
    counts.signals[name] = known;
    noteScore(counts, words.text(signal.status[row] ?? 0), words.text(signal.native[row] ?? 0));
  }
  const total = (counts: Counts): number =>
    Object.values(counts.signals).reduce((sum, { count }) => sum + count, 0);
  return [...agents]
    .sort(([, a], [, b]) => total(b) - total(a) || b.steps - a.steps)
    .map(([agent, counts]) => ({
      ...counts,
      agent: words.text(agent) || 'unknown agent',
      sessions: counts.sessions.size,
      scales: [...counts.scales].sort(),
    }));
}

const MAX_SCALES = 8;
