import type { CodeMarker } from './rules/code.ts';
import type { CommandRule, FileProgram } from './rules/commands.ts';
import type { HttpRule } from './rules/http.ts';
import type { PathRule } from './rules/paths.ts';
import type { PackPlace } from './rules/places.ts';
import type { Rule } from './rules/rule.ts';
import type { SqlRule } from './rules/sql.ts';
import type { ToolRule } from './rules/tools.ts';

/** What a pack may change of a rule that stands elsewhere. */
export type RuleOverride = Partial<Pick<Rule, 'actionType' | 'reversibility' | 'risk'>>;

/**
 * Rules of one's own, as data. Its rows are tried before the built-in ones, and those of a later pack before those of an earlier one.
 * The id of a rule is written to telemetry: keep it low in cardinality and free of content.
 */
export interface RulePack {
  readonly name: string;
  readonly version: string;
  /** Command lines, by program. */
  readonly commands?: readonly CommandRule[];
  /** Programs whose operands are paths. */
  readonly files?: readonly FileProgram[];
  /** Flags of a program that take a value. */
  readonly valuedFlags?: Readonly<Record<string, readonly string[]>>;
  /** Tools, by their name or by the verbs in it. */
  readonly tools?: readonly ToolRule[];
  /** What touching a path means, by how and where. */
  readonly paths?: readonly PathRule[];
  /** Folders and files that belong to a zone. */
  readonly places?: readonly PackPlace[];
  /** Requests, by method and host. */
  readonly http?: readonly HttpRule[];
  /** SQL statements, by their keyword. */
  readonly sql?: readonly SqlRule[];
  /** Calls in the code that an interpreter runs. */
  readonly code?: readonly CodeMarker[];
  /** Texts in what is written to files, or run, that say what it will do. */
  readonly content?: readonly CodeMarker[];
  /** Built-in rules changed by id, or taken out with `false`. */
  readonly override?: Readonly<Record<string, RuleOverride | false>>;
}

/** Refuses what would fail silently later. @throws RangeError naming the pack and the row */
export function checkPack(pack: RulePack): void {
  const tables: readonly (readonly Rule[] | undefined)[] = [
    pack.commands,
    pack.tools,
    pack.paths,
    pack.http,
    pack.sql,
    pack.code,
    pack.content,
  ];
  const rows = tables.flatMap(table => table ?? []);
  for (const { id, risk } of rows) {
    if (typeof id !== 'string' || !/^[\w.-]{1,64}$/.test(id))
      throw new RangeError(`rule pack ${pack.name}: the id ${JSON.stringify(id)} must match [\\w.-]{1,64}`);
    checkRisk(pack, id, risk);
  }
  for (const [id, to] of Object.entries(pack.override ?? {}))
    if (to !== false && to.risk !== undefined) checkRisk(pack, id, to.risk);
}

function checkRisk(pack: RulePack, id: string, risk: number): void {
  if (!(risk >= 0 && risk <= 1))
    throw new RangeError(`rule pack ${pack.name}: the risk of ${id} must be in [0, 1]`);
}
