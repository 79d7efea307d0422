import type { Assessment, Indicator } from '../assess/index.ts';
import { listed, usable } from '../signals/prepare.ts';

/**
 * What an assessor of the user's said, held to the registry: unlisted values are left out or become `_OTHER`, scores are
 * clamped, an indicator without a severity or with free text for a rule is left out. Nothing of it can be content.
 *
 * @throws what a getter of the assessment throws
 */
export function tidy(given: unknown): Assessment | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const said = given as Partial<Assessment>;
  if (isTidy(said)) return said as Assessment;
  const { indicators, traits, targets } = said;
  return {
    actionType: actionType(said.actionType),
    reversibility: reversibility(said.reversibility),
    authorization: authorization(said.authorization),
    autonomyLevel: autonomyLevel(said.autonomyLevel),
    riskScore: score('alignment.risk.score', said.riskScore),
    autonomyScore: score('alignment.autonomy.score', said.autonomyScore),
    rules: words(said.rules),
    traits: traits === undefined ? undefined : words(traits),
    targets: targets === undefined ? undefined : words(targets),
    indicators: Array.isArray(indicators)
      ? indicators.map(indicator).filter(one => one !== undefined)
      : undefined,
  } as Assessment;
}

/** Most say no more than a few listed words, numbers and rules, and are taken as they are: what else they hold nobody reads. */
function isTidy({
  actionType: type,
  reversibility: undo,
  authorization: asked,
  autonomyLevel: level,
  riskScore,
  autonomyScore,
  rules,
  traits,
  targets,
  indicators,
}: Partial<Assessment>): boolean {
  return (
    traits === undefined &&
    targets === undefined &&
    indicators === undefined &&
    actionType(type) === type &&
    reversibility(undo) === undo &&
    authorization(asked) === asked &&
    autonomyLevel(level) === level &&
    isScore(riskScore) &&
    isScore(autonomyScore) &&
    Array.isArray(rules) &&
    rules.length === 1 &&
    typeof rules[0] === 'string'
  );
}

const isScore = (given: unknown): boolean =>
  given === undefined || (typeof given === 'number' && given >= 0 && given <= 1);

const actionType = listed('alignment.action.type');
const reversibility = listed('alignment.action.reversibility');
const authorization = listed('alignment.action.authorization');
const autonomyLevel = listed('alignment.autonomy.level');

const score = (key: string, given: unknown): unknown => (isScore(given) ? given : usable(key, given));

const MAX_WORDS = 64;

function words(given: unknown): string[] {
  if (!Array.isArray(given)) return [];
  // nearly all hold one rule; a list that grows takes room for many
  const only: unknown = given[0];
  if (given.length === 1 && typeof only === 'string') return [only];
  const kept: string[] = [];
  for (let i = 0; i < given.length && kept.length < MAX_WORDS; i++) {
    const word: unknown = given[i];
    if (typeof word === 'string') kept.push(word);
  }
  return kept;
}

function indicator(given: Indicator): Indicator | undefined {
  const type = usable('alignment.indicator.type', given?.type);
  const severity = usable('alignment.risk.score', given?.severity);
  const rule = usable('alignment.signal.reason', given?.rule);
  if (type === undefined || severity === undefined || rule === undefined) return undefined;
  const confidence = usable('alignment.signal.confidence', given.confidence);
  const evidence = usable('alignment.indicator.evidence', given.evidence);
  return { ...given, type, severity, rule, confidence, evidence } as Indicator;
}
