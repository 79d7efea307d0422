import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Who is trusted, and who we say we are. PEM texts. */
export interface TlsOptions {
  /** Instead of the system's authorities. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
}

const SAID: Readonly<Record<string, string>> = {
  tls_version: 'it does not speak TLS 1.3, which is needed',
};

/** `timeout`, `too_large`, `tls_version`, or the code of Node's error. The message can be shown to people. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: string;

  constructor(code: string) {
    super(SAID[code] ?? code);
    this.code = code;
  }
}

/** A server that knows older versions only says so with alert 70, or tries one of them; OpenSSL has words for both. */
const TLS_VERSION = /tlsv1 alert protocol version|unsupported protocol/i;

function errorOf(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const { code = 'error', message } = error as NodeJS.ErrnoException;
  const isTls = code === 'EPROTO' || code.startsWith('ERR_SSL_');
  return new HttpError(isTls && TLS_VERSION.test(message) ? 'tls_version' : code);
}

const MAX_ANSWER = 256 * 1024;

/** Sends requests over connections that are kept and that keep no process alive. TLS 1.3 where the address is `https`; no redirects, no proxies. */
export class HttpClient {
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: 8 });
  readonly #https: HttpsAgent;

  constructor({ ca, cert, key }: TlsOptions = {}) {
    this.#https = new HttpsAgent({
      keepAlive: true,
      maxSockets: 8,
      minVersion: 'TLSv1.3',
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    });
  }

  /** @throws HttpError where there was no whole answer */
  async send(call: HttpCall): Promise<HttpAnswer> {
    const first = await this.#once(call);
    // a kept connection that the other side closed in the same moment: nothing was read of the request
    const answer = first === 'reused' ? await this.#once(call) : first;
    if (answer === 'reused') throw new HttpError('ECONNRESET');
    return answer;
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #once({ method, url, headers, body, timeoutMs }: HttpCall): Promise<HttpAnswer | 'reused'> {
    return new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const options = {
        method,
        agent: secure ? this.#https : this.#http,
        headers: {
          ...headers,
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          }),
        },
      };
      const request: ClientRequest = secure ? httpsRequest(url, options) : httpRequest(url, options);
      const late = setTimeout(() => request.destroy(new HttpError('timeout')), timeoutMs);
      request.once('close', () => clearTimeout(late));
      request.once('error', (error: NodeJS.ErrnoException) => {
        if (request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE'))
          resolve('reused');
        else reject(errorOf(error));
      });
      request.once('response', response => {
        collect(response, request).then(resolve, reject);
      });
      request.end(body);
    });
  }
}

async function collect(response: IncomingMessage, request: ClientRequest): Promise<HttpAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response) {
      size += (part as Buffer).length;
      if (size > MAX_ANSWER) throw new HttpError('too_large');
      parts.push(part as Buffer);
    }
  } catch (error) {
    request.destroy();
    throw errorOf(error);
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') };
}
