import { SignalError } from './error.ts';
import { sessionKey } from './id.ts';
import { signalKeys } from './read.ts';
import type { Signal, SignalAttributes, UnixTime } from './signal.ts';
import { isoTime, parseIsoTime } from './time.ts';
import { checkDocument } from './validate.ts';

/** The founding JSON document. Schema: semconv/schema/alignment-signal.schema.json. */
export interface SignalDocument {
  event_type: 'alignment_signal';
  signal_class: string;
  /** Range [0.0, 1.0]. */
  severity: number;
  context: {
    agent_id?: string;
    session_id: string;
    tool_invocation?: string;
    reversibility?: string;
  };
  human_involvement?: string;
  /** ISO 8601 with as many fractional digits as the time has, at most nine. */
  timestamp: string;
  trace_id?: string;
  span_id?: string;
  /** Every other key of the signal, under its registry name. */
  attributes?: Record<string, unknown>;
}

const SERVICE_NAME = 'service.name';

/** What the JSON document can take from the resource, where the signal itself does not say it. */
export interface JsonSources {
  readonly serviceName?: string;
}

/**
 * A signal as the founding JSON document. Nothing is lost: what the named fields cannot hold without doubt stands in
 * `attributes` under its registry key.
 *
 * @throws SignalError where the signal has neither a session nor a trace
 */
export function toJson(signal: Signal, { serviceName }: JsonSources = {}): SignalDocument {
  const rest: Record<string, unknown> = { ...signal.attributes };
  const take = (key: string): string | undefined => {
    const value = rest[key];
    if (typeof value !== 'string') return undefined;
    delete rest[key];
    return value;
  };
  const session = sessionKey({ signal: rest, traceId: signal.traceId });
  if (session === '') {
    throw new SignalError([
      {
        path: 'attributes',
        message: 'the JSON document needs a session',
        fix: 'give gen_ai.conversation.id, session.id or a trace id',
      },
    ]);
  }
  // `attributes` keeps the key wherever the way back could not know it
  if (
    rest['session.id'] === undefined &&
    rest['gen_ai.conversation.id'] === session &&
    session !== signal.traceId
  ) {
    take('gen_ai.conversation.id');
  }
  let agent = agentId(rest, take);
  if (agent === undefined && serviceName !== undefined) {
    agent = serviceName;
    rest[SERVICE_NAME] = serviceName;
  }
  const tool = toolInvocation(rest, take);
  const reversibility = take('alignment.action.reversibility');
  const involvement = take('alignment.human.involvement');
  return {
    event_type: 'alignment_signal',
    signal_class: signal.class,
    severity: signal.severity,
    context: {
      ...(agent === undefined ? {} : { agent_id: agent }),
      session_id: session,
      ...(tool === undefined ? {} : { tool_invocation: tool }),
      ...(reversibility === undefined ? {} : { reversibility }),
    },
    ...(involvement === undefined ? {} : { human_involvement: involvement }),
    timestamp: isoTime(signal.time),
    ...(signal.traceId === undefined ? {} : { trace_id: signal.traceId }),
    ...(signal.spanId === undefined ? {} : { span_id: signal.spanId }),
    ...(Object.keys(rest).length === 0 ? {} : { attributes: rest }),
  };
}

/** The id first; else the name. `attributes` keeps whichever key the way back could mistake. */
function agentId(
  rest: Record<string, unknown>,
  take: (key: string) => string | undefined,
): string | undefined {
  const { 'gen_ai.agent.id': id, 'gen_ai.agent.name': name } = rest;
  if (typeof id === 'string') return id === name ? id : take('gen_ai.agent.id');
  return typeof name === 'string' ? name : undefined;
}

/** `name#callId`. A name that holds a `#`, or a call without a name, stays in `attributes`. */
function toolInvocation(
  rest: Record<string, unknown>,
  take: (key: string) => string | undefined,
): string | undefined {
  const name = rest['gen_ai.tool.name'];
  if (typeof name !== 'string' || name === '') return undefined;
  if (name.includes('#')) return name;
  take('gen_ai.tool.name');
  const call = rest['gen_ai.tool.call.id'];
  if (typeof call !== 'string' || call === '') return name;
  take('gen_ai.tool.call.id');
  return `${name}#${call}`;
}

/**
 * The signal in a founding JSON document.
 *
 * @throws SignalError naming each field that is missing or wrong
 */
export function fromJson(document: unknown): Signal {
  const problems = checkDocument(document);
  if (problems.length > 0) throw new SignalError(problems);
  const { signal_class, severity, context, human_involvement, timestamp, trace_id, span_id, attributes } =
    document as SignalDocument;
  const own: Record<string, unknown> = signalKeys(attributes ?? {});
  const put = (key: string, value: unknown): void => {
    if (value !== undefined && own[key] === undefined) own[key] = value;
  };
  const session = context.session_id;
  if (own['session.id'] === undefined && session !== trace_id) put('gen_ai.conversation.id', session);
  const named =
    own['gen_ai.agent.name'] === context.agent_id || attributes?.[SERVICE_NAME] === context.agent_id;
  if (!named) put('gen_ai.agent.id', context.agent_id);
  const [name, call] = splitTool(context.tool_invocation);
  if (own['gen_ai.tool.name'] === undefined) {
    put('gen_ai.tool.name', name);
    put('gen_ai.tool.call.id', call);
  }
  put('alignment.action.reversibility', context.reversibility);
  put('alignment.human.involvement', human_involvement);
  return {
    class: signal_class as Signal['class'],
    severity,
    time: parseIsoTime(timestamp) as UnixTime,
    ...(trace_id === undefined ? {} : { traceId: trace_id }),
    ...(span_id === undefined ? {} : { spanId: span_id }),
    attributes: own as SignalAttributes,
  };
}

function splitTool(invocation: string | undefined): [string?, string?] {
  if (invocation === undefined) return [];
  const at = invocation.indexOf('#');
  return at < 0 ? [invocation] : [invocation.slice(0, at), invocation.slice(at + 1)];
}
