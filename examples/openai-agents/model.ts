import { type Model, Usage } from '@openai/agents';

interface Call {
  readonly tool: string;
  readonly input: object;
}

/** A model in memory, so that the example needs neither a key nor a network. Give the agent a real one instead. */
export function scriptedModel(calls: readonly Call[]): Model {
  let next = 0;
  return {
    async getResponse() {
      const call = calls[next++];
      const output = call
        ? {
            type: 'function_call' as const,
            callId: `call-${next}`,
            name: call.tool,
            arguments: JSON.stringify(call.input),
            status: 'completed' as const,
          }
        : {
            type: 'message' as const,
            role: 'assistant' as const,
            status: 'completed' as const,
            content: [{ type: 'output_text' as const, text: 'Done.' }],
          };
      return { usage: new Usage({}), responseId: `response-${next}`, output: [output] };
    },
    // biome-ignore lint/correctness/useYield: the example does not stream
    async *getStreamedResponse() {
      throw new Error('this model does not stream');
    },
  };
}
