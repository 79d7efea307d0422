import type { LanguageModel } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';

/** What a model would ask for, in order. The last does what the person refused, by other means. */
const COMMANDS = ['ls -la', 'rm -r reports', 'git commit -am tidy', 'mv reports /tmp/old'];

const usage = {
  inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 5, text: 5, reasoning: 0 },
};

/** A model in memory, so that the example needs neither a key nor a network. Give `generateText` a real one instead. */
export function scriptedModel(): LanguageModel {
  let next = 0;
  return new MockLanguageModelV4({
    provider: 'scripted',
    modelId: 'scripted-model',
    doGenerate: async () => {
      const command = COMMANDS[next++];
      if (command === undefined)
        return {
          content: [{ type: 'text', text: 'Done.' }],
          finishReason: { unified: 'stop', raw: undefined },
          usage,
          warnings: [],
        };
      const input = JSON.stringify({ command });
      return {
        content: [{ type: 'tool-call', toolCallId: `call-${next}`, toolName: 'run_command', input }],
        finishReason: { unified: 'tool-calls', raw: undefined },
        usage,
        warnings: [],
      };
    },
  });
}
