import {
  parseTokens,
  type ServerOptions,
  StateError,
  TokenFileError,
  VoprfError,
} from '../../sessions/index.ts';
import { UsageError, unreadable } from '../usage.ts';
import { readText, tlsFiles } from './evaluator-files.ts';

/** The options with which a service of the protocol is started. */
export const SERVER_OPTIONS = [
  'state',
  'tokens',
  'client-ca',
  'tls-cert',
  'tls-key',
  'host',
  'port',
  'quota',
] as const;

export const SERVER_FLAGS = ['behind-proxy'] as const;

export const SERVER_HELP = `  --tokens FILE       contributors, one a line: a name and a token of 32 characters or more
  --client-ca FILE    only clients with a certificate of this authority, whose common name is the contributor; needs --tls-cert
  --tls-cert FILE, --tls-key FILE
                      serve HTTPS (TLS 1.3)
  --host HOST         default 127.0.0.1. Another needs --tls-cert, or --behind-proxy
  --behind-proxy      something in front of it ends TLS; only with --tokens`;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

type Parsed = {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly flags: ReadonlySet<string>;
};

/**
 * What a service is started with.
 *
 * @param command as errors call it
 * @throws UsageError
 */
export function serverOptions(
  command: string,
  { values, flags }: Parsed,
  defaults: { readonly port: string; readonly quota: string },
): ServerOptions & { readonly quota: number } {
  const { cert, key, ca: clientCa } = tlsFiles(values, ['tls-cert', 'tls-key', 'client-ca']);
  if (values['tokens'] === undefined && clientCa === undefined)
    throw new UsageError(
      `sessions ${command} needs --tokens or --client-ca: without them nobody could be told from anybody`,
    );
  if (clientCa !== undefined && cert === undefined) throw new UsageError('--client-ca needs --tls-cert');
  const host = values['host'];
  if (host !== undefined && !LOOPBACK.has(host) && cert === undefined && !flags.has('behind-proxy'))
    throw new UsageError(`--host ${host} without --tls-cert would send tokens in the clear`);
  return {
    folder: values['state']!,
    host,
    port: count(values['port'] ?? defaults.port, 'port', 0, 65_535),
    tls: cert === undefined ? undefined : { cert, key: key!, clientCa },
    tokens:
      values['tokens'] === undefined
        ? undefined
        : tokensOf(readText(values['tokens'], true), values['tokens']),
    quota: count(values['quota'] ?? defaults.quota, 'quota', 1, Number.MAX_SAFE_INTEGER),
    onProblem: error => process.stderr.write(`otel-alignment: ${(error as Error).message}\n`),
  };
}

/** Runs a service until a signal ends it. @throws UsageError where it cannot be started */
export async function untilEnded<T extends { readonly address: string; readonly close: () => Promise<void> }>(
  start: () => Promise<T>,
  { folder, host, port }: ServerOptions,
  said: (running: T) => string,
): Promise<void> {
  let running: T;
  try {
    running = await start();
  } catch (error) {
    if (error instanceof StateError || error instanceof VoprfError) throw new UsageError(error.message);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === 'listen' || syscall === 'bind' || syscall === 'getaddrinfo')
      throw new UsageError(`${host ?? '127.0.0.1'}:${port}: cannot be listened on (${code})`);
    if (code?.startsWith('ERR_OSSL') || code?.startsWith('ERR_SSL'))
      throw new UsageError(
        '--tls-cert, --tls-key or --client-ca: no certificate and key that belong together',
      );
    throw unreadable(folder, error);
  }
  process.stdout.write(`listening on ${running.address}\n`);
  process.stderr.write(`${said(running)}\n`);
  await ended();
  await running.close();
}

function tokensOf(text: string, name: string): ReturnType<typeof parseTokens> {
  try {
    return parseTokens(text, name);
  } catch (error) {
    if (error instanceof TokenFileError) throw new UsageError(error.message);
    throw error;
  }
}

function count(text: string, name: string, least: number, most: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} is a whole number from ${least} to ${most}`);
}

function ended(): Promise<void> {
  return new Promise(resolve => {
    const end = (): void => {
      process.off('SIGTERM', end);
      process.off('SIGINT', end);
      resolve();
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
  });
}
