import { type ParseArgsConfig, parseArgs } from 'node:util';
import {
  CalibrationError,
  type Consensus,
  parseConsensus,
  parseScale,
  type Scale,
  type SignalName,
} from '../../calibration/index.ts';
import { UsageError } from '../usage.ts';
import { readText, shippedFile } from './files.ts';

/** The options of a command, each a text. @throws UsageError naming what is wrong or missing */
export function textOptions<K extends string, R extends K>(
  command: string,
  args: readonly string[],
  names: readonly K[],
  required: readonly R[],
): { readonly [N in K]?: string } & { readonly [N in R]: string } {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    names.map(name => [name, { type: 'string' }]),
  );
  const help = `See otel-alignment calibration ${command} --help.`;
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message} ${help}`);
  }
  const missing = required.find(name => values[name] === undefined);
  if (missing !== undefined) throw new UsageError(`calibration ${command} needs --${missing}. ${help}`);
  return values as { readonly [N in K]?: string } & { readonly [N in R]: string };
}

/** @throws UsageError where it is neither */
export function signalOf(value: string | undefined): SignalName {
  if (value === undefined || value === 'risk' || value === 'autonomy') return value ?? 'risk';
  throw new UsageError(`--signal is risk or autonomy, not ${value}`);
}

/** A scale from a file, or by the id of one that comes with the package. */
export function readScale(given: string): Scale {
  const known = /^[\w.-]+$/.test(given) && !given.endsWith('.json');
  const path = known ? shippedFile('scales', `${given}.json`) : given;
  const text = readText(path);
  try {
    return parseScale(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof SyntaxError) throw new CalibrationError(`${path}: no JSON (${error.message})`);
    throw error;
  }
}

/** The reference values: those that come with the package, or another file's. */
export function readConsensus(path: string | undefined): Consensus {
  const file = path ?? shippedFile('consensus.json');
  return parseConsensus(readText(file), file);
}

/** Today in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);
