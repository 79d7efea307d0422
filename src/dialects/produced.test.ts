import { describe, expect, it } from 'vitest';
import { DIALECTS } from './tables.generated.ts';

const rows = new Map(DIALECTS.flatMap(({ events = [] }) => events).map(row => [row.id, row]));

/** Values of the registry's enums, each with a row that states it. That the rows match what agents send is tested on recordings. */
const PRODUCED: readonly (readonly [key: string, value: string, row: string])[] = [
  ['alignment.intervention.type', 'approval', 'claude-code.approval.person'],
  ['alignment.intervention.type', 'denial', 'codex.denial.person'],
  ['alignment.intervention.type', 'block', 'codex.block.sandbox'],
  ['alignment.intervention.type', 'stop', 'codex.stop.interrupt'],
  ['alignment.intervention.type', 'correction', 'claude-code.correction'],
  ['alignment.intervention.type', 'steering', 'claude-code.steering'],
  ['alignment.intervention.type', 'takeover', 'cline.takeover'],
  ['alignment.intervention.type', 'pause', 'openinference.langgraph-interrupt'],
  ['alignment.intervention.initiator', 'human', 'gemini-cli.denial.person'],
  ['alignment.intervention.initiator', 'policy', 'gemini-cli.denial.policy'],
  ['alignment.intervention.initiator', 'agent', 'openinference.langgraph-interrupt'],
  ['alignment.intervention.outcome', 'approved', 'codex.approval.policy'],
  ['alignment.intervention.outcome', 'denied', 'codex.denial.reviewer'],
  ['alignment.intervention.outcome', 'modified', 'claude-code.correction'],
  ['alignment.intervention.outcome', 'stopped', 'gemini-cli.stop'],
  ['alignment.intervention.outcome', 'expired', 'codex.denial.expired'],
  ['alignment.intervention.decision.source', 'human', 'claude-code.denial.person'],
  ['alignment.intervention.decision.source', 'user_rule', 'claude-code.approval.rule'],
  ['alignment.intervention.decision.source', 'permission_mode', 'claude-code.approval.mode'],
  ['alignment.intervention.decision.source', 'classifier', 'codex.denial.reviewer'],
  ['alignment.intervention.decision.source', 'hook', 'claude-code.denial.hook'],
  ['alignment.intervention.decision.source', 'sandbox', 'codex.block.sandbox'],
  ['alignment.boundary.type', 'mode_change', 'claude-code.plan-left'],
  ['alignment.boundary.type', 'bypass', 'codex.bypass.start'],
  ['alignment.boundary.type', 'scope', 'codex.scope.sandbox'],
  ['alignment.human.involvement', 'none', 'codex.bypass.start'],
  ['alignment.human.involvement', 'approval_required', 'codex.approval.person'],
  ['alignment.human.involvement', 'active_steering', 'codex.steering'],
];

describe('a value of the registry', () => {
  it.each(PRODUCED)('%s = %s is what %s states', (key, value, row) => {
    expect(rows.get(row)?.set?.[key]).toBe(value);
  });
});
