import { context } from '@opentelemetry/api';
import { getAlignmentContext, withAlignmentContext } from '../../../src/signals/index.ts';
import { tapInterrupt } from '../../../src/taps/langgraph.ts';
import { tapInvoke } from '../../../src/taps/langgraph-run.ts';
import type { ScriptedModel } from '../../agents/model.ts';
import type { Framework, Loose } from '../support.ts';
import { askModel } from './ask-model.ts';
import { ASK, FEEDBACK, HAND_OVER, type Library, RUN, type Task, untilAborted, type Word } from './task.ts';

export async function langGraph(framework: Framework): Promise<Library> {
  process.env['LANGCHAIN_CALLBACKS_BACKGROUND'] = 'false';
  const {
    Command,
    END,
    interrupt,
    INTERRUPT,
    isInterrupted,
    MemorySaver,
    MessagesAnnotation,
    START,
    StateGraph,
  } = await framework.load<Loose>('@langchain/langgraph');
  const { AIMessage, HumanMessage, ToolMessage } = await framework.load<Loose>('@langchain/core/messages');
  const { tool } = await framework.load<Loose>('@langchain/core/tools');
  const callbacks = await framework.load<Loose>('@langchain/core/callbacks/manager');
  const { LangChainInstrumentation } = await framework.load<Loose>(
    '@arizeai/openinference-instrumentation-langchain',
  );
  const { z } = await framework.load<Loose>('zod');
  new LangChainInstrumentation({ traceConfig: { hideInputs: true, hideOutputs: true } }).manuallyInstrument(
    callbacks,
  );

  const callIn = ({ tool_calls }: Loose): boolean => tool_calls?.length > 0;

  async function play(task: Task, endpoint: ScriptedModel): Promise<void> {
    const { rule, result = () => 'done', free, stop, steer } = task;
    const { person = () => (steer === true ? 'yes' : 'no') } = task;
    const controller = new AbortController();
    if (stop === 'answer') void endpoint.reached(1).then(() => controller.abort());
    const ruled = rule !== undefined && task.person === undefined;
    const ask = tapInterrupt(interrupt as (payload: unknown) => Loose, {
      pauses: false,
      approver: ruled ? 'policy' : 'human',
    });
    // words can be added where the graph waits
    const asks = (command: string): boolean => steer === true || (rule?.(command) ?? 'none') !== 'none';
    const runCommand = tool(
      async ({ command }: { command: string }) =>
        stop === 'call' ? untilAborted(controller) : result(command),
      {
        name: RUN,
        description: 'Run a command.',
        schema: z.object({ command: z.string() }),
      },
    );
    const modelNode =
      (done = 0) =>
      async ({ messages }: { messages: Loose[] }): Promise<object> => {
        const calls = messages.filter(callIn).length;
        const { text, call } = await askModel(endpoint.url, done + calls, controller.signal);
        const tool_calls = call && [{ id: call.id, name: call.tool, args: JSON.parse(call.arguments) }];
        return { messages: [new AIMessage({ content: text, ...(tool_calls && { tool_calls }) })] };
      };
    const reviewer = new StateGraph(MessagesAnnotation)
      .addNode('agent', modelNode(1))
      .addEdge(START, 'agent')
      .addEdge('agent', END)
      .compile();
    const askReviewer = tapInvoke(reviewer.invoke.bind(reviewer), { agent: 'reviewer' });

    const act = async ({ messages }: { messages: Loose[] }): Promise<object> => {
      // the person's words may stand behind the call
      const { id, name, args: asked } = messages.findLast(callIn).tool_calls[0];
      let args = asked;
      const done = (content: string): object => ({
        messages: [new ToolMessage({ tool_call_id: id, content })],
      });
      if (name === HAND_OVER) {
        const state: Loose = await askReviewer({ messages: [new HumanMessage('look')] });
        return done(state.messages.at(-1).content);
      }
      if (name === ASK) return done(ask('Which one?'));
      if (asks(args.command)) {
        const said = ask({ action_request: { action: name, args, id } });
        if (said.type === 'reject') return done('The person said no.');
        if (said.type === 'ignore') return new Command({ goto: END });
        if (said.type === 'edit') args = said.args.args;
      }
      // the arguments go to the assessment; the spans stay without content
      const step = { toolCallId: id, arguments: args };
      return done(await withAlignmentContext({ step }, () => runCommand.invoke(args)));
    };
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('agent', modelNode())
      .addNode('act', act, { ends: [END] })
      .addEdge(START, 'agent')
      .addConditionalEdges('agent', ({ messages }: { messages: Loose[] }) =>
        callIn(messages.at(-1)) ? 'act' : END,
      )
      .addEdge('act', 'agent')
      .compile({ checkpointer: new MemorySaver() });

    const config = {
      signal: controller.signal,
      configurable: { thread_id: getAlignmentContext(context.active())?.conversationId },
    };
    const invoke = tapInvoke(graph.invoke.bind(graph), { agent: 'worker' });
    let state: unknown = await invoke({ messages: [new HumanMessage('go')] }, config);
    while (isInterrupted(state)) {
      const { value } = (state as Loose)[INTERRUPT][0];
      const resume =
        typeof value === 'string' ? 'the first one' : answerTo(value, ruled ? rule : undefined, person);
      const update = steer === true ? { messages: [new HumanMessage('not so much')] } : undefined;
      const go = (): Promise<unknown> => invoke(new Command({ resume, ...(update && { update }) }), config);
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
  if (word === 'cancel') return { type: 'ignore' };
  if (typeof word === 'object') return { type: 'edit', args: { args: { command: word.edit } } };
  return word === 'yes' ? { type: 'accept' } : { type: 'reject', message: FEEDBACK };
}
