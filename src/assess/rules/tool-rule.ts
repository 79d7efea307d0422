import type { Access, Rule } from './rule.ts';

export interface ToolRule extends Rule {
  /** Whole names, in lower case without separators. */
  readonly names?: readonly string[];
  /** Verbs: parts of a name. The first part that is some row's verb decides. */
  readonly verbs?: readonly string[];
  /** Verbs that are nouns as well (`email_search`): they count only where no other part is a verb. */
  readonly nouns?: readonly string[];
  /** The verb counts as the name's first part only. */
  readonly first?: boolean;
  /** One of these must be another part of the name, or two neighbouring parts joined. */
  readonly objects?: readonly string[];
  /** One of these as well. */
  readonly also?: readonly string[];
  /** The objects decide wherever they stand: what the name ends with is a part of them (`infusion_pump_set_rate`). */
  readonly firm?: boolean;
  /** How paths among the arguments are touched. A path then decides instead of this row. */
  readonly access?: Access;
  /** The tool runs a shell command (or other code) from its arguments. */
  readonly runs?: 'shell' | 'code';
  /** The argument `command` names an operation of the tool, and these operations change files. */
  readonly editor?: readonly string[];
}
