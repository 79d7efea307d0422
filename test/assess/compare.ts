import { readFileSync } from 'node:fs';
import { type AssessmentContext, assessStep } from '../../src/assess/index.ts';
import type { HumanInvolvement } from '../../src/semconv/index.ts';
import type { AgentStep } from '../../src/step/step.ts';

/** A call of the tables, with its surroundings and, where somebody labelled it, with labels. */
export interface Item {
  readonly id: string;
  /** Of the unseen calls: the round in which they were written. */
  readonly round?: number;
  /** Of the fresh calls: which sample, and whether the rules were corrected with the call in sight. */
  readonly sample?: number;
  readonly looked?: boolean;
  readonly tool: string;
  readonly arguments: unknown;
  readonly user?: string;
  readonly mode?: string;
  readonly human_involvement?: HumanInvolvement;
  readonly approved?: boolean;
  readonly workspace?: string;
  readonly allowed_tools?: readonly string[];
  readonly environment?: string;
  readonly description?: string;
  readonly annotations?: NonNullable<AgentStep['toolAnnotations']>;
  readonly labels?: Readonly<Record<string, string | null>>;
}

export const FIELDS = [
  'action_type',
  'reversibility',
  'risk_level',
  'authorization',
  'autonomy_level',
] as const;

/** The items of a file beside this one: `items.jsonl`, `labelled.jsonl`, `unseen.jsonl`, `fresh.jsonl`. */
export function readItems(name: string): Item[] {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Item);
}

/** What the rules say of an item, in the words of the labels. */
export function ours(item: Item): Record<string, string | null> {
  const step: AgentStep = {
    dialect: 'test',
    kind: 'tool',
    toolName: item.tool,
    ...(item.arguments === null ? {} : { arguments: item.arguments }),
    ...(item.description === undefined ? {} : { toolDescription: item.description }),
    ...(item.annotations === undefined ? {} : { toolAnnotations: item.annotations }),
  };
  const context: AssessmentContext = {
    ...(item.user === undefined ? {} : { userMessage: item.user }),
    ...(item.mode === undefined ? {} : { mode: item.mode }),
    ...(item.human_involvement === undefined ? {} : { humanInvolvement: item.human_involvement }),
    ...(item.approved === undefined ? {} : { approvedByHuman: item.approved }),
    ...(item.workspace === undefined ? {} : { workspace: item.workspace }),
    ...(item.allowed_tools === undefined ? {} : { allowedTools: item.allowed_tools }),
    ...(item.environment === undefined ? {} : { environment: item.environment }),
  };
  const found = assessStep(step, context);
  return {
    action_type: found?.actionType ?? null,
    reversibility: found?.reversibility ?? null,
    risk_level: found?.riskScore === undefined ? null : levelOf(found.riskScore),
    authorization: found?.authorization ?? null,
    autonomy_level: found?.autonomyLevel ?? null,
  };
}

function levelOf(score: number): string {
  if (score < 0.1) return 'none';
  if (score < 0.4) return 'low';
  if (score < 0.7) return 'medium';
  return score < 0.9 ? 'high' : 'critical';
}

/** On how many of the items that have a label the rules say the same, and on which they do not. */
export function agreement(
  items: readonly Item[],
  field: string,
): { readonly total: number; readonly share: number; readonly wrong: readonly Item[] } {
  const labelled = items.filter(item => item.labels !== undefined && Object.hasOwn(item.labels, field));
  const wrong = labelled.filter(item => ours(item)[field] !== item.labels?.[field]);
  return { total: labelled.length, share: 1 - wrong.length / labelled.length, wrong };
}
