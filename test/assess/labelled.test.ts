import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AssessmentContext } from '../../src/assess/index.ts';
import { assessStep } from '../../src/assess/index.ts';
import type { HumanInvolvement } from '../../src/semconv/index.ts';
import type { AgentStep } from '../../src/step/step.ts';

interface Item {
  readonly id: string;
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

const ITEMS = new URL('items.jsonl', import.meta.url);
const LABELLED = new URL('labelled.jsonl', import.meta.url);
const read = (file: URL): Item[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Item);

/** What the rules say of an item, in the words of the labels. */
function ours(item: Item): Record<string, string | null> {
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

describe('the table of calls', () => {
  const items = read(ITEMS);

  it('holds at least 600 different calls, each with an id of its own', () => {
    expect(items.length).toBeGreaterThanOrEqual(600);
    expect(new Set(items.map(item => item.id)).size).toBe(items.length);
    expect(new Set(items.map(({ id: _, ...rest }) => JSON.stringify(rest))).size).toBe(items.length);
  });

  it('gets a type and a risk for every call', () => {
    const without = items.filter(item => {
      const found = ours(item);
      return found['action_type'] === null || found['risk_level'] === null;
    });
    expect(without.map(item => item.id)).toEqual([]);
  });
});

/**
 * Share of the items on which the rules say what both readers said, when the readers' labels came in: the rules had not
 * seen them. The project's bars are 0.95 for type and reversibility, 0.85 for authorization and autonomy; what is missed
 * is told in bench/assessment/RESULTS.md. Here nothing may get worse.
 */
const REACHED = {
  action_type: 0.875,
  reversibility: 0.768,
  risk_level: 0.669,
  authorization: 0.745,
  autonomy_level: 0.881,
};

describe("the readers' labels", () => {
  const items = read(LABELLED);

  it.each(Object.entries(REACHED))(
    '%s agrees with the consensus in at least %d of the items',
    (field, reached) => {
      const labelled = items.filter(item => item.labels !== undefined && Object.hasOwn(item.labels, field));
      const wrong = labelled.filter(item => ours(item)[field] !== item.labels?.[field]);
      const list = wrong.map(item => `${item.id}: ${ours(item)[field]} for ${item.labels?.[field]}`);
      expect(1 - wrong.length / labelled.length, list.join('\n')).toBeGreaterThanOrEqual(reached);
    },
  );
});
