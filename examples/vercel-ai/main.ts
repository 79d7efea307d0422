import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { OpenTelemetry } from '@ai-sdk/otel';
import { trace } from '@opentelemetry/api';
import { generateText, type ModelMessage, registerTelemetry, stepCountIs, tool } from 'ai';
import { withAlignmentContext } from 'otel-alignment';
import { tapVercelAI } from 'otel-alignment/taps';
import { z } from 'zod';
import { scriptedModel } from './model.ts';
import { startTelemetry } from './telemetry.ts';

const file = resolve(process.argv[2] ?? 'vercel-ai.jsonl');
const finish = startTelemetry('vercel-ai-agent', file);
// the tap first: the SDK's tool span is then active where an approved call runs
registerTelemetry(tapVercelAI(), new OpenTelemetry());

/** Says what it would do: an example needs no real shell. */
const tools = {
  run_command: tool({
    description: 'Run a command in the project.',
    inputSchema: z.object({ command: z.string() }),
    execute: async ({ command }) => `would run: ${command}`,
  }),
};

/** Listing and moving need no question. That moving is among them is careless, as the run shows. */
const toolApproval = {
  run_command: ({ command }: { command: string }) =>
    /^(ls|mv) /.test(command) ? ('approved' as const) : ('user-approval' as const),
};

/** Stands for the person at the prompt: no to `rm`, yes to the rest. */
const personSays = (command: string): boolean => !command.startsWith('rm');

async function run(prompt: string): Promise<string> {
  const model = scriptedModel();
  const messages: ModelMessage[] = [{ role: 'user', content: prompt }];
  for (;;) {
    const result = await generateText({
      model,
      tools,
      toolApproval,
      messages,
      stopWhen: stepCountIs(10),
      telemetry: { functionId: 'cleaner' },
    });
    messages.push(...result.responseMessages);
    const asked = result.content
      .filter(part => part.type === 'tool-approval-request')
      .filter(({ isAutomatic }) => !isAutomatic);
    if (asked.length === 0) return result.text;
    const answers = asked.map(({ approvalId, toolCall }) => {
      const { command } = toolCall.input as { command: string };
      const approved = personSays(command);
      console.log(`${approved ? 'yes' : 'no '} to: ${command}`);
      return { type: 'tool-approval-response' as const, approvalId, approved };
    });
    messages.push({ role: 'tool', content: answers });
  }
}

await withAlignmentContext({ conversationId: randomUUID() }, () =>
  trace.getTracer('application').startActiveSpan('clean up', async span => {
    console.log(await run('Clean up the project.'));
    span.end();
  }),
);
await finish();
console.log(`written to ${file}`);
