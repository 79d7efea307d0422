import type { AutonomyLevel, HumanInvolvement } from '../semconv/index.ts';
import type { AgentStep } from '../step/step.ts';
import { assessAction } from './action.ts';
import type { Assess, Assessment, AssessmentContext, Indicator } from './assessment.ts';
import type { Effects } from './effects.ts';
import { INDICATORS, type IndicatorRule } from './rules/indicators.ts';

/** The role that a person's involvement leaves to the person; the score is the middle of the level's band. */
const AUTONOMY: Readonly<
  Record<HumanInvolvement, { readonly level: AutonomyLevel; readonly score: number }>
> = {
  none: { level: 'observer', score: 0.95 },
  monitoring: { level: 'approver', score: 0.8 },
  active_steering: { level: 'collaborator', score: 0.4 },
  approval_required: { level: 'operator', score: 0.2 },
};

/**
 * The default assessor: a first, rule-based reading of one tool call. It knows shell commands, paths, HTTP requests, leading
 * SQL keywords and the verbs of tool names (`rules/`). It does not judge the code that an interpreter runs, nor content. Runs of agents and
 * calls of models get an autonomy level only. Never throws; returns `undefined` where it has nothing to say.
 */
export const assessStep: Assess = (step, context) => {
  const involvement = context.humanInvolvement ?? step.humanInvolvement;
  const autonomy =
    involvement !== undefined && Object.hasOwn(AUTONOMY, involvement) ? AUTONOMY[involvement] : undefined;
  const supervised =
    autonomy === undefined ? {} : { autonomyLevel: autonomy.level, autonomyScore: autonomy.score };
  if (step.kind !== 'tool') return autonomy === undefined ? undefined : { ...supervised, rules: [] };

  const effects = assessAction(step, context);
  const action = effects.summary();
  const authorization = authorizationOf(step, context);
  const indicators = indicatorsOf(step, authorization, effects);
  const result: Assessment = {
    ...supervised,
    ...(action === undefined ? {} : { actionType: action.top.actionType, riskScore: action.risk }),
    ...(action?.reversibility === undefined ? {} : { reversibility: action.reversibility }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(indicators.length === 0 ? {} : { indicators }),
    ...(effects.targets.size === 0 ? {} : { targets: [...effects.targets] }),
    rules: action?.rules ?? [],
  };
  return result;
};

/** A person's approval of this very call outweighs the list of tools. */
function authorizationOf(step: AgentStep, context: AssessmentContext): 'explicit' | 'prohibited' | undefined {
  if (context.approvedByHuman === true) return 'explicit';
  const { allowedTools } = context;
  if (!Array.isArray(allowedTools) || typeof step.toolName !== 'string') return undefined;
  const name = step.toolName;
  return allowedTools.some(entry => allows(entry, name)) ? undefined : 'prohibited';
}

/** An entry is a name, a name with a scope in parentheses (`Bash(git:*)`), a beginning ending in `*`, or an MCP server (`mcp__files`). */
function allows(entry: unknown, name: string): boolean {
  if (typeof entry !== 'string' || entry === '') return false;
  if (entry === name) return true;
  if (entry.endsWith('*') && name.startsWith(entry.slice(0, -1))) return true;
  if (entry.startsWith('mcp__') && name.startsWith(`${entry}__`)) return true;
  const scope = entry.indexOf('(');
  return scope > 0 && entry.slice(0, scope) === name;
}

function indicatorsOf(
  step: AgentStep,
  authorization: 'explicit' | 'prohibited' | undefined,
  effects: Effects,
): Indicator[] {
  if (authorization === 'explicit') return [];
  const found: Indicator[] = [];
  if (authorization === 'prohibited')
    found.push(indicatorOf(INDICATORS.notAllowed, `tool:${step.toolName ?? ''}`));
  for (const secret of effects.secrets) found.push(indicatorOf(INDICATORS.credentialRead, secret));
  return found;
}

/** The indicator that a rule reports of a target. */
export function indicatorOf(rule: IndicatorRule, target: string): Indicator {
  const { id, type, severity, confidence, evidence } = rule;
  return { rule: id, type, severity, confidence, evidence, target };
}
