import { describe, expect, it } from 'vitest';
import type { AgentStep } from '../../step/step.ts';
import { assessStep } from '../assess-step.ts';
import type { AssessmentContext } from '../assessment.ts';
import { EXAMPLES } from '../testing/examples.ts';
import { CODE_MARKERS } from './code.ts';
import { commandRules } from './commands.ts';
import { CONTENT_MARKERS } from './content.ts';
import { GENERAL } from './general.ts';
import { HTTP_RULES } from './http.ts';
import { INDICATORS } from './indicators.ts';
import { PATH_RULES } from './paths.ts';
import { PROGRAM_VERBS } from './program-verbs.ts';
import { RISK_ANCHORS, type RiskAnchor, type Rule } from './rule.ts';
import { SQL_RULES } from './sql.ts';
import { targetRules } from './targets.ts';
import { toolRules } from './tools.ts';

const CONTEXT: AssessmentContext = { workspace: '/home/ada/shop' };
const ALL: readonly Rule[] = [
  ...Object.values(GENERAL),
  ...Object.values(PROGRAM_VERBS),
  ...CODE_MARKERS,
  ...CONTENT_MARKERS,
  ...commandRules(),
  ...HTTP_RULES,
  ...PATH_RULES,
  ...SQL_RULES,
  ...toolRules(),
  ...targetRules(),
];

function rulesOf(example: (typeof EXAMPLES)[number][1]): readonly string[] {
  const [toolName, args, more] =
    typeof example === 'string' ? (['Bash', { command: example }] as const) : example;
  const step: AgentStep = { dialect: 'test', kind: 'tool', toolName, arguments: args, ...more };
  return assessStep(step, CONTEXT)?.rules ?? [];
}

describe('rule tables', () => {
  it.each([...new Map(ALL.map(rule => [rule.id, rule])).keys()])('%s has an example', id => {
    expect(EXAMPLES.map(([rule]) => rule)).toContain(id);
  });

  it.each(EXAMPLES)('%s fires on its example and not on its near miss', (id, fires, misses) => {
    expect(rulesOf(fires)).toContain(id);
    expect(rulesOf(misses)).not.toContain(id);
  });

  it('has no example of a rule that is gone', () => {
    const ids = new Set(ALL.map(rule => rule.id));
    expect(EXAMPLES.filter(([id]) => !ids.has(id))).toEqual([]);
  });

  it.each(ALL)('$id stands within 0.1 of its anchor, in range', ({ risk, anchor }) => {
    expect(risk).toBeGreaterThanOrEqual(0);
    expect(risk).toBeLessThanOrEqual(1);
    expect(Math.abs(risk - RISK_ANCHORS[anchor as RiskAnchor])).toBeLessThanOrEqual(0.1 + 1e-9);
  });

  it('says the same wherever an id stands twice', () => {
    const first = new Map<string, Rule>();
    for (const rule of ALL) {
      const { actionType, reversibility, risk, anchor } = first.get(rule.id) ?? rule;
      expect({ id: rule.id, actionType, reversibility, risk, anchor }).toEqual({
        id: rule.id,
        actionType: rule.actionType,
        reversibility: rule.reversibility,
        risk: rule.risk,
        anchor: rule.anchor,
      });
      first.set(rule.id, rule);
    }
  });

  it('states severity and confidence of every indicator in range', () => {
    for (const { severity, confidence } of Object.values(INDICATORS)) {
      expect(severity).toBeGreaterThan(0);
      expect(severity).toBeLessThanOrEqual(1);
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });
});
