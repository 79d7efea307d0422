import type { CommandLine } from './command-line.ts';
import type { CommandRule, FileProgram } from './rules/commands.ts';
import { GENERAL } from './rules/general.ts';
import type { ShellReader, Upstream } from './shell.ts';

/** One program that a script runs. */
export interface Call {
  /** The program as written, with its folder. */
  readonly word: string;
  readonly line: CommandLine;
  /** Every word behind the program. */
  readonly args: readonly string[];
  /** Operands come from elsewhere, as with `xargs`. */
  readonly fed: boolean;
  /** A substitution among the words fetches from another host. */
  readonly fetched: boolean;
  /** A here-document or here-string. */
  readonly stdin: string | undefined;
  /** What a substitution among the words decodes. */
  readonly decoded: string | undefined;
  readonly upstream: Upstream;
}

const MAX_TARGET_WORDS = 16;

/** Adds what the tables say of a program. Returns false where they do not know it. */
export function byTable(shell: ShellReader, call: Call): boolean {
  const { line } = call;
  for (const rule of shell.effects.tables.commands.get(line.program) ?? []) {
    if (!fits(rule, line)) continue;
    if (rule.risk >= GENERAL.programUnknown.risk && line.flags.has('--dry-run')) shell.add(GENERAL.dryRun);
    else shell.add(rule, `${rule.id}:${line.operands.slice(0, MAX_TARGET_WORDS).join(' ')}`);
    return true;
  }
  const row = shell.effects.tables.files.get(line.program);
  if (row === undefined) return false;
  touchFiles(shell, call, row);
  return true;
}

function fits(rule: CommandRule, line: CommandLine): boolean {
  const { operands } = line;
  const first = operands[0];
  if (rule.sub !== undefined) {
    if (first === undefined) return false;
    if (!rule.sub.includes(first) && !rule.sub.includes(`${first} ${operands[1] ?? ''}`)) return false;
  }
  if (rule.verbs !== undefined) {
    const { verbs } = rule;
    if (!operands.slice(0, 5).some(operand => verbs.includes(verbOf(operand)))) return false;
  }
  if (rule.flags !== undefined && !rule.flags.some(flag => line.flags.has(flag))) return false;
  if (rule.operands !== undefined) {
    const { operands: wanted } = rule;
    if (!operands.some(operand => wanted.includes(referred(operand)))) return false;
  }
  if (rule.prefixes !== undefined) {
    const { prefixes } = rule;
    if (!operands.slice(1).some(operand => prefixes.some(prefix => operand.startsWith(prefix)))) return false;
  }
  const { last, least } = rule;
  if (least !== undefined && operands.length < least) return false;
  return last === undefined || last.some(prefix => operands.at(-1)?.startsWith(prefix) === true);
}

/** `stop` of `stop-instances`, `scale` of `ps:scale`. */
function verbOf(operand: string): string {
  const own = operand.slice(operand.lastIndexOf(':') + 1);
  const dash = own.indexOf('-');
  return dash < 0 ? own : own.slice(0, dash);
}

/** `main` of `HEAD:main`, `+main` and `refs/heads/main`; `namespace` of `namespace/shop`. */
function referred(operand: string): string {
  let name = operand.slice(operand.lastIndexOf(':') + 1);
  if (name.startsWith('+')) name = name.slice(1);
  if (name.startsWith('refs/heads/')) return name.slice(11);
  const slash = name.indexOf('/');
  return slash > 0 ? name.slice(0, slash) : name;
}

function touchFiles(shell: ShellReader, call: Call, row: FileProgram): void {
  const { line } = call;
  const access =
    row.flagged?.flags.some(flag => line.flags.has(flag)) === true ? row.flagged.access : row.access;
  const paths = line.operands.slice(row.from ?? 0).filter(operand => operand !== '-');
  if (paths.length === 0) {
    if (call.fed && access !== 'read') shell.path('$fed', access);
    else if (access === 'list') shell.path('.', 'list');
    else shell.add(access === 'read' ? GENERAL.filter : GENERAL.harmless);
    return;
  }
  paths.forEach((path, i) => {
    shell.path(path, row.last !== undefined && i > 0 && i === paths.length - 1 ? row.last : access);
  });
}
