import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from '../usage.ts';

type Values = Readonly<Record<string, string | undefined>>;

/**
 * The options of `otel-alignment sessions COMMAND`: texts, of which some may be repeated, and flags.
 *
 * @throws UsageError naming what is wrong or missing
 */
export function sessionOptions(
  command: string,
  args: readonly string[],
  {
    text,
    many = [],
    flags = [],
    required = [],
  }: {
    readonly text: readonly string[];
    readonly many?: readonly string[];
    readonly flags?: readonly string[];
    readonly required?: readonly string[];
  },
): {
  readonly values: Values;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly flags: ReadonlySet<string>;
} {
  const help = `See otel-alignment sessions ${command} --help.`;
  const options: NonNullable<ParseArgsConfig['options']> = {
    ...Object.fromEntries(text.map(name => [name, { type: 'string' }])),
    ...Object.fromEntries(many.map(name => [name, { type: 'string', multiple: true }])),
    ...Object.fromEntries(flags.map(name => [name, { type: 'boolean' }])),
  };
  let parsed: Record<string, unknown>;
  try {
    ({ values: parsed } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message} ${help}`);
  }
  const missing = required.find(name => parsed[name] === undefined);
  if (missing !== undefined) throw new UsageError(`sessions ${command} needs --${missing}. ${help}`);
  return {
    values: Object.fromEntries(text.map(name => [name, parsed[name] as string | undefined])),
    lists: Object.fromEntries(many.map(name => [name, (parsed[name] ?? []) as string[]])),
    flags: new Set(flags.filter(name => parsed[name] === true)),
  };
}
