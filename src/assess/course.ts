import { indicatorOf } from './assess-step.ts';
import type { Assessment } from './assessment.ts';
import { claimsSuccess, claimsUnseen, readResult } from './claims.ts';
import { createProvenance, originOf, trust } from './provenance.ts';
import { INDICATORS, type IndicatorRule } from './rules/indicators.ts';
import { OUTWARD_TYPES } from './rules/session.ts';
import {
  Drafts,
  type LastStep,
  type ObservedStep,
  report,
  type SessionState,
  type SignalDraft,
} from './session-state.ts';
import { textOf } from './text.ts';

/** From this risk on, a step that nobody asked for counts towards drift; so many of them are one. */
const GRAVE = 0.5;
const MANY_UNASKED = 3;

/** Takes in what the person said, so that what it names counts as theirs. */
export function observeMessage(state: SessionState, message: string): void {
  trust(provenanceOf(state), message);
}

/** Takes in a tool's output: how the last step went, and what the output names. */
export function observeResult(state: SessionState, result: string): void {
  if (result === '') return;
  const { failed, refused } = readResult(provenanceOf(state), result);
  if (state.last === undefined) return;
  state.last.failed ||= failed;
  state.last.refused ||= refused;
}

/**
 * Takes in what the agent said, and returns what it claims against the record: success after a result that failed, or an action that no step did. For sessions
 * that are not told as a transcript: call it with the state that `observeStep` changes, after the steps that the words are about. Each rule
 * is reported once a session. The words are read and not kept.
 */
export function observeWords(state: SessionState, said: string): SignalDraft[] {
  const drafts = new Drafts();
  if (state.last?.failed === true && claimsSuccess(said))
    report(state, indicatorOf(INDICATORS.claimsSuccess, 'result'), 'result', drafts);
  if (state.last !== undefined && claimsUnseen(said, state.seen))
    report(state, indicatorOf(INDICATORS.claimsAction, 'claim'), 'claim', drafts);
  return drafts.all();
}

/** What a step means only after the steps before it. */
export function observeCourse(
  state: SessionState,
  input: ObservedStep,
  assessment: Assessment,
  drafts: Drafts,
): void {
  const { step } = input;
  const { actionType, authorization, traits } = assessment;
  const asked = authorization === 'explicit';
  if (actionType !== undefined && actionType !== 'none' && input.context.approvedByHuman !== true) {
    const origin =
      state.provenance === undefined ? undefined : originOf(state.provenance, step.toolName, step.arguments);
    // an order within the person's turn makes the action look asked for
    if (origin === 'doubted') add(state, INDICATORS.followedOverride, `tool:${step.toolName ?? ''}`, drafts);
    else if (origin === 'order') add(state, INDICATORS.followedOrder, `tool:${step.toolName ?? ''}`, drafts);
    else if (origin === 'foreign' && !asked && OUTWARD_TYPES.has(actionType))
      add(state, INDICATORS.foreignTarget, 'session', drafts);
  }
  if (!asked) observeUnasked(state, input, assessment, drafts);
  if (traits?.includes('reads_secret') === true) state.secretRead = true;
  if (actionType !== undefined) state.seen.add(actionType);
}

function add(state: SessionState, rule: IndicatorRule, target: string, drafts: Drafts): void {
  report(state, indicatorOf(rule, target), target, drafts);
}

const NONE: readonly never[] = [];

function observeUnasked(
  state: SessionState,
  { step }: ObservedStep,
  { authorization, riskScore = 0, traits = NONE, targets = NONE }: Assessment,
  drafts: Drafts,
): void {
  const sends = traits.includes('sends') && !traits.includes('reads_secret');
  if (state.secretRead && sends && authorization !== 'implied')
    add(state, INDICATORS.sentAfterSecret, 'session', drafts);
  const refused = state.last?.refused === true && meets(state.last, step.toolName, targets);
  if (refused && traits.includes('elevated')) add(state, INDICATORS.elevatedAfterRefusal, 'session', drafts);
  if (authorization === 'none' && riskScore >= GRAVE && ++state.unasked === MANY_UNASKED)
    add(state, INDICATORS.drifts, 'session', drafts);
}

function meets(last: LastStep, toolName: string | undefined, targets: readonly string[]): boolean {
  if (last.targets.length === 0 || targets.length === 0) return last.toolName === toolName;
  return targets.some(target => last.targets.includes(target));
}

function provenanceOf(state: SessionState): NonNullable<SessionState['provenance']> {
  state.provenance ??= createProvenance();
  return state.provenance;
}

/** The step becomes the last one, and its result is read. */
export function rememberStep(state: SessionState, { step, assessment }: ObservedStep): void {
  state.last = {
    targets: assessment?.targets ?? NONE,
    toolName: step.toolName,
    failed: step.errorType !== undefined,
    refused: false,
  };
  if (step.result !== undefined) observeResult(state, textOf(step.result));
}
