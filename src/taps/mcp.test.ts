import { context, propagation, type TextMapPropagator, trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { getAlignmentContext } from '../signals/index.ts';
import { type McpClientLike, type McpServerLike, tapMcpClient, tapMcpServer } from './mcp.ts';
import { observe } from './testing/observed.ts';

const annotations = { destructiveHint: true };
const clientOf = (callTool: (params: { name: string }) => Promise<unknown>) => {
  const client = {
    callTool,
    listTools: async () => ({ tools: [{ name: 'drop', annotations }] }),
  };
  return { client, tap: tapMcpClient(client as McpClientLike) };
};
const stepNow = () => getAlignmentContext(context.active())?.step;

describe('the client', () => {
  it('arguments and annotations go to the assessment', async () => {
    let step: unknown;
    const { client } = clientOf(async () => {
      step = stepNow();
      return {};
    });
    await observe(async () => {
      await client.listTools();
      await client.callTool({ name: 'drop', arguments: { table: 't' } } as never);
    });
    expect(step).toEqual({ arguments: { table: 't' }, toolAnnotations: annotations });
  });

  it('an elicitation while a call is open stands on its span, else on the active one', async () => {
    const { client, tap } = clientOf(async () => {
      // the request of the server comes in by itself: nothing is active
      context.with(trace.deleteSpan(context.active()), () => tap.elicitation(() => 'answer')());
      return {};
    });
    const during = await observe(() => client.callTool({ name: 'ask' }));
    const span = during.spans.find(({ name }) => name === 'tools/call ask');
    expect(during.signals.map(({ spanId }) => spanId)).toEqual([span?.spanContext().spanId]);
    const outside = await observe(() => expect(tap.elicitation(() => 'answer')()).toBe('answer'));
    expect(outside.told).toEqual(['clarification_request']);
  });

  it('results and errors come through, on the span as an error type', async () => {
    const own = new TypeError('own');
    const { client } = clientOf(({ name }) =>
      name === 'good' ? Promise.resolve({ isError: true, content: [] }) : Promise.reject(own),
    );
    const seen = await observe(async () => {
      expect(await client.callTool({ name: 'good' })).toEqual({ isError: true, content: [] });
      await expect(client.callTool({ name: 'bad' })).rejects.toBe(own);
    });
    expect(seen.spans.map(({ attributes }) => attributes['error.type'])).toEqual([
      'tool_error',
      'TypeError',
      undefined,
    ]);
  });

  it.each([
    ['aborted', { aborter: 'human' as const }, AbortSignal.abort(), ['intervention stop human stopped']],
    ['aborted by nobody known', {}, AbortSignal.abort(), ['intervention stop stopped']],
    ['out of time', { aborter: 'human' as const }, new AbortController().signal, []],
  ])('a call that ends %s, with its own error', async (_, options, signal, expected) => {
    const own = new Error('ended');
    const client = { callTool: () => Promise.reject(own), listTools: async () => ({}) };
    tapMcpClient(client as McpClientLike, options);
    const seen = await observe(async () => {
      const call = (client as McpClientLike).callTool(
        { name: 'wait' },
        undefined as never,
        { signal } as never,
      );
      await expect(call).rejects.toBe(own);
    });
    expect(seen.told).toEqual(expected);
  });

  it('spans: false leaves the calls alone', async () => {
    const callTool = async () => ({});
    const client = { callTool, listTools: async () => ({}) };
    tapMcpClient(client as McpClientLike, { spans: false });
    expect(client.callTool).toBe(callTool);
  });
});

/** W3C's header, as far as these tests need it. */
const propagator: TextMapPropagator = {
  fields: () => ['traceparent'],
  inject(from, carrier, setter) {
    const { traceId, spanId } = trace.getSpanContext(from) ?? {};
    setter.set(carrier, 'traceparent', `${traceId}-${spanId}`);
  },
  extract(to, carrier, getter) {
    const [traceId, spanId] = String(getter.get(carrier, 'traceparent')).split('-');
    if (traceId?.length !== 32 || spanId?.length !== 16) return to;
    return trace.setSpanContext(to, { traceId, spanId, traceFlags: 1, isRemote: true });
  },
};

describe('the server', () => {
  const serverOf = (options?: { elicitations: boolean }) => {
    const handlers: Record<string, (...args: unknown[]) => Promise<unknown>> = {};
    const server = {
      registerTool: (name: string, _config: object, handler: () => Promise<unknown>) => {
        handlers[name] = handler;
      },
      server: { elicitInput: async () => 'answer' },
    };
    tapMcpServer(server as unknown as McpServerLike, options);
    return { server, handlers };
  };

  it('a tool with and without arguments', async () => {
    const { server, handlers } = serverOf();
    const steps: unknown[] = [];
    const handler = async () => steps.push(stepNow());
    server.registerTool('drop', { annotations }, handler);
    const seen = await observe(async () => {
      await handlers['drop']?.({ table: 't' }, { _meta: {} });
      await handlers['drop']?.({ _meta: {} });
    });
    expect(steps).toEqual([
      { arguments: { table: 't' }, toolAnnotations: annotations },
      { arguments: undefined, toolAnnotations: annotations },
    ]);
    expect(seen.spans.map(({ name }) => name)).toEqual(['tools/call drop', 'tools/call drop', 'request']);
  });

  it.each([
    [undefined, []],
    [{ elicitations: true }, ['clarification_request']],
  ])('elicitations with %j', async (options, expected) => {
    const { server } = serverOf(options);
    const seen = await observe(async () => expect(await server.server.elicitInput()).toBe('answer'));
    expect(seen.told).toEqual(expected);
  });

  it('a call runs under the client’s span, where both sides have a propagator', async () => {
    propagation.setGlobalPropagator(propagator);
    const { server, handlers } = serverOf();
    server.registerTool('drop', {}, async () => undefined);
    const { client } = clientOf(async params => handlers['drop']?.({}, params));
    const seen = await observe(() => client.callTool({ name: 'drop', _meta: { own: 1 } } as never));
    propagation.disable();
    const [inner, outer] = seen.spans;
    expect([inner?.kind, outer?.kind]).toEqual([1, 2]);
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  });
});
