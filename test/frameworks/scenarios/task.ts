import type { Aside, ScriptedModel, Turn } from '../../agents/model.ts';

/** What a rule of the application says of a command, before any person is asked; `none`: it runs, and nothing decides. */
export type Rule = 'allow' | 'deny' | 'ask' | 'none';
/** What the person at the prompt says; `cancel` ends the run with the denial. */
export type Word = 'yes' | 'no' | 'cancel' | { readonly edit: string };

/** A task as data: what the model asks for, and how rules and a person answer. The same for every library. */
export interface Task {
  /** One turn after the other; the last one has words only, or hangs. */
  readonly script: readonly Turn[];
  /** Absent: the agent runs every call, and nobody and nothing decides. */
  readonly rule?: (command: string) => Rule;
  readonly person?: (command: string) => Word;
  /** What a command gives back. Default: `done`. Nothing is run. */
  readonly result?: (command: string) => string;
  /** When a person stops the run; `signal`: its program, with SIGINT, while a call waits. */
  readonly stop?: 'answer' | 'call' | 'signal';
  /** A person says something while the first call runs. */
  readonly steer?: boolean;
  /** When a person lets the agent do everything from then on: at the first message, or after the first call. */
  readonly free?: 'first' | 'later';
  /** A check of the application, or of the provider, prevents the answer. */
  readonly guard?: boolean;
  /** The agent hands over to another agent. */
  readonly handover?: boolean;
  /** The agent's own reviewer decides what a person would be asked. */
  readonly reviewed?: boolean;
  /** Nobody is there to ask. */
  readonly alone?: boolean;
}

/** The tools that every agent has, under the names that the script uses. A driver may translate them. */
export const RUN = 'run_command';
export const ASK = 'ask_user';
export const HAND_OVER = 'transfer_to_reviewer';

/** A folder that no machine has: what the commands do to it is nothing. */
export const NONE = '/srv/otel-alignment-none';
/** What the person says with a no. */
export const FEEDBACK = 'Not now: it is someone else’s.';
/** A command that does not end by itself. */
export const WAITS = 'tail -f /dev/null';
/** Where every agent works. */
export const WORKSPACE = '/srv/otel-alignment-project';

export const run = (command: string): Turn => ({ say: 'I run it.', call: { tool: RUN, input: { command } } });
export const say = (words: string): Turn => ({ say: words });

/** One library, and how it plays a task. */
export interface Library {
  /**
   * Plays the task to its end. An error that the library throws at a stop or a guard is part of it.
   *
   * @returns the trace, where it is not the caller's
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most have nothing to say
  readonly play: (task: Task, model: ScriptedModel) => Promise<string | undefined | void>;
  /** The script in the words of the agent's own tools, where it brings its own. */
  readonly words?: (turn: Turn) => Turn;
  /** What other agents that it starts are answered. */
  readonly asides?: readonly Aside[];
}

/** What a tool does that a person stops: it has begun, the person stops it, and it ends with that. */
export function untilAborted(
  controller: AbortController,
  signal: AbortSignal = controller.signal,
): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    controller.abort();
  });
}
