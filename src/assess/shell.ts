import {
  type Command,
  forEachChild,
  type Pipeline,
  parse,
  type Redirection,
  type SyntaxNode,
  type Word,
} from 'unbash';
import { addContent } from './code.ts';
import { programName, readCommandLine } from './command-line.ts';
import type { Effects } from './effects.ts';
import { addPath, isProse, movedTo, type Place } from './paths.ts';
import { DECODERS, WRAPPERS, type Wrapper } from './rules/commands.ts';
import { GENERAL } from './rules/general.ts';
import { RECORD_VARIABLES } from './rules/general-words.ts';
import { SOCKET_PREFIXES } from './rules/places.ts';
import type { Rule } from './rules/rule.ts';
import { isSecretName } from './secret-variables.ts';
import { runProgram } from './shell-programs.ts';
import type { Call } from './shell-table.ts';

/** Characters of a command that are looked at. */
export const MAX_COMMAND_LENGTH = 16_384;
/** Characters parsed for one step, scripts within scripts included. */
const MAX_PARSED = 32_768;
/** Opening brackets and backquotes of one script that are looked at. */
const MAX_OPENINGS = 1024;
/** Openings that are not closed again: nobody nests so deep, and parsing it costs more than its length. */
const MAX_UNCLOSED = 96;
/** Substitutions and scripts within one another; what lies deeper is not looked at. */
const MAX_DEPTH = 10;
const MAX_WRAPPERS = 16;

/** What comes in through a pipe. */
export type Upstream = 'none' | 'plain' | 'decoded' | 'fetched';

/** Reads a shell script and adds the effects of every command in it, whether or not it would be reached. */
export class ShellReader {
  readonly effects: Effects;
  place: Place;
  floor: Rule | undefined;
  #upstream: Upstream = 'none';
  #decoded = false;
  /** Text that was printed into a pipe, and what a decoder made of it. */
  printed: string | undefined;
  decoded: string | undefined;
  /** The command at hand is connected to a network socket. */
  socket = false;
  #depth = 0;
  #left = MAX_PARSED;

  constructor(effects: Effects, place: Place) {
    this.effects = effects;
    this.place = place;
  }

  /** Never throws: what cannot be read counts as rule `unparsed`. */
  script(text: string): void {
    const most = Math.min(MAX_COMMAND_LENGTH, this.#left, endOfNesting(text));
    if (text.length > MAX_COMMAND_LENGTH || most < Math.min(text.length, this.#left))
      this.add(GENERAL.truncated);
    // some loops hand commands over as they stand in XML
    const source = withoutEdit(unescaped(text.slice(0, most)));
    this.#left -= source.length;
    if (source === '' && text !== '') {
      this.add(GENERAL.unparsed);
      return;
    }
    if (source.includes(':|:&') || source.includes(':|: &')) this.add(GENERAL.forkBomb);
    this.#nested(() => {
      const upstream = this.#upstream;
      this.#upstream = 'none';
      try {
        this.#visit(parse(source));
      } catch {
        this.add(GENERAL.unparsed);
      }
      this.#upstream = upstream;
    });
  }

  /** A script, or a command as its words. */
  command(command: string | readonly string[]): void {
    if (typeof command === 'string') this.script(command);
    else this.run(command);
  }

  /** A command as its words, wrappers (`sudo`, `xargs`, …) included. `fetched` says that a substitution in it fetches. */
  run(
    argv: readonly string[],
    inherited: Partial<Pick<Call, 'fetched' | 'fed' | 'stdin' | 'decoded'>> = {},
  ): void {
    if (this.#depth >= MAX_DEPTH) {
      this.add(GENERAL.unparsed);
      return;
    }
    this.#depth += 1;
    const floor = this.floor;
    let words = argv;
    let fed = inherited.fed ?? false;
    for (let i = 0; i < MAX_WRAPPERS; i++) {
      const wrapper = wrapperOf(words[0]);
      if (wrapper === undefined) break;
      if (wrapper.elevated === true && (this.floor?.risk ?? 0) < GENERAL.elevated.risk)
        this.floor = GENERAL.elevated;
      if (wrapper.fed === true) fed = true;
      words = unwrap(words, wrapper);
    }
    const first = words[0];
    if (first === undefined || first === '') {
      if (this.floor !== floor) this.add(GENERAL.programUnknown);
      else this.add(programName(argv[0] ?? '') === 'env' ? GENERAL.environmentRead : GENERAL.harmless);
    } else if (words !== argv && first.includes(' ')) {
      // a wrapper was given its command as one word
      this.script(first);
    } else {
      const program = programName(first);
      const args = words.slice(1);
      const line = readCommandLine(program, args, this.effects.tables.valuedFlags);
      if (DECODERS.has(program)) {
        this.#decoded = true;
        this.decoded = decode(program, line.flags, this.printed ?? inherited.stdin);
      }
      runProgram(this, {
        word: first,
        line,
        args,
        fed,
        fetched: inherited.fetched ?? false,
        stdin: inherited.stdin,
        decoded: inherited.decoded,
        upstream: this.#upstream,
      });
    }
    this.floor = floor;
    this.#depth -= 1;
  }

  add(rule: Rule, target?: string): void {
    this.effects.add(rule, target, this.floor);
  }

  path(path: string, access: Parameters<typeof addPath>[2]): void {
    addPath(this.effects, path, access, this.place, { floor: this.floor });
  }

  changeFolder(path: string): void {
    this.place = movedTo(this.place, path);
  }

  #visit(node: SyntaxNode): void {
    switch (node.type) {
      case 'Pipeline':
        this.#pipeline(node);
        break;
      case 'Command':
        this.#command(node);
        break;
      case 'Word':
        this.#word(node);
        break;
      case 'Redirect':
      case 'HereString':
      case 'HereDoc':
        this.#redirection(node);
        break;
      case 'Script':
        if (node.errors !== undefined && node.errors.length > 0) this.add(GENERAL.unparsed);
        this.#children(node);
        break;
      case 'Subshell':
      case 'CommandExpansion':
      case 'ProcessSubstitution':
      case 'ParameterExpansion':
      case 'ArithmeticExpansion':
        this.#nested(() => this.#children(node));
        break;
      default:
        this.#children(node);
    }
  }

  #children(node: SyntaxNode): void {
    forEachChild(node, child => this.#visit(child));
  }

  /** A change of folder ends with the subshell; what lies too deep is not resolved, which would cost the square of its length. */
  #nested(visit: () => void): void {
    if (this.#depth >= MAX_DEPTH) {
      this.add(GENERAL.unparsed);
      return;
    }
    const place = this.place;
    this.#depth += 1;
    visit();
    this.#depth -= 1;
    this.place = place;
  }

  #pipeline(node: Pipeline): void {
    const outer = this.#upstream;
    let upstream = outer;
    this.printed = undefined;
    this.decoded = undefined;
    for (const command of node.commands) {
      const fetched = this.effects.fetched;
      this.#decoded = false;
      this.#upstream = upstream;
      this.#visit(command);
      if (this.effects.fetched > fetched || upstream === 'fetched') upstream = 'fetched';
      else if (this.#decoded || upstream === 'decoded') upstream = 'decoded';
      else upstream = 'plain';
    }
    this.#upstream = outer;
  }

  #command(node: Command): void {
    const fetched = this.effects.fetched;
    const upstream = this.decoded;
    this.decoded = undefined;
    for (const prefix of node.prefix) this.#prefix(prefix);
    let stdin: string | undefined;
    const argv: string[] = node.name === undefined ? [] : [node.name.value];
    if (node.name !== undefined) this.#word(node.name);
    for (const part of node.suffix) {
      if (part.type === 'Word') argv.push(part.value);
      else if (part.type === 'Assignment') {
        argv.push(part.text);
        this.#assigned(part.text);
        const equals = part.text.indexOf('=');
        if (argv[0] === 'export' && isSecretName(part.text.slice(0, equals))) this.add(GENERAL.secretSet);
      } else if (part.type === 'HereDoc') stdin = part.body.text;
      else if (part.type === 'HereString') stdin = part.target?.value;
      this.#visit(part);
    }
    if (stdin !== undefined && node.suffix.some(writesScript)) addContent(this.effects, stdin, this.floor);
    const inner = this.decoded;
    this.decoded ??= upstream;
    this.socket = node.suffix.some(opensSocket);
    this.run(argv, { fetched: this.effects.fetched > fetched, stdin, decoded: inner });
    this.socket = false;
  }

  #prefix(node: Command['prefix'][number]): void {
    if (node.type === 'Assignment') this.#assigned(node.text);
    this.#visit(node);
  }

  #assigned(text: string): void {
    const equals = text.indexOf('=');
    const values = equals > 0 ? RECORD_VARIABLES.get(text.slice(0, equals)) : undefined;
    if (
      values?.includes(
        text
          .slice(equals + 1)
          .replaceAll('"', '')
          .replaceAll("'", ''),
      ) === true
    )
      this.add(GENERAL.telemetryOff);
  }

  #word(node: Word): void {
    const { text } = node;
    if (
      text.includes('$(') ||
      text.includes('`') ||
      text.includes('<(') ||
      text.includes('>(') ||
      text.includes('${')
    ) {
      this.#children(node);
    }
  }

  #redirection(node: Redirection): void {
    if (node.type === 'Redirect' && node.target !== undefined) {
      const { value } = node.target;
      const duplicates =
        (node.operator === '>&' || node.operator === '<&') &&
        (value === '-' || Number.isInteger(Number(value)));
      if (!duplicates && value !== '')
        this.path(value, node.operator === '<' || node.operator === '<&' ? 'read' : 'write');
    }
    this.#children(node);
  }
}

function unescaped(text: string): string {
  if (!text.includes('&amp;') && !text.includes('&gt;') && !text.includes('&lt;')) return text;
  return text.replaceAll('&amp;', '&').replaceAll('&gt;', '>').replaceAll('&lt;', '<');
}

/** What `base64 -d` makes of a printed text. */
function decode(program: string, flags: ReadonlySet<string>, text: string | undefined): string | undefined {
  if (text === undefined || program !== 'base64') return undefined;
  if (!flags.has('-d') && !flags.has('--decode') && !flags.has('-D')) return undefined;
  return Buffer.from(text, 'base64').toString('utf8');
}

function opensSocket(part: Command['suffix'][number]): boolean {
  return (
    part.type === 'Redirect' && SOCKET_PREFIXES.some(prefix => part.target?.value.startsWith(prefix) === true)
  );
}

/** True for a redirection into a file that may be run. */
function writesScript(part: Command['suffix'][number]): boolean {
  if (part.type !== 'Redirect' || part.target === undefined || !part.operator.includes('>')) return false;
  return !isProse(part.target.value);
}

/** Where the text opens more substitutions and groups than anybody writes: parsing them costs more than their length. */
function endOfNesting(text: string): number {
  let left = MAX_OPENINGS;
  let unclosed = 0;
  const end = Math.min(text.length, MAX_COMMAND_LENGTH);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    // ( {
    if (code === 40 || code === 123) unclosed += 1;
    // ) }
    else if (code === 41 || code === 125) unclosed = Math.max(0, unclosed - 1);
    else if (code !== 96) continue;
    if (unclosed > MAX_UNCLOSED || --left < 0) return i;
  }
  return text.length;
}

function wrapperOf(word: string | undefined): Wrapper | undefined {
  if (word === undefined) return undefined;
  const name = programName(word);
  return Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
}

/** The words of the command that a wrapper runs. */
function unwrap(words: readonly string[], wrapper: Wrapper): readonly string[] {
  let i = 1;
  let operands = wrapper.operands ?? 0;
  while (i < words.length) {
    const word = words[i] as string;
    if (word === '--') {
      i += 1;
      break;
    }
    if (word.startsWith('-') && word.length > 1) i += wrapper.valued?.includes(word) === true ? 2 : 1;
    else if (isAssignment(word)) i += 1;
    else if (operands > 0) {
      operands -= 1;
      i += 1;
    } else break;
  }
  return words.slice(i);
}

function isAssignment(word: string): boolean {
  const equals = word.indexOf('=');
  if (equals <= 0 || equals > 128) return false;
  return !word.slice(0, equals).includes('/');
}

const EDIT_END = 'end_of_edit';

/** Some loops have an editor of their own, whose new text stands behind its command until a line that ends it: that is no script. */
function withoutEdit(text: string): string {
  if (!text.startsWith('edit')) return text;
  const end = text.indexOf(`\n${EDIT_END}`);
  return end < 0 ? text : text.slice(0, text.indexOf('\n')) + text.slice(end + 1 + EDIT_END.length);
}
