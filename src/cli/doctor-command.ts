import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HOOK_AGENT_NAMES, isHookAgent } from '../taps/hook/agents.ts';
import type { HookAgentName } from '../taps/hook/event.ts';
import type { Command } from './command.ts';
import { UsageError } from './usage.ts';

const HELP = `Usage: otel-alignment doctor [DIR] [OPTIONS] [-- COMMAND ARGUMENTS]

Looks at a set-up and says what is wrong with it and how to mend it. Nothing is changed, and no key or header is shown.

  Node                   is it new enough for the package and for the SDK beside it
  Packages               of the application in DIR (default: here): versions, copies of @opentelemetry/api that do not serve each
                         other, an SDK that is too old, an exporter
  The running            with COMMAND: starts it, looks at the provider that it registers (processors and their order, exporter,
  application            sampler, context manager), and ends it
  Collector              an empty request to where spans and log records would go (OTEL_EXPORTER_OTLP_*)
  Command-line agents    of those on this machine: are the switches of their telemetry on, is the hook installed

Options:
  --agent NAME     look at this agent: ${HOOK_AGENT_NAMES.join(', ')}; more than once for several
  --offline        send nothing
  --wait SECONDS   how long COMMAND may run; default 10
  --json           {"problems","warnings","findings":[{"area","check","status","message","mend"?}]}

Examples:
  otel-alignment doctor
  otel-alignment doctor services/agent -- node --import ./telemetry.js app.js
  otel-alignment doctor --agent claude-code
  otel-alignment doctor --offline --json

Exit codes: 0 nothing has to be mended (warnings may be there), 1 a problem was found, 2 the command line is unusable.
`;

export const doctor: Command = {
  help: HELP,
  async run(args) {
    const wanted = parse(args);
    const { examine } = await import('./doctor/examine.ts');
    const { countOf, describeFindings } = await import('./doctor/describe.ts');
    const findings = await examine(wanted, process.env, process.cwd());
    const problems = countOf(findings, 'problem');
    process.stdout.write(
      wanted.json
        ? `${JSON.stringify({ problems, warnings: countOf(findings, 'warning'), findings })}\n`
        : describeFindings(findings),
    );
    return problems > 0 ? 1 : 0;
  },
};

/** What is to be looked at. */
export interface DoctorRequest {
  readonly folder: string;
  readonly agents: readonly HookAgentName[];
  readonly offline: boolean;
  /** Empty: the application is not run. */
  readonly command: readonly string[];
  readonly waitMs: number;
  readonly json: boolean;
}

function parse(args: readonly string[]): DoctorRequest {
  const at = args.indexOf('--');
  const { values, positionals } = parsed(at < 0 ? args : args.slice(0, at));
  const [folder = '.', ...more] = positionals;
  if (more.length > 0) throw new UsageError('doctor looks at one folder: otel-alignment doctor [DIR]');
  if (!isFolder(folder))
    throw new UsageError(`${folder}: no folder; give the one with the application's package.json`);
  const seconds = Number(values.wait);
  if (!(seconds > 0 && seconds <= 3600))
    throw new UsageError('--wait needs seconds, above 0 and at most 3600');
  const command = at < 0 ? [] : args.slice(at + 1);
  if (at >= 0 && command.length === 0)
    throw new UsageError(
      'after -- the command of the application is missing: otel-alignment doctor -- node app.js',
    );
  const agents = values.agent.map(name => {
    if (!isHookAgent(name)) throw new UsageError(`--agent must be one of ${HOOK_AGENT_NAMES.join(', ')}`);
    return name;
  });
  return {
    folder: resolve(folder),
    agents,
    offline: values.offline,
    command,
    waitMs: seconds * 1000,
    json: values.json,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        agent: { type: 'string', multiple: true, default: [] as string[] },
        offline: { type: 'boolean', default: false },
        wait: { type: 'string', default: '10' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See otel-alignment doctor --help.`);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
