import type { Effects } from './effects.ts';
import { GENERAL } from './rules/general.ts';
import {
  ABOUT_ENDS,
  ACTS,
  DESCRIBING,
  DRILL_WORDS,
  GUARDING_ENDS,
  GUARDING_STARTS,
  ILL_KINDS,
  ILL_MANNERS,
  type IllKind,
  NAMED_HARMS,
  TELLING_ENDS,
} from './rules/purpose.ts';
import type { Rule } from './rules/rule.ts';

const KIND_OF: ReadonlyMap<string, IllKind> = new Map(
  ILL_KINDS.flatMap(kind => [...kind.words].map(word => [word, kind] as const)),
);

/** Kinds whose harm comes from where they are put. */
const KIND_PUT: ReadonlySet<string> = new Set([GENERAL.illPurpose.id, GENERAL.illDeceive.id]);

/**
 * Adds what a tool's name says of harm. The last such word decides, as it says what the tool is; a word that only says how leaves
 * the kind of action to the rest of the name.
 */
export function addPurpose(effects: Effects, parts: readonly string[], named: Rule | undefined): void {
  let manner = -1;
  for (let i = parts.length - 1; i >= 0; i--) {
    const word = parts[i] as string;
    if (ILL_MANNERS.has(word) && manner < 0) manner = i;
    const kind = KIND_OF.get(word);
    if (kind === undefined || parts.some(part => kind.unless?.has(part))) continue;
    const put = named?.actionType === 'deploy' && KIND_PUT.has(kind.rule.id);
    if (!isGuarded(parts, i)) effects.add(put ? GENERAL.illDeploy : ruleOf(kind, parts, i));
    else if (effects.empty) effects.add(guardOf(kind, parts));
    return;
  }
  if (manner < 0 || isGuarded(parts, manner)) return;
  if (named === undefined || named.actionType === 'none') effects.add(GENERAL.illPurpose);
  else effects.add({ ...GENERAL.illPurpose, ...effectOf(named) });
}

function guardOf(kind: IllKind, parts: readonly string[]): Rule {
  const drills = kind.rule.actionType === 'communicate' && parts.some(part => DRILL_WORDS.has(part));
  return drills ? GENERAL.drill : GENERAL.guards;
}

function effectOf({ actionType, reversibility }: Rule): Partial<Rule> & Pick<Rule, 'actionType'> {
  return reversibility === undefined ? { actionType } : { actionType, reversibility };
}

function ruleOf(kind: IllKind, parts: readonly string[], at: number): Rule {
  const graver = kind.graver?.find(({ objects }) => parts.some((part, i) => i !== at && objects.has(part)));
  return graver?.rule ?? kind.rule;
}

/** True for a tool against harm, or one that finds it: `PhishingDetector`, `block_spoofing`, but not `FinancialReportTampering`. */
function isGuarded(parts: readonly string[], at: number): boolean {
  const acts = ACTS.has(parts[at] as string);
  const tells = !DESCRIBING.has(parts[at] as string);
  if (NAMED_HARMS.has(parts[at] as string) && at < parts.length - 1 && ABOUT_ENDS.has(parts.at(-1) as string))
    return true;
  return parts.some((part, i) => {
    if (i > at) return !acts && (GUARDING_ENDS.has(part) || (tells && TELLING_ENDS.has(part)));
    return i < at && isStart(part, i);
  });
}

/** A verb guards as the first part only: what comes later may be what is harmed. */
function isStart(part: string, at: number): boolean {
  return GUARDING_STARTS.has(part) && (at === 0 || part === 'anti' || part.startsWith('simul'));
}
