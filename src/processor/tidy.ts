import type { Assessment, Indicator } from '../assess/index.ts';
import { usable } from '../signals/prepare.ts';

/**
 * What an assessor of the user's said, held to the registry: unlisted values are left out or become `_OTHER`, scores are
 * clamped, an indicator without a severity or with free text for a rule is left out. Nothing of it can be content.
 *
 * @throws what a getter of the assessment throws
 */
export function tidy(given: unknown): Assessment | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const said = given as Partial<Assessment>;
  const { indicators } = said;
  return {
    actionType: usable('alignment.action.type', said.actionType),
    reversibility: usable('alignment.action.reversibility', said.reversibility),
    authorization: usable('alignment.action.authorization', said.authorization),
    autonomyLevel: usable('alignment.autonomy.level', said.autonomyLevel),
    riskScore: usable('alignment.risk.score', said.riskScore),
    autonomyScore: usable('alignment.autonomy.score', said.autonomyScore),
    rules: words(said.rules),
    traits: said.traits === undefined ? undefined : words(said.traits),
    targets: said.targets === undefined ? undefined : words(said.targets),
    indicators: Array.isArray(indicators)
      ? indicators.map(indicator).filter(one => one !== undefined)
      : undefined,
  } as Assessment;
}

const words = (given: unknown): string[] =>
  Array.isArray(given) ? given.filter(one => typeof one === 'string').slice(0, 64) : [];

function indicator(given: Indicator): Indicator | undefined {
  const type = usable('alignment.indicator.type', given?.type);
  const severity = usable('alignment.risk.score', given?.severity);
  const rule = usable('alignment.signal.reason', given?.rule);
  if (type === undefined || severity === undefined || rule === undefined) return undefined;
  const confidence = usable('alignment.signal.confidence', given.confidence);
  const evidence = usable('alignment.indicator.evidence', given.evidence);
  return { ...given, type, severity, rule, confidence, evidence } as Indicator;
}
