#!/usr/bin/env node
import { VERSION } from '../signals/version.ts';
import { acp } from './acp-command.ts';
import { assess } from './assess-command.ts';
import { explain } from './explain-command.ts';
import { hook } from './hook-command.ts';
import { UsageError } from './usage.ts';
import { validate } from './validate-command.ts';

/** A command: what it is for, and what it does. It answers with the exit code. */
export interface Command {
  readonly brief: string;
  readonly help: string;
  run(args: readonly string[]): Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = { explain, assess, validate, hook, acp };

const HELP = `Usage: otel-alignment COMMAND [OPTIONS]

Alignment signals of AI agents in OpenTelemetry.

Commands:
${Object.entries(COMMANDS)
  .map(([name, { brief }]) => `  ${name.padEnd(12)}${brief}`)
  .join('\n')}

Options:
  --help      this text; after a command, that command's
  --version   the version of this package

Exit codes: 0 all is well, 1 something was found, 2 the command line or a file is unusable.
`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new UsageError(`There is no command ${name}. Try: ${Object.keys(COMMANDS).join(', ')}, --help.`);
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  return command.run(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`otel-alignment: ${error.message}\n`);
  process.exitCode = 2;
}
