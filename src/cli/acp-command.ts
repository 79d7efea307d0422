import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { UsageError } from './usage.ts';

const HELP = `Usage: otel-alignment acp [OPTIONS] -- COMMAND [ARGUMENTS]

Starts an agent that speaks a protocol over standard input and output, passes every byte on unchanged, and sends alignment signals for
what the protocol shows: permissions given and refused, stops, changes of mode.

Options:
  --protocol acp|codex   acp (default): the Agent Client Protocol of editors. codex: Codex' app-server, which also shows its
                         reviewer's verdicts, steering and changes of policy
  --agent NAME           gemini-cli or codex: leave to their own telemetry what it shows. Other names: the service name
  --all                  with --agent: report everything all the same

Environment: as for otel-alignment hook.

Examples:
  otel-alignment acp --agent gemini-cli -- gemini --acp
  otel-alignment acp --protocol codex --agent codex -- codex app-server

Exit codes: the agent's own; 127 where it cannot be started, 2 where the command line is wrong.
`;

export const acp: Command = {
  help: HELP,
  async run(args) {
    const { agent, protocol, all, command } = parse(args);
    const { runProxy } = await import('../taps/acp/proxy.ts');
    const code = await runProxy({
      protocol,
      all,
      command,
      env: process.env,
      ...(agent === undefined ? {} : { agent }),
    });
    // standard input may stay open for as long as the client lives
    process.exit(code);
  },
};

function parse(args: readonly string[]): {
  agent: string | undefined;
  protocol: 'acp' | 'codex';
  all: boolean;
  command: string[];
} {
  const at = args.indexOf('--');
  const command = at < 0 ? [] : args.slice(at + 1);
  if (command.length === 0) throw new UsageError('acp needs a command: otel-alignment acp -- gemini --acp');
  try {
    const { values } = parseArgs({
      args: args.slice(0, at),
      options: {
        agent: { type: 'string' },
        protocol: { type: 'string', default: 'acp' },
        all: { type: 'boolean', default: false },
      },
    });
    const { agent, protocol, all } = values;
    if (protocol !== 'acp' && protocol !== 'codex') throw new Error('--protocol must be acp or codex.');
    if (agent !== undefined && !/^[\w.-]{1,64}$/.test(agent)) throw new Error('--agent must be one word.');
    return { agent, protocol, all, command };
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See otel-alignment acp --help.`);
  }
}
