import { UsageError } from './usage.ts';

/** A command: its help, and what it does. It answers with the exit code. */
export interface Command {
  readonly help: string;
  /** Of a command made of others: these. */
  readonly commands?: Commands;
  run(args: readonly string[]): Promise<number>;
}

/** Commands by name. What a command needs is loaded when it is called, so that each starts fast. */
export type Commands = Readonly<Record<string, { readonly brief: string; load(): Promise<Command> }>>;

const isHelp = (arg: string | undefined): boolean => arg === '--help' || arg === '-h';

/** The options of ours: what stands behind `--` is another program's. */
function ours(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}

/**
 * A command made of others.
 *
 * @param name as it is typed, `otel-alignment` or `otel-alignment calibration`
 * @param about what stands between the usage line and the list of commands
 */
export function group(name: string, about: string, commands: Commands, end = ''): Command {
  const width = Math.max(...Object.keys(commands).map(one => one.length)) + 3;
  const help = `Usage: ${name} COMMAND [OPTIONS]

${about}

Commands:
${Object.entries(commands)
  .map(([one, { brief }]) => `  ${one.padEnd(width)}${brief}`)
  .join('\n')}

${name} COMMAND --help says more about one.
${end}`;
  return {
    help,
    commands,
    async run([first, ...args]) {
      if (first === undefined || isHelp(first) || first === 'help') {
        (first === undefined ? process.stderr : process.stdout).write(help);
        return first === undefined ? 2 : 0;
      }
      if (!Object.hasOwn(commands, first)) {
        throw new UsageError(
          `There is no command ${first}. Try: ${Object.keys(commands).join(', ')}; ${name} --help.`,
        );
      }
      const command = await commands[first]!.load();
      if (command.commands !== undefined || !ours(args).some(isHelp)) return command.run(args);
      process.stdout.write(command.help);
      return 0;
    },
  };
}
