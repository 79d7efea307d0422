import { createInterface } from 'node:readline/promises';
import type { Answer, PersonScript } from './script.ts';

/** The person who supervises the agent. */
export interface Person {
  /** How the timeline calls this person. */
  readonly name: 'you' | 'scripted person' | 'nobody';
  /** False where there is nobody to ask. */
  readonly present: boolean;
  /**
   * May this call be made?
   *
   * @param command what the person may change, where the call has such a thing
   */
  approve(action: string, command?: string): Promise<Answer>;
  answer(question: string, choices: readonly string[]): Promise<string>;
  /** Shall the agent go on after this signal? */
  review(signal: string): Promise<'continue' | 'stop'>;
  /** What was typed while nothing was asked, each line once. */
  words(): readonly string[];
  /** Aborted when the person leaves, also while nothing is asked: the run stops. */
  readonly left: AbortSignal;
  close(): void;
}

const APPROVAL_ANSWERS: Readonly<Record<string, 'yes' | 'no' | 'always' | 'stop'>> = {
  y: 'yes',
  n: 'no',
  a: 'always',
  s: 'stop',
};

/** The person at the terminal. Leaving it (Ctrl-C, Ctrl-D) stops the run; a line typed meanwhile steers it. */
export function personAtTerminal(
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stdout,
): Person {
  const terminal = createInterface({ input, output });
  const leaving = new AbortController();
  terminal.once('close', () => leaving.abort());
  const typedMeanwhile: string[] = [];
  terminal.on('line', line => {
    if (line.trim()) typedMeanwhile.push(line.trim());
  });
  const left = new Promise<undefined>(resolve =>
    leaving.signal.addEventListener('abort', () => resolve(undefined)),
  );
  const ask = (prompt: string): Promise<string | undefined> =>
    Promise.race([terminal.question(prompt), left]);
  return {
    name: 'you',
    present: true,
    async approve(action, command) {
      const edit = command === undefined ? '' : '[e]dit, ';
      for (;;) {
        const typed = await ask(
          `  ? ${action}\n    [y]es, [n]o, ${edit}yes to [a]ll from now on, [s]top the run: `,
        );
        if (typed === undefined) return 'stop';
        const key = typed.trim().toLowerCase()[0] ?? '';
        const answer = APPROVAL_ANSWERS[key];
        if (answer) return answer;
        if (key !== 'e' || command === undefined) continue;
        const edited = (await ask('    run this instead: '))?.trim();
        if (edited) return { edit: edited };
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
    words: () => typedMeanwhile.splice(0),
    left: leaving.signal,
    close: () => terminal.close(),
  };
}

/** A person whose answers are data. Once they are used up, the answer is no, the first choice, and stop. */
export function scriptedPerson(script: PersonScript, print: (line: string) => void): Person {
  const approvals = script.approvals.values();
  const questions = script.questions.values();
  const reviews = script.reviews.values();
  const said = <T extends Answer | string>(prompt: string, answer: T): Promise<T> => {
    const shown = typeof answer === 'object' ? `rather ${answer.edit}` : answer;
    print(`  ? ${prompt}\n    scripted person: ${shown}`);
    return Promise.resolve(answer);
  };
  return {
    name: 'scripted person',
    present: true,
    approve: action => said(action, approvals.next().value ?? 'no'),
    answer: (question, choices) => said(question, questions.next().value ?? choices[0] ?? 'no answer'),
    review: signal => said(`${signal}; go on?`, reviews.next().value ?? 'stop'),
    words: () => [],
    ...interrupted(),
  };
}

/** Where nobody is there to ask: what needs an answer is denied, and a question gets its first choice. */
export function nobody(): Person {
  return {
    name: 'nobody',
    present: false,
    approve: () => Promise.resolve('no'),
    answer: (_, choices) => Promise.resolve(choices[0] ?? 'no answer'),
    review: () => Promise.resolve('continue'),
    words: () => [],
    ...interrupted(),
  };
}

/** Without a terminal a person stops the run with SIGINT. */
function interrupted(): Pick<Person, 'left' | 'close'> {
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  process.once('SIGINT', leave);
  return { left: leaving.signal, close: () => void process.off('SIGINT', leave) };
}
