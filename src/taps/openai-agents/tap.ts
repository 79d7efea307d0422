import { context, type Tracer, trace } from '@opentelemetry/api';
import { recordAutonomyBoundary, recordIntervention } from '../../signals/index.ts';
import { Claims, sessionNow } from '../claims.ts';
import { approvalBy, type Decider, denialBy, PAUSE } from '../decision.ts';
import { recordDeniedCall } from '../denied-call.ts';
import { quietly } from '../quietly.ts';
import { recordStop, runContext } from '../stop.ts';
import { Answers } from './answers.ts';
import { rejectedCall, type SpanHooks, TAP, type TracingProcessor, tracingProcessor } from './tracing.ts';

export interface OpenAIAgentsTapOptions {
  /** Who calls `state.approve` and `state.reject`. Default `human`. */
  readonly approver?: Decider;
  /** Who aborts a run through its signal. Default `human`. A signal whose time ran out is a rule of the application's. */
  readonly aborter?: Decider;
  /** Default: the API's own. */
  readonly tracer?: Tracer;
}

export interface OpenAIAgentsTap {
  /** For `addTraceProcessor`, or for `setTraceProcessors` where the SDK's own export is not wanted. */
  readonly tracingProcessor: TracingProcessor;
  /** Wraps `run`, or a runner's `run` (bound). What comes back is the same function, with its results and errors. */
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's overloads must fit
  run<F extends (...args: any[]) => Promise<unknown>>(run: F): F;
}

/**
 * Reports pauses, approvals, denials, guardrails, handoffs, stops and claims against a result of the OpenAI Agents SDK, and makes OpenTelemetry spans
 * after the GenAI conventions of the SDK's own, which leave the process in no other way. Both parts are needed: an answer is
 * reported when the run goes on with it, on the span of the call.
 */
export function tapOpenAIAgents(options: OpenAIAgentsTapOptions = {}): OpenAIAgentsTap {
  const { approver = 'human', aborter = 'human', tracer = trace.getTracer('otel-alignment') } = options;
  const answers = new Answers();
  const claims = new Claims();

  const hooks: SpanHooks = {
    onCall(sdkSpan, at) {
      const { name = '', input, output = '' } = sdkSpan.spanData;
      claims.result(sessionNow(at.context), output, sdkSpan.error !== null);
      const rejected = rejectedCall(sdkSpan);
      if (rejected !== undefined) {
        const denial = answers.takeDenial(rejected);
        at.span.setAttribute('gen_ai.tool.call.id', rejected);
        recordIntervention({ ...denialBy(approver), toolCallId: rejected }, at);
        return denial && { arguments: denial.arguments };
      }
      const approval = answers.takeApproval(sdkSpan.traceId, name, typeof input === 'string' ? input : '');
      if (approval === 'standing') recordIntervention(approvalBy('policy'), at);
      if (typeof approval !== 'object') return undefined;
      at.span.setAttribute('gen_ai.tool.call.id', approval.callId);
      recordIntervention({ ...approvalBy(approver), toolCallId: approval.callId }, at);
      return { arguments: approval.arguments };
    },
    onSpan({ type, triggered, from_agent: from, to_agent: to }, at) {
      if (type === 'guardrail' && triggered === true)
        recordIntervention({ type: 'block', initiator: 'policy', outcome: 'denied' }, at);
      if (type === 'handoff')
        recordAutonomyBoundary({ type: 'delegation', ...(from ? { from } : {}), ...(to ? { to } : {}) }, at);
    },
  };

  function watch(state: RunState | undefined): void {
    if (state === undefined || watched.has(state)) return;
    watched.add(state);
    for (const verb of ['approve', 'reject'] as const) {
      const original = state[verb];
      if (typeof original !== 'function') continue;
      state[verb] = (item, how) => {
        original.call(state, item, how);
        quietly(TAP, () => {
          const { callId = '', name = '', arguments: args = '' } = item.rawItem ?? {};
          const always = how?.alwaysApprove === true;
          const approved = verb === 'approve';
          answers.add({ toolName: name, callId, arguments: args, approved, always, state });
        });
      };
    }
  }

  function see(result: RunResult | undefined): void {
    watch(result?.state);
    const { interruptions = [] } = result ?? {};
    for (const { rawItem } of interruptions)
      recordIntervention({ ...PAUSE, ...(rawItem?.callId ? { toolCallId: rawItem.callId } : {}) });
    // the SDK complains where a run that waits is asked for its last words
    const words = interruptions.length === 0 ? result?.finalOutput : undefined;
    if (typeof words === 'string') claims.said(sessionNow(), words);
  }

  function wrap<F extends (...args: never[]) => Promise<unknown>>(run: F): F {
    return (async (...args: Parameters<F>) => {
      const { signal } = (args[2] ?? {}) as { signal?: AbortSignal };
      const inside = runContext();
      const stopped = (): void => {
        if (!signal?.aborted) return;
        // the SDK makes no span of a call that was refused in a run that does not go on
        for (const { toolName, callId, arguments: given } of answers.takeDenials(args[1]))
          recordDeniedCall({ toolName, toolCallId: callId, arguments: given }, denialBy(approver));
        recordStop(signal, aborter, inside);
      };
      try {
        const result = (await context.with(inside, () => run(...args))) as RunResult | undefined;
        const { completed } = result ?? {};
        const over = (): void => void quietly(TAP, () => (signal?.aborted ? stopped() : see(result)));
        if (completed === undefined) over();
        else completed.then(over, over); // a streamed run is over when its stream is
        return result;
      } catch (error) {
        quietly(TAP, stopped);
        throw error;
      }
    }) as F;
  }

  return { tracingProcessor: tracingProcessor(tracer, hooks), run: wrap };
}

/** States whose `approve` and `reject` are watched already. */
const watched = new WeakSet<object>();

interface ApprovalItem {
  readonly rawItem?: { readonly callId?: string; readonly name?: string; readonly arguments?: string };
}
interface RunState {
  approve?: (item: ApprovalItem, how?: { alwaysApprove?: boolean }) => void;
  reject?: (item: ApprovalItem, how?: { alwaysApprove?: boolean }) => void;
}
interface RunResult {
  readonly interruptions?: readonly ApprovalItem[];
  readonly state?: RunState;
  readonly completed?: Promise<unknown>;
  readonly finalOutput?: unknown;
}
