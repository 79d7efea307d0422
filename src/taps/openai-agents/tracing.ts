import {
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { getAlignmentContext, setAlignmentContext } from '../../signals/index.ts';
import { quietly } from '../quietly.ts';

/** A span of the SDK's own tracing, as far as it is read. */
export interface SdkSpan {
  readonly spanId: string;
  readonly parentId: string | null;
  readonly traceId: string;
  readonly spanData: SpanData;
  readonly error: { readonly message?: string; readonly data?: Record<string, unknown> } | null;
}
export interface SpanData {
  readonly type: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly model?: string;
  readonly triggered?: boolean;
  readonly from_agent?: string;
  readonly to_agent?: string;
  readonly _response?: { readonly model?: string };
}
interface SdkTrace {
  readonly traceId: string;
  readonly groupId?: string | null;
}

/** The SDK's interface of the same name, structurally. */
export interface TracingProcessor {
  onTraceStart(trace: unknown): Promise<void>;
  onTraceEnd(trace: unknown): Promise<void>;
  onSpanStart(span: unknown): Promise<void>;
  onSpanEnd(span: unknown): Promise<void>;
  shutdown(): Promise<void>;
  forceFlush(): Promise<void>;
}

/** Where a signal about a span of the SDK's stands. */
export interface Stand {
  readonly span: Span;
  readonly context: Context;
}

export interface SpanHooks {
  /** A call of a tool is about to end. Returns arguments that the SDK left out. */
  readonly onCall: (span: SdkSpan, at: Stand) => { readonly arguments?: unknown } | undefined;
  /** A guardrail or a handoff ended; `at` is the agent that it belongs to. */
  readonly onSpan: (data: SpanData, at: Stand | undefined) => void;
}

interface Open extends Partial<Stand> {
  readonly context: Context;
  /** Filled in as the span ends: the SDK knows the arguments late. */
  readonly step: { arguments?: unknown };
}

/** The SDK's span types that are steps after the GenAI conventions. All others pass their parent on. */
const OPERATIONS: Readonly<Record<string, string>> = {
  agent: 'invoke_agent',
  function: 'execute_tool',
  generation: 'chat',
  response: 'chat',
};
const NAME_KEYS: Readonly<Record<string, string>> = {
  agent: 'gen_ai.agent.name',
  function: 'gen_ai.tool.name',
};
/** More than any real run has open at once; a bound against spans that never end. */
const MAX_OPEN = 10_000;
const MAX_SESSIONS = 1_000;

/** Makes OpenTelemetry spans of the SDK's. Content is handed to the assessment and not written. */
export function tracingProcessor(tracer: Tracer, hooks: SpanHooks): TracingProcessor {
  const open = new Map<string, Open>();
  const sessions = new Map<string, string>();

  function start({ spanId, parentId, traceId, spanData }: SdkSpan): void {
    if (open.size >= MAX_OPEN) return;
    const parent = open.get(parentId ?? '');
    const outer = parent?.context ?? context.active();
    const operation = OPERATIONS[spanData.type];
    const step = {};
    if (operation === undefined) {
      open.set(spanId, { ...parent, context: outer, step });
      return;
    }
    const { conversationId, sessionId } = getAlignmentContext(outer) ?? {};
    // what the application says is on the whole trace, the SDK's word on its own spans only
    const group = (conversationId ?? sessionId) ? undefined : sessions.get(traceId);
    const nameKey = NAME_KEYS[spanData.type];
    const inside = setAlignmentContext(outer, { step });
    const span = tracer.startSpan(
      spanData.name === undefined ? operation : `${operation} ${spanData.name}`,
      {
        kind: operation === 'chat' ? SpanKind.CLIENT : SpanKind.INTERNAL,
        attributes: {
          'gen_ai.operation.name': operation,
          ...(nameKey && spanData.name ? { [nameKey]: spanData.name } : {}),
          ...(group === undefined ? {} : { 'gen_ai.conversation.id': group }),
        },
      },
      inside,
    );
    open.set(spanId, { span, context: trace.setSpan(inside, span), step });
  }

  function end(sdkSpan: SdkSpan): void {
    const { spanData } = sdkSpan;
    const own = open.get(sdkSpan.spanId);
    open.delete(sdkSpan.spanId);
    const at = own?.span && { span: own.span, context: own.context };
    if (OPERATIONS[spanData.type] === undefined) hooks.onSpan(spanData, at);
    else if (own !== undefined && at !== undefined) finish(sdkSpan, own.step, at);
  }

  function finish(sdkSpan: SdkSpan, step: Open['step'], at: Stand): void {
    const { spanData, error } = sdkSpan;
    const model = spanData.model ?? spanData._response?.model;
    if (model !== undefined) at.span.setAttribute('gen_ai.request.model', model);
    if (error !== null) {
      at.span.setStatus({ code: SpanStatusCode.ERROR });
      at.span.setAttribute('error.type', rejectedCall(sdkSpan) === undefined ? '_OTHER' : 'denied');
    }
    if (spanData.type === 'function') {
      if (spanData.input !== '') step.arguments = spanData.input;
      const more = quietly(TAP, () => hooks.onCall(sdkSpan, at));
      if (more !== undefined) step.arguments = more.arguments;
    }
    at.span.end();
  }

  const later = async (fn: () => void): Promise<void> => void quietly(TAP, fn);
  return {
    onTraceStart: given =>
      later(() => {
        const { traceId, groupId } = given as SdkTrace;
        if (!groupId) return;
        // a trace goes on after it ended, when a run is resumed: only the oldest are forgotten
        if (sessions.size >= MAX_SESSIONS) sessions.delete(sessions.keys().next().value ?? '');
        sessions.set(traceId, groupId);
      }),
    onTraceEnd: async () => {},
    onSpanStart: span => later(() => start(span as SdkSpan)),
    onSpanEnd: span => later(() => end(span as SdkSpan)),
    shutdown: async () => {
      for (const { span } of open.values()) span?.end();
      open.clear();
    },
    forceFlush: async () => {},
  };
}

export const TAP = 'the OpenAI Agents SDK';

const BEFORE = 'Tool execution for ';
const AFTER = ' was manually rejected by user.';

/** The id of the call that a function span says was rejected. The sentence is the SDK's only word for it. */
export function rejectedCall({ error }: SdkSpan): string | undefined {
  const text = error?.data?.['error'];
  if (typeof text !== 'string' || !text.startsWith(BEFORE) || !text.endsWith(AFTER)) return undefined;
  return text.slice(BEFORE.length, -AFTER.length);
}
