import { createInterface } from 'node:readline/promises';
import type { Ask } from './gate.ts';

/** Leaving the terminal is a no. */
export const askAtTerminal: Ask = async ({ toolName, arguments: given }, rules) => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const left = new Promise<string>(resolve => terminal.once('close', () => resolve('')));
  const question = `${toolName} ${JSON.stringify(given)}\n  cannot be undone (${rules.join(', ')}). Go on? [y/N] `;
  const answer = await Promise.race([terminal.question(question), left]);
  terminal.close();
  return answer.trim().toLowerCase().startsWith('y');
};
