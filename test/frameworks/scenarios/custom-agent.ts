import { context } from '@opentelemetry/api';
import { type AgentOptions, ReleaseAgent } from '../../../examples/custom-agent/agent.ts';
import { chatCompletions } from '../../../examples/custom-agent/chat-completions.ts';
import { askHelper } from '../../../examples/custom-agent/helper.ts';
import { Oversight } from '../../../examples/custom-agent/oversight.ts';
import { nobody, type Person } from '../../../examples/custom-agent/person.ts';
import { modelReviewer } from '../../../examples/custom-agent/reviewer.ts';
import type { Answer } from '../../../examples/custom-agent/script.ts';
import type { Tool } from '../../../examples/custom-agent/tools.ts';
import { getAlignmentContext } from '../../../src/signals/index.ts';
import type { Aside, ScriptedModel, Turn } from '../../agents/model.ts';
import { interruptProgram } from './custom-program.ts';
import { ASK, HAND_OVER, type Library, RUN, type Task, untilAborted, WORKSPACE, type Word } from './task.ts';

/** The agent of examples/custom-agent, with the names that it gives its tools. */
const NAMES: Readonly<Record<string, string>> = {
  [RUN]: 'run_shell',
  [ASK]: 'ask_user',
  [HAND_OVER]: 'ask_helper',
};
const LOOK = 'look it up';

const words = ({ call, ...turn }: Turn): Turn =>
  call === undefined
    ? turn
    : {
        ...turn,
        call: {
          tool: NAMES[call.tool] ?? call.tool,
          input: call.tool === HAND_OVER ? { task: LOOK } : call.input,
        },
      };
const helper: Aside = { about: LOOK, script: [{ say: 'Nothing there.' }] };
const reviewer: Aside = {
  about: 'risk_level',
  script: [{ say: JSON.stringify({ risk_level: 'critical', allow: false }) }],
};

export const customAgent = async (otlp: string): Promise<Library> => ({
  play: (task, { url, reached }) =>
    task.stop === 'signal' ? interruptProgram(url, otlp) : play(task, url, reached),
  words,
  asides: [helper, reviewer],
});

async function play(task: Task, url: string, reached: ScriptedModel['reached']): Promise<undefined> {
  const { rule, result = () => 'done', stop, free, script, steer, reviewed, guard, alone } = task;
  const leaving = new AbortController();
  if (stop === 'answer') void reached(1).then(() => leaving.abort());
  const model = chatCompletions({
    baseUrl: `${url}/v1`,
    name: 'scripted',
    provider: 'scripted',
    real: false,
  });
  const typed: string[] = [];
  const person = alone === true ? nobody() : playedBy(task, leaving.signal, typed);
  const parameters = { type: 'object', properties: {} };
  const tools: Tool[] = [
    {
      name: 'run_shell',
      description: 'Run.',
      parameters,
      run: async ({ command }) => {
        if (steer === true) typed.push('not so much');
        return stop === 'call' ? untilAborted(leaving) : result(String(command));
      },
    },
    { name: 'ask_user', description: 'Ask.', parameters, run: async () => 'the first one' },
  ];
  const commands = script.flatMap(({ call }) => {
    const { command } = (call?.input ?? {}) as { command?: string };
    return command === undefined ? [] : [command];
  });
  const ruled = (...wanted: string[]) =>
    commands
      .filter(command => wanted.includes(rule?.(command) ?? 'none'))
      .map(commandPrefix => ({ tool: 'run_shell', commandPrefix }));
  // a rule that allows lifts what a rule denied: where the task has both, the person denies
  const byPerson = ruled('deny').length > 0 && ruled('none').length > 0;
  const print = (): void => {};
  const oversight = new Oversight({
    // it decides on every call: what no rule of the task's names is allowed by one
    allow: [...ruled('allow', 'none'), { tool: 'ask_helper' }],
    deny: byPerson ? [] : ruled('deny'),
    mode: free === 'first' ? 'yes_to_all' : 'ask',
    review: reviewed === true ? modelReviewer(model) : undefined,
    person,
    print,
  });
  const options: AgentOptions = {
    conversationId: getAlignmentContext(context.active())?.conversationId ?? '',
    workspace: WORKSPACE,
    model,
    tools,
    oversight,
    person,
    guard: () => guard === true,
    takeAlert: () => undefined,
    print,
  };
  await new ReleaseAgent({ ...options, tools: [...tools, askHelper(options)] }).run('go');
  person.close();
  return undefined;
}

/** A person who types `typed` while a call runs. */
function playedBy({ person, free }: Task, left: AbortSignal, typed: string[]): Person {
  return {
    name: 'scripted person',
    present: true,
    async approve(_, command = '') {
      if (free === 'later') return 'always';
      return toldAs(person?.(command) ?? 'no');
    },
    answer: async () => 'the first one',
    review: async () => 'continue',
    words: () => typed.splice(0),
    left,
    close: () => {},
  };
}

const toldAs = (word: Word): Answer => (word === 'cancel' ? 'stop' : word);
