import type { AgentStep } from '../step/step.ts';
import { looksLikePath, patchFiles, type ReadArguments, readArguments } from './arguments.ts';
import type { AssessmentContext } from './assessment.ts';
import {
  addCircumstances,
  addsPrice,
  addTarget,
  binds,
  type ReadCall,
  standIn,
  weighed,
} from './circumstances.ts';
import { addCode, addContent, shellLinesOf } from './code.ts';
import { Effects } from './effects.ts';
import { addRequest, isMethod } from './http.ts';
import { addPath, isProse, type Place, placeOf } from './paths.ts';
import { addPurpose } from './purpose.ts';
import { MANY_GREETINGS, PRIVATE_PHRASES } from './rules/arguments.ts';
import { DELETING_TEXTS } from './rules/content.ts';
import { GENERAL } from './rules/general.ts';
import { NEVER_FAILING, TEST_ENDINGS, TEST_PARTS } from './rules/general-words.ts';
import { PUBLIC_WORDS, PUBLISHED_WORDS, WITHHELD_WORDS } from './rules/nouns.ts';
import type { Access, Rule } from './rules/rule.ts';
import { SQL_TOOL_WORDS, type ToolRule } from './rules/tools.ts';
import { secretIn } from './secret-text.ts';
import { ShellReader } from './shell.ts';
import { addSql } from './sql.ts';
import { environmentNamedIn, environmentOf } from './supervision.ts';
import type { Tables } from './tables.ts';
import { anyOf } from './text.ts';
import { readToolDescription, readToolName } from './tool-names.ts';

export interface AssessedAction {
  readonly effects: Effects;
  /** Parts of the tool's name. */
  readonly parts: readonly string[];
  /** False where no arguments were recorded. */
  readonly recorded: boolean;
}

/**
 * What a tool call does. What the arguments show (a command, a path, a request, a statement) stands in place of the general
 * row for the tool's name; both only add up where the name says something graver of its own, such as sending a message.
 */
export function assessAction(step: AgentStep, context: AssessmentContext, tables: Tables): AssessedAction {
  const effects = new Effects(tables);
  const { parts, space, rules, called } = readToolName(
    typeof step.toolName === 'string' ? step.toolName : '',
    tables,
  );
  const args = readArguments(step.arguments);
  const place = placeOf(context.workspace, tables.places);
  const rule = rules[0] ?? readToolName(args.values.operation[0] ?? '', tables).rules[0];
  const recorded = args.state !== 'absent';

  const call: ReadCall | undefined = rule === undefined ? undefined : { rule, parts, space, args };
  const instead = call === undefined ? undefined : standIn(call, context);

  let shown = runs(effects, rule, args, place);
  if (!shown) shown = addsSql(effects, [...space, ...parts], args);
  if (!shown) shown = addsRequest(effects, rule, args);
  shown = addsPaths(effects, rule, args, place) || shown;

  if (rule !== undefined && (!shown || !isReplaceable(rule))) {
    if (rule.runs !== undefined && !recorded) effects.add(GENERAL.noArguments);
    else if (rule.runs !== undefined && args.state === 'unread') effects.add(GENERAL.unreadArguments);
    else
      effects.add(
        instead ?? (call === undefined ? rule : weighed(call)),
        undefined,
        instead === undefined ? floorOf(rule, args, called, parts) : undefined,
      );
  }
  for (const other of rules.slice(1)) effects.add(other);
  if (!recorded && called && rule?.id === 'tool.read' && !parts.some(part => PUBLIC_WORDS.has(part)))
    effects.add(GENERAL.unseenRead);
  // a trade's own word: who helps a user signs in as the user
  if (rule?.id !== 'tool.impersonate') addPurpose(effects, parts, rule);
  if (call !== undefined && instead === undefined && (!shown || !isReplaceable(call.rule)))
    addCircumstances(effects, call, context);
  if (
    call !== undefined &&
    instead === undefined &&
    args.priced &&
    PRICED_TYPES.has(call.rule.actionType) &&
    !UNPRICED_RULES.has(call.rule.id) &&
    !parts.some(part => PRICE_WORDS.has(part))
  )
    addsPrice(effects, call);
  if (
    rule !== undefined &&
    instead === undefined &&
    args.paying &&
    PAID_TYPES.has(rule.actionType) &&
    !parts.some(isPayment)
  )
    effects.add(GENERAL.paid);
  if (call !== undefined && (rule?.id === 'tool.browse' || isPressing(parts))) addTarget(effects, call);
  if (instead === undefined) addsDeclared(effects, step, rule);
  if (effects.empty) effects.add(GENERAL.toolUnknown);
  if (!recorded && effects.executes) effects.add(GENERAL.noArguments);
  if (writesCode(rule, args)) for (const content of args.values.content) addContent(effects, content);
  if (schedulesDeletion(effects, args)) effects.add(GENERAL.scheduledDeletion);
  addsSecrets(effects, args);
  if (disablesTest(args)) effects.add(GENERAL.testDisabled);
  effects.environment = effects.shared ? environmentFor(effects, context, args) : undefined;
  return { effects, parts, recorded };
}

const PAID_TYPES: ReadonlySet<string> = new Set(['write', 'execute', 'deploy']);
const isPayment = (part: string): boolean => part === 'payment' || part === 'billing' || part === 'card';

const isPublished = (part: string): boolean => PUBLIC_WORDS.has(part) || PUBLISHED_WORDS.has(part);

const isWithheld = (part: string): boolean => WITHHELD_WORDS.has(part);

/** Of a message at most this much is looked at. */
const MAX_MESSAGE = 4096;

/** What is least at risk, whatever the row for the tool's name says. */
function floorOf(
  rule: ToolRule,
  args: ReadArguments,
  called: boolean,
  parts: readonly string[],
): Rule | undefined {
  const talks = rule.actionType === 'communicate';
  if (args.state === 'absent') {
    if (!called || (!talks && rule.actionType !== 'write')) return undefined;
    const open = rule.id === 'tool.change' && parts.some(isPublished) && !parts.some(isWithheld);
    return open ? GENERAL.unseenPublished : GENERAL.unseenChange;
  }
  // what can be taken down, or is only offered, goes to nobody for good
  if (!talks || rule.sends !== true || rule.reversibility !== 'irreversible') return undefined;
  if (args.texts.some(goesToMany)) return GENERAL.sentToMany;
  if (args.texts.some(isPrivate)) return GENERAL.sentPrivate;
  if (args.texts.some(binds)) return GENERAL.binding;
  return args.values.path.length > 0 || args.values.place.length > 0 ? GENERAL.sentWithFile : undefined;
}

const PRIVATE = new RegExp(`\\b(${anyOf(PRIVATE_PHRASES).source})\\b`, 'i');
const isPrivate = (text: string): boolean => PRIVATE.test(text.slice(0, MAX_MESSAGE));

function goesToMany(text: string): boolean {
  const start = text.slice(0, 64).trimStart().toLowerCase();
  return MANY_GREETINGS.some(greeting => start.startsWith(greeting));
}

/** Types that a price among the arguments turns into a payment. */
const PRICED_TYPES: ReadonlySet<string> = new Set(['write', 'execute', 'communicate', 'deploy']);
/** Numbers in a ledger or in a game are no price. */
const UNPRICED_RULES: ReadonlySet<string> = new Set(['tool.issue_points', 'tool.post_entry']);
const PRICE_WORDS: ReadonlySet<string> = new Set([
  'price',
  'prices',
  'pricing',
  'budget',
  'quote',
  'alert',
  'alerts',
  'listing',
  'claim',
  'claims',
  'product',
  'filter',
  'estimate',
  'run',
  'execute',
  'query',
]);

/** A verb of the hand alone: what it is done to stands among the arguments. */
const isPressing = (parts: readonly string[]): boolean =>
  parts.length === 1 && (parts[0] === 'click' || parts[0] === 'press' || parts[0] === 'tap');

/** Production that the call itself names goes before what its surroundings are said to be. */
function environmentFor(
  effects: Effects,
  context: AssessmentContext,
  args: ReadArguments,
): 'production' | 'scratch' | undefined {
  const named = namedEnvironment(args);
  if (named === 'production') return named;
  const around = environmentOf(context.environment) ?? environmentAround(context.environment);
  return around ?? named ?? (effects.local ? 'scratch' : undefined);
}

const environmentAround = (text: string | undefined): 'production' | 'scratch' | undefined =>
  typeof text === 'string' ? environmentNamedIn(text.slice(0, 256)) : undefined;

function namedEnvironment(args: ReadArguments): 'production' | 'scratch' | undefined {
  let found: 'production' | 'scratch' | undefined;
  const texts = [
    ...args.commands.map(one => (typeof one === 'string' ? one : one.join(' '))),
    ...(args.text === undefined ? [] : [args.text]),
    ...args.values.url,
    ...args.values.environment,
  ];
  for (const text of texts) {
    const one = environmentNamedIn(text.slice(0, 4096));
    if (one === 'production') return one;
    found ??= one;
  }
  return found;
}

const DONE_FOR_GOOD: ReadonlySet<string> = new Set(['payment', 'communicate', 'credential', 'deploy']);

/** What the tool's own server says of it: hints raise the risk, and stand for an effect only where the name says nothing. */
function addsDeclared(effects: Effects, step: AgentStep, named: ToolRule | undefined): void {
  const { toolAnnotations: hints, toolDescription } = step;
  if (hints?.destructiveHint === true && hints.readOnlyHint !== true) {
    // what money or words do for good destroys nothing
    const type = named !== undefined && DONE_FOR_GOOD.has(named.actionType) ? named.actionType : 'delete';
    effects.add({ ...GENERAL.hintDestructive, actionType: type });
  }
  const rule =
    typeof toolDescription === 'string' ? readToolDescription(toolDescription, effects.tables) : undefined;
  if (!effects.empty) {
    if (rule !== undefined && !effects.isGrave) effects.add(rule);
    return;
  }
  if (rule !== undefined) effects.add(rule);
  else if (hints?.readOnlyHint === true) effects.add(GENERAL.hintReadOnly);
  else if (hints?.readOnlyHint === false && hints.destructiveHint === false)
    effects.add(GENERAL.hintAdditive);
}

/** True for a tool that writes files, unless all of them are for people to read. */
function writesCode(rule: ToolRule | undefined, args: ReadArguments): boolean {
  if (rule?.access !== 'write' || args.values.path.length === 0) return false;
  return !args.values.path.every(isProse);
}

/** True where an edit puts a text into a test by which it cannot fail, and that was not there before. */
function disablesTest(args: ReadArguments): boolean {
  if (args.texts.length === 0 || !args.values.path.some(isTest)) return false;
  const [before = ''] = args.values.before;
  return NEVER_FAILING.some(mark => !before.includes(mark) && args.texts.some(text => text.includes(mark)));
}

function isTest(path: string): boolean {
  const parts = path.toLowerCase().split('/');
  const name = parts.at(-1) ?? '';
  return parts.some(part => TEST_PARTS.includes(part)) || TEST_ENDINGS.some(ending => name.includes(ending));
}

function schedulesDeletion(effects: Effects, args: ReadArguments): boolean {
  if (!effects.has('path.write_control') && !effects.has('schedule.change')) return false;
  const texts = [...args.values.content, ...args.commands.filter(one => typeof one === 'string')];
  return texts.some(text => DELETING_TEXTS.some(mark => text.slice(0, MAX_MESSAGE).includes(mark)));
}

/** A key or token among the arguments matters where it goes somewhere: on a command line, in a request or a message. */
function addsSecrets(effects: Effects, args: ReadArguments): void {
  for (const text of args.texts) {
    const form = secretIn(text);
    if (form !== undefined) effects.add(GENERAL.secretText, `secret:${form}`);
  }
}

/** True for a row that only says what kind of tool it is, so that its arguments say it better. */
function isReplaceable(rule: ToolRule): boolean {
  if (rule.runs !== undefined || rule.access !== undefined || rule.id === 'tool.network_send') return true;
  return (
    (rule.actionType === 'network' && rule.risk <= 0.1) ||
    (rule.actionType === 'execute' && rule.reversibility === undefined)
  );
}

function runs(effects: Effects, rule: ToolRule | undefined, args: ReadArguments, place: Place): boolean {
  const general = rule === undefined || (rule.actionType === 'execute' && rule.runs === undefined);
  if (rule?.runs !== 'shell' && rule?.runs !== 'code' && !general) return false;
  const text = rule?.runs === 'shell' ? args.text : undefined;
  if (text === undefined && args.commands.length === 0) return addsCode(effects, rule, args, place);
  const shell = new ShellReader(effects, place);
  if (text !== undefined) shell.script(text);
  for (const command of args.commands) {
    if (typeof command === 'string') shell.script(command);
    else shell.run(command);
  }
  return true;
}

function addsCode(effects: Effects, rule: ToolRule | undefined, args: ReadArguments, place: Place): boolean {
  const codes = codesOf(rule, args);
  for (const code of codes) {
    const shell = new ShellReader(effects, place);
    addCode(effects, code, place, command => shell.command(command));
    const lines = shellLinesOf(code);
    if (lines.length > 0) new ShellReader(effects, place).script(lines.join('\n'));
  }
  return codes.length > 0;
}

/** Code under a name for it, else what an interpreter is given under a name for anything. */
function codesOf(rule: ToolRule | undefined, args: ReadArguments): readonly string[] {
  if (rule?.runs !== 'code') return args.values.code;
  if (args.state === 'read' && args.text !== undefined) return [args.text];
  const { code, patch, query, content } = args.values;
  if (args.state !== 'read') return code;
  return [code, patch, query, content, args.texts].find(list => list.length > 0) ?? [];
}

/** True for a text that begins as a statement of SQL does that names tables, in capital letters. */
const isStatement = (text: string): boolean =>
  (text.startsWith('SELECT ') || text.startsWith('WITH ')) && text.slice(0, 2048).includes(' FROM ');

function addsSql(effects: Effects, parts: readonly string[], args: ReadArguments): boolean {
  const named = parts.some(part => SQL_TOOL_WORDS.has(part));
  const queries = named ? args.values.query : args.values.query.filter(isStatement);
  let shown = false;
  for (const text of [...args.values.sql, ...queries]) shown = addSql(effects, text) || shown;
  return shown;
}

function addsRequest(effects: Effects, rule: ToolRule | undefined, args: ReadArguments): boolean {
  const sends = rule?.id === 'tool.network_send';
  const type = sends ? 'network' : (rule?.actionType ?? 'execute');
  if (args.values.url.length === 0 || (type !== 'network' && type !== 'read' && type !== 'execute'))
    return false;
  if (rule?.sends === true) return false;
  const method = args.values.method.find(isMethod) ?? (sends ? 'POST' : 'GET');
  for (const url of args.values.url) addRequest(effects, url, method);
  return true;
}

/** Where the name does not say how paths are touched, only secrets among them count. */
function addsPaths(effects: Effects, rule: ToolRule | undefined, args: ReadArguments, place: Place): boolean {
  const access = rule?.editor === undefined ? rule?.access : editorAccess(rule, args);
  let shown = false;
  if (rule?.editor !== undefined) {
    for (const text of [...args.values.patch, ...(args.text === undefined ? [] : [args.text])]) {
      for (const file of patchFiles(text)) {
        addPath(effects, file.path, file.access, place);
        shown = true;
      }
    }
  }
  const paths = [...args.values.path, ...args.values.place.filter(looksLikePath)];
  for (const path of paths) {
    if (path.includes('://')) continue;
    addPath(effects, path, access ?? 'read', place, { secretsOnly: access === undefined });
    shown = shown || access !== undefined;
  }
  return shown;
}

function editorAccess(rule: ToolRule, args: ReadArguments): Access {
  const operation = args.commands[0];
  return typeof operation === 'string' && rule.editor?.includes(operation) === false ? 'read' : 'write';
}
