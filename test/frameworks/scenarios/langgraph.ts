import { context } from '@opentelemetry/api';
import { getAlignmentContext, withAlignmentContext } from '../../../src/signals/index.ts';
import { tapInterrupt, tapInvoke } from '../../../src/taps/langgraph.ts';
import type { ScriptedModel } from '../../agents/model.ts';
import type { Framework, Loose } from '../support.ts';
import { type Answer, askModel } from './ask-model.ts';
import { ASK, type Library, RUN, type Task, untilAborted, type Word } from './task.ts';

export async function langGraph(framework: Framework): Promise<Library> {
  process.env['LANGCHAIN_CALLBACKS_BACKGROUND'] = 'false';
  const { Annotation, Command, END, interrupt, INTERRUPT, isInterrupted, MemorySaver, START, StateGraph } =
    await framework.load<Loose>('@langchain/langgraph');
  const { tool } = await framework.load<Loose>('@langchain/core/tools');
  const callbacks = await framework.load<Loose>('@langchain/core/callbacks/manager');
  const { LangChainInstrumentation } = await framework.load<Loose>(
    '@arizeai/openinference-instrumentation-langchain',
  );
  const { z } = await framework.load<Loose>('zod');
  new LangChainInstrumentation({ traceConfig: { hideInputs: true, hideOutputs: true } }).manuallyInstrument(
    callbacks,
  );

  async function play(task: Task, endpoint: ScriptedModel): Promise<void> {
    const { rule, person = () => 'no', result = () => 'done', free, stop } = task;
    const controller = new AbortController();
    if (stop === 'answer') void endpoint.reached(1).then(() => controller.abort());
    const ruled = rule !== undefined && task.person === undefined;
    const ask = tapInterrupt(interrupt as (payload: unknown) => Loose, {
      pauses: false,
      approver: ruled ? 'policy' : 'human',
    });
    const runCommand = tool(
      async ({ command }: { command: string }) =>
        stop === 'call' ? untilAborted(controller) : result(command),
      {
        name: RUN,
        description: 'Run a command.',
        schema: z.object({ command: z.string() }),
      },
    );
    const act = async ({ calls, answer }: { calls: number; answer: Answer }): Promise<object> => {
      const { id = '', tool: name, arguments: text = '{}' } = answer.call ?? {};
      let args = JSON.parse(text) as { command: string };
      if (name === ASK) ask('Which one?');
      else if ((rule?.(args.command) ?? 'none') !== 'none') {
        const said = ask({ action_request: { action: name, args, id } });
        if (said.type === 'reject') return { calls: calls + 1 };
        if (said.type === 'edit') args = said.args.args;
      }
      // the arguments go to the assessment; the spans stay without content
      const step = { toolCallId: id, arguments: args };
      if (name === RUN) await withAlignmentContext({ step }, () => runCommand.invoke(args));
      return { calls: calls + 1 };
    };
    const graph = new StateGraph(
      Annotation.Root({
        calls: Annotation({ reducer: (_: number, b: number) => b, default: () => 0 }),
        answer: Annotation(),
      }),
    )
      .addNode('agent', async ({ calls }: { calls: number }) => ({
        answer: await askModel(endpoint.url, calls, controller.signal),
      }))
      .addNode('act', act)
      .addEdge(START, 'agent')
      .addConditionalEdges('agent', ({ answer }: { answer: Answer }) => (answer.call ? 'act' : END))
      .addEdge('act', 'agent')
      .compile({ checkpointer: new MemorySaver() });

    const config = {
      signal: controller.signal,
      configurable: { thread_id: getAlignmentContext(context.active())?.conversationId },
    };
    const invoke = tapInvoke(graph.invoke.bind(graph));
    let state: unknown = await invoke({}, config);
    while (isInterrupted(state)) {
      const { value } = (state as Loose)[INTERRUPT][0];
      const resume =
        typeof value === 'string' ? 'the first one' : answerTo(value, ruled ? rule : undefined, person);
      const go = (): Promise<unknown> => invoke(new Command({ resume }), config);
      state = await (free === 'later' ? withAlignmentContext({ humanInvolvement: 'none' }, go) : go());
    }
  }
  return { play };
}

function answerTo(
  { action_request: { args } }: Loose,
  rule: Task['rule'],
  person: (command: string) => Word,
): object {
  if (rule !== undefined) return { type: rule(args.command) === 'allow' ? 'accept' : 'reject' };
  const word = person(args.command);
  if (typeof word === 'object') return { type: 'edit', args: { args: { command: word.edit } } };
  return { type: word === 'yes' ? 'accept' : 'reject' };
}
