import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { loadVoprf } from '../voprf/voprf.ts';
import { Budgets } from './budgets.ts';
import type { Tokens } from './contributors.ts';
import { EpochKeys } from './epoch-keys.ts';
import { lockFolder } from './folder.ts';
import { EvaluatorStateError } from './key-log.ts';
import { serve } from './service.ts';

export interface EvaluatorOptions {
  readonly id: string;
  /** Seeds, log and budgets: made with mode 0700 if it is not there. */
  readonly folder: string;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Default 0: any free one. */
  readonly port?: number | undefined;
  /** PEM texts. With `clientCa` every client must show a certificate of that authority, whose common name is the contributor. */
  readonly tls?:
    | { readonly cert: string; readonly key: string; readonly clientCa?: string | undefined }
    | undefined;
  readonly tokens?: Tokens | undefined;
  /** As contributors call it; default: the address that it listens on. */
  readonly url?: string | undefined;
  /** Elements a contributor and epoch. Default 1,000,000. */
  readonly quota?: number | undefined;
  /** Told what went wrong while the evaluator goes on: a state folder that cannot be written. */
  readonly onProblem?: ((error: unknown) => void) | undefined;
  /** Unix milliseconds; for tests. */
  readonly now?: (() => number) | undefined;
}

export interface RunningEvaluator {
  /** Where it listens. */
  readonly address: string;
  readonly keys: EpochKeys;
  /** Looks at the clock now, as it does every minute. */
  readonly keep: () => void;
  /** Answers what has begun, writes the budgets down, overwrites the keys in memory. */
  readonly close: () => Promise<void>;
}

const EVERY_MS = 60_000;
const GRACE_MS = 10_000;
const MAX_CONNECTIONS = 512;

/**
 * Starts an evaluator.
 *
 * @throws EvaluatorStateError, VoprfError `dependency_missing`, or Node's error where the port cannot be had
 */
export async function startEvaluator(options: EvaluatorOptions): Promise<RunningEvaluator> {
  const { id, folder, tls, tokens, quota = 1_000_000, now = Date.now } = options;
  if (tokens === undefined && tls?.clientCa === undefined)
    throw new EvaluatorStateError(
      'an evaluator needs tokens or client certificates: without them nobody has a budget',
    );
  const voprf = await loadVoprf();
  const unlock = lockFolder(folder);
  let keys: EpochKeys | undefined;
  let server: Server;
  let budgets: Budgets;
  let address = '';
  let ending = false;
  try {
    keys = new EpochKeys({ voprf, folder, id });
    budgets = new Budgets(folder, quota);
    keys.keep(now());
    const service = {
      voprf,
      keys,
      budgets,
      id,
      url: () => options.url ?? address,
      tokens,
      certificates: tls?.clientCa !== undefined,
      now,
    };
    const listener: RequestListener = (request, response) => {
      // a connection that was in use when the end began is idle only now
      response.once('close', () => {
        if (ending) setImmediate(() => server.closeIdleConnections());
      });
      serve(request, response, service).catch(() => response.destroy());
    };
    server = open(listener, tls);
    const { port } = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
    const host = options.host ?? '127.0.0.1';
    address = `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  } catch (error) {
    keys?.close();
    unlock();
    throw error;
  }
  const keep = (): void => {
    keys.keep(now());
    budgets.keep(keys.epochs);
  };
  const timer = setInterval(() => {
    try {
      keep();
    } catch (error) {
      options.onProblem?.(error);
    }
  }, EVERY_MS);
  return {
    address,
    keys,
    keep,
    close: async () => {
      clearInterval(timer);
      ending = true;
      const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      clearTimeout(late);
      budgets.close();
      keys.close();
      unlock();
    },
  };
}

function open(listener: RequestListener, tls: EvaluatorOptions['tls']): Server {
  const limits = {
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    keepAliveTimeout: 60_000,
    maxHeaderSize: 8192,
  };
  const server: Server =
    tls === undefined
      ? createServer(limits, listener)
      : createTlsServer(
          {
            ...limits,
            cert: tls.cert,
            key: tls.key,
            minVersion: 'TLSv1.3',
            ...(tls.clientCa !== undefined && {
              ca: tls.clientCa,
              requestCert: true,
              rejectUnauthorized: true,
            }),
          },
          listener,
        );
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
