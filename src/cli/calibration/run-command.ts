import { createHash } from 'node:crypto';
import { isObject, parseJson } from '../../calibration/error.ts';
import type { Scale, SignalName } from '../../calibration/index.ts';
import type { Scenario } from '../../pages/rater/scenario.ts';
import type { Command } from '../command.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage.ts';
import { readScale, signalOf, textOptions } from './arguments.ts';
import { readText, withoutStack } from './files.ts';
import { readSet, type SetMaterial } from './material.ts';
import { readScore } from './run-answer.ts';
import { openRun, type RunAbout, tidyRun } from './run-file.ts';
import { defaultPrompt } from './run-prompt.ts';
import { type Ask, askCommand, askModel } from './run-raters.ts';

const HELP = `Usage: otel-alignment calibration run --rater openai|anthropic --model MODEL --scale scale.json --out native.csv [OPTIONS]
       otel-alignment calibration run --rater command --scale scale.json --out native.csv [OPTIONS] -- PROGRAM [ARGUMENT...]

Has a rater answer the reference scenarios, each three times, and writes native.csv for calibration fit. Each answer is in the file as
soon as it is there: the same command goes on where it was stopped.

openai, anthropic   a model behind that API, or behind a compatible one (--url). The key is read from ALIGNMENT_RATER_API_KEY; without it
                    OPENAI_API_KEY or ANTHROPIC_API_KEY, for the vendor's own address only.
command             a program, started anew for each answer: a scenario as JSON on its standard input, the answer on its
                    standard output.
An answer is the score alone, or JSON with the score in a field. An answer without score is asked for twice more and then left out.

Options:
  --scale FILE         the rater's scale, or the name of one that comes with the package
  --out FILE           the ratings; FILE.run.json beside it says of what run they are: the same command goes on only with answers of
                       the same set, scale, rater, --url, --body and --field, and calibration fit takes the model from it
  --signal NAME        risk (default) or autonomy
  --repeats N          answers to each scenario; default 3
  --prompt FILE        the model's instructions, if it has its own for this; the scenario follows as JSON
  --field NAME         the field of the answer that holds the score; default: score
  --input scenario|steps   what the program reads: a scenario (default), or the lines that otel-alignment assess reads
  --only anchor|verification|control   only these scenarios
  --concurrency N      questions at a time; default 4
  --timeout SECONDS    for one answer; default 60
  --url URL            up to where the API's own path begins, as http://localhost:8000/v1
  --body JSON          further fields of each request, as '{"temperature":0}'
  --set DIR            another set of scenarios

Examples:
  otel-alignment calibration run --rater openai --model MODEL --scale scale.json --out native.csv
  otel-alignment calibration run --rater command --scale scale.json --out native.csv -- ./my-rater.sh
  otel-alignment calibration run --rater command --input steps --field risk_score --scale otel-alignment.risk_score \\
    --repeats 1 --out own.csv -- otel-alignment assess

Exit codes: 0 every scenario was answered, 1 some answers are missing, 2 the command line or a file is unusable, or the rater
cannot be reached.
`;

const OPTIONS = [
  'rater',
  'scale',
  'out',
  'signal',
  'repeats',
  'prompt',
  'field',
  'input',
  'only',
  'concurrency',
  'timeout',
  'url',
  'body',
  'model',
  'set',
] as const;

/** How often a scenario is asked about until there is a score. */
const TRIES = 3;

export const runCommand: Command = {
  help: HELP,
  run: args => withoutStack(() => run(args)),
};

type Given = { readonly [N in (typeof OPTIONS)[number]]?: string } & {
  readonly rater: string;
  readonly scale: string;
  readonly out: string;
};

async function run(args: readonly string[]): Promise<number> {
  const end = args.indexOf('--');
  const command = end < 0 ? [] : args.slice(end + 1);
  const given: Given = textOptions('run', end < 0 ? args : args.slice(0, end), OPTIONS, [
    'rater',
    'scale',
    'out',
  ]);
  const signal = signalOf(given.signal);
  const scale = readScale(given.scale);
  const set = readSet(given.set);
  const scenarios = set.scenarios.filter(chosen(given.only));
  const { ask, about } = raterOf(given, command, signal, scale, set);
  const repeats = count('repeats', given.repeats, 3);
  const file = openRun(given.out, about);
  const done = new Set(file.done.map(({ scenario, repeat }) => `${scenario} ${repeat}`));
  const jobs = Array.from({ length: repeats }, (_, index) => index + 1)
    .flatMap(repeat => scenarios.map(scenario => ({ scenario, repeat })))
    .filter(({ scenario, repeat }) => !done.has(`${scenario.id} ${repeat}`));
  const progress = createProgress(`of ${jobs.length} answers`);
  const missing: string[] = [];
  try {
    await inParallel(jobs, count('concurrency', given.concurrency, 4), async ({ scenario, repeat }) => {
      const score = await scoreOf(ask, scenario, scale, given.field);
      progress.tick();
      if (score === undefined) missing.push(`${scenario.id} (${repeat})`);
      else file.add(scenario.id, score, repeat);
    });
  } finally {
    progress.end();
  }
  const ratings = tidyRun(
    given.out,
    set.scenarios.map(({ id }) => id),
  );
  const rated = new Set(ratings.map(({ scenario }) => scenario)).size;
  process.stdout.write(
    `${given.out}: ${ratings.length} answers to ${rated} scenarios of ${set.set}/${set.version}\n`,
  );
  if (missing.length === 0) return 0;
  process.stderr.write(
    `otel-alignment: ${missing.length} answers had no score on the scale: ${missing.sort().join(', ')}; the same command asks again\n`,
  );
  return 1;
}

async function scoreOf(
  ask: Ask,
  scenario: Scenario,
  scale: Scale,
  field: string | undefined,
): Promise<string | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await ask(scenario);
    const score = answer === undefined ? undefined : readScore(answer, scale, field);
    if (score !== undefined) return score;
  }
  return undefined;
}

/** The first failure ends all of it, once what was under way has ended. */
async function inParallel<T>(
  jobs: readonly T[],
  width: number,
  act: (job: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (next < jobs.length && failure === undefined) {
      try {
        await act(jobs[next++]!);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  if (failure !== undefined) throw failure.error;
}

function raterOf(
  given: Given,
  command: readonly string[],
  signal: SignalName,
  scale: Scale,
  { set, version, sha256, scales }: SetMaterial,
): { ask: Ask; about: RunAbout } {
  const { rater, model } = given;
  const timeoutMs = 1000 * count('timeout', given.timeout, 60);
  const about = { schema: 'alignment-run/1', set, version, sha256, signal, scale: scale.id, rater } as const;
  if (rater === 'command') {
    const [program, ...rest] = command;
    if (program === undefined)
      throw new UsageError('--rater command needs a program: calibration run … -- PROGRAM');
    const input = given.input ?? 'scenario';
    if (input !== 'scenario' && input !== 'steps')
      throw new UsageError(`--input is scenario or steps, not ${input}`);
    return {
      ask: askCommand([program, ...rest], input, timeoutMs),
      about: {
        ...about,
        ...(model === undefined ? {} : { model }),
        command_sha256: digest(JSON.stringify([input, given.field ?? '', ...command])),
      },
    };
  }
  if (rater !== 'openai' && rater !== 'anthropic')
    throw new UsageError(`--rater is openai, anthropic or command, not ${rater}`);
  if (model === undefined) throw new UsageError(`--rater ${rater} needs --model`);
  const prompt =
    given.prompt === undefined ? defaultPrompt(signal, scale, scales[signal]) : readText(given.prompt);
  const body = given.body === undefined ? {} : parseJson(given.body, '--body');
  if (!isObject(body)) throw new UsageError('--body is a JSON object, as {"temperature":0}');
  return {
    ask: askModel({ protocol: rater, model, url: given.url, prompt, body, timeoutMs }),
    about: {
      ...about,
      model,
      prompt_sha256: digest(prompt),
      request_sha256: digest(JSON.stringify([given.url ?? '', sorted(body), given.field ?? ''])),
    },
  };
}

/** The same fields in another order are the same request. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, of]) => [key, sorted(of)]);
}

function chosen(only: string | undefined): (scenario: Scenario) => boolean {
  if (only === undefined) return () => true;
  if (only === 'control') return ({ control }) => control;
  if (only === 'anchor' || only === 'verification') return ({ split }) => split === only;
  throw new UsageError(`--only is anchor, verification or control, not ${only}`);
}

function count(name: string, given: string | undefined, fallback: number): number {
  if (given === undefined) return fallback;
  if (/^[1-9][0-9]{0,3}$/.test(given)) return Number(given);
  throw new UsageError(`--${name} is a whole number from 1 to 9999, not ${given}`);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
