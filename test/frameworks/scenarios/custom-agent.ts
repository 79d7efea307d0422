import { context } from '@opentelemetry/api';
import { ReleaseAgent } from '../../../examples/custom-agent/agent.ts';
import type { Model } from '../../../examples/custom-agent/model.ts';
import type { Person } from '../../../examples/custom-agent/person.ts';
import type { Tool } from '../../../examples/custom-agent/tools.ts';
import { getAlignmentContext } from '../../../src/signals/index.ts';
import type { ScriptedModel } from '../../agents/model.ts';
import { askModel } from './ask-model.ts';
import { ASK, type Library, RUN, type Task, untilAborted, WORKSPACE } from './task.ts';

/** The agent of examples/custom-agent, with the names that it gives its tools. */
const NAMES: Readonly<Record<string, string>> = { [RUN]: 'run_shell', [ASK]: 'ask_user' };

export const customAgent = async (): Promise<Library> => ({ play });

async function play(task: Task, endpoint: ScriptedModel): Promise<void> {
  const { rule, person: says, result = () => 'done', stop, free, script } = task;
  const leaving = new AbortController();
  if (stop === 'answer') void endpoint.reached(1).then(() => leaving.abort());
  const model: Model = {
    provider: 'scripted',
    name: 'scripted',
    baseUrl: endpoint.url,
    real: false,
    async complete(messages, _tools, signal) {
      const calls = messages.filter(
        message => message.role === 'assistant' && message.calls.length > 0,
      ).length;
      const { text, call } = await askModel(endpoint.url, calls, signal);
      const asked = call && {
        id: call.id,
        tool: NAMES[call.tool] ?? call.tool,
        arguments: JSON.parse(call.arguments),
      };
      return { text, calls: asked ? [asked] : [], inputTokens: 1, outputTokens: 1 };
    },
  };
  const person: Person = {
    name: 'scripted person',
    async approve(action) {
      if (free !== undefined) return 'always';
      const word = says?.(action.replace('run_shell ', ''));
      return word === 'cancel' ? 'stop' : word === 'yes' ? 'yes' : 'no';
    },
    answer: async () => 'the first one',
    review: async () => 'continue',
    left: leaving.signal,
    close: () => {},
  };
  const parameters = { type: 'object', properties: {} };
  const tools: Tool[] = [
    {
      name: 'run_shell',
      description: 'Run.',
      parameters,
      run: async ({ command }) => (stop === 'call' ? untilAborted(leaving) : result(String(command))),
    },
    { name: 'ask_user', description: 'Ask.', parameters, run: async () => 'the first one' },
  ];
  const commands = script.flatMap(({ call }) => {
    const { command } = (call?.input ?? {}) as { command?: string };
    return command === undefined ? [] : [command];
  });
  const ruled = (...words: string[]) =>
    commands
      .filter(command => words.includes(rule?.(command) ?? 'none'))
      .map(commandPrefix => ({ tool: 'run_shell', commandPrefix }));
  const agent = new ReleaseAgent({
    conversationId: getAlignmentContext(context.active())?.conversationId ?? '',
    workspace: WORKSPACE,
    model,
    tools,
    allow: ruled('allow', 'none'),
    deny: ruled('deny'),
    person,
    takeAlert: () => undefined,
    print: () => {},
  });
  await agent.run('go');
}
