import { randomInt } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { RATER_NAME } from '../../pages/rater/ratings.ts';
import type { RaterMaterial } from '../../pages/rater/reference-scale.ts';
import { newSession, type RatingSession, resumeSession } from '../../pages/rater/session.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import { today } from './arguments.ts';
import { readText, withoutStack, writeText } from './files.ts';
import { readSet } from './material.ts';
import { dialogue, type Terminal } from './rate-dialogue.ts';

const HELP = `Usage: otel-alignment calibration rate --rater NAME [OPTIONS]

Shows you the reference scenarios one after the other and asks for risk and autonomy. What you said is written after each scenario;
the same command goes on where you stopped. Nobody else's ratings are shown.

Options:
  --rater NAME    a pseudonym of lower-case letters, digits and hyphens; keep it for later sets
  --author        you wrote or edited scenarios of this set: your ratings are kept apart
  --out FILE      default: human-NAME.jsonl here, with --author author-NAME.jsonl; if it is there, go on with it
  --seed NUMBER   of the order of the scenarios; default: by chance. It is written into the file
  --control       only the twelve scenarios of the control strip
  --set DIR       another set: set.json, scenarios/, reference-scales.json

Examples:
  otel-alignment calibration rate --rater heron-17
  otel-alignment calibration rate --out human-heron-17.jsonl

To contribute, put the file into semconv/calibration/ratings and open a pull request; semconv/calibration/README.md says how.

Exit codes: 0 all is written (whether or not you reached the end), 2 the command line or a file is unusable.
`;

const MAX_SEED = 2 ** 32 - 1;

export const rateCommand: Command = {
  help: HELP,
  run: args => withoutStack(() => run(args)),
};

async function run(args: readonly string[]): Promise<number> {
  const given = parse(args);
  const { scenarios, ...set } = readSet(given.set);
  const material = {
    ...set,
    scenarios: given.control ? scenarios.filter(({ control }) => control) : scenarios,
  };
  if (typeof material.set !== 'string' || typeof material.version !== 'string')
    throw new UsageError('set.json: "set" and "version" are missing');
  if (material.scenarios.length === 0) throw new UsageError(`${material.set}: there is no scenario to rate`);
  const { session, out } = begin(given, material);
  const save = (): void => {
    // never half a file: what is there stays until the new one is whole
    writeText(`${out}.new`, session.text());
    renameSync(`${out}.new`, out);
  };
  save();
  const rated = session.rated;
  const { terminal, close } = openTerminal();
  try {
    if (rated > 0) terminal.write(`${out}: ${rated} of ${session.total} are rated, going on.\n`);
    await dialogue(session, material.scales, terminal, save, today);
  } finally {
    close();
  }
  const left = session.total - session.rated;
  process.stdout.write(
    `\n${out}: ${session.rated} of ${session.total} rated.${left > 0 ? ` The same command shows the ${left === 1 ? 'other one' : `other ${left}`}.` : ' Thank you!'}\n`,
  );
  return 0;
}

interface Given {
  readonly rater?: string;
  readonly author: boolean;
  readonly out?: string;
  readonly seed?: number;
  readonly control: boolean;
  readonly set?: string;
}

function parse(args: readonly string[]): Given {
  const help = 'See otel-alignment calibration rate --help.';
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rater: { type: 'string' },
        author: { type: 'boolean', default: false },
        out: { type: 'string' },
        seed: { type: 'string' },
        control: { type: 'boolean', default: false },
        set: { type: 'string' },
      },
    });
    const { rater, seed, ...rest } = values;
    if (rater === undefined && rest.out === undefined) throw new Error('rate needs --rater NAME.');
    if (rater !== undefined && !RATER_NAME.test(rater))
      throw new Error(
        `--rater ${JSON.stringify(rater)}: lower-case letters, digits and hyphens, at most 40.`,
      );
    if (seed !== undefined && !(/^[0-9]{1,10}$/.test(seed) && Number(seed) <= MAX_SEED))
      throw new Error(`--seed is a whole number from 0 to ${MAX_SEED}, not ${seed}.`);
    return {
      ...rest,
      ...(rater === undefined ? {} : { rater }),
      ...(seed === undefined ? {} : { seed: Number(seed) }),
    };
  } catch (error) {
    throw new UsageError(`${(error as Error).message} ${help}`);
  }
}

function begin(given: Given, material: RaterMaterial): { session: RatingSession; out: string } {
  const kind = given.author ? 'author' : 'human';
  const out = given.out ?? `${kind}-${given.rater}.jsonl`;
  if (existsSync(out)) {
    const session = resumeSession(material, readText(out), out);
    const { rater } = session.header;
    if (given.rater !== undefined && given.rater !== rater)
      throw new UsageError(`${out} is the file of ${rater}, not of ${given.rater}; name another with --out`);
    if (given.author && session.header.kind !== 'author')
      throw new UsageError(`${out} is of kind ${session.header.kind}, not author; name another with --out`);
    return { session, out };
  }
  if (given.rater === undefined)
    throw new UsageError(`${out} is not there yet: give --rater NAME to begin it`);
  const seed = given.seed ?? randomInt(MAX_SEED);
  return { session: newSession(material, { rater: given.rater, kind }, seed), out };
}

function openTerminal(): { terminal: Terminal; close(): void } {
  const { stdin, stdout } = process;
  const reader = createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY && stdout.isTTY });
  const answers: string[] = [];
  let waiting: ((answer: string | undefined) => void) | undefined;
  let ended = false;
  reader.on('line', line => {
    const wake = waiting;
    waiting = undefined;
    if (wake === undefined) answers.push(line);
    else wake(line);
  });
  reader.on('close', () => {
    ended = true;
    waiting?.(undefined);
  });
  // Ctrl-C ends the questions; what was said is written already
  reader.on('SIGINT', () => reader.close());
  return {
    close: () => reader.close(),
    terminal: {
      look: {
        width: Math.max(40, Math.min(stdout.columns ?? 100, 100)),
        styled: stdout.isTTY && !process.env['NO_COLOR'],
      },
      write: text => {
        stdout.write(text);
      },
      ask(prompt) {
        const answer = answers.shift();
        if (answer !== undefined || ended) {
          stdout.write(answer === undefined ? '\n' : `${prompt}\n`);
          return Promise.resolve(answer);
        }
        reader.setPrompt(prompt);
        reader.prompt();
        return new Promise(resolve => {
          waiting = resolve;
        });
      },
    },
  };
}
