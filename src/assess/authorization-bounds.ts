import { type Action, CHANGING, isTool, overlap } from './authorization-action.ts';
import { grounded, namesAlike } from './authorization-values.ts';
import type { Request } from './request.ts';
import { ALL_WORDS, COUNT_KEYS, MONEY_KEYS, PERCENT_KEYS, WIDE_WORDS } from './rules/request-acts.ts';
import { greetedBy, type Spoken } from './spoken.ts';
import { hasDigit, stem } from './words.ts';

/** True where the call goes to somebody else, or is about another number, than the person named. */
export function isOther(request: Request, action: Action, said: Spoken): boolean {
  if (!CHANGING.has(action.type)) return false;
  if (said.recipients.size > 0 && !isAddressed(request, said))
    if (!goesToNumber(action, said) || grounded(request, action, said) !== 'explicit') return true;
  if (EVERY_ROW.has(action.rule) && !saysAll(request.words)) return true;
  if (action.type === 'communicate' && greetsOther(request, said)) return true;
  if (action.environment === 'production' && request.environment === 'scratch') return true;
  if (!isTool(action)) return false;
  return namesOtherRecord(request, said) || namesAlike(request, said) || goesBeyond(request, action, said);
}

/** Rules of statements that change every row. */
const EVERY_ROW: ReadonlySet<string> = new Set(['sql.update_all']);

/** True where the person spoke of somebody whom the call goes to; short names stand among the words only. */
function isAddressed({ nouns, words }: Request, { recipients }: Spoken): boolean {
  for (const one of recipients) {
    if (MEDIA.has(one)) return true;
    if (nouns.has(one) || (one.length === 2 && words.includes(` ${one} `))) return true;
  }
  return false;
}

/** True where only a number says whom a message goes to, as it is on file. */
const goesToNumber = ({ type }: Action, { recipients }: Spoken): boolean =>
  type === 'communicate' && [...recipients].every(one => one >= '0' && one <= '9~');

/** Ways to reach somebody, which are nobody. */
const MEDIA: ReadonlySet<string> = new Set(
  ['sms', 'email', 'mail', 'push', 'phone', 'whatsapp', 'letter', 'app', 'text', 'voice', 'portal'].map(stem),
);

/** True where the call is about a record of another number than the one that the person named, of the same make. */
function namesOtherRecord(request: Request, said: Spoken): boolean {
  if (said.records.size === 0 || request.ids.size === 0 || overlap(said.ids, request.ids)) return false;
  for (const id of request.ids) for (const record of said.records) if (isAlike(id, record)) return true;
  return false;
}

/** `4711` and `4712`, but neither `4711` and `c17` nor `30` and `4900`. */
function isAlike(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++)
    if (hasDigit(one[i] as string) !== hasDigit(other[i] as string)) return false;
  return true;
}

/** True where the call takes more than the person named: a larger share or sum, another number of things, everybody. */
function goesBeyond({ amounts, words }: Request, action: Action, said: Spoken): boolean {
  const { percents, money, numbers, targets, most } = amounts;
  const values = said.numbers;
  if (
    targets.size > 0 &&
    values.length === 1 &&
    !values.some(([, value]) => numbers.has(value) || numbers.has(value / 100))
  )
    return true;
  const exact = [...numbers].filter(one => !Number.isInteger(one));
  for (const [key, value] of said.numbers) {
    // `4,820.50` and no more
    if (MONEY_KEYS.has(key) && exact.length > 0 && !isPaid(numbers, value) && value > Math.max(...numbers))
      return true;
    if (PERCENT_KEYS.has(key) && percents.size > 0 && !percents.has(value) && !percents.has(value * 100))
      return true;
    if (
      MONEY_KEYS.has(key) &&
      money.size > 0 &&
      !isPaid(money, value) &&
      value > Math.max(most ?? 0, ...money)
    )
      return true;
    if (COUNT_KEYS.has(key) && numbers.size > 0 && !numbers.has(value)) return true;
  }
  return (RIGHTS.has(action.type) || action.rule.startsWith('tool.share')) && reachesAll(words, said);
}

const RIGHTS: ReadonlySet<string> = new Set(['credential', 'write']);

/** True where the rights of an administrator, or rights for everybody, are given though the person spoke of neither. */
const reachesAll = (words: string, said: Spoken): boolean =>
  said.wide && !saysAll(words) && !WIDE_LIST.some(word => words.includes(` ${word} `));

const saysAll = (words: string): boolean => ALL_WORDS.some(word => words.includes(` ${word} `));

const WIDE_LIST: readonly string[] = [...WIDE_WORDS];

/** In whole units or in cents. */
const isPaid = (money: ReadonlySet<number>, value: number): boolean =>
  money.has(value) || money.has(value / 100);

/** True where a payment is of a sum that the person stated, with no word on what to do with it: `and 4 euros for the driver`. */
export const paysStated = ({ amounts, clauses }: Request, action: Action, said: Spoken): boolean =>
  action.type === 'payment' &&
  amounts.money.size > 0 &&
  said.numbers.some(
    ([key, value]) =>
      MONEY_KEYS.has(key) &&
      isPaid(amounts.money, value) &&
      clauses.some(({ verb, question, ids }) => verb === '' && !question && ids.has(String(value))),
  );

/** True where the message greets one person, and the person asked to speak with another. */
function greetsOther(request: Request, said: Spoken): boolean {
  const greeted = greetedBy(said);
  if (greeted === undefined || request.nouns.has(stem(greeted))) return false;
  return request.clauses.some(
    ({ types, nouns }) => types.has('communicate') && overlap(nouns, request.names),
  );
}
