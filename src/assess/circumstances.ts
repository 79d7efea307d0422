import type { ReadArguments } from './arguments.ts';
import type { AssessmentContext } from './assessment.ts';
import type { Effects } from './effects.ts';
import {
  BINDING_PHRASES,
  LARGE_AMOUNT,
  LARGE_TIP,
  MANY_COUNT,
  MANY_PAYEES,
  NO_REFUND_PHRASES,
  PAYING_WORDS,
  SIMULATED_STARTS,
  SIMULATED_WORDS,
  SMALL_AMOUNT,
  TRAIL_WORDS,
} from './rules/circumstances.ts';
import { GENERAL } from './rules/general.ts';
import { once, type Rule } from './rules/rule.ts';
import { PLAIN_TARGETS, SECRET_FIELDS, targetRules } from './rules/targets.ts';
import type { ToolRule } from './rules/tool-rule.ts';
import { anyOf } from './text.ts';
import { nameParts, readToolName, ruleAmong } from './tool-names.ts';
import { hasDigit } from './words.ts';

/** A call as far as its name and its arguments are read. */
export interface ReadCall {
  readonly rule: ToolRule;
  readonly parts: readonly string[];
  readonly space: readonly string[];
  readonly args: ReadArguments;
}

const MAX_MESSAGE = 4096;
const MAX_ENVIRONMENT = 128;

/** Parts of a tool's name by which it is about cases that customers and colleagues both write to. */
const CASES: ReadonlySet<string> = new Set(
  'ticket tickets case cases comment comments note notes conversation conversations helpdesk zendesk freshdesk intercom support issue reply request'.split(
    ' ',
  ),
);
const EVERYTHING: ReadonlySet<string> = new Set(['all', 'everything', 'every']);
const TAKING: ReadonlySet<string> = new Set([
  'revoke',
  'remove',
  'delete',
  'detach',
  'list',
  'get',
  'login',
  'signin',
]);
const CLICKS: ReadonlySet<string> = new Set(['click', 'press', 'tap', 'submit', 'dblclick', 'activate']);
const REAL_ONLY: ReadonlySet<string> = new Set(['payment', 'deploy']);
const RECORDED: ReadonlySet<string> = new Set([
  'write',
  'credential',
  'deploy',
  'payment',
  'delete',
  'communicate',
]);

/** What stands in place of the row for the tool's name, as nothing real happens, or it happens to colleagues only. */
export function standIn(call: ReadCall, context: AssessmentContext): Rule | undefined {
  const { rule, parts, space, args } = call;
  const { found } = args.signs;
  const changes = rule.actionType !== 'read' && rule.actionType !== 'none' && rule.actionType !== 'network';
  if (!changes || rule.runs !== undefined) return undefined;
  if (found.has('trial')) return GENERAL.trial;
  if (REAL_ONLY.has(rule.actionType) && (found.has('simulated') || isSimulated(call, context)))
    return GENERAL.simulated;
  if (found.has('internal') && rule.actionType === 'communicate' && isCase(parts, space))
    return GENERAL.internalNote;
  if (found.has('delivered') && rule.actionType === 'write' && ISSUED.has(parts[parts.length - 1] as string))
    return GENERAL.delivered;
  return undefined;
}

/** What is made out for somebody, and may be sent in the same step. */
const ISSUED: ReadonlySet<string> = new Set(
  'receipt receipts certificate certificates letter letters statement statements confirmation quote quotation reminder ticket tickets voucher report summary transcript notice itinerary'.split(
    ' ',
  ),
);
const MOVING: ReadonlySet<string> = new Set(['tool.move_money', 'tool.pay']);

/** The row for the tool's name as its arguments make it: little money, a code that ends by itself, a drug that was given. */
export function weighed({ rule, args }: ReadCall): ToolRule {
  const { found, amount } = args.signs;
  if (found.size === 0) return rule;
  if (MOVING.has(rule.id) && found.has('currency') && amount > 0 && amount <= SMALL_AMOUNT)
    return { ...rule, risk: Math.min(rule.risk, SMALL_RISK) };
  if (rule.id === 'tool.change_secret' && found.has('expiring'))
    return { ...rule, reversibility: 'reversible' };
  if (rule.id === 'tool.life_support' && found.has('medicine'))
    return { ...rule, reversibility: 'irreversible' };
  return rule;
}

const SMALL_RISK = 0.5;

function isSimulated({ rule, parts, space }: ReadCall, context: AssessmentContext): boolean {
  if (parts.some(part => SIMULATED_WORDS.has(part)) || space.some(part => SIMULATED_WORDS.has(part)))
    return true;
  // `paper_broker_sell`, `alpaca_paper_submit_order`, and not `order_paper_towels`
  const at = parts.findIndex(part => SIMULATED_STARTS.has(part));
  const behind = at === 1 && parts.length > 2 && rule.verbs?.includes(parts[0] as string) !== true;
  if (behind || (at === 0 && parts.length > 1)) return true;
  const { environment } = context;
  if (typeof environment !== 'string') return false;
  return nameParts(environment.slice(0, MAX_ENVIRONMENT)).some(
    part => SIMULATED_WORDS.has(part) && part !== 'sandbox',
  );
}

const isCase = (parts: readonly string[], space: readonly string[]): boolean =>
  parts.some(part => CASES.has(part)) || space.some(part => CASES.has(part));

/** Adds what the arguments say beside what the tool's name does: for good, to everybody, unseen, to somebody outside. */
export function addCircumstances(effects: Effects, call: ReadCall, context: AssessmentContext): void {
  const { rule, parts, space, args } = call;
  const { found, watching, off } = args.signs;
  const type = rule.actionType;
  if (type === 'delete') {
    if (found.has('permanent')) effects.add(GENERAL.permanent);
    const all = found.has('wide') || parts.some(part => EVERYTHING.has(part));
    if (all && rule.id !== 'tool.purge_cache') effects.add(as(GENERAL.wideDeletion, rule));
  } else if (type === 'credential') addsAccess(effects, call);
  else if (type === 'payment') addsMoney(effects, call);
  else if (type === 'delegate') addsPower(effects, call);
  else if ((type === 'deploy' || CARE.has(rule.id)) && found.has('unguarded'))
    effects.add({ ...GENERAL.unguarded, actionType: type });
  else if (type === 'read' && found.has('outside')) effects.add(GENERAL.sentOutside);
  else if (type === 'write' && found.has('public') && args.texts.length > 0 && isCase(parts, space))
    effects.add(GENERAL.publicComment);
  if (type === 'communicate' && (found.has('mass') || args.signs.payees >= MASS || isToAll(parts)))
    effects.add(GENERAL.massAudience);
  if (
    UNKEEPING.has(type) &&
    found.has('unkept') &&
    (parts.some(isTrail) || space.some(isTrail) || args.texts.some(namesTrail))
  )
    effects.add({ ...GENERAL.unkept, actionType: type });
  if (isCancelling(rule) && found.has('settled')) effects.add({ ...GENERAL.settled, actionType: type });
  if (isCancelling(rule) && (found.has('no_refund') || says(NO_REFUND, context.userMessage)))
    effects.add({ ...GENERAL.noRefund, actionType: type });
  if (RECORDED.has(type) && found.has('unlogged')) effects.add({ ...GENERAL.unlogged, actionType: type });
  if (type !== 'read' && type !== 'none' && (found.has('unsupervised') || (watching && off)))
    effects.add({ ...GENERAL.unsupervised, actionType: type === 'execute' ? 'write' : type });
}

/** From so many recipients on a message is one to the public. */
const MASS = 500;
const PUBLICS: ReadonlySet<string> = new Set(
  'subscribers customers users residents citizens patients parents contacts households clients passengers players donors tenants voters public'.split(
    ' ',
  ),
);
const isToAll = (parts: readonly string[]): boolean =>
  parts.some(part => EVERYTHING.has(part)) && parts.some(part => PUBLICS.has(part));

const CARE: ReadonlySet<string> = new Set(['tool.change_care', 'tool.schedule_care', 'tool.refill']);
const UNKEEPING: ReadonlySet<string> = new Set(['write', 'delete', 'execute', 'deploy']);
const namesTrail = (text: string): boolean => text.length <= 64 && nameParts(text).some(isTrail);
const isTrail = (part: string): boolean => TRAIL_WORDS.has(part);

/** A row that raises the risk of what the name says, and can be undone as that can. */
function as(row: Rule, { reversibility }: Rule): Rule {
  return reversibility === undefined ? row : { ...row, reversibility };
}

function addsAccess(effects: Effects, { rule, parts, args }: ReadCall): void {
  const { found } = args.signs;
  const reads = rule.secret === true || rule.id === 'tool.list_secrets';
  if (reads && found.has('revealed')) effects.add(GENERAL.revealed);
  if (found.has('outside') && (reads || rule.id === 'tool.make_key'))
    effects.add(found.has('wide') ? GENERAL.secretsOutside : GENERAL.secretOutside);
  const gives = rule.id === 'tool.credential' || rule.id === 'tool.create_user' || rule.id === 'tool.invite';
  const wide = found.has('wide') || found.has('administrator') || args.texts.some(allowsAll);
  if (gives && wide && !parts.some(part => TAKING.has(part))) effects.add(as(GENERAL.wideAccess, rule));
}

/** A policy written out as JSON that is for everybody, or for everything. */
const allowsAll = (text: string): boolean => {
  const start = text.slice(0, MAX_MESSAGE);
  return start.includes('":"*"') || start.includes('": "*"');
};

function addsMoney(effects: Effects, { rule, parts, args }: ReadCall): void {
  const { found, amount, count, payees } = args.signs;
  if (found.has('no_refund')) effects.add(GENERAL.noRefund);
  if (found.has('security') && rule.reversibility !== 'irreversible') effects.add(GENERAL.marketOrder);
  if (amount >= LARGE_AMOUNT && !parts.some(part => CLAIMS.has(part)))
    effects.add(as(GENERAL.largeAmount, rule));
  else if (rule.id === 'tool.tip' && amount > LARGE_TIP) effects.add(GENERAL.priced);
  if (payees >= MANY_PAYEES && parts.some(pays)) effects.add(as(GENERAL.manyPaid, rule));
  if (count >= MANY_COUNT && rule.id === 'tool.purchase') effects.add(as(GENERAL.manyBought, rule));
}

/** What another agent can do with the tools that it is given, as far as their names say it. */
function addsPower(effects: Effects, { args }: ReadCall): void {
  const { tools, amount } = args.signs;
  const forGood = tools.some(tool =>
    readToolName(tool, effects.tables).rules.some(rule => rule.reversibility === 'irreversible'),
  );
  if (forGood) effects.add(amount > 0 ? GENERAL.delegatedMoney : GENERAL.delegatedTools);
}

const pays = (part: string): boolean => PAYING_WORDS.has(part);

/** Adds that money is paid where a sum among the arguments says so, of a tool whose name does not. */
export function addsPrice(effects: Effects, { rule, parts, space, args }: ReadCall): void {
  effects.add(GENERAL.priced);
  if (!parts.some(pays) && !space.some(pays)) return;
  if (args.signs.amount >= LARGE_AMOUNT && !parts.some(part => CLAIMS.has(part)))
    effects.add(as(GENERAL.largeAmount, { ...rule, reversibility: GENERAL.priced.reversibility }));
  if (args.signs.payees >= MANY_PAYEES) effects.add(GENERAL.manyPaid);
}

/** What asks for money moves none. */
const CLAIMS: ReadonlySet<string> = new Set(
  'invoice invoices expense expenses reimbursement quote quotation budget'.split(' '),
);

const isCancelling = ({ id }: Rule): boolean => id === 'tool.cancel';

const NO_REFUND = anyOf(NO_REFUND_PHRASES);
const says = (phrases: RegExp, text: string | undefined): boolean =>
  typeof text === 'string' && phrases.test(text.slice(0, MAX_MESSAGE).toLowerCase());

const BINDING = anyOf(BINDING_PHRASES);
/** True for a message that accepts, orders or ends something, and names a number. */
export function binds(text: string): boolean {
  const start = text.slice(0, MAX_MESSAGE).toLowerCase();
  return BINDING.test(start) && hasDigit(start);
}

const targets = once((): ReadonlyMap<string, readonly ToolRule[]> => {
  const map = new Map<string, ToolRule[]>();
  for (const row of targetRules())
    for (const verb of row.verbs ?? []) map.set(verb, [...(map.get(verb) ?? []), row]);
  return map;
});
/** Words of a description that say what kind of thing it is. */
const KINDS: ReadonlySet<string> = new Set(
  'button link text role aria label css id name the a an'.split(' '),
);
const SECRET_FIELD = new RegExp(`\\b(${anyOf(SECRET_FIELDS).source})\\b`, 'i');

/** Adds what follows from pressing what the call describes, or from what is typed into it. */
export function addTarget(effects: Effects, { parts, args }: ReadCall): void {
  if (!parts.some(part => CLICKS.has(part))) {
    if (args.texts.some(text => SECRET_FIELD.test(text.slice(0, 256)))) effects.add(GENERAL.secretTyped);
    return;
  }
  for (const target of args.signs.targets) {
    const words = nameParts(caption(target)).filter(word => !KINDS.has(word));
    if (words.length === 0 || PLAIN_TARGETS.has(words.at(-1) as string)) continue;
    const rule = ruleAmong(words, targets());
    if (rule !== undefined) effects.add(rule);
  }
}

/** What stands in quotes in a description, else all of it. */
function caption(description: string): string {
  const text = description.slice(0, 256);
  for (const quote of ["'", '"']) {
    const start = text.indexOf(quote);
    const end = text.indexOf(quote, start + 1);
    if (start >= 0 && end > start + 1) return text.slice(start + 1, end);
  }
  return text;
}
