import type { AttributeValue } from '@opentelemetry/api';
import { type BoundProfile, type MappedScore, mapScores, type NativeSources } from '../calibration/bound.ts';
import type { SignalName } from '../calibration/scale.ts';
import {
  ATTR_ALIGNMENT_AUTONOMY_LEVEL,
  ATTR_ALIGNMENT_SIGNAL_REASON,
  ATTR_ALIGNMENT_SOURCE_NAME,
  ATTR_ALIGNMENT_SOURCE_TYPE,
  type AutonomyLevel,
} from '../semconv/index.ts';
import { complete, type Place } from '../signals/complete.ts';
import type { Signal, SignalAttributes, UnixTime } from '../signals/index.ts';
import { shared, warnOnce } from '../signals/shared.ts';
import { today } from './profiles.ts';
import { RecentMap } from './recent-map.ts';
import type { SettledSignal } from './settle.ts';
import type { RecordingSpan } from './span.ts';

/** What providers say themselves of a span, on the reference scale. */
export type Mapped = readonly MappedScore[];

const NOTHING: Mapped = [];

/** The native scores that stand on a span, mapped. One that is off its scale gives no number, so there is nothing to say of it. */
export function mappedOf(
  span: Pick<NativeSources, 'attributes' | 'events'>,
  profiles: readonly BoundProfile[],
): Mapped {
  if (profiles.length === 0) return NOTHING;
  try {
    const { attributes, events } = span;
    const provider = attributes['gen_ai.provider.name'];
    const sources = { attributes, provider, ...(events === undefined ? {} : { events }) };
    const found = mapScores(sources, profiles, today());
    const off = found.find(({ mapped }) => mapped.score === null);
    if (off === undefined) return found;
    warnOnce('profiles:off', `a native score is off the scale ${off.profile.native_scale.id}`);
    return found.filter(({ mapped }) => mapped.score !== null);
  } catch (error) {
    warnOnce('profiles', 'a native score could not be mapped', error);
    return NOTHING;
  }
}

/** A signal with a native score gets the mapped one beside it. */
export function mapSignal(signal: Signal, provider: unknown, profiles: readonly BoundProfile[]): Signal {
  const { attributes } = signal;
  try {
    const found = mapScores({ attributes, provider }, profiles, today()).filter(
      ({ mapped }) => mapped.score !== null,
    );
    if (found.length === 0) return signal;
    return { ...signal, attributes: Object.assign({ ...attributes }, ...found.map(one => one.attributes)) };
  } catch (error) {
    warnOnce('profiles', 'a native score could not be mapped', error);
    return signal;
  }
}

/** What our rules, or the assessor in their place, are about to write of a signal: a score, or a level without one. */
export type Judged = 'score' | 'level' | undefined;

/**
 * Native values, status, profile and scores. What stands on the span already stays, but for a status of ours that said `none`. A score
 * that is only rescaled does not replace what was judged of the action: then the native value alone is written.
 *
 * @returns the scores that were written
 */
export function writeMapped(
  span: RecordingSpan,
  mapped: Mapped,
  judged: (signal: SignalName) => Judged,
): Mapped {
  const won: MappedScore[] = [];
  for (const one of mapped) {
    const { signal, mapped: result, attributes } = one;
    const ours = result.status === 'profiled' ? undefined : judged(signal);
    if (ours !== undefined) {
      writeNative(span, one, ours);
      continue;
    }
    won.push(one);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.endsWith('.status') || span.attributes[key] === undefined)
        span.setAttribute(key, value as AttributeValue);
    }
    if (
      signal === 'autonomy' &&
      result.score !== null &&
      span.attributes[ATTR_ALIGNMENT_AUTONOMY_LEVEL] === undefined
    )
      span.setAttribute(ATTR_ALIGNMENT_AUTONOMY_LEVEL, levelOf(result.score));
  }
  return won;
}

/** The status is that of the score beside it: ours is on the reference scale by itself, which is what no status says. */
function writeNative(span: RecordingSpan, { signal, attributes }: MappedScore, ours: Judged): void {
  for (const [key, value] of Object.entries(attributes))
    if (key.includes('.native.') && span.attributes[key] === undefined)
      span.setAttribute(key, value as AttributeValue);
  const status = `alignment.${signal}.calibration.status`;
  if (ours === 'level') span.setAttribute(status, 'none');
  else if (span.attributes[status] === 'none') span.setAttribute(status, 'declared');
}

const LEVELS: readonly (readonly [below: number, level: AutonomyLevel])[] = [
  [0.1, 'none'],
  [0.3, 'operator'],
  [0.5, 'collaborator'],
  [0.7, 'consultant'],
  [0.9, 'approver'],
];

/** The level of an autonomy score. */
export const levelOf = (score: number): AutonomyLevel =>
  LEVELS.find(([below]) => score < below)?.[1] ?? 'observer';

/** A provider's score over the threshold is an escalation: once a profile and session. */
export function escalationOf(
  mapped: Mapped,
  place: Place,
  session: string,
  time: UnixTime,
  options: { readonly riskThreshold: number; readonly maxSessions: number },
): SettledSignal | undefined {
  const risk = mapped.find(({ signal }) => signal === 'risk');
  const score = risk?.mapped.score ?? null;
  if (
    risk === undefined ||
    score === null ||
    risk.mapped.status !== 'profiled' ||
    score < options.riskThreshold
  )
    return undefined;
  shared.rooms['escalated'] ??= new RecentMap<Set<string>>(options.maxSessions);
  const said = (shared.rooms['escalated'] as RecentMap<Set<string>>).getOrCreate(session, () => new Set());
  if (said.has(risk.profile.profile_id)) return undefined;
  said.add(risk.profile.profile_id);
  const attributes = {
    ...risk.attributes,
    [ATTR_ALIGNMENT_SIGNAL_REASON]: risk.profile.native_scale.id,
    [ATTR_ALIGNMENT_SOURCE_TYPE]: 'monitor',
    [ATTR_ALIGNMENT_SOURCE_NAME]: risk.profile.native_scale.id,
  } as SignalAttributes;
  const signal = complete({ class: 'risk_escalation', severity: score, time, attributes }, place, time);
  return { signal, stated: undefined, sent: false, detail: undefined, logger: undefined };
}
