import { createInterface } from 'node:readline/promises';
import type { PersonScript } from './script.ts';

/** The person who supervises the agent. */
export interface Person {
  /** How the timeline calls this person. */
  readonly name: 'you' | 'scripted person';
  /** May this call be made? `always` says yes to it and to everything that follows. */
  approve(action: string): Promise<'yes' | 'no' | 'always' | 'stop'>;
  answer(question: string, choices: readonly string[]): Promise<string>;
  /** Shall the agent go on after this signal? */
  review(signal: string): Promise<'continue' | 'stop'>;
  /** Aborted when the person leaves, also while nothing is asked: the run stops. */
  readonly left: AbortSignal;
  close(): void;
}

const APPROVAL_ANSWERS = { y: 'yes', n: 'no', a: 'always', s: 'stop' } as const;

/** The person at the terminal. Leaving it (Ctrl-C, Ctrl-D) stops the run. */
export function personAtTerminal(): Person {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const leaving = new AbortController();
  terminal.once('close', () => leaving.abort());
  const left = new Promise<undefined>(resolve =>
    leaving.signal.addEventListener('abort', () => resolve(undefined)),
  );
  const ask = (prompt: string): Promise<string | undefined> =>
    Promise.race([terminal.question(prompt), left]);
  return {
    name: 'you',
    async approve(action) {
      for (;;) {
        const typed = await ask(`  ? ${action}\n    [y]es, [n]o, yes to [a]ll from now on, [s]top the run: `);
        if (typed === undefined) return 'stop';
        const key = typed.trim().toLowerCase()[0];
        if (key === 'y' || key === 'n' || key === 'a' || key === 's') return APPROVAL_ANSWERS[key];
      }
    },
    async answer(question, choices) {
      const hint = choices.length > 0 ? ` (${choices.join(' / ')})` : '';
      return (await ask(`  ? ${question}${hint}: `))?.trim() || choices[0] || 'no answer';
    },
    async review(signal) {
      const typed = await ask(`  ! ${signal}\n    go on? [y]es, [s]top the run: `);
      return typed?.trim().toLowerCase().startsWith('y') ? 'continue' : 'stop';
    },
    left: leaving.signal,
    close: () => terminal.close(),
  };
}

/** A person whose answers are data. Once they are used up, the answer is no, the first choice, and stop. */
export function scriptedPerson(script: PersonScript, print: (line: string) => void): Person {
  const approvals = script.approvals.values();
  const questions = script.questions.values();
  const reviews = script.reviews.values();
  const said = <T>(prompt: string, answer: T): Promise<T> => {
    print(`  ? ${prompt}\n    scripted person: ${answer}`);
    return Promise.resolve(answer);
  };
  return {
    name: 'scripted person',
    approve: action => said(action, approvals.next().value ?? 'no'),
    answer: (question, choices) => said(question, questions.next().value ?? choices[0] ?? 'no answer'),
    review: signal => said(`${signal}; go on?`, reviews.next().value ?? 'stop'),
    left: new AbortController().signal,
    close: () => {},
  };
}
