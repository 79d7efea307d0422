import type { AgentStep } from '../step/step.ts';
import { looksLikePath, patchFiles, type ReadArguments, readArguments } from './arguments.ts';
import type { AssessmentContext } from './assessment.ts';
import { Effects } from './effects.ts';
import { addRequest, isMethod } from './http.ts';
import { addPath, type Place, placeOf } from './paths.ts';
import { GENERAL } from './rules/general.ts';
import type { Access } from './rules/rule.ts';
import { SQL_TOOL_WORDS, type ToolRule } from './rules/tools.ts';
import { ShellReader } from './shell.ts';
import { addSql } from './sql.ts';
import { readToolName } from './tool-names.ts';

/**
 * What a tool call does. What the arguments show (a command, a path, a request, a statement) stands in place of the general
 * row for the tool's name; both only add up where the name says something graver of its own, such as sending a message.
 */
export function assessAction(step: AgentStep, context: AssessmentContext): Effects {
  const effects = new Effects();
  const { parts, rules } = readToolName(typeof step.toolName === 'string' ? step.toolName : '');
  const args = readArguments(step.arguments);
  const place = placeOf(context.workspace);
  const rule = rules[0];

  let shown = runs(effects, rule, args, place);
  if (!shown) shown = addsSql(effects, parts, args);
  if (!shown) shown = addsRequest(effects, rule, args);
  shown = addsPaths(effects, rule, args, place) || shown;

  if (rule !== undefined && (!shown || !isReplaceable(rule))) {
    if (rule.runs !== undefined && args.state === 'absent') effects.add(GENERAL.noArguments);
    else if (rule.runs !== undefined && args.state === 'unread') effects.add(GENERAL.unreadArguments);
    else effects.add(rule);
  }
  for (const other of rules.slice(1)) effects.add(other);
  if (effects.empty) effects.add(GENERAL.toolUnknown);
  return effects;
}

/** True for a row that only says what kind of tool it is, so that its arguments say it better. */
function isReplaceable(rule: ToolRule): boolean {
  if (rule.runs !== undefined || rule.access !== undefined) return true;
  return rule.actionType === 'network' || (rule.actionType === 'execute' && rule.reversibility === undefined);
}

function runs(effects: Effects, rule: ToolRule | undefined, args: ReadArguments, place: Place): boolean {
  const general = rule === undefined || (rule.actionType === 'execute' && rule.runs === undefined);
  if (rule?.runs !== 'shell' && !general) return false;
  const text = rule?.runs === 'shell' ? args.text : undefined;
  if (text === undefined && args.commands.length === 0) return false;
  const shell = new ShellReader(effects, place);
  if (text !== undefined) shell.script(text);
  for (const command of args.commands) {
    if (typeof command === 'string') shell.script(command);
    else shell.run(command);
  }
  return true;
}

function addsSql(effects: Effects, parts: readonly string[], args: ReadArguments): boolean {
  const queries = parts.some(part => SQL_TOOL_WORDS.has(part)) ? args.values.query : [];
  let shown = false;
  for (const text of [...args.values.sql, ...queries]) shown = addSql(effects, text) || shown;
  return shown;
}

function addsRequest(effects: Effects, rule: ToolRule | undefined, args: ReadArguments): boolean {
  const type = rule?.actionType ?? 'execute';
  if (args.values.url.length === 0 || (type !== 'network' && type !== 'read' && type !== 'execute'))
    return false;
  if (rule?.sends === true) return false;
  const method = args.values.method.find(isMethod) ?? (rule?.id === 'tool.network_send' ? 'POST' : 'GET');
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
