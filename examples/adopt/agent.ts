import { generateText, stepCountIs, tool } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { z } from 'zod';

/** What the model asks for, in order. */
const COMMANDS = ['ls -la', 'npm test', 'rm -rf /srv/reports'];

/** Says what it would do: an example needs no real shell. */
const tools = {
  run_command: tool({
    description: 'Run a command in the project.',
    inputSchema: z.object({ command: z.string() }),
    execute: async ({ command }) => `would run: ${command}`,
  }),
};

const usage = {
  inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 5, text: 5, reasoning: 0 },
};

/** A model in memory, so that the applications need neither a key nor a network. */
function scriptedModel(): MockLanguageModelV4 {
  let next = 0;
  return new MockLanguageModelV4({
    provider: 'scripted',
    modelId: 'scripted-model',
    doGenerate: async () => {
      const command = COMMANDS[next++];
      const response = { id: `response-${next}`, timestamp: new Date(0), modelId: 'scripted-model' };
      if (command === undefined)
        return {
          content: [{ type: 'text', text: 'Done.' }],
          finishReason: { unified: 'stop', raw: undefined },
          usage,
          response,
          warnings: [],
        };
      const input = JSON.stringify({ command });
      return {
        content: [{ type: 'tool-call', toolCallId: `call-${next}`, toolName: 'run_command', input }],
        finishReason: { unified: 'tool-calls', raw: undefined },
        usage,
        response,
        warnings: [],
      };
    },
  });
}

/** An agent on the Vercel AI SDK, as an application has one. */
export async function runAgent(): Promise<void> {
  await generateText({
    model: scriptedModel(),
    tools,
    prompt: 'Tidy the project.',
    stopWhen: stepCountIs(10),
    telemetry: { functionId: 'cleaner' },
  });
}
