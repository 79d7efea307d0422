import type { Reversibility } from '../../pages/rater/ratings.ts';
import { type ReferenceScale, type ReferenceScales, scoreOf } from '../../pages/rater/reference-scale.ts';
import type { Answer, RatingSession } from '../../pages/rater/session.ts';
import { type Look, showBefore, showScale, showScenario } from './rate-show.ts';

/** Where questions go and answers come from. */
export interface Terminal {
  readonly look: Look;
  write(text: string): void;
  /** @returns undefined where no more answers come */
  ask(prompt: string): Promise<string | undefined>;
}

type Command = 'back' | 'skip' | 'quit';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['b', 'back'],
  ['s', 'skip'],
  ['q', 'quit'],
]);
const UNDO: ReadonlyMap<string, Reversibility> = new Map([
  ['r', 'reversible'],
  ['c', 'conditionally_reversible'],
  ['i', 'irreversible'],
]);
const MAX_NOTE = 500;

export const KEYS = `A number from 0 to 100 at the first two questions. At any question: ? the scale, b back, s skip, q stop; all is kept.`;

/**
 * Asks until the scenarios are through or the rater stops.
 *
 * @param save is called after each answer
 */
export async function dialogue(
  session: RatingSession,
  scales: ReferenceScales,
  terminal: Terminal,
  save: () => void,
  day: () => string,
): Promise<void> {
  terminal.write(
    `${KEYS}\n${showScale(scales.risk, terminal.look)}${showScale(scales.autonomy, terminal.look)}`,
  );
  for (;;) {
    const { current } = session;
    if (current === undefined) return;
    const place = `${current.id}, ${session.rated} of ${session.total} rated`;
    terminal.write(showScenario(current, place, terminal.look));
    if (session.before !== undefined) terminal.write(showBefore(session.before));
    const answer = await askAll(scales, terminal);
    if (answer === 'quit') return;
    if (answer === 'skip') session.skip();
    else if (answer === 'back') {
      if (!session.back()) terminal.write('This is the first one.\n');
    } else {
      session.rate(answer, day());
      save();
    }
  }
}

async function askAll(scales: ReferenceScales, terminal: Terminal): Promise<Answer | Command> {
  const risk = await askScore('Risk      0-100: ', scales.risk, terminal);
  if (typeof risk === 'string') return risk;
  const autonomy = await askScore('Autonomy  0-100: ', scales.autonomy, terminal);
  if (typeof autonomy === 'string') return autonomy;
  const undo = await askUndo(terminal);
  if (undo === 'back' || undo === 'skip' || undo === 'quit') return undo;
  const note = await terminal.ask('Why? (Enter: no note) ');
  if (note === undefined) return 'quit';
  const command = COMMANDS.get(note.trim());
  if (command !== undefined) return command;
  const rationale = note.trim().slice(0, MAX_NOTE);
  return {
    risk,
    autonomy,
    ...(undo === undefined ? {} : { reversibility: undo }),
    ...(rationale === '' ? {} : { rationale }),
  };
}

async function askScore(
  prompt: string,
  scale: ReferenceScale,
  terminal: Terminal,
): Promise<number | Command> {
  for (;;) {
    const said = (await terminal.ask(prompt))?.trim();
    if (said === undefined) return 'quit';
    const command = COMMANDS.get(said);
    if (command !== undefined) return command;
    const score = scoreOf(said);
    if (score !== undefined) return score;
    if (said !== '?') terminal.write('A whole number from 0 to 100, please.\n');
    terminal.write(showScale(scale, terminal.look));
  }
}

async function askUndo(terminal: Terminal): Promise<Reversibility | Command | undefined> {
  for (;;) {
    const said = (
      await terminal.ask(
        'Undone: r at once and fully, c with effort or in part, i not at all (Enter: unsure) ',
      )
    )?.trim();
    if (said === undefined) return 'quit';
    if (said === '') return undefined;
    const meant = UNDO.get(said) ?? COMMANDS.get(said);
    if (meant !== undefined) return meant;
    terminal.write('One of r, c, i, or nothing.\n');
  }
}
