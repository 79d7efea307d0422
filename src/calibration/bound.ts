import { applyProfile, type Mapped } from './apply.ts';
import type { Profile } from './profile.ts';
import type { SignalName } from './scale.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** A profile, and whose scores it is for. */
export interface BoundProfile {
  readonly profile: Profile;
  /** Only of this `gen_ai.provider.name`; then that provider's general risk scores are on this scale too. */
  readonly provider?: string;
}

/** What telemetry holds of native scores. */
export interface NativeSources {
  readonly attributes: Attributes;
  readonly events?: readonly { readonly name: string; readonly attributes?: Attributes | undefined }[];
  readonly provider?: unknown;
}

/** A native score on the reference scale, as it is written. */
export interface MappedScore {
  readonly signal: SignalName;
  readonly profile: Profile;
  readonly mapped: Mapped;
  /** Native value, status, profile id and score, under the keys of the signal. */
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** Where providers write a risk score without saying on which scale. */
const GENERAL = ['security.risk_score', 'gen_ai.guardrail.risk.score'];
const EVALUATION = 'gen_ai.evaluation.result';
const WORD = /^[\w.+:/-]{1,64}$/;

/**
 * Maps the native scores that a span, an event or a record holds; of profiles for one signal the first that finds its score. What is
 * on the reference scale already is left alone.
 *
 * A score belongs to a profile where `alignment.<signal>.native.scale` is the profile's scale, where it stands under an attribute or
 * an evaluation (`gen_ai.evaluation.<name>`, or the name alone) of the scale's name, or, for a profile of a provider, where that
 * provider writes a general risk score or an evaluation named `risk` or `autonomy`.
 *
 * @param today the day in UTC, `YYYY-MM-DD`
 */
export function mapScores(
  sources: NativeSources,
  profiles: readonly BoundProfile[],
  today: string,
): MappedScore[] {
  const found: MappedScore[] = [];
  for (const bound of profiles) {
    const { profile, provider } = bound;
    if (provider !== undefined && provider !== sources.provider) continue;
    if (found.some(({ signal }) => signal === profile.signal)) continue;
    if (isMapped(sources.attributes, profile.signal)) continue;
    const native = nativeOf(sources, bound);
    if (native === undefined) continue;
    const mapped = applyProfile(profile, native, today);
    found.push({ signal: profile.signal, profile, mapped, attributes: written(profile, native, mapped) });
  }
  return found;
}

function isMapped(attributes: Attributes, signal: SignalName): boolean {
  const status = attributes[`alignment.${signal}.calibration.status`];
  return attributes[`alignment.${signal}.score`] !== undefined || (status !== undefined && status !== 'none');
}

function nativeOf(sources: NativeSources, { profile, provider }: BoundProfile): string | number | undefined {
  const { signal, native_scale: scale } = profile;
  const { attributes } = sources;
  const kind = scale.type === 'interval' ? 'score' : 'label';
  const keys: string[] = [];
  if (attributes[`alignment.${signal}.native.scale`] === scale.id)
    keys.push(`alignment.${signal}.native.${kind}`);
  keys.push(scale.id);
  if (provider !== undefined && signal === 'risk') keys.push(...GENERAL);
  for (const key of keys) {
    const value = attributes[key];
    if (typeof value === 'number' || typeof value === 'string') return value;
  }
  return evaluationOf(sources, profile, provider !== undefined);
}

function evaluationOf(
  { events = [] }: NativeSources,
  { signal, native_scale: scale }: Profile,
  bound: boolean,
): string | number | undefined {
  for (const { name, attributes } of events) {
    if (name !== EVALUATION || attributes === undefined) continue;
    const about = attributes['gen_ai.evaluation.name'];
    if (about !== scale.id && `gen_ai.evaluation.${about}` !== scale.id && !(bound && about === signal))
      continue;
    const value = attributes[`gen_ai.evaluation.score.${scale.type === 'interval' ? 'value' : 'label'}`];
    if (typeof value === 'number' || typeof value === 'string') return value;
  }
  return undefined;
}

function written(
  { signal, native_scale: scale, profile_id: id }: Profile,
  native: string | number,
  { score, status }: Mapped,
): Record<string, string | number> {
  const key = `alignment.${signal}`;
  const attributes: Record<string, string | number> = {};
  if (scale.type === 'ordinal') attributes[`${key}.native.label`] = asWord(String(native).trim());
  else if (Number.isFinite(Number(native))) attributes[`${key}.native.score`] = Number(native);
  attributes[`${key}.native.scale`] = scale.id;
  attributes[`${key}.calibration.status`] = status;
  if (status === 'profiled') attributes[`${key}.calibration.profile.id`] = id;
  if (score !== null) attributes[`${key}.score`] = score;
  return attributes;
}

const asWord = (label: string): string => (WORD.test(label) ? label : '_OTHER');
