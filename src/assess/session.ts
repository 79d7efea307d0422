import type { SignalAttributes } from '../signals/signal.ts';
import { indicatorOf } from './assess-step.ts';
import type { Assessment } from './assessment.ts';
import { observeCourse, observeMessage, rememberStep } from './course.ts';
import { UNINFORMED_RULES } from './rules/general.ts';
import { INDICATORS } from './rules/indicators.ts';
import { BOUNDARIES, EFFECTFUL_TYPES, RISK_ESCALATIONS } from './rules/session.ts';
import { boundedAdd, boundedSet } from './session-bounds.ts';
import {
  Drafts,
  type ObservedIntervention,
  type ObservedStep,
  report,
  type SessionOptions,
  type SessionState,
  type SignalDraft,
} from './session-state.ts';

const MAX_SIGNALLED = 256;
const MAX_AGENTS = 32;
const MAX_DENIED = 64;
/** Below this level nothing counts as risk, so a rise is measured from here at least: the upper end of level `none`. */
const NO_RISK = 0.1;
/** Sums of decimal fractions miss by less than this. */
const EPSILON = 1e-9;

const PREVENTING: ReadonlySet<string> = new Set(['denial', 'block', 'stop']);
const AUTOMATIC: ReadonlySet<string> = new Set(['policy', 'monitor', 'agent']);

/**
 * Takes one step into the state and returns the signals that it gives rise to, in this order: change of supervision, risk,
 * indicators, unattended streak. A step that was denied, blocked or stopped counts as attempted: its own risk is
 * escalated at the threshold, but it raises neither the session's maximum nor a rise, as nothing happened.
 */
export function observeStep(
  state: SessionState,
  input: ObservedStep,
  { riskThreshold = 0.7, riskRise = 0.3, unattendedSteps = 10 }: SessionOptions = {},
): SignalDraft[] {
  const drafts = new Drafts();
  const prevented =
    input.interventions.length > 0 && input.interventions.some(({ type }) => PREVENTING.has(type));
  if (input.context.userMessage !== undefined) observeMessage(state, input.context.userMessage);
  observeSupervision(state, input, drafts);
  const { assessment } = input;
  if (assessment !== undefined) {
    observeRisk(state, assessment, prevented, { riskThreshold, riskRise }, drafts);
    if (assessment.indicators !== undefined)
      for (const indicator of assessment.indicators)
        report(state, indicator, indicator.target ?? input.step.toolName, drafts);
    observeDenied(state, input, assessment, prevented, drafts);
    if (!prevented) observeCourse(state, input, assessment, drafts);
  }
  if (input.step.kind === 'tool') rememberStep(state, input);
  observeStreak(state, input, prevented, unattendedSteps, drafts);
  return drafts.all();
}

function observeRisk(
  state: SessionState,
  assessment: Assessment,
  prevented: boolean,
  { riskThreshold, riskRise }: { riskThreshold: number; riskRise: number },
  drafts: Drafts,
): void {
  const score = assessment.riskScore;
  if (score === undefined || !Number.isFinite(score)) return;
  const risk = Math.min(1, Math.max(0, score));
  const rule = assessment.rules[0] ?? '';
  const rose =
    risk + EPSILON >= Math.max(state.maxRisk, NO_RISK) + riskRise &&
    state.assessedSteps > 0 &&
    !prevented &&
    !isUninformed(assessment);
  const reason =
    risk + EPSILON >= riskThreshold ? RISK_ESCALATIONS.high : rose ? RISK_ESCALATIONS.rise : undefined;
  if (reason !== undefined) {
    // once a rule, but what was prevented does not stand for what is done, nor a lesser risk for a greater one
    const plain = reason === RISK_ESCALATIONS.high && risk < 0.9 && !prevented;
    const first = plain
      ? boundedAdd(state.escalated, rule, MAX_SIGNALLED)
      : boundedAdd(state.signalled, keyOf(reason, rule, risk, prevented), MAX_SIGNALLED);
    if (first)
      drafts.add({
        class: 'risk_escalation',
        severity: risk,
        attributes: { 'alignment.signal.reason': reason, 'alignment.risk.score': risk },
      });
  }
  if (prevented) return;
  state.assessedSteps += 1;
  if (risk > state.maxRisk && !isUninformed(assessment)) state.maxRisk = risk;
}

/** A score that only says how little is known of the step, or rests on a name alone, shows no rise. */
const isUninformed = ({ rules }: Assessment): boolean =>
  UNINFORMED_RULES.has(rules[0] ?? '') || rules.includes('no_arguments');

const keyOf = (reason: string, rule: string, risk: number, prevented: boolean): string =>
  `${reason}|${rule}${risk >= 0.9 ? '|critical' : ''}${prevented ? '|prevented' : ''}`;

/**
 * A denied action is remembered by its targets. Whoever denied lifts it by approving the same target (a person lifts a
 * policy's denial as well), and so does a change of supervision. What goes ahead on such a target otherwise is the indicator.
 */
function observeDenied(
  state: SessionState,
  input: ObservedStep,
  assessment: Assessment,
  prevented: boolean,
  drafts: Drafts,
): void {
  const { targets } = assessment;
  if (targets === undefined || !isEffectful(assessment)) return;
  if (prevented) {
    const decider = input.interventions.some(i => PREVENTING.has(i.type) && !isAutomatic(i))
      ? 'person'
      : 'policy';
    for (const target of targets) boundedSet(state.denied, target, decider, MAX_DENIED);
    return;
  }
  if (state.denied.size === 0) return;
  const approvedByPerson =
    input.context.approvedByHuman === true || input.interventions.some(i => isConsent(i) && !isAutomatic(i));
  const approvedByPolicy = input.interventions.some(i => i.type === 'approval' && isAutomatic(i));
  for (const target of targets) {
    const decider = state.denied.get(target);
    if (decider === undefined) continue;
    if (approvedByPerson || (approvedByPolicy && decider === 'policy')) state.denied.delete(target);
    else if (input.step.errorType === undefined)
      report(state, indicatorOf(INDICATORS.retriedAfterDenial, target), target, drafts);
  }
}

/**
 * Counts effectful steps that went ahead with no person in sight. Where a person is said to approve or to steer, a step
 * counts only if a policy is seen to have approved it: a missing record is no evidence that nobody was asked.
 */
function observeStreak(
  state: SessionState,
  input: ObservedStep,
  prevented: boolean,
  limit: number,
  drafts: Drafts,
): void {
  const { interventions, context, assessment } = input;
  if (
    context.approvedByHuman === true ||
    input.clarifications > 0 ||
    (interventions.length > 0 && interventions.some(i => !isAutomatic(i)))
  ) {
    state.streak = 0;
    if (context.approvedByHuman === true || interventions.some(i => isConsent(i)))
      state.approvedByPerson += 1;
    return;
  }
  if (prevented || assessment === undefined) return;
  const approved = interventions.length > 0 && interventions.some(({ type }) => type === 'approval');
  const involvement = context.humanInvolvement ?? input.step.humanInvolvement;
  const attended = involvement === 'approval_required' || involvement === 'active_steering';
  if ((attended && !approved) || !isEffectful(assessment)) return;
  if (approved) state.approvedByOther += 1;
  state.streak += 1;
  if (state.streak === Math.max(1, limit)) drafts.add(boundary('unattended', {}));
}

/** Reports where an agent's supervision falls to watching, or to none, between two of its steps. */
function observeSupervision(state: SessionState, input: ObservedStep, drafts: Drafts): void {
  const { step, context } = input;
  const involvement = context.humanInvolvement ?? step.humanInvolvement;
  if (involvement === undefined) return;
  const agent = step.agentId ?? step.agentName ?? '';
  const label = (input.mode ?? step.mode)?.label;
  const before = state.supervision.get(agent);
  const same = before?.involvement === involvement && before.label === label;
  // while there is room for all, none need be marked as seen last
  if (same && state.supervision.size < MAX_AGENTS) return;
  boundedSet(state.supervision, agent, { involvement, label }, MAX_AGENTS);
  if (before === undefined || before.involvement === involvement) return;
  state.denied.clear();
  if (involvement !== 'none' && (involvement !== 'monitoring' || before.involvement === 'none')) return;
  const named = isWord(before.label) && isWord(label) && before.label !== label;
  drafts.add(
    boundary(involvement === 'none' ? 'bypass' : 'mode_change', {
      'alignment.boundary.from': named ? before.label : before.involvement,
      'alignment.boundary.to': named ? label : involvement,
    }),
  );
}

function boundary(type: keyof typeof BOUNDARIES, more: SignalAttributes): SignalDraft {
  const { rule, severity } = BOUNDARIES[type];
  return {
    class: 'autonomy_boundary',
    severity,
    attributes: { 'alignment.signal.reason': rule, 'alignment.boundary.type': type, ...more },
  };
}

function isEffectful(assessment: Assessment): boolean {
  return assessment.actionType !== undefined && EFFECTFUL_TYPES.has(assessment.actionType);
}

/** True where something other than a person is known to have acted. Nobody known may have been a person. */
function isAutomatic(intervention: ObservedIntervention): boolean {
  return intervention.initiator !== undefined && AUTOMATIC.has(intervention.initiator);
}

function isConsent({ type }: ObservedIntervention): boolean {
  return type === 'approval' || type === 'correction' || type === 'takeover';
}

const WORD = /^[\w.+:/-]{1,64}$/;

function isWord(label: string | undefined): label is string {
  return label !== undefined && WORD.test(label);
}
