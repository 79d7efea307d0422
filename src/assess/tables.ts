import type { RuleOverride, RulePack } from './packs.ts';
import { CODE_MARKERS, type CodeMarker } from './rules/code.ts';
import {
  type CommandRule,
  commandRules,
  FILE_PROGRAMS,
  type FileProgram,
  VALUED_FLAGS,
} from './rules/commands.ts';
import { CONTENT_MARKERS } from './rules/content.ts';
import { HTTP_RULES, type HttpRule } from './rules/http.ts';
import { PATH_RULES, type PathRule } from './rules/paths.ts';
import type { PackPlace } from './rules/places.ts';
import type { Access } from './rules/rule.ts';
import { SQL_RULES, type SqlRule } from './rules/sql.ts';
import { type ToolRule, toolRules } from './rules/tools.ts';
import { anyOf } from './text.ts';
import type { ToolName } from './tool-names.ts';

/** The rules of one assessor, by what they are looked up with. Built once, changed by nothing. */
export interface Tables {
  readonly commands: ReadonlyMap<string, readonly CommandRule[]>;
  readonly files: ReadonlyMap<string, FileProgram>;
  readonly valuedFlags: Readonly<Record<string, readonly string[]>>;
  readonly toolsByName: ReadonlyMap<string, readonly ToolRule[]>;
  readonly toolsByVerb: ReadonlyMap<string, readonly ToolRule[]>;
  readonly toolsByNoun: ReadonlyMap<string, readonly ToolRule[]>;
  readonly paths: ReadonlyMap<Access, readonly PathRule[]>;
  readonly places: readonly PackPlace[];
  /** By `METHOD true` for this machine, `METHOD false` for any other. */
  readonly http: ReadonlyMap<string, readonly HttpRule[]>;
  readonly sql: ReadonlyMap<string, SqlRule>;
  readonly code: readonly CodeMarker[];
  readonly content: readonly CodeMarker[];
  /** Finds whether any row of `content` may stand in a text. */
  readonly anyContent: RegExp;
  readonly overrides: ReadonlyMap<string, RuleOverride | false>;
  /** Names of tools read before. At most `MAX_NAMES`. */
  readonly names: Map<string, ToolName>;
}

export const MAX_NAMES = 1024;
const ACCESSES: readonly Access[] = ['list', 'read', 'write', 'delete', 'tree', 'mode', 'permission'];

let built: Tables | undefined;

/** The tables without any pack. Built at the first step, so that loading the package costs nothing of it. */
export function defaultTables(): Tables {
  built ??= buildTables([]);
  return built;
}

/** Rows of a later pack stand before those of an earlier one, and all of them before ours. */
export function buildTables(packs: readonly RulePack[]): Tables {
  const overrides = new Map<string, RuleOverride | false>();
  for (const pack of packs) for (const [id, to] of Object.entries(pack.override ?? {})) overrides.set(id, to);
  const last = [...packs].reverse();
  const rows = <T extends { readonly id: string }>(
    own: readonly T[],
    more: (pack: RulePack) => readonly T[] | undefined,
  ): readonly T[] => {
    const all = [...last.flatMap(pack => more(pack) ?? []), ...own];
    return overrides.size === 0 ? all : all.filter(row => overrides.get(row.id) !== false);
  };
  const tools = rows(toolRules(), pack => pack.tools);
  const paths = rows(PATH_RULES, pack => pack.paths);
  const content = rows(CONTENT_MARKERS, pack => pack.content);
  const files = [...last.flatMap(pack => pack.files ?? []), ...FILE_PROGRAMS];
  return {
    commands: index(
      rows(commandRules(), pack => pack.commands),
      row => row.programs,
    ),
    files: new Map(
      [...index(files, row => row.programs)].map(([key, found]) => [key, found[0] as FileProgram]),
    ),
    valuedFlags: Object.assign(
      {},
      VALUED_FLAGS,
      ...packs.map(pack => pack.valuedFlags ?? {}),
    ) as Tables['valuedFlags'],
    toolsByName: index(tools, row => row.names),
    toolsByVerb: index(tools, row => row.verbs),
    toolsByNoun: index(tools, row => row.nouns),
    paths: new Map(ACCESSES.map(access => [access, paths.filter(row => row.access.includes(access))])),
    places: last.flatMap(pack => pack.places ?? []),
    http: index(
      rows(HTTP_RULES, pack => pack.http),
      row => row.methods.map(method => `${method} ${row.loopback}`),
    ),
    sql: new Map(
      [
        ...index(
          rows(SQL_RULES, pack => pack.sql),
          row => row.keywords,
        ),
      ].map(([key, found]) => [key, found[0] as SqlRule]),
    ),
    code: rows(CODE_MARKERS, pack => pack.code),
    content,
    anyContent: anyOf(content.flatMap(row => row.texts)),
    overrides,
    names: new Map(),
  };
}

function index<T>(rows: readonly T[], column: (row: T) => readonly string[] | undefined): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) {
    for (const word of column(row) ?? []) {
      const list = map.get(word);
      if (list === undefined) map.set(word, [row]);
      else if (!list.includes(row)) list.push(row);
    }
  }
  return map;
}
