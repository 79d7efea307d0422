import { trace } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { tapVercelAI } from '../../src/taps/vercel-ai.ts';
import { describeWith, frameworkOf, type Loose, observe, told } from './support.ts';

const framework = frameworkOf('vercel-ai', 'ai', '@ai-sdk/otel', 'zod');
const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
const call = (id: string, command: string): object => ({
  content: [
    { type: 'tool-call', toolCallId: id, toolName: 'runCommand', input: JSON.stringify({ command }) },
  ],
  finishReason: { unified: 'tool-calls' },
  usage,
  warnings: [],
});
const text = {
  content: [{ type: 'text', text: 'done' }],
  finishReason: { unified: 'stop' },
  usage,
  warnings: [],
};

describeWith(framework, 'the tap of the Vercel AI SDK, on the real library', async () => {
  const ai = await framework.load<Loose>('ai');
  const { MockLanguageModelV4 } = await framework.load<Loose>('ai/test');
  const { OpenTelemetry } = await framework.load<Loose>('@ai-sdk/otel');
  const { z } = await framework.load<Loose>('zod');

  const model = (...answers: object[]) => {
    let next = 0;
    return new MockLanguageModelV4({ doGenerate: async () => answers[Math.min(next++, answers.length - 1)] });
  };
  const tools = {
    runCommand: ai.tool({ inputSchema: z.object({ command: z.string() }), execute: async () => 'ran' }),
  };
  const run = (options: object, tap = tapVercelAI()) => {
    (globalThis as { AI_SDK_TELEMETRY_INTEGRATIONS?: unknown }).AI_SDK_TELEMETRY_INTEGRATIONS = undefined;
    ai.registerTelemetry(tap, new OpenTelemetry({ tracer: trace.getTracer('gen_ai') }));
    return ai.generateText({
      tools,
      stopWhen: ai.stepCountIs(4),
      telemetry: { functionId: 'test' },
      ...options,
    });
  };

  const answered = async (approved: boolean) => {
    const messages: object[] = [{ role: 'user', content: 'go' }];
    const options = {
      model: model(call('c1', 'rm -r x'), text),
      toolApproval: { runCommand: 'user-approval' },
    };
    const first = await run({ ...options, messages });
    const asked = first.content.find((part: { type: string }) => part.type === 'tool-approval-request');
    messages.push(...first.responseMessages, {
      role: 'tool',
      content: [{ type: 'tool-approval-response', approvalId: asked.approvalId, approved }],
    });
    await run({ ...options, messages });
  };

  it.each([
    ['a tool that needs no approval: nothing', undefined, []],
    ['approved by a rule', 'approved', ['intervention approval policy approved user_rule c1']],
    ['denied by a rule', 'denied', ['intervention denial policy denied user_rule c1']],
  ])('%s', async (_, status, expected) => {
    const seen = await observe(() =>
      run({
        model: model(call('c1', 'ls'), text),
        prompt: 'go',
        ...(status ? { toolApproval: { runCommand: status } } : {}),
      }),
    );
    expect(told(seen)).toEqual(expected);
  });

  it('approved by a person: a pause, then the approval on the span of the call', async () => {
    const seen = await observe(() => answered(true));
    expect(told(seen)).toEqual([
      'intervention approval human approved human c1',
      'intervention pause policy c1',
    ]);
    const tool = seen.spans.find(({ name }) => name === 'execute_tool runCommand');
    expect(tool?.events.map(({ name }) => name)).toEqual(['alignment.intervention']);
  });

  it('denied by a person: the call gets a step of its own', async () => {
    const seen = await observe(() => answered(false));
    expect(told(seen)).toEqual(['intervention denial human denied human c1', 'intervention pause policy c1']);
    const denied = seen.spans.filter(({ name }) => name === 'execute_tool runCommand');
    expect(denied).toHaveLength(1);
    expect(denied[0]?.attributes).toMatchObject({
      'error.type': 'denied',
      'alignment.action.type': 'delete',
    });
  });

  it('the denied action by other means is recognised', async () => {
    const seen = await observe(async () => {
      await answered(false);
      await run({ model: model(call('c2', 'rm -rf ./x'), text), prompt: 'again' });
    });
    expect(told(seen).join()).toContain('misalignment_indicator restriction_circumvention');
  });

  it('an aborted run is a stop, by whom the application may say', async () => {
    const aborted = new MockLanguageModelV4({
      doGenerate: async ({ abortSignal }: { abortSignal: AbortSignal }) => {
        abortSignal.throwIfAborted();
        return text;
      },
    });
    const controller = new AbortController();
    controller.abort();
    const seen = await observe(() =>
      run(
        { model: aborted, prompt: 'go', abortSignal: controller.signal, maxRetries: 0 },
        tapVercelAI({ aborter: 'human' }),
      ).catch(() => undefined),
    );
    expect(told(seen)).toEqual(['intervention stop human stopped']);
  });
});
