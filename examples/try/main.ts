// What `npm run try` of the agents' examples share: the real agent, set up as its page says, before a Collector with the committed
// configuration, in a home folder that is removed afterwards. A script on this machine plays the model.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { cli, type LiveAgent } from '../../test/agents/agents.ts';
import { type Play, perform } from '../../test/agents/live.ts';
import { AGENT_PACKAGES, findAgent, howToGetAgent } from '../../tools/agents/agents.ts';
import { findBinary, howToGet } from '../../tools/stack/binaries.ts';
import { withProgress } from '../../tools/stack/progress.ts';
import { Home, startBackends } from './home.ts';
import { type Arrived, arrived, type From, render } from './timeline.ts';

/** One start of the agent, and what has to come of it. */
export interface Run {
  readonly title: string;
  readonly play: Play;
  /** The signals that the page promises: class and type, from where. */
  readonly signals: readonly (readonly [from: From, what: string])[];
}

export interface Trial {
  readonly title: string;
  /** The program's name on PATH. */
  readonly program: string;
  /** The agent, set up as its page says. */
  readonly agent: LiveAgent;
  readonly runs: readonly Run[];
  /** Ends what a run of the agent leaves behind; called after each, and once more at the end. */
  readonly after?: () => Promise<void>;
}

/** How long signals may be on their way when the agent has ended. */
const LATE_MS = 30_000;
const OPTIONS = { once: { type: 'boolean' }, help: { type: 'boolean' } } as const;

/** Set-up that a person can mend; the message says how. */
class TryError extends Error {}

/** Runs the trial by the command line of this process, whose exit code says whether each promised signal came. */
export async function tryAgent(trial: Trial): Promise<void> {
  const home = new Home();
  // npm passes Ctrl-C on a second time: only the first one counts
  const interrupted = new Promise<'interrupted'>(done => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => done('interrupted'));
  });
  try {
    const { values } = parseArgs({ options: OPTIONS });
    if (values.help) console.log(help(trial));
    else {
      const ended = await Promise.race([show(trial, home, values.once === true), interrupted]);
      if (ended === 'interrupted') process.exitCode = 130;
      else if (!ended) process.exitCode = 1;
      else if (!values.once) await interrupted;
    }
  } catch (error) {
    const ours = error instanceof TryError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    console.error(ours ? (error as Error).message : error);
    process.exitCode = ours ? 2 : 1;
  } finally {
    await trial.after?.();
    await home.clean();
  }
  // an agent that was interrupted may still be ending
  process.exit();
}

const help = ({ title, agent }: Trial): string =>
  `npm run try --prefix examples/${agent.name} [-- --once]

Runs ${title} in a temporary home folder, before a Collector, with a script as the model: once denied, once in the mode that asks nobody.
Prints the signals that arrive, and then waits for Ctrl-C, so that you can look at them in a viewer.

  --once  ends when both runs are over
  --help  this text`;

/** @returns whether all promised signals came */
async function show(
  { title, program, agent, runs, after }: Trial,
  home: Home,
  once: boolean,
): Promise<boolean> {
  const words = findAgent(agent.name) ?? onPath(program);
  if (words === undefined)
    throw new TryError(`${program} is not on PATH: install it as you like, or ${howToGetAgent(agent.name)}`);
  if (!existsSync(cli)) throw new TryError('the package is not built: run `npm run build`');
  const otelcol = findBinary('otelcol')?.path;
  if (otelcol === undefined) throw new TryError(`the Collector is missing: ${howToGet('otelcol')}`);
  const [first = '', ...rest] = words;
  const said = spawnSync(first, [...rest, '--version'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home.folder() },
  });
  const { version } = AGENT_PACKAGES[agent.name];
  console.log(`${title} ${said.stdout.trim()} (its page was written for ${version}), at ${words.at(-1)}`);
  console.log('A script on this machine plays the model; your own settings are neither read nor written.\n');

  const { sink, otlp, page } = await withProgress('Collector and viewer', () =>
    startBackends(otelcol, agent.name, home),
  );
  let all = true;
  for (const [index, { title: what, play, signals }] of runs.entries()) {
    const before = { logs: sink.logs.length, spans: sink.spans.length };
    const output = await withProgress(`${title} runs`, () => perform(home, otlp, agent, words, play));
    const missing = (): string[] => {
      const here = arrived(sink, before).map(nameOf);
      return signals.map(([from, name]) => `${name} (${from})`).filter(name => !here.includes(name));
    };
    await sink.until('the signals', () => missing().length === 0, LATE_MS).catch(() => undefined);
    await after?.();
    const table = render(arrived(sink, before)).map(line => `   ${line}\n`);
    console.log(`\n${index + 1}. ${what}\n\n${table.join('')}`);
    if (missing().length === 0) continue;
    all = false;
    console.error(`   not seen: ${missing().join(', ')}. The agent said:\n${output.slice(-2_000)}`);
  }
  console.log(`telemetry: ${title}'s own, mapped by the Collector. hook: what \`hook install\` has set up.`);
  if (!once && all) {
    const where =
      page === undefined
        ? `No viewer: ${howToGet('otel-desktop-viewer')}.`
        : `Open ${page}, type alignment.signal into the search and press Enter twice.`;
    console.log(`${where} Ctrl-C ends it.`);
  }
  return all;
}

const nameOf = ({ what, from }: Arrived): string => `${what} (${from})`;

function onPath(program: string): string[] | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return [path];
    } catch {}
  }
  return undefined;
}
