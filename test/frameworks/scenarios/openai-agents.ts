import { recordClarificationRequest, withAlignmentContext } from '../../../src/signals/index.ts';
import { tapOpenAIAgents } from '../../../src/taps/openai-agents/tap.ts';
import type { ScriptedModel } from '../../agents/model.ts';
import type { Framework, Loose } from '../support.ts';
import { askModel } from './ask-model.ts';
import { ASK, FEEDBACK, type Library, RUN, type Task, untilAborted } from './task.ts';

export async function openAIAgents(framework: Framework): Promise<Library> {
  const sdk = await framework.load<Loose>('@openai/agents');
  const { z } = await framework.load<Loose>('zod');
  sdk.setTracingDisabled(false); // NODE_ENV=test turns it off
  const tapOf = (approver: 'human' | 'policy') => tapOpenAIAgents({ approver });
  const taps = { human: tapOf('human'), policy: tapOf('policy') };

  /** A model of the SDK's own kind that asks the endpoint. */
  const modelOf = (url: string, calls = 0) => {
    return {
      async getResponse({ signal }: { signal?: AbortSignal }) {
        const { text, call } = await askModel(url, calls, signal);
        if (call !== undefined) calls += 1;
        const output =
          call === undefined
            ? {
                type: 'message',
                role: 'assistant',
                status: 'completed',
                content: [{ type: 'output_text', text }],
              }
            : {
                type: 'function_call',
                callId: call.id,
                name: call.tool,
                arguments: call.arguments,
                status: 'completed',
              };
        return { usage: new sdk.Usage({}), output: [output] };
      },
      // biome-ignore lint/correctness/useYield: nothing is streamed here
      async *getStreamedResponse() {
        throw new Error('not here');
      },
    };
  };

  async function play(task: Task, endpoint: ScriptedModel): Promise<void> {
    const { rule, person = () => 'no', result = () => 'done', stop, free, guard, handover } = task;
    // answers by code are told apart from a person's by the tap that wraps the runner
    const ruled = rule !== undefined && task.person === undefined;
    const tap = taps[ruled ? 'policy' : 'human'];
    sdk.setTraceProcessors([tap.tracingProcessor]);
    const runner = new sdk.Runner({ workflowName: 'scenario' });
    const run = tap.run(runner.run.bind(runner));
    const controller = new AbortController();
    const runCommand = sdk.tool({
      name: RUN,
      description: 'Run a command.',
      parameters: z.object({ command: z.string() }),
      needsApproval: async (_: unknown, { command }: { command: string }) =>
        (rule?.(command) ?? 'none') !== 'none',
      execute: async ({ command }: { command: string }) =>
        stop === 'call' ? untilAborted(controller) : result(command),
    });
    const askUser = sdk.tool({
      name: ASK,
      description: 'Ask.',
      parameters: z.object({ question: z.string() }),
      execute: async () => {
        recordClarificationRequest();
        return 'the first one';
      },
    });
    const tripwire = { name: 'guard', execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) };
    const model = modelOf(endpoint.url);
    const reviewer = new sdk.Agent({ name: 'reviewer', model: modelOf(endpoint.url, 1) });
    const agent = new sdk.Agent({
      name: 'worker',
      model,
      tools: [runCommand, askUser],
      ...(guard === true ? { outputGuardrails: [tripwire] } : {}),
      ...(handover === true ? { handoffs: [reviewer] } : {}),
    });
    if (stop === 'answer') void endpoint.reached(1).then(() => controller.abort());
    const go = (given: unknown): Promise<Loose> => run(agent, given, { signal: controller.signal });
    let last = await go('go');
    while (last.interruptions.length > 0) {
      for (const item of last.interruptions) {
        const { command } = JSON.parse(item.rawItem.arguments) as { command: string };
        const yes = ruled ? rule(command) === 'allow' : person(command) === 'yes';
        if (yes) last.state.approve(item);
        else last.state.reject(item, { message: FEEDBACK });
      }
      if (person('') === 'cancel') controller.abort();
      last = await (free === 'later'
        ? withAlignmentContext({ humanInvolvement: 'none' }, () => go(last.state))
        : go(last.state));
    }
  }
  return { play };
}
