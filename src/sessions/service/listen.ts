import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Tokens } from './contributors.ts';
import { StateError } from './folder.ts';

/** What every service of the protocol is started with. */
export interface ServerOptions {
  /** State: made with mode 0700 if it is not there. */
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
  /** Told what went wrong while the service goes on: a state folder that cannot be written. */
  readonly onProblem?: ((error: unknown) => void) | undefined;
  /** Unix milliseconds; for tests. */
  readonly now?: (() => number) | undefined;
}

export interface Listening {
  /** Where it listens. */
  readonly address: string;
  /** Takes nothing new, and answers what has begun. */
  readonly close: () => Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const EVERY_MS = 60_000;
const GRACE_MS = 10_000;
const MAX_CONNECTIONS = 512;

/**
 * Listens, and does what is due every minute.
 *
 * @param keep what is due
 * @throws StateError where nobody could be told from anybody; Node's error where the port cannot be had
 */
export async function listen(
  handle: Handler,
  keep: () => void,
  { host = '127.0.0.1', port = 0, tls, tokens, onProblem }: ServerOptions,
): Promise<Listening> {
  if (tokens === undefined && tls?.clientCa === undefined)
    throw new StateError('tokens or client certificates are needed: without them nobody has a budget');
  let ending = false;
  const server = open((request, response) => {
    // a connection that was in use when the end began is idle only now
    response.once('close', () => {
      if (ending) setImmediate(() => server.closeIdleConnections());
    });
    handle(request, response).catch(() => response.destroy());
  }, tls);
  const taken = await bound(server, port, host);
  const timer = setInterval(() => {
    try {
      keep();
    } catch (error) {
      onProblem?.(error);
    }
  }, EVERY_MS);
  return {
    address: `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: async () => {
      clearInterval(timer);
      ending = true;
      const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      clearTimeout(late);
    },
  };
}

function open(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  tls: ServerOptions['tls'],
): Server {
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

function bound(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
