import { context, trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordIntervention, withAlignmentContext } from '../signals/index.ts';
import { tapClaudeAgent } from './claude-agent-sdk/tap.ts';
import { recordDeniedCall } from './denied-call.ts';
import { tapInterrupt } from './langgraph.ts';
import { tapInvoke } from './langgraph-run.ts';
import { tapMcpClient } from './mcp.ts';
import { tapOpenAIAgents } from './openai-agents/tap.ts';
import { observe } from './testing/observed.ts';
import { tapVercelAI } from './vercel-ai.ts';

/** Values as a future version of a library might send them: known keys with unexpected values among others. */
const KEYS =
  'type message content id name input tool_use_id is_error subtype session_id terminal_reason result messages role approvalId approved toolCall toolCallId toolName error spanData spanId parentId traceId interruptions rawItem callId state finalOutput action_request args decisions output'.split(
    ' ',
  );
const known = fc.constantFrom(...KEYS);
const word = fc.constantFrom(
  ...['assistant', 'user', 'result', 'system', 'permission_denied', 'tool_use', 'tool_result'],
  ...['tool-approval-request', 'tool-approval-response', 'tool', 'stop', 'function', 'handoff', 'guardrail'],
);
const value: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(word, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(known, tie('value'), { maxKeys: 5 }),
  ),
})).value;

async function* playing(messages: readonly unknown[]): AsyncGenerator<never, void> {
  for (const message of messages) yield message as never;
}

describe('whatever a library sends, a tap hands it on and throws nothing', () => {
  it('Claude Agent SDK', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 5 }), value, async (messages, answer) => {
        const query = tapClaudeAgent((_params: { options?: { canUseTool?: unknown } }) => playing(messages));
        const seen: unknown[] = [];
        const canUseTool = async () => answer;
        await observe(async () => {
          for await (const message of query({ options: { canUseTool } })) seen.push(message);
        });
        expect(seen).toEqual(messages);
      }),
    );
  });

  it('LangGraph: runs', async () => {
    const messages = fc.record(
      { messages: value, update: value, resume: value, __interrupt__: value },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(value, messages), fc.oneof(value, messages), async (input, state) => {
        const inner = tapInvoke(async (_: unknown) => state);
        const outer = tapInvoke((given: unknown) => inner(given));
        await observe(async () => expect(await outer(input)).toBe(state));
      }),
    );
  });

  it('Vercel AI SDK', async () => {
    const tap = tapVercelAI();
    await fc.assert(
      fc.asyncProperty(value, async event => {
        await observe(async () => {
          for (const tell of [tap.onStart, tap.onStepEnd, tap.onAbort, tap.onError]) tell(event);
          expect(await tap.executeTool({ toolCallId: event as string, execute: async () => 'ran' })).toBe(
            'ran',
          );
        });
      }),
    );
  });

  it('OpenAI Agents SDK', async () => {
    const tap = tapOpenAIAgents();
    await fc.assert(
      fc.asyncProperty(value, value, async (span, result) => {
        await observe(async () => {
          const { tracingProcessor } = tap;
          await tracingProcessor.onTraceStart(span);
          await tracingProcessor.onSpanStart(span);
          await tracingProcessor.onSpanEnd(span);
          expect(await tap.run(async () => result)()).toBe(result);
        });
      }),
    );
  });

  it('LangGraph', async () => {
    await fc.assert(
      fc.asyncProperty(value, value, async (payload, answer) => {
        await observe(() => expect(tapInterrupt((_: unknown) => answer)(payload)).toBe(answer));
      }),
    );
  });

  it('MCP', async () => {
    await fc.assert(
      fc.asyncProperty(value, value, async (params, result) => {
        const client = { callTool: async (_: unknown) => result, listTools: async () => result };
        tapMcpClient(client);
        await observe(async () => {
          expect(await client.listTools()).toBe(result);
          expect(await client.callTool(params)).toBe(result);
        });
      }),
    );
  });
});

describe('two agents with one session id', () => {
  const inAgent = <T>(agentId: string, fn: () => T): T =>
    withAlignmentContext({ conversationId: 'shared', agentId }, fn);

  it('each signal names its agent, and none is taken for the other’s', async () => {
    const { signals } = await observe(() => {
      for (const agent of ['one', 'two'])
        inAgent(agent, () =>
          recordIntervention(
            { type: 'approval', initiator: 'human', outcome: 'approved', toolCallId: `call of ${agent}` },
            { context: context.active() },
          ),
        );
    });
    expect(signals.map(({ attributes }) => attributes['gen_ai.agent.id'])).toEqual(['one', 'two']);
    expect(new Set(signals.map(({ attributes }) => attributes['alignment.signal.id'])).size).toBe(2);
  });

  it('what was denied to one and is done by the other is recognised, and the other is named', async () => {
    const { signals } = await observe(() => {
      const report = { type: 'denial', initiator: 'human', outcome: 'denied' } as const;
      const call = { toolName: 'run_command', arguments: { command: 'rm -r reports' } };
      inAgent('one', () => recordDeniedCall({ ...call, toolCallId: 'c1' }, report));
      const step = { arguments: { command: 'unlink reports' } };
      withAlignmentContext({ conversationId: 'shared', agentId: 'two', step }, () =>
        trace
          .getTracer('application')
          .startSpan('execute_tool run_command', {
            attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'run_command' },
          })
          .end(),
      );
    });
    const found = signals.find(({ class: signalClass }) => signalClass === 'misalignment_indicator');
    expect(found?.attributes).toMatchObject({
      'alignment.indicator.type': 'restriction_circumvention',
      'gen_ai.agent.id': 'two',
    });
  });
});
