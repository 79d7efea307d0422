import type { AgentProgram } from '../../tools/agents/agents.ts';
import type { Freedom, Place } from './agents.ts';
import { claudeTalk } from './talk-claude.ts';
import { codexTalk } from './talk-codex.ts';
import { geminiTalk } from './talk-gemini.ts';
import type { Wire } from './wire.ts';

/** A person's side of an agent, in words that mean the same to each: the same core as in a terminal, without the keys. */
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

/** How an agent is started for a person, and spoken to. */
export interface Tongue {
  readonly words: (program: readonly string[], freedom: Freedom) => string[];
  readonly open: (wire: Wire, place: Place, freedom: Freedom) => Promise<Talk>;
}

/** Cline speaks to a person in a terminal only; its protocol wants a sign-in with the vendor. */
export const TONGUES: Readonly<Record<AgentProgram, Tongue | undefined>> = {
  'claude-code': claudeTalk,
  codex: codexTalk,
  'gemini-cli': geminiTalk,
  cline: undefined,
};

export const PROMPT = 'please do the task';
/** The word of an agent that has no such thing. */
export const cannot = (what: string) => (): Promise<never> =>
  Promise.reject(new Error(`this agent has no ${what}`));
