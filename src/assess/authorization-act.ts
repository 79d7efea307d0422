import {
  type Action,
  ALONG_BELOW,
  CHANGING,
  countShared,
  isFile,
  isTool,
  overlap,
  SHARED_WORD_BELOW,
} from './authorization-action.ts';
import type { Clause, Request } from './request.ts';
import { bids } from './request-orders.ts';
import { TELLING_HELPERS, TYPES_BY_VERB, VAGUE_NAMES } from './rules/request.ts';
import {
  actsByStem,
  FILE_TOOL_WORDS,
  GENERIC_ACTS,
  NAME_FILLERS,
  NAMED_ACTS,
  PLANNING_WORDS,
  TAKING_ACTS,
  THINGS_BY_STEM,
} from './rules/request-acts.ts';
import type { Spoken } from './spoken.ts';
import { stem } from './words.ts';

/** So many shared things say what is meant, whatever the tool is called. */
const SURELY = 2;
const VERB_STEMS: ReadonlySet<string> = new Set([...TYPES_BY_VERB.keys()].map(stem));

/** True where the tool's name does what the clause asks for by whatever verb, and the call speaks of what it is done to, or of nothing else. */
export function doesAct(clause: Clause, request: Request, action: Action, said: Spoken): boolean {
  if (!CHANGING.has(action.type) || action.secret) return false;
  if (action.rule === 'tool.type_secret' || action.rule === 'code.fill_secret')
    return clause.acts.has('enter');
  if (
    !isNamed(action) ||
    (clause.verb === '' && clause.acts.size === 0 && !beginsWithName(clause, action, said))
  )
    return false;
  const ids = countIds(said, clause, request);
  const things = (countShared(said.stems, clause.nouns) || countShort(said.stems, clause.nouns)) + ids;
  const generic = action.parts.some(part => GENERIC_ACTS.has(part)) && PLAINLY.has(action.type);
  if (!overlap(clause.acts, said.acts) && !beginsWithName(clause, action, said)) {
    if (said.acts.size === 0)
      return (
        things >= SURELY && clause.types.size > 0 && !action.parts.some(part => VERB_STEMS.has(stem(part)))
      );
    if (
      !generic ||
      (action.type !== 'deploy' && overlap(NAMED_ACTS, clause.acts)) ||
      clause.verb === '' ||
      !clause.types.has(action.type)
    )
      return false;
    return things > 0 && (ids > 0 || clause.pronoun || !namesOther(action, request, clause));
  }
  const named = countNamed(action, clause);
  if (action.rule === 'tool.payment_plan' && !clause.words.some(word => PLANNING_WORDS.has(word)))
    return false;
  // what is deleted, or whom rights are given, is named by the arguments
  if (NAMED.has(action.type) && said.plain > 0) {
    const spoken = clause.stands || clause.pronoun ? request : clause;
    const shared = countShared(said.stems, spoken.nouns) || countShort(said.stems, spoken.nouns);
    if (spoken.nouns.size > 0 && shared <= countNamed(action, spoken)) return false;
  }
  if (things - named >= SURELY || ids > 0) return true;
  // all that the clause speaks of
  if (things - named >= clause.nouns.size && clause.nouns.size > 0) return true;
  const stands = clause.pronoun || clause.stands;
  if (!stands && namesOther(action, request, clause, things > 0)) return false;
  if (things > 0) return true;
  // its arguments are mere numbers of records, or there are none
  if (said.plain === 0) return true;
  // `the cheaper one`: which it is was said before
  if (clause.stands && request.single) return action.risk < SHARED_WORD_BELOW;
  return (stands || clause.nouns.size === 0 || request.single) && countShared(said.stems, request.nouns) > 0;
}

/** Types that a generic verb (`set`, `start`) may have. */
const PLAINLY: ReadonlySet<string> = new Set(['write', 'execute', 'deploy']);
const NAMED: ReadonlySet<string> = new Set(['delete', 'credential']);

/** True where the clause begins with a part of the tool's name: a verb that no table knows, and not what is spoken of. */
const beginsWithName = ({ words, verb, acts }: Clause, { parts }: Action, said: Spoken): boolean =>
  acts.size === 0 &&
  (said.acts.size === 0 ? verb === '' : bids(words)) &&
  words.length > 1 &&
  parts.length > 1 &&
  parts.includes(words[0] as string) &&
  !words.some(word => TELLING_HELPERS.has(word));

/** From so many letters on a word may be the short form of another: `obit`. */
const SHORT_FORM = 4;

/** How many of the clause's things are short forms of the call's. */
function countShort(stems: ReadonlySet<string>, nouns: ReadonlySet<string>): number {
  let count = 0;
  for (const noun of nouns) {
    if (noun.length < SHORT_FORM) continue;
    for (const one of stems)
      if (one.length > noun.length + 2 && one.startsWith(noun)) {
        count += 1;
        break;
      }
  }
  return count;
}

/** How many of the clause's things only the tool's name holds. */
function countNamed({ parts }: Action, { nouns }: Pick<Clause, 'nouns'>): number {
  let count = 0;
  for (const part of new Set(parts)) if (nouns.has(stem(part))) count += 1;
  return count;
}

/** True for a tool whose name says what it does to what, and not only that it edits files. */
const isNamed = (action: Action): boolean =>
  isTool(action) ||
  (isFile(action) && action.parts.some(part => !FILE_TOOL_WORDS.has(part) && !actsByStem().has(stem(part))));

/** True where the words only name a thing, and ask politely: `two tickets for the museum, please`. */
export const isBegged = (request: Request, action: Action, said: Spoken): boolean =>
  request.states &&
  isTool(action) &&
  action.risk < SHARED_WORD_BELOW &&
  !action.secret &&
  CHANGING.has(action.type) &&
  request.words.includes(' please ') &&
  !overlap(said.acts, TAKING_ACTS) &&
  (countShared(said.stems, request.nouns) > 0 || overlap(said.ids, request.ids));

/** True where something is changed so that it is as a clause says that it shall be. */
export function isWished(clause: Clause, request: Request, action: Action, said: Spoken): boolean {
  if (!clause.wish || !clause.types.has(action.type)) return false;
  const things = countShared(said.stems, clause.nouns) + countIds(said, clause, request);
  return isFile(action) ? things > 0 : isTool(action) && things >= SURELY;
}

/** How many words with a digit the call shares: of the clause, else of all that the person said. */
function countIds({ ids, stems, numbers }: Spoken, clause: Clause, request: Request): number {
  let count = 0;
  const own = clause.ids.size > 0 ? clause.ids : request.ids;
  // among the nouns of the clause a longer one counts already
  for (const id of own) if ((ids.has(id) || stems.has(id)) && !clause.nouns.has(id)) count += 1;
  // `three wolves`
  if (count === 0 && numbers.some(([, value]) => value > 1 && request.amounts.numbers.has(value))) count = 1;
  return count;
}

/**
 * True where the tool's name says what it is about, and nothing of it was named by the person.
 *
 * @param shares the arguments speak of what was asked for: only what stands behind the verb counts
 */
export function namesOther(
  { parts, risk }: Action,
  request: Request,
  clause: Clause,
  shares = false,
): boolean {
  const verb = parts.findLastIndex(part => isVerbOf(part, clause));
  const behind = thingsOf(parts.slice(verb + 1), request);
  const things =
    behind.length > 0 || verb < 0 || shares || risk < ALONG_BELOW
      ? behind
      : thingsOf(parts.slice(0, verb), request);
  return (
    things.length > 0 &&
    !things.some(one => isSpokenOf(one, request)) &&
    !things.every(one => isVerbOf(one, clause))
  );
}

function isSpokenOf(one: string, { nouns, things }: Request): boolean {
  if (nouns.has(one)) return true;
  const thing = THINGS_BY_STEM.get(one);
  return thing !== undefined && things.has(thing);
}

const thingsOf = (parts: readonly string[], { verbs }: Request): string[] =>
  parts
    .filter(part => !VAGUE_NAMES.has(part) && !NAME_FILLERS.has(part) && !GENERIC_ACTS.has(part))
    .map(stem)
    .filter(part => !verbs.has(part));

function isVerbOf(part: string, { verb, acts }: Clause): boolean {
  const own = stem(part);
  if (own === verb) return true;
  const meant = actsByStem().get(own);
  return meant !== undefined && overlap(meant, acts);
}
