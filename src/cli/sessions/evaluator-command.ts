import {
  EvaluatorStateError,
  evaluatorUrl,
  parseTokens,
  type RunningEvaluator,
  startEvaluator,
  TokenFileError,
  VoprfError,
} from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { UsageError, unreadable } from '../usage.ts';
import { readText, tlsFiles } from './evaluator-files.ts';
import { sessionOptions } from './options.ts';

const HELP = `Usage: otel-alignment sessions evaluator --id ID --state FOLDER (--tokens FILE | --client-ca FILE) [OPTIONS]

Runs one of the evaluators of the voprf tier: contributors send it blinded elements, it answers with its part of the pseudonyms and a
proof. It never sees an id, a pseudonym or a fragment. Run two or more, by different people, none of them who runs the layer. Needs
libsodium-wrappers-sumo. semconv/sessions/evaluator.md says more. SIGTERM and SIGINT end it, after it answered what had begun.

Options:
  --id ID             its name, which goes into its keys: lower-case letters, digits, dots and hyphens
  --state FOLDER      seeds, log of keys and budgets; made with mode 0700. Back up keys.log, never the seeds
  --tokens FILE       contributors, one a line: a name and a token of 32 characters or more
  --client-ca FILE    only clients with a certificate of this authority, whose common name is the contributor; needs --tls-cert
  --tls-cert FILE, --tls-key FILE
                      serve HTTPS (TLS 1.3)
  --host HOST         default 127.0.0.1. Another needs --tls-cert, or --behind-proxy
  --behind-proxy      something in front of it ends TLS; only with --tokens
  --port PORT         default 8790; 0 takes any free one
  --url URL           the address under which contributors reach it; default: where it listens
  --quota N           elements a contributor may have evaluated in one week; default 1000000

Example:
  printf 'provider-a %s\\n' "$(openssl rand -base64 32)" > tokens && chmod 600 tokens
  otel-alignment sessions evaluator --id evaluator-a --state evaluator-a --tokens tokens

Exit codes: 0 ended by a signal, 2 unusable command line, file, folder or port.
`;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

export const evaluatorCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, flags } = sessionOptions('evaluator', args, {
      text: ['id', 'state', 'tokens', 'client-ca', 'tls-cert', 'tls-key', 'host', 'port', 'url', 'quota'],
      flags: ['behind-proxy'],
      required: ['id', 'state'],
    });
    const { cert, key, ca: clientCa } = tlsFiles(values, ['tls-cert', 'tls-key', 'client-ca']);
    if (values['tokens'] === undefined && clientCa === undefined)
      throw new UsageError(
        'sessions evaluator needs --tokens or --client-ca: without them nobody has a budget',
      );
    if (clientCa !== undefined && cert === undefined) throw new UsageError('--client-ca needs --tls-cert');
    const host = values['host'];
    if (host !== undefined && !LOOPBACK.has(host) && cert === undefined && !flags.has('behind-proxy'))
      throw new UsageError(`--host ${host} without --tls-cert would send tokens in the clear`);
    const url = values['url'];
    if (url !== undefined && evaluatorUrl(url) === undefined)
      throw new UsageError('--url must be https, or http to this machine');
    const running = await start({
      id: values['id']!,
      folder: values['state']!,
      host,
      port: count(values['port'] ?? '8790', 'port', 0, 65_535),
      tls: cert === undefined ? undefined : { cert, key: key!, clientCa },
      tokens:
        values['tokens'] === undefined
          ? undefined
          : tokensOf(readText(values['tokens'], true), values['tokens']),
      url,
      quota: count(values['quota'] ?? '1000000', 'quota', 1, Number.MAX_SAFE_INTEGER),
      onProblem: error => process.stderr.write(`otel-alignment: ${(error as Error).message}\n`),
    });
    process.stdout.write(`listening on ${running.address}\n`);
    process.stderr.write(`${values['id']}: keys for ${running.keys.epochs.join(', ')}\n`);
    await ended();
    await running.close();
    return 0;
  },
};

async function start(options: Parameters<typeof startEvaluator>[0]): Promise<RunningEvaluator> {
  try {
    return await startEvaluator(options);
  } catch (error) {
    if (error instanceof EvaluatorStateError || error instanceof VoprfError)
      throw new UsageError(error.message);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === 'listen' || syscall === 'bind' || syscall === 'getaddrinfo')
      throw new UsageError(`${options.host ?? '127.0.0.1'}:${options.port}: cannot be listened on (${code})`);
    if (code?.startsWith('ERR_OSSL') || code?.startsWith('ERR_SSL'))
      throw new UsageError(
        '--tls-cert, --tls-key or --client-ca: no certificate and key that belong together',
      );
    throw unreadable(options.folder, error);
  }
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
