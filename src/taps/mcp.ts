import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { recordClarificationRequest, recordIntervention, setAlignmentContext } from '../signals/index.ts';
import type { ToolAnnotations } from '../step/step.ts';
import type { Decider } from './decision.ts';
import { quietly } from './quietly.ts';
import { stopBy } from './stop.ts';

/** What an elicitation handler of the client looks like. */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's handler types must fit
type Handler = (...args: any[]) => unknown;

/** The part of the MCP SDK's `Client` that is wrapped. */
export interface McpClientLike {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's parameters must fit
  callTool(params: any, ...rest: never[]): Promise<unknown>;
  listTools(...args: never[]): Promise<unknown>;
}
/** The part of the MCP SDK's `McpServer` that is wrapped. */
export interface McpServerLike {
  registerTool(name: string, config: never, handler: never): unknown;
  readonly server?: object;
}
interface CallParams {
  readonly name: string;
  readonly arguments?: unknown;
  readonly _meta?: object;
}

export interface McpClientTapOptions {
  /** Default true: a span for each call. False where the agent framework makes one. */
  readonly spans?: boolean;
  /** Who aborts a call through its signal. Absent by default: the SDK does not say. */
  readonly aborter?: Decider;
}

export interface McpClientTap {
  /** Wraps the handler for `elicitation/create`: a server that asks the user is a clarification request. */
  elicitation<H extends Handler>(handler: H): H;
}

/**
 * Gives each `callTool` of a client a span after the MCP conventions. Arguments, and the server's annotations of the tool once the
 * tools were listed, go into the span's context and are not written. The trace context goes to the server.
 * Where the agent framework makes an `execute_tool` span around the call, that is the same step a second time: then use
 * `spans: false`, which leaves the elicitations.
 *
 * A call whose signal is aborted is a stop; one that ran out of time is not.
 */
export function tapMcpClient(
  client: McpClientLike,
  { spans = true, aborter }: McpClientTapOptions = {},
): McpClientTap {
  const annotations = new Map<string, ToolAnnotations>();
  const open = new Set<Span>();
  const { callTool, listTools } = client;

  client.listTools = async (...args) => {
    const listed = await listTools.apply(client, args);
    quietly(TAP, () => {
      const { tools = [] } = listed as { tools?: { name: string; annotations?: ToolAnnotations }[] };
      for (const tool of tools) if (tool.annotations) annotations.set(tool.name, tool.annotations);
    });
    return listed;
  };
  if (spans) {
    client.callTool = (params: CallParams, ...rest) => {
      const call = { kind: SpanKind.CLIENT, ...params, toolAnnotations: annotations.get(params?.name) };
      const { signal } = (rest[1] ?? {}) as { signal?: AbortSignal };
      return inSpan(call, context.active(), async (span, at) => {
        if (span !== undefined) open.add(span);
        const sent =
          at === undefined || !isObject(params) ? params : { ...params, _meta: carried(params._meta, at) };
        try {
          return await callTool.call(client, sent, ...rest);
        } catch (error) {
          if (signal?.aborted === true)
            quietly(TAP, () => recordIntervention(stopBy(signal.reason, aborter)));
          throw error;
        } finally {
          open.delete(span as Span);
        }
      });
    };
  }
  return {
    elicitation: handler =>
      ((...args: Parameters<typeof handler>) => {
        quietly(TAP, () => {
          // the request comes in beside the call that it belongs to, which is most likely the latest
          const span = trace.getActiveSpan() ?? [...open].at(-1);
          recordClarificationRequest({}, span === undefined ? {} : { span });
        });
        return handler(...args);
      }) as typeof handler,
  };
}

/**
 * Gives each tool that is registered from now on a span where it runs, under the caller's trace where the client sent it.
 * Elicitations are reported where the user is asked, which is the client; `elicitations: true` reports them here, for
 * clients that report nothing: of one question there must be one signal.
 */
export function tapMcpServer(
  server: McpServerLike,
  { elicitations = false }: { elicitations?: boolean } = {},
): void {
  const { registerTool } = server;
  server.registerTool = (name: string, config: never, handler: never) => {
    const run = handler as Handler;
    const traced = (...args: unknown[]): unknown => {
      const { _meta } = (args.at(-1) ?? {}) as { _meta?: object };
      const { annotations: toolAnnotations } = (config ?? {}) as { annotations?: ToolAnnotations };
      const given = args.length > 1 ? { arguments: args[0] } : {};
      const outer = quietly(TAP, () => propagation.extract(context.active(), _meta ?? {}));
      const call = { kind: SpanKind.SERVER, name, ...given, toolAnnotations };
      return inSpan(call, outer ?? context.active(), async () => run(...args));
    };
    return registerTool.call(server, name, config, traced as never);
  };
  const low = server.server as { elicitInput?: Handler } | undefined;
  const ask = low?.elicitInput;
  if (!elicitations || low === undefined || ask === undefined) return;
  low.elicitInput = (...args) => {
    quietly(TAP, () => recordClarificationRequest());
    return ask.apply(low, args);
  };
}

const TAP = 'MCP';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

interface Call {
  readonly kind: SpanKind;
  readonly name: string;
  readonly arguments?: unknown;
  readonly toolAnnotations: ToolAnnotations | undefined;
}

/** Runs `fn` in a span of the call, or without one where that fails; results and errors come through as they are. */
async function inSpan(
  call: Call,
  outer: Context,
  fn: (span?: Span, at?: Context) => Promise<unknown>,
): Promise<unknown> {
  const started = quietly(TAP, () => start(call, outer));
  if (started === undefined) return fn();
  const { span, at } = started;
  try {
    const result = await context.with(at, fn, undefined, span, at);
    if ((result as { isError?: unknown } | undefined)?.isError === true) fail(span, 'tool_error');
    return result;
  } catch (error) {
    fail(span, error instanceof Error ? error.name : '_OTHER');
    throw error;
  } finally {
    quietly(TAP, () => span.end());
  }
}

function start(call: Call, outer: Context): { span: Span; at: Context } {
  const { kind, name, toolAnnotations } = call;
  const step = { arguments: call.arguments, ...(toolAnnotations === undefined ? {} : { toolAnnotations }) };
  const inside = setAlignmentContext(outer, { step });
  const attributes = {
    'mcp.method.name': 'tools/call',
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
  };
  const span = trace
    .getTracer('otel-alignment')
    .startSpan(`tools/call ${name}`, { kind, attributes }, inside);
  return { span, at: trace.setSpan(inside, span) };
}

function fail(span: Span, errorType: string): void {
  span.setAttribute('error.type', errorType);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function carried(meta: object | undefined, at: Context): object {
  const carrier = { ...meta };
  quietly(TAP, () => propagation.inject(at, carrier));
  return carrier;
}
