import { addCode } from './code.ts';
import { programName, readCommandLine } from './command-line.ts';
import { isData, normalisePath, placeOf, zoneOf } from './paths.ts';
import { INLINE_FLAGS, INTERPRETERS, PRINTERS, SHELL_PROGRAMS } from './rules/commands.ts';
import { GENERAL } from './rules/general.ts';
import {
  CHANGING_WORDS,
  DELETING_WORDS,
  HARMFUL_PROGRAM_WORDS,
  OPEN_MODES,
  TRIAL_FLAGS,
  USUAL_MODES,
} from './rules/general-words.ts';
import { VERBS_OF_PROGRAMS } from './rules/program-verbs.ts';
import { GUARDING_WORDS } from './rules/purpose.ts';
import type { Rule } from './rules/rule.ts';
import { isSecretName, namesSecret } from './secret-variables.ts';
import type { ShellReader } from './shell.ts';
import { INNER } from './shell-inner.ts';
import { httpie, request } from './shell-request.ts';
import { byTable, type Call } from './shell-table.ts';
import { addSql } from './sql.ts';
import { nameParts } from './tool-names.ts';
import { hasDigit } from './words.ts';

/** Databases that are a file of one's own. */
const LOCAL_DATABASES: ReadonlySet<string> = new Set(['sqlite3', 'duckdb']);
const LINE_FLAGS: readonly string[] = ['-n', '-p', '-a'];
const TUNNEL_FLAGS: readonly string[] = ['-N', '-L', '-R', '-D'];

/** Programs whose words need more than a row of a table. */
const SPECIAL: ReadonlyMap<string, (shell: ShellReader, call: Call) => void> = new Map([
  ['cd', changeFolder],
  ['eval', evaluate],
  ['source', source],
  ['.', source],
  ['ssh', remote],
  ['su', substituteUser],
  ['find', find],
  ['curl', request],
  ['wget', request],
  ['dd', convert],
  ['sed', editStream],
  ['chmod', changeMode],
  ...INNER,
  ['http', httpie],
  ['https', httpie],
  ['xh', httpie],
  ['scp', copy],
  ['rsync', copy],
  ...['psql', 'mysql', 'mariadb', 'sqlite3', 'mongosh'].map(name => [name, database] as const),
  ...[...PRINTERS].map(name => [name, print] as const),
  ...[...SHELL_PROGRAMS].map(name => [name, runShell] as const),
  ...[...INTERPRETERS].map(name => [name, interpret] as const),
]);

/** Adds what one program does. */
export function runProgram(shell: ShellReader, call: Call): void {
  const { line } = call;
  if (line.operands.length <= 1 && (call.args.at(-1) === '--version' || call.args.at(-1) === '--help')) {
    shell.add(GENERAL.described);
    return;
  }
  const special = SPECIAL.get(line.program);
  if (special !== undefined) special(shell, call);
  else if (!byTable(shell, call)) {
    const own = call.word.includes('/') || call.word.includes('\\');
    addScript(shell, call, call.word, own ? GENERAL.localScript : GENERAL.programUnknown);
  }
}

/** A program of one's own, by what its name says. `plain` stands where that is nothing. */
function addScript(shell: ShellReader, call: Call, name: string, plain: Rule): void {
  if (TRIAL_FLAGS.some(flag => call.args.includes(flag))) {
    shell.add(plain);
    return;
  }
  const said = plain === GENERAL.programUnknown ? verbOf(call) : undefined;
  if (said !== undefined) {
    shell.add(said);
    return;
  }
  const parts = nameParts(programName(name));
  const guards = parts.some(part => GUARDING_WORDS.has(part));
  if (!guards && parts.some(part => HARMFUL_PROGRAM_WORDS.has(part))) shell.add(GENERAL.harmfulScript);
  else if (plain === GENERAL.localScript && parts.some(part => DELETING_WORDS.has(part)))
    shell.add(GENERAL.deletingScript);
  else if (plain === GENERAL.localScript && parts.some(part => CHANGING_WORDS.has(part)))
    shell.add(GENERAL.changingScript);
  else shell.add(plain);
}

/** What the first operand says, where it is a verb that programs share: `frobctl list`. */
function verbOf({ line }: Call): Rule | undefined {
  const [first] = line.operands;
  if (first === undefined || line.operands.length > 8) return undefined;
  for (const part of nameParts(first)) {
    const rule = VERBS_OF_PROGRAMS.get(part);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function changeFolder(shell: ShellReader, call: Call): void {
  shell.add(GENERAL.harmless);
  shell.changeFolder(call.line.operands[0] ?? '~');
}

function evaluate(shell: ShellReader, call: Call): void {
  if (call.fetched) shell.add(GENERAL.remoteCode);
  else if (call.decoded !== undefined) addDecoded(shell, call.decoded);
  else shell.script(call.args.join(' '));
}

function source(shell: ShellReader, call: Call): void {
  if (call.fetched) shell.add(GENERAL.remoteCode);
  else addScript(shell, call, call.line.operands[0] ?? '', GENERAL.localScript);
}

function remote(shell: ShellReader, call: Call): void {
  const { floor, place } = shell;
  shell.floor = GENERAL.remoteHost;
  shell.place = placeOf(undefined, place.places);
  const command = call.line.operands.slice(1).join(' ');
  if (command !== '') shell.script(command);
  else if (TUNNEL_FLAGS.some(flag => call.line.flags.has(flag))) shell.add(GENERAL.tunnel);
  else byTable(shell, call);
  shell.floor = floor;
  shell.place = place;
}

function substituteUser(shell: ShellReader, call: Call): void {
  const { floor } = shell;
  shell.floor = GENERAL.elevated;
  const scripts = call.line.values.get('-c') ?? call.line.values.get('--command') ?? [];
  for (const script of scripts) shell.script(script);
  if (scripts.length === 0) shell.add(GENERAL.programUnknown);
  shell.floor = floor;
}

/** What was encoded on the command line itself is read. */
function addDecoded(shell: ShellReader, text: string | undefined): void {
  shell.add(GENERAL.encodedCode);
  if (text !== undefined) shell.script(text);
}

/** Code from a pipe or a substitution, by where it comes from. Returns false where there is none. */
function fromElsewhere(shell: ShellReader, call: Call, piped: boolean): boolean {
  if (call.fetched || (piped && call.upstream === 'fetched'))
    shell.add(shell.floor === GENERAL.elevated ? GENERAL.remoteCodeElevated : GENERAL.remoteCode);
  else if (piped && call.upstream === 'decoded') {
    addDecoded(shell, shell.decoded);
  } else if (piped && call.upstream === 'plain') shell.add(GENERAL.pipedScript);
  else return false;
  return true;
}

function runShell(shell: ShellReader, call: Call): void {
  const { line } = call;
  const scripts = line.values.get('-c');
  const file = line.flags.has('-s') ? undefined : line.operands[0];
  if (scripts === undefined && fromElsewhere(shell, call, file === undefined)) return;
  if (scripts !== undefined) {
    if (call.fetched) shell.add(GENERAL.remoteCode);
    if (call.decoded !== undefined) addDecoded(shell, call.decoded);
    for (const script of scripts) shell.script(script);
  } else if (line.flags.has('-i') && shell.socket) shell.add(GENERAL.reverseShell);
  else if (file !== undefined) addScript(shell, call, file, GENERAL.localScript);
  else if (call.stdin !== undefined) shell.script(call.stdin);
  else shell.add(GENERAL.programUnknown);
}

function interpret(shell: ShellReader, call: Call): void {
  const { line } = call;
  const module = line.values.get('-m')?.[0];
  if (module !== undefined && line.program.startsWith('python')) {
    const args = call.args.slice(call.args.indexOf(module) + 1);
    if (
      !byTable(shell, {
        ...call,
        args,
        line: readCommandLine(module, args, shell.effects.tables.valuedFlags),
      })
    )
      addScript(shell, call, module, GENERAL.localScript);
    return;
  }
  if (line.program === 'perl' && line.flags.has('-i')) {
    byTable(shell, call);
    return;
  }
  const inline = INLINE_FLAGS.some(flag => line.flags.has(flag));
  const piped =
    !inline && (line.operands.length === 0 || line.operands[0] === '-') && call.stdin === undefined;
  if (fromElsewhere(shell, call, piped)) return;
  const codes = INLINE_FLAGS.flatMap(flag => line.values.get(flag) ?? []);
  if (call.stdin !== undefined) codes.push(call.stdin);
  // a program for every line of its files
  if (
    codes.length > 0 &&
    call.stdin === undefined &&
    line.operands.length > 0 &&
    LINE_FLAGS.some(flag => line.flags.has(flag))
  )
    for (const path of line.operands) shell.path(path, 'read');
  else
    for (const code of codes)
      addCode(shell.effects, code, shell.place, inner => shell.command(inner), shell.floor);
  if (codes.length > 0) return;
  if (inline || line.operands.length === 0) shell.add(GENERAL.inlineCode);
  else if ((line.program === 'bun' || line.program === 'deno') && byTable(shell, call)) return;
  else interpretFile(shell, call);
}

/** A script that the tables know by its name (`manage.py`), else any other. */
function interpretFile(shell: ShellReader, call: Call): void {
  const script = call.line.operands[0] ?? '';
  const args = call.args.slice(call.args.indexOf(script) + 1);
  const program = programName(script);
  const line = readCommandLine(program, args, shell.effects.tables.valuedFlags);
  const known = shell.effects.tables.commands.has(program);
  if (!known || !byTable(shell, { ...call, args, line }))
    addScript(shell, { ...call, args }, script, GENERAL.localScript);
}

function find(shell: ShellReader, call: Call): void {
  const { args } = call;
  let i = 0;
  const starts: string[] = [];
  while (i < args.length && !isFindExpression(args[i] as string)) starts.push(args[i++] as string);
  if (starts.length === 0) starts.push('.');
  // what it looks for by name says what it finds
  const name = args[args.indexOf('-name') + 1];
  const named = args.includes('-name') && name !== undefined && !name.includes('/') ? name : '{}';
  const found = starts.map(start => {
    const path = normalisePath(start, shell.place);
    const zone = zoneOf(path, shell.place);
    return zone === 'root' || zone === 'home' ? path : `${start}/${named}`;
  });
  for (const start of starts) shell.path(start, 'list');
  for (; i < args.length; i++) {
    const word = args[i] as string;
    if (word === '-delete') for (const path of found) shell.path(path, 'delete');
    if (word !== '-exec' && word !== '-execdir' && word !== '-ok' && word !== '-okdir') continue;
    const command: string[] = [];
    for (i += 1; i < args.length && args[i] !== ';' && args[i] !== '+'; i++) {
      command.push(args[i] === '{}' ? (found[0] ?? '{}') : (args[i] as string));
    }
    shell.run(command);
  }
}

function isFindExpression(word: string): boolean {
  return word.startsWith('-') || word === '(' || word === '!';
}

function changeMode(shell: ShellReader, call: Call): void {
  const mode = call.line.operands[0];
  if (
    mode !== undefined &&
    USUAL_MODES.has(mode) &&
    !call.line.flags.has('-R') &&
    !call.line.flags.has('--recursive')
  ) {
    shell.add(GENERAL.modeSet);
    return;
  }
  const onTree = call.line.flags.has('-R') || call.line.flags.has('--recursive');
  const far = call.line.operands.slice(1).some(path => path.startsWith('/') || path.startsWith('~'));
  if (
    mode !== undefined &&
    OPEN_MODES.has(mode) &&
    (onTree || far || mode.includes('s') || mode.startsWith('4'))
  )
    shell.add(
      call.line.operands.slice(1).some(path => isSystem(shell, path))
        ? GENERAL.permissionOpenSystem
        : GENERAL.permissionOpen,
    );
  byTable(shell, call);
}

const FOREIGN_ZONES: ReadonlySet<string> = new Set([
  'system',
  'service',
  'root',
  'home',
  'access',
  'key',
  'secret',
  'control',
  'log',
]);

function isSystem(shell: ShellReader, path: string): boolean {
  return FOREIGN_ZONES.has(zoneOf(normalisePath(path, shell.place), shell.place));
}

/** Lines of a file of data that `sed` drops in place are gone; those of code stand in its history. */
function editStream(shell: ShellReader, call: Call): void {
  const { line } = call;
  byTable(shell, call);
  if (!line.flags.has('-i') && !line.flags.has('--in-place')) return;
  const given = [...(line.values.get('-e') ?? []), ...(line.values.get('--expression') ?? [])];
  const files = given.length > 0 ? line.operands : line.operands.slice(1);
  const scripts = given.length > 0 ? given : line.operands.slice(0, 1);
  if (scripts.length === 0 || !scripts.every(dropsLines)) return;
  for (const path of files) if (isData(path.split('/'))) shell.path(path, 'delete');
}

/** `/^Ada,/d` and `3,7d`; not what replaces by text. */
function dropsLines(script: string): boolean {
  const trimmed = script.trim();
  if (!trimmed.endsWith('d')) return false;
  const address = trimmed.slice(0, -1).trimEnd();
  const end = address.endsWith('!') ? address.slice(0, -1).at(-1) : address.at(-1);
  return end !== undefined && (end === '/' ? address.startsWith('/') : end === '$' || hasDigit(end));
}

function convert(shell: ShellReader, call: Call): void {
  for (const word of call.line.operands) {
    if (word.startsWith('of=')) shell.path(word.slice(3), 'write');
    else if (word.startsWith('if=')) shell.path(word.slice(3), 'read');
  }
  shell.add(GENERAL.harmless);
}

function copy(shell: ShellReader, call: Call): void {
  const { operands, flags } = call.line;
  if (call.line.program === 'rsync' && (flags.has('--dry-run') || flags.has('-n'))) {
    shell.add(GENERAL.dryRun);
    return;
  }
  const isRemote = (word: string): boolean => {
    const colon = word.indexOf(':');
    return colon > 1 && !word.slice(0, colon).includes('/');
  };
  const last = operands.at(-1);
  if (last !== undefined && isRemote(last)) {
    const mirrors =
      call.line.program === 'rsync' && [...call.line.flags].some(flag => flag.startsWith('--delete'));
    shell.add(mirrors ? GENERAL.mirrorRemote : GENERAL.copyRemote, `url:${last}`);
    for (const path of operands.slice(0, -1)) shell.path(path, 'read');
    return;
  }
  const fetches = operands.slice(0, -1).some(isRemote);
  if (fetches) shell.add(GENERAL.download);
  for (const path of operands.slice(0, -1)) if (!isRemote(path)) shell.path(path, 'read');
  if (last === undefined) return;
  shell.path(last, 'write');
  if (call.line.program === 'rsync' && call.line.flags.has('--delete')) shell.path(last, 'tree');
}

function database(shell: ShellReader, call: Call): void {
  const { line } = call;
  if (line.program === 'mongosh') {
    const code = line.values.get('--eval')?.[0] ?? call.stdin;
    byTable(shell, call);
    if (code !== undefined)
      addCode(shell.effects, code, shell.place, inner => shell.command(inner), shell.floor);
    return;
  }
  if (line.operands.slice(1).some(word => word.startsWith('.'))) {
    shell.add(GENERAL.databaseShown);
    return;
  }
  if (LOCAL_DATABASES.has(line.program)) shell.effects.local = true;
  const given = ['-c', '--command', '-e', '--execute'].flatMap(flag => line.values.get(flag) ?? []);
  const statements = [
    ...given,
    ...(line.program === 'sqlite3' ? line.operands.slice(1) : []),
    ...(call.stdin === undefined ? [] : [call.stdin]),
  ];
  let known = false;
  for (const statement of statements) known = addSql(shell.effects, statement, shell.floor) || known;
  if (!known) byTable(shell, call);
}

function print(shell: ShellReader, call: Call): void {
  shell.add(GENERAL.harmless);
  if (call.line.program !== 'printenv') shell.printed = call.line.operands.at(-1);
  const isPrintenv = call.line.program === 'printenv';
  if (isPrintenv && call.line.operands.length === 0) shell.add(GENERAL.environmentRead);
  for (const word of call.line.operands) {
    const name = isPrintenv ? (isSecretName(word) ? word : undefined) : namesSecret(word);
    if (name !== undefined) shell.add(GENERAL.secretVariable, `variable:${name}`);
  }
}
