import { type Decision, PROMPT, tongue } from './talk.ts';
import { ENTER, ESCAPE, SHIFT_TAB, startTerminal } from './terminal.ts';

/** Cline at a terminal: it asks nowhere else, for its protocol wants a sign-in with the vendor. */
export const clineTalk = tongue(
  startTerminal,
  (program, { freedom, place: { cwd } }) => [
    ...program,
    ...(freedom === 'bypass' ? [] : ['--auto-approve', 'false']),
    ...['--tui', '-c', cwd],
  ],
  async (terminal, { last }) => {
    const { type, shown, press, skip } = terminal;
    let ending = last;
    // what it has to sell covers the screen of a new user
    await shown('any other key to close');
    await press(ESCAPE, 'What can I do for you?');
    let asking = false;
    const asked = async (): Promise<void> => {
      if (!asking) await shown('[y] Approve');
      asking = true;
    };
    const say = async (words: string): Promise<void> => {
      type(words);
      await shown(words);
    };
    return {
      async prompt() {
        await say(PROMPT);
        await press(ENTER, 'Thinking');
      },
      async answer(decision: Decision) {
        if (typeof decision !== 'string') throw new Error('Cline lets nobody edit a command');
        await asked();
        asking = false;
        await press({ allow: 'y', deny: 'n', cancel: ESCAPE }[decision], 'Ask anything');
      },
      async reply() {
        await shown('Type a response');
        await press(ENTER, 'Ask anything');
      },
      asked,
      async steer() {
        await say('with care, please');
        await press(ENTER, 'Enter with empty input to steer first');
        type(ENTER);
      },
      async stop() {
        skip();
        type(ESCAPE);
        // what waited gets its mark
        ending = '*';
      },
      async bypass() {
        type(SHIFT_TAB);
        await shown('Auto-approve all enabled');
      },
      heard: shown,
      done: () => shown(ending),
    };
  },
);
