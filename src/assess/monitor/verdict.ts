import { ATTRIBUTES, type IndicatorEvidence, type IndicatorType } from '../../semconv/index.ts';
import type { Finding, RiskOpinion, Verdict } from './monitor.ts';

const TYPES: ReadonlySet<unknown> = new Set(ATTRIBUTES['alignment.indicator.type']?.values);
const EVIDENCE: ReadonlySet<unknown> = new Set(ATTRIBUTES['alignment.indicator.evidence']?.values);
/** More findings than any one step can give rise to. */
const MAX_FINDINGS = 64;
export const MAX_RATIONALE = 400;

/**
 * The verdict in a value of unknown origin, whole or not at all: one field that is missing, of the wrong type, out of range, or
 * about an entry that was not to be judged, and all of it is refused. Nobody can tell which half of a broken answer is sound.
 *
 * @param judged the indices that may be judged
 * @returns `undefined` where the value is no verdict
 */
export function checkVerdict(value: unknown, judged: readonly number[]): Verdict | undefined {
  if (!isObject(value)) return undefined;
  const risks = every(value['risks'], item => checkRisk(item, judged));
  const indicators = every(value['indicators'], item => checkFinding(item, judged));
  if (risks === undefined || indicators === undefined) return undefined;
  const tokens = value['tokens'];
  return { risks, indicators, ...(isCount(tokens) ? { tokens } : {}) };
}

function every<T>(list: unknown, check: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(list) || list.length > MAX_FINDINGS) return undefined;
  const checked: T[] = [];
  for (const item of list) {
    const sound = check(item);
    if (sound === undefined) return undefined;
    checked.push(sound);
  }
  return checked;
}

function checkRisk(item: unknown, judged: readonly number[]): RiskOpinion | undefined {
  if (!isObject(item)) return undefined;
  const { entry, score, confidence } = item;
  if (!isJudged(entry, judged) || !isScore(score) || !isScore(confidence)) return undefined;
  return { entry, score, confidence };
}

function checkFinding(item: unknown, judged: readonly number[]): Finding | undefined {
  if (!isObject(item)) return undefined;
  const { entry, type, severity, confidence, evidence, rationale } = item;
  if (!isJudged(entry, judged) || !isScore(severity) || !isScore(confidence)) return undefined;
  if (!TYPES.has(type) || !EVIDENCE.has(evidence)) return undefined;
  if (rationale !== undefined && typeof rationale !== 'string') return undefined;
  return {
    entry,
    type: type as IndicatorType,
    severity,
    confidence,
    evidence: evidence as IndicatorEvidence,
    ...(rationale === undefined ? {} : { rationale: rationale.slice(0, MAX_RATIONALE) }),
  };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isJudged = (entry: unknown, judged: readonly number[]): entry is number =>
  judged.includes(entry as number);
const isScore = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
