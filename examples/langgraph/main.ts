import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import * as callbacks from '@langchain/core/callbacks/manager';
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import {
  Command,
  END,
  INTERRUPT,
  interrupt,
  isInterrupted,
  MemorySaver,
  MessagesAnnotation,
  START,
  StateGraph,
} from '@langchain/langgraph';
import { trace } from '@opentelemetry/api';
import { withAlignmentContext } from 'otel-alignment';
import { tapInterrupt, tapInvoke } from 'otel-alignment/taps';
import { z } from 'zod';
import { startTelemetry } from './telemetry.ts';

const file = resolve(process.argv[2] ?? 'langgraph.jsonl');
const finish = startTelemetry('langgraph-agent', file);
// otherwise LangChain makes its spans elsewhere, without the context that the call was made in
process.env.LANGCHAIN_CALLBACKS_BACKGROUND = 'false';
// without their content: LangGraph puts the arguments of a waiting call into the status of its span, too
new LangChainInstrumentation({
  traceConfig: { hideInputs: true, hideOutputs: true },
}).manuallyInstrument(callbacks);
// OpenInference's spans say that a graph waits; the processor reads it there
const ask = tapInterrupt(interrupt, { pauses: false });

/** Says what it would do: an example needs no real shell. */
const runCommand = tool(async ({ command }) => `would run: ${command}`, {
  name: 'run_command',
  description: 'Run a command in the project.',
  schema: z.object({ command: z.string() }),
});

/** Stands for a model: asks once where to keep old files, then for one command after the other. */
const COMMANDS = ['ls -la', 'rm -r reports', 'git commit -am tidy', 'mv reports /tmp/old'];
function agent({ messages }: { messages: BaseMessage[] }): { messages: BaseMessage[] } {
  if (messages.length === 1) {
    const folder: unknown = ask('Where may old files go?');
    console.log(`answer: ${folder}`);
  }
  const asked = messages.filter(message => message instanceof AIMessage).length;
  const command = COMMANDS[asked];
  if (command === undefined) return { messages: [new AIMessage('Done.')] };
  const call = { id: `call-${asked + 1}`, name: 'run_command', args: { command } };
  return { messages: [new AIMessage({ content: '', tool_calls: [call] })] };
}

async function act({ messages }: { messages: BaseMessage[] }): Promise<{ messages: BaseMessage[] }> {
  const call = (messages.at(-1) as AIMessage).tool_calls?.[0];
  if (call === undefined) return { messages: [] };
  // that moving needs no question is careless, as the run shows
  const free = /^(ls|mv) /.test(call.args['command']);
  const request = { action: call.name, args: call.args, id: call.id };
  const answer = free ? { type: 'accept' } : (ask({ action_request: request }) as { type: string });
  // the arguments go to the assessment; the spans stay without content
  const step = { toolCallId: call.id ?? '', arguments: call.args };
  const content =
    answer.type === 'accept'
      ? await withAlignmentContext({ step }, () => runCommand.invoke(call.args as never))
      : 'The person said no.';
  return { messages: [new ToolMessage({ tool_call_id: call.id ?? '', content: String(content) })] };
}

const graph = new StateGraph(MessagesAnnotation)
  .addNode('agent', agent)
  .addNode('act', act)
  .addEdge(START, 'agent')
  .addConditionalEdges('agent', ({ messages }) =>
    (messages.at(-1) as AIMessage).tool_calls?.length ? 'act' : END,
  )
  .addEdge('act', 'agent')
  .compile({ checkpointer: new MemorySaver() });
const invoke = tapInvoke(graph.invoke.bind(graph), { agent: 'cleaner' });

/** Stands for the person: no to `rm`, yes to the rest. */
function person(payload: unknown): unknown {
  if (typeof payload === 'string') return 'archive/';
  const text = JSON.stringify(payload);
  const yes = !text.includes('"rm');
  console.log(`${yes ? 'yes' : 'no '} to: ${text}`);
  return { type: yes ? 'accept' : 'reject' };
}

async function cleanUp(thread: string): Promise<void> {
  const config = { configurable: { thread_id: thread }, metadata: { session_id: thread } };
  const messages = [new HumanMessage('Clean up the project.')];
  let state: unknown = await invoke({ messages }, config);
  while (isInterrupted(state)) {
    const resume = person(state[INTERRUPT][0]?.value);
    state = await invoke(new Command({ resume }), config);
  }
}

const thread = randomUUID();
await withAlignmentContext({ sessionId: thread }, () =>
  trace.getTracer('application').startActiveSpan('clean up', async span => {
    await cleanUp(thread);
    span.end();
  }),
);
await finish();
console.log(`written to ${file}`);
