import { SIGNAL_CLASSES } from '../signals/read.ts';
import { actorOf, effectOf } from './decisions.ts';
import type { Recording } from './recording.ts';
import { INTERVENTION } from './recording.ts';
import type { Stretch } from './source.ts';

/** Lengths that a person can read off an axis, in milliseconds. */
// biome-ignore format: seconds, minutes, hours, days
const LENGTHS = [
  1, 2, 5, 10, 15, 30,
  60, 120, 300, 600, 900, 1800,
  3600, 7200, 14_400, 21_600, 43_200,
  86_400, 172_800, 604_800, 2_592_000,
].map(seconds => seconds * 1000);

/** The shortest readable length of which `limit` cover the time. */
export const lengthFor = (time: number, limit: number): number =>
  LENGTHS.find(length => time / length < limit - 1) ?? Math.ceil(time / Math.max(1, limit - 1));

type Counts = { -readonly [K in keyof Stretch]: number };

const BY_CLASS = {
  risk_escalation: 'escalations',
  autonomy_boundary: 'boundaries',
  clarification_request: 'clarifications',
  misalignment_indicator: 'indicators',
} as const;

/** Decisions and signals by stretch of time; what has no time is left out. */
export function overTimeOf(
  { steps, signals, words }: Recording,
  from: number,
  length: number,
): readonly Stretch[] {
  const stretches = new Map<number, Counts>();
  const at = (time: number): Counts => {
    const place = Math.floor((time - from) / length);
    const known = stretches.get(place);
    if (known !== undefined) return known;
    const counts = { ...EMPTY, start: from + place * length };
    stretches.set(place, counts);
    return counts;
  };
  for (let row = 0; row < steps.size; row++) {
    const time = steps.columns.time[row] ?? 0;
    if (time > 0) at(time).steps += 1;
  }
  const { columns } = signals;
  for (let row = 0; row < signals.size; row++) {
    const time = columns.time[row] ?? 0;
    if (time <= 0) continue;
    const name = SIGNAL_CLASSES[columns.class[row] ?? 0] ?? '';
    const counts = at(time);
    if (columns.class[row] === INTERVENTION) {
      counts[interventionOf(words.text(columns.type[row] ?? 0), words.text(columns.by[row] ?? 0))] += 1;
    } else if (Object.hasOwn(BY_CLASS, name)) counts[BY_CLASS[name as keyof typeof BY_CLASS]] += 1;
  }
  return [...stretches.values()].sort((a, b) => a.start - b.start);
}

function interventionOf(type: string, by: string): keyof Counts {
  const actor = actorOf(by);
  switch (effectOf(type)) {
    case 'approve':
      if (actor === 'unknown') return 'otherApprovals';
      return actor === 'human' ? 'humanApprovals' : 'autoApprovals';
    case 'refuse':
      return actor === 'human' ? 'humanRefusals' : 'otherRefusals';
    case 'stop':
      return 'stops';
    default:
      return 'otherInterventions';
  }
}

const EMPTY: Counts = {
  start: 0,
  steps: 0,
  autoApprovals: 0,
  humanApprovals: 0,
  otherApprovals: 0,
  humanRefusals: 0,
  otherRefusals: 0,
  stops: 0,
  otherInterventions: 0,
  clarifications: 0,
  indicators: 0,
  escalations: 0,
  boundaries: 0,
};
