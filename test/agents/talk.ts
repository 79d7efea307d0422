import type { ChildProcess } from 'node:child_process';
import type { AgentProgram } from '../../tools/agents/agents.ts';
import type { Freedom, Place } from './agents.ts';
import { claudeTalk } from './talk-claude.ts';
import { clineTalk } from './talk-cline.ts';
import { codexTalk } from './talk-codex.ts';
import { geminiTalk } from './talk-gemini.ts';

/** A person's side of an agent, in words that mean the same to each: the same core, over a protocol or at a terminal. */
export interface Talk {
  /** Begins a turn; resolves when the agent has taken it. */
  readonly prompt: () => Promise<void>;
  /** Waits for the agent to ask whether a call may run, and answers. `edit` lets it run with another command. */
  readonly answer: (decision: Decision) => Promise<void>;
  /** Waits for the agent's own question, and answers with its first option. */
  readonly reply: () => Promise<void>;
  /** A message while the agent works. */
  readonly steer: () => Promise<void>;
  /** Waits until a message may come: the agent asks for permission. The question stays open. */
  readonly asked: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** From here on nobody is asked. */
  readonly bypass: () => Promise<void>;
  /** Waits for the first words of an answer to be shown. */
  readonly heard: (words: string) => Promise<void>;
  /** Waits for the end of the turn. */
  readonly done: () => Promise<void>;
}

export type Decision = 'allow' | 'deny' | 'cancel' | { readonly command: string };

/** The line that an agent is spoken to over: messages, or the keys of a terminal. */
export interface Line {
  readonly child: ChildProcess;
  /** Ends the talk, and waits for the agent's end. */
  readonly end: () => Promise<number | null>;
  /** For the message of a test that fails. */
  readonly seen: () => string;
}

/** What a talk is about. */
export interface Occasion {
  readonly place: Place;
  readonly freedom: Freedom;
  /** The last words that the model has to say. */
  readonly last: string;
}

/** How an agent is started for a person, and spoken to. */
export interface Tongue {
  readonly begin: (
    program: readonly string[],
    occasion: Occasion,
    env: NodeJS.ProcessEnv,
  ) => { readonly line: Line; readonly talk: Promise<Talk> };
}

export function tongue<L extends Line>(
  start: (words: readonly string[], cwd: string, env: NodeJS.ProcessEnv) => L,
  words: (program: readonly string[], occasion: Occasion) => string[],
  open: (line: L, occasion: Occasion) => Promise<Talk>,
): Tongue {
  return {
    begin(program, occasion, env) {
      const line = start(words(program, occasion), occasion.place.cwd, env);
      return { line, talk: open(line, occasion) };
    },
  };
}

/** Cline at a terminal, the others over their protocols: Cline's wants a sign-in with the vendor. */
export const TONGUES: Readonly<Record<AgentProgram, Tongue>> = {
  'claude-code': claudeTalk,
  codex: codexTalk,
  'gemini-cli': geminiTalk,
  cline: clineTalk,
};

/** What a person says with a no. */
export const FEEDBACK = 'not now: it is someone else’s';
export const PROMPT = 'please do the task';
/** The word of an agent that has no such thing. */
export const cannot = (what: string) => (): Promise<never> =>
  Promise.reject(new Error(`this agent has no ${what}`));
