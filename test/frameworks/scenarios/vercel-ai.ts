import { trace } from '@opentelemetry/api';
import { recordClarificationRequest, withAlignmentContext } from '../../../src/signals/index.ts';
import { tapVercelAI } from '../../../src/taps/vercel-ai.ts';
import type { ScriptedModel } from '../../agents/model.ts';
import type { Framework, Loose } from '../support.ts';
import { askModel } from './ask-model.ts';
import { ASK, FEEDBACK, HAND_OVER, type Library, RUN, type Task, untilAborted, type Word } from './task.ts';

const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
const REVIEWER = { functionId: 'reviewer' };
const APPROVALS = {
  allow: 'approved',
  deny: 'denied',
  ask: 'user-approval',
  none: 'not-applicable',
} as const;

export async function vercelAI(framework: Framework): Promise<Library> {
  const ai = await framework.load<Loose>('ai');
  const { MockLanguageModelV4 } = await framework.load<Loose>('ai/test');
  const { OpenTelemetry } = await framework.load<Loose>('@ai-sdk/otel');
  const { z } = await framework.load<Loose>('zod');
  (globalThis as { AI_SDK_TELEMETRY_INTEGRATIONS?: unknown }).AI_SDK_TELEMETRY_INTEGRATIONS = undefined;
  ai.registerTelemetry(
    tapVercelAI({ aborter: 'human' }),
    new OpenTelemetry({ tracer: trace.getTracer('gen_ai') }),
  );

  /** A model of the SDK's own kind that asks the endpoint. */
  const modelOf = (url: string, guard = false, calls = 0) => {
    return new MockLanguageModelV4({
      async doGenerate({ abortSignal }: { abortSignal?: AbortSignal }) {
        const { text, call } = await askModel(url, calls, abortSignal);
        if (call !== undefined) calls += 1;
        const finish = guard ? 'content-filter' : call === undefined ? 'stop' : 'tool-calls';
        return {
          content:
            call === undefined
              ? [{ type: 'text', text }]
              : [{ type: 'tool-call', toolCallId: call.id, toolName: call.tool, input: call.arguments }],
          finishReason: { unified: finish, raw: undefined },
          usage,
          warnings: [],
        };
      },
    });
  };

  async function play(task: Task, endpoint: ScriptedModel): Promise<void> {
    const { rule, person = () => 'no', result = () => 'done', stop, steer, free, guard } = task;
    const controller = new AbortController();
    const steering = steer === true ? ai.experimental_createSteering() : undefined;
    let steered: Promise<unknown> | undefined;
    const reviewer = new ai.ToolLoopAgent({
      model: modelOf(endpoint.url, false, 1),
      tools: {},
      telemetry: REVIEWER,
    });
    const tools = {
      [HAND_OVER]: ai.tool({
        inputSchema: z.object({}),
        execute: async () => (await reviewer.generate({ prompt: 'look' })).text,
      }),
      [RUN]: ai.tool({
        inputSchema: z.object({ command: z.string() }),
        execute: async ({ command }: { command: string }) => {
          if (stop === 'call') return untilAborted(controller);
          steered ??= steering?.steer('Not so much.');
          return result(command);
        },
      }),
      [ASK]: ai.tool({
        inputSchema: z.object({ question: z.string() }),
        execute: async () => {
          recordClarificationRequest();
          return 'the first one';
        },
      }),
    };
    const model = modelOf(endpoint.url, guard);
    const messages: Loose[] = [{ role: 'user', content: 'go' }];
    const generate = () =>
      ai.generateText({
        model,
        tools,
        messages,
        maxRetries: 0,
        abortSignal: controller.signal,
        stopWhen: free === 'later' ? ai.stepCountIs(1) : ai.stepCountIs(10),
        telemetry: { functionId: 'scenario' },
        ...(steering === undefined ? {} : { experimental_steering: steering }),
        ...(rule && {
          toolApproval: { [RUN]: ({ command }: { command: string }) => APPROVALS[rule(command)] },
        }),
      });
    if (stop === 'answer') void endpoint.reached(1).then(() => controller.abort());
    const waiting = generate();
    let last = await waiting;
    for (;;) {
      messages.push(...last.responseMessages);
      const asked = last.content.filter(
        (part: Loose) => part.type === 'tool-approval-request' && !part.isAutomatic,
      );
      if (asked.length > 0) {
        messages.push({
          role: 'tool',
          content: asked.map((part: Loose) => answerOf(part, messages, person)),
        });
        if (person('') === 'cancel') controller.abort();
      } else if (last.finishReason !== 'tool-calls') break;
      last = await (free === 'later'
        ? withAlignmentContext({ humanInvolvement: 'none' }, generate)
        : generate());
    }
    await steered;
  }
  return { play };
}

/** What the person says; an edit changes the call in the conversation, as an application would. */
function answerOf(
  { approvalId, toolCall }: Loose,
  messages: Loose[],
  person: (command: string) => Word,
): object {
  const word = person(toolCall.input.command);
  if (typeof word === 'object')
    for (const { content } of messages)
      for (const part of Array.isArray(content) ? content : [])
        if (part.type === 'tool-call' && part.toolCallId === toolCall.toolCallId)
          part.input = { ...part.input, command: word.edit };
  const approved = word !== 'no' && word !== 'cancel';
  return { type: 'tool-approval-response', approvalId, approved, ...(approved ? {} : { reason: FEEDBACK }) };
}
