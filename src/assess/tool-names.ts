import { NOUNS_BEFORE, NOUNS_BEHIND, POSTED_WORDS } from './rules/nouns.ts';
import { ACTING, naming, SAYING, type ToolRule } from './rules/tools.ts';
import { MAX_NAMES, type Tables } from './tables.ts';
import { isAgent, madeOfVerb, readHead } from './tool-heads.ts';
import { asLook } from './tool-looks.ts';

const MAX_NAME_LENGTH = 128;
const MAX_DESCRIPTION = 200;
/** A description begins with its verb, or nearly. */
const MAX_VERB_PLACE = 4;
/** Parts of a name's prefix that say nothing of what its tools are for. */
const PLAIN_SPACES: ReadonlySet<string> = new Set(
  'mcp server servers api tool tools function functions default client service services app container www com io the'.split(
    ' ',
  ),
);
/** Words after which a name goes on with another action: `find_and_delete`. */
const JOINING: ReadonlySet<string> = new Set(['and', 'or', 'then']);

export interface ToolName {
  /** Lower-case parts of the name, without the prefixes of its server. */
  readonly parts: readonly string[];
  /** Parts of the prefix that say what the tool belongs to: `drone` of `drone.mission.start`. At most four. */
  readonly space: readonly string[];
  /** What the name says, the gravest action first where it names several. */
  readonly rules: readonly ToolRule[];
  /** The name is what the tool is called, not what a call of it does: `RecordManager`. */
  readonly called: boolean;
}

/** Reads a tool's name: camelCase, snake_case, kebab-case, prefixed by a server (`mcp__server__tool`, `server.tool`, `server/tool`). */
export function readToolName(name: string, tables: Tables): ToolName {
  const known = tables.names.get(name);
  if (known !== undefined) return known;
  const read = readName(name, tables);
  if (tables.names.size >= MAX_NAMES) tables.names.clear();
  if (name.length <= MAX_NAME_LENGTH) tables.names.set(name, read);
  return read;
}

function readName(name: string, tables: Tables): ToolName {
  const bounded = name.slice(0, MAX_NAME_LENGTH);
  const own = ownName(bounded);
  const space = spaceOf(bounded.slice(0, bounded.length - own.length));
  const single = splitName(own);
  // a verb alone says what is done, and its prefix to what: `drone.mission.start`
  const alone = single.length === 1 && space.length > 0 && !tables.toolsByName.has(single[0] as string);
  const written = alone ? [...space, ...single] : single;
  const parts = written.map(asNoun);
  const whole = tables.toolsByName.get(parts.join(''));
  if (whole?.[0]?.actionType === 'none' && space.length > 0) {
    // `submit` ends an agent's run, `orders.submit` does not
    const joined = [...space, ...single];
    const rule = ruleOf(joined, tables, []);
    if (rule?.objects !== undefined && tables.toolsByVerb.has(single[0] as string))
      return { parts: joined, space, rules: [rule], called: false };
  }
  if (whole !== undefined) return { parts: written, space, rules: whole.slice(0, 1), called: false };
  const head = parts.length === 0 ? undefined : readHead(parts, isUpper(own[0]), tables);
  if (head?.rule !== undefined) return { parts: written, space, rules: [head.rule], called: true };
  const named = head === undefined ? afterMethod(parts, tables) : undefined;
  if (named !== undefined) return { parts: written, space, rules: [named], called: false };
  const rules: ToolRule[] = [];
  let from = 0;
  for (let i = 0; i <= parts.length; i++) {
    if (i < parts.length && !JOINING.has(parts[i] as string)) continue;
    const rule = ruleOf(parts.slice(from, i), tables, alone ? [] : space);
    if (rule !== undefined) rules.push(asLook(rule, parts, space));
    from = i + 1;
  }
  if (rules[0]?.id === 'tool.post' && isOperation(own, parts)) {
    const created = tables.toolsByVerb.get('create')?.find(row => row.objects === undefined);
    if (created !== undefined) rules[0] = created;
  }
  return {
    parts: written,
    space,
    rules: rules.sort((a, b) => b.risk - a.risk),
    called: head !== undefined || isAgent(parts, tables),
  };
}

function spaceOf(prefix: string): readonly string[] {
  if (prefix === '') return [];
  return splitName(prefix)
    .filter(part => !PLAIN_SPACES.has(part))
    .slice(-4);
}

/** A plural is no verb. */
function asNoun(part: string, at: number, parts: readonly string[]): string {
  const thing =
    NOUNS_BEFORE.get(part)?.has(parts[at + 1] ?? '') === true ||
    NOUNS_BEHIND.get(part)?.has(parts[at - 1] ?? '') === true;
  return thing ? `${part}s` : part;
}

/** The rule of the first verb in the first sentence of a description: `Deletes every card.` */
export function readToolDescription(description: string, tables: Tables): ToolRule | undefined {
  const end = description.slice(0, MAX_DESCRIPTION).search(/[.\n]/);
  const sentence = description.slice(0, end < 0 ? MAX_DESCRIPTION : end);
  const parts = sentence.toLowerCase().split(' ');
  for (let i = 0; i < Math.min(parts.length, MAX_VERB_PLACE); i++) {
    const word = parts[i] as string;
    // what it returns, it reads
    if (word === 'returns' || word === 'return')
      return tables.toolsByVerb.get('get')?.find(row => row.objects === undefined);
    for (const verb of [word, cut(word, 's'), cut(word, 'es'), `${cut(word, 'ies')}y`]) {
      const rule = tables.toolsByVerb.get(verb)?.find(row => isMet(row, parts, i));
      if (rule !== undefined) return rule;
    }
  }
  return undefined;
}

const cut = (word: string, ending: string): string =>
  word.endsWith(ending) ? word.slice(0, -ending.length) : word;

function ownName(name: string): string {
  let start = name.lastIndexOf('__');
  start = start < 0 ? 0 : start + 2;
  for (const separator of ['.', '/', ':']) start = Math.max(start, name.lastIndexOf(separator) + 1);
  return start < name.length ? name.slice(start) : name;
}

/** The lower-case words that a name is made of. */
export function nameParts(name: string): string[] {
  return splitName(name.slice(0, MAX_NAME_LENGTH));
}

function splitName(name: string): string[] {
  const parts: string[] = [];
  let part = '';
  const push = (): void => {
    if (part !== '') parts.push(part.toLowerCase());
    part = '';
  };
  for (let i = 0; i < name.length; i++) {
    const c = name[i] as string;
    if (!isWordCharacter(c)) push();
    else {
      const startsWord =
        isUpper(c) && (!isUpper(name[i - 1]) || (isUpper(name[i - 1]) && isLower(name[i + 1])));
      if (startsWord) push();
      part += c;
    }
  }
  push();
  return parts;
}

/** A part that is a thing as often as an action does not decide where another part can only be an action: `AddressBookSearch`. */
function ruleOf(parts: readonly string[], tables: Tables, space: readonly string[]): ToolRule | undefined {
  const acting = parts.flatMap((part, i) => (ACTING.has(part) && (i > 0 || parts.length === 1) ? [i] : []));
  for (const table of [tables.toolsByVerb, tables.toolsByNoun]) {
    // of several things the last one says what the tool is: a payment history is a history
    const nouns = table === tables.toolsByNoun;
    for (let at = 0; at < parts.length; at++) {
      const i = nouns ? parts.length - 1 - at : at;
      if (!nouns && naming().has(parts[i] as string) && acting.some(other => other !== i)) continue;
      const rule = table
        .get(parts[i] as string)
        ?.find(
          row => isMet(row, parts, i, space) && (row.first !== true || (i === 0 && orders(parts, tables))),
        );
      if (rule === undefined) continue;
      const rows = table.get(parts[i] as string) ?? [];
      return nouns ? rule : (within(rule, parts, space, rows) ?? nearer(rule, parts, rows));
    }
  }
  return lastOf(parts, tables, space);
}

/** The id of an operation that a method of HTTP begins, on a record rather than for people: `postShipmentLabel`. */
const isOperation = (own: string, parts: readonly string[]): boolean =>
  own.startsWith('post') && isUpper(own[4]) && !parts.some(part => POSTED_WORDS.has(part));

/** Types that a noun made of a verb decides behind a method of HTTP; words for people stay words. */
const METHOD_TYPES: ReadonlySet<string> = new Set(['write', 'delete', 'payment', 'credential', 'deploy']);

/** Behind a method of HTTP the noun says what is done: `postParkingFineCancellation` cancels. */
function afterMethod(parts: readonly string[], tables: Tables): ToolRule | undefined {
  if (parts.length < 3 || (parts[0] !== 'post' && parts[0] !== 'put')) return undefined;
  const last = parts.length - 1;
  return madeOfVerb(parts[last] as string, tables)?.find(
    row => METHOD_TYPES.has(row.actionType) && row.first !== true && isMet(row, parts, last),
  );
}

const TRAILING: ReadonlySet<string> = new Set(['write', 'communicate']);
/** A verb that is a thing as well, behind what it is done to: `tram_hold`, `scholarship.award`. No order is placed and no machine driven by it. */
function lastOf(parts: readonly string[], tables: Tables, space: readonly string[]): ToolRule | undefined {
  const last = parts.length - 1;
  if (last < 1) return undefined;
  return tables.toolsByVerb
    .get(parts[last] as string)
    ?.find(row => row.first === true && TRAILING.has(row.actionType) && isMet(row, parts, last, space));
}

/** The row of the first part that is some row's verb, and has its object. */
export function ruleAmong(
  parts: readonly string[],
  rows: ReadonlyMap<string, readonly ToolRule[]>,
): ToolRule | undefined {
  for (let i = 0; i < parts.length; i++) {
    const rule = rows
      .get(parts[i] as string)
      ?.find(row => isMet(row, parts, i) && (row.first !== true || i === 0));
    if (rule !== undefined) return rule;
  }
  return undefined;
}

/** A verb without a thing of its own is done to what the prefix names, where that is a device or a right: `iam.attach`, `railway.points.setPosition`. */
function within(
  found: ToolRule,
  parts: readonly string[],
  space: readonly string[],
  rows: readonly ToolRule[],
): ToolRule | undefined {
  if (space.length === 0 || found.objects !== undefined) return undefined;
  const all = [...space, ...parts];
  return rows.find(
    row =>
      row.objects !== undefined &&
      (row.actionType === 'deploy' || row.actionType === 'credential' || row.firm === true) &&
      isMet(row, all, -1),
  );
}

/** The last part of a name is what the action is done to: `add_order_note` adds a note. */
function nearer(found: ToolRule, parts: readonly string[], rows: readonly ToolRule[]): ToolRule {
  const last = parts[parts.length - 1] as string;
  const pair = (parts[parts.length - 2] ?? '') + last;
  const { objects, actionType } = found;
  if (
    objects === undefined ||
    found.firm === true ||
    actionType === 'communicate' ||
    objects.includes(last) ||
    objects.includes(pair)
  )
    return found;
  if (SAYING.has(last)) return rows.find(row => row.objects === undefined) ?? found;
  const other = rows.find(row => row.objects?.includes(last) === true && row.also === undefined);
  return other === undefined || other.actionType === found.actionType ? found : other;
}

/** True for a row whose things are all named. */
function isMet(
  { objects, also }: ToolRule,
  parts: readonly string[],
  verb: number,
  space: readonly string[] = [],
): boolean {
  return (
    (objects === undefined || hasObject(objects, parts, verb)) &&
    (also === undefined || hasObject(also, parts, verb) || space.some(part => also.includes(part)))
  );
}

const PREPOSITIONS: ReadonlySet<string> = new Set(['by', 'of', 'in', 'for', 'from', 'to', 'the']);

/** True where the first part is a verb of its thing: `order_lunch`, and not `order_track`. */
function orders(parts: readonly string[], { toolsByVerb, toolsByNoun }: Tables): boolean {
  const next = parts[1];
  if (next === undefined || PREPOSITIONS.has(next) || toolsByNoun.has(next)) return false;
  return !toolsByVerb.has(next) || (naming().has(next) && parts.length < 3);
}

function hasObject(objects: readonly string[], parts: readonly string[], verb: number): boolean {
  return parts.some(
    (part, i) => i !== verb && (objects.includes(part) || objects.includes(part + (parts[i + 1] ?? ''))),
  );
}

function isUpper(c: string | undefined): boolean {
  return c !== undefined && c >= 'A' && c <= 'Z';
}

function isLower(c: string | undefined): boolean {
  return c !== undefined && c >= 'a' && c <= 'z';
}

function isWordCharacter(c: string): boolean {
  return isUpper(c) || isLower(c) || (c >= '0' && c <= '9') || c > '\u007f';
}
