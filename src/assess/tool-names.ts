import { TOOL_RULES, type ToolRule } from './rules/tools.ts';

const MAX_NAME_LENGTH = 128;
/** Words after which a name goes on with another action: `find_and_delete`. */
const JOINING: ReadonlySet<string> = new Set(['and', 'or', 'then']);

export interface ToolName {
  /** Lower-case parts of the name, without the prefixes of its server. */
  readonly parts: readonly string[];
  /** What the name says, the gravest action first where it names several. */
  readonly rules: readonly ToolRule[];
}

const BY_NAME = index(rule => rule.names);
const BY_VERB = index(rule => rule.verbs);
const BY_NOUN = index(rule => rule.nouns);

function index(
  column: (rule: ToolRule) => readonly string[] | undefined,
): ReadonlyMap<string, readonly ToolRule[]> {
  const map = new Map<string, ToolRule[]>();
  for (const rule of TOOL_RULES) {
    for (const word of column(rule) ?? []) {
      const list = map.get(word);
      if (list === undefined) map.set(word, [rule]);
      else list.push(rule);
    }
  }
  return map;
}

/** Reads a tool's name: camelCase, snake_case, kebab-case, prefixed by a server (`mcp__server__tool`, `server.tool`, `server/tool`). */
export function readToolName(name: string): ToolName {
  const parts = splitName(ownName(name.slice(0, MAX_NAME_LENGTH)));
  const whole = BY_NAME.get(parts.join(''));
  if (whole !== undefined) return { parts, rules: whole.slice(0, 1) };
  const rules: ToolRule[] = [];
  let from = 0;
  for (let i = 0; i <= parts.length; i++) {
    if (i < parts.length && !JOINING.has(parts[i] as string)) continue;
    const rule = ruleOf(parts.slice(from, i));
    if (rule !== undefined) rules.push(rule);
    from = i + 1;
  }
  return { parts, rules: rules.sort((a, b) => b.risk - a.risk) };
}

function ownName(name: string): string {
  let start = name.lastIndexOf('__');
  start = start < 0 ? 0 : start + 2;
  for (const separator of ['.', '/', ':']) start = Math.max(start, name.lastIndexOf(separator) + 1);
  return start < name.length ? name.slice(start) : name;
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

function ruleOf(parts: readonly string[]): ToolRule | undefined {
  for (const table of [BY_VERB, BY_NOUN]) {
    for (let i = 0; i < parts.length; i++) {
      const rule = table
        .get(parts[i] as string)
        ?.find(row => row.objects === undefined || hasObject(row.objects, parts, i));
      if (rule !== undefined) return rule;
    }
  }
  return undefined;
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
