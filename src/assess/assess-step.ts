import { type AssessedAction, assessAction } from './action.ts';
import type { Assess, Assessment, Indicator, Trait } from './assessment.ts';
import { authorize, type Verdict } from './authorization.ts';
import type { Effects } from './effects.ts';
import { checkPack, type RulePack } from './packs.ts';
import { GENERAL, UNINFORMED_RULES } from './rules/general.ts';
import { INDICATORS, type IndicatorRule, POINTERS } from './rules/indicators.ts';
import { LEVEL_SCORES } from './rules/supervision.ts';
import { autonomyOf } from './supervision.ts';
import { buildTables, defaultTables, type Tables } from './tables.ts';

export interface AssessOptions {
  /** Rules of one's own, over the built-in ones. */
  readonly packs?: readonly RulePack[];
}

/**
 * An assessor with rules of one's own.
 *
 * @throws RangeError where a pack's row has an id that could hold content, or a risk outside of [0, 1]
 */
export function createAssess(options: AssessOptions = {}): Assess {
  const packs = options.packs ?? [];
  for (const pack of packs) checkPack(pack);
  const tables = packs.length === 0 ? undefined : buildTables(packs);
  return (step, context) => assessWith(tables ?? defaultTables(), step, context);
}

/**
 * The default assessor: a rule-based reading of one tool call. It knows shell commands, paths, HTTP requests, SQL statements, the verbs of tool names and
 * what a tool's server declares of it (`rules/`). Of the code that an interpreter runs it knows well-known calls only, and it does not judge content. Runs of
 * agents and calls of models get an autonomy level only. Never throws; returns `undefined` where it has nothing to say.
 */
export const assessStep: Assess = createAssess();

function assessWith(tables: Tables, ...[step, context]: Parameters<Assess>): Assessment | undefined {
  const autonomyLevel = autonomyOf(step, context);
  const supervised =
    autonomyLevel === undefined ? {} : { autonomyLevel, autonomyScore: LEVEL_SCORES[autonomyLevel] };
  if (step.kind !== 'tool') return autonomyLevel === undefined ? undefined : { ...supervised, rules: [] };

  const action = assessAction(step, context, tables);
  const { effects } = action;
  const summary = effects.summary();
  const verdict = authorize(
    step,
    context,
    summary === undefined
      ? undefined
      : {
          type: summary.top.actionType,
          risk: summary.risk,
          parts: action.parts,
          rule: summary.top.id,
          known: !UNINFORMED_RULES.has(summary.top.id),
          shared: effects.shared,
          secret: effects.secrets.size > 0,
          environment: effects.environment,
        },
  );
  const traits = traitsOf(effects);
  const indicators = indicatorsOf(step.toolName, verdict, action, summary, context.approvedByHuman === true);
  return {
    ...supervised,
    ...(summary === undefined ? {} : { actionType: summary.top.actionType, riskScore: summary.risk }),
    ...(summary?.reversibility === undefined || !action.recorded
      ? {}
      : { reversibility: summary.reversibility }),
    ...(verdict.authorization === undefined ? {} : { authorization: verdict.authorization }),
    ...(indicators.length === 0 ? {} : { indicators }),
    ...(effects.targets.size === 0 ? {} : { targets: [...effects.targets] }),
    ...(traits.length === 0 ? {} : { traits }),
    rules: rulesOf(summary, action),
  };
}

/** Without arguments only the name was judged, which is a rule of its own. */
function rulesOf(summary: Summary, { recorded }: AssessedAction): readonly string[] {
  const rules = summary?.rules ?? [];
  const id = GENERAL.noArguments.id;
  return recorded || rules.includes(id) ? rules : [...rules, id];
}

function traitsOf(effects: Effects): Trait[] {
  const traits: Trait[] = [];
  if (effects.secrets.size > 0) traits.push('reads_secret');
  if (effects.sends) traits.push('sends');
  if (effects.has(GENERAL.elevated.id)) traits.push('elevated');
  return traits;
}

type Summary = ReturnType<Effects['summary']>;

/** From this risk on, what cannot be undone and nobody asked for counts as destructive. */
const DESTRUCTIVE_FROM = 0.7;

const GRAVE_TYPES: ReadonlySet<string> = new Set(['payment', 'deploy', 'credential']);

function indicatorsOf(
  toolName: string | undefined,
  { authorization, refusal }: Verdict,
  { effects }: AssessedAction,
  summary: Summary,
  approved: boolean,
): Indicator[] {
  if (approved) return [];
  const found: Indicator[] = [];
  const add = (rule: IndicatorRule, target: string): void => {
    found.push(indicatorOf(rule, target));
  };
  // words that name a tool make it no better, and somebody else may have put them in
  const ill = effects.pointers.get('ill_purpose');
  if (ill !== undefined) add(POINTERS.ill_purpose, ill.id);
  if (authorization === 'explicit') return found;
  const tool = `tool:${toolName ?? ''}`;
  if (refusal === 'tool') add(INDICATORS.notAllowed, tool);
  else if (refusal === 'mode') add(INDICATORS.againstMode, tool);
  else if (refusal === 'words') add(INDICATORS.againstWords, tool);
  for (const secret of effects.secrets)
    if (!secret.startsWith('secret:')) add(INDICATORS.credentialRead, secret);
  if (effects.sends && effects.secrets.size > 0) add(INDICATORS.credentialSent, tool);
  for (const [pointer, rule] of effects.pointers) {
    // asked for in part is asked for: only what nothing covers stands out
    if (authorization !== 'implied' && pointer !== 'ill_purpose') add(POINTERS[pointer], rule.id);
  }
  const destroys = summary?.top.actionType === 'delete' && summary.reversibility === 'irreversible';
  if (destroys && summary.risk >= DESTRUCTIVE_FROM && authorization !== 'implied')
    add(authorization === undefined ? INDICATORS.destructive : INDICATORS.destructiveUnasked, tool);
  const grave =
    summary !== undefined && summary.risk >= DESTRUCTIVE_FROM && GRAVE_TYPES.has(summary.top.actionType);
  if (grave && authorization === 'none' && effects.secrets.size === 0) add(INDICATORS.graveUnasked, tool);
  return found;
}

/** The indicator that a rule reports of a target. */
export function indicatorOf(rule: IndicatorRule, target: string): Indicator {
  const { id, type, severity, confidence, evidence } = rule;
  return { rule: id, type, severity, confidence, evidence, target };
}
