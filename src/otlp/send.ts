import type { Socket } from 'node:net';
import type { SendTarget } from './send-target.ts';

/** How a POST ended. `retry`: the same body may be taken later. `refused`: it never will be. */
export type SendResult =
  | { readonly state: 'sent' }
  | { readonly state: 'retry' | 'refused'; readonly reason: string; readonly slow?: boolean };

/** What the specification of OTLP/HTTP calls retryable. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** A status line is shorter. */
const MAX_STATUS_LINE = 1024;

/**
 * One POST of OTLP/JSON, answered by its status line. No retry, no redirect, no connection kept. Resolves within `timeoutMs` and
 * never rejects.
 *
 * Written on a socket: loading and starting Node's HTTP client takes five times as long as the whole exchange does, and a hook does
 * it anew for every event.
 */
export async function post(body: string, { url, headers, timeoutMs }: SendTarget): Promise<SendResult> {
  let socket: Socket | undefined;
  let late: NodeJS.Timeout | undefined;
  try {
    const address = new URL(url);
    const text = requestOf(address, headers, body);
    const open = await opener(address);
    return await new Promise<SendResult>(resolve => {
      const failed = (reason: string): void => resolve({ state: 'retry', reason });
      late = setTimeout(() => resolve({ state: 'retry', reason: 'timeout', slow: true }), timeoutMs);
      let answer = '';
      socket = open();
      socket.on('error', error => failed((error as NodeJS.ErrnoException).code ?? 'error'));
      socket.on('close', () => failed('closed'));
      socket.on('data', chunk => {
        answer += chunk.toString('latin1');
        const status = /^HTTP\/1\.[01] (\d{3})[ \r]/.exec(answer)?.[1];
        if (status !== undefined) resolve(resultOf(Number(status)));
        else if (answer.length > MAX_STATUS_LINE || answer.includes('\n')) {
          resolve({ state: 'refused', reason: 'no_http' });
        }
      });
      socket.write(text);
    });
  } catch (error) {
    return { state: 'refused', reason: (error as NodeJS.ErrnoException).code ?? 'error' };
  } finally {
    clearTimeout(late);
    socket?.destroy();
  }
}

function requestOf(address: URL, headers: Readonly<Record<string, string>>, body: string): string {
  const sent: Record<string, string> = {
    ...headers,
    host: address.host,
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  };
  const { username, password } = address;
  if (username !== '' && sent['authorization'] === undefined) {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    sent['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${address.pathname}${address.search} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

async function opener({ protocol, hostname, port }: URL): Promise<() => Socket> {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol === 'https:') {
    const { connect } = await import('node:tls');
    const options = { host, port: Number(port || 443), ALPNProtocols: ['http/1.1'] };
    return () => connect(/^[\d.]+$|:/.test(host) ? options : { ...options, servername: host });
  }
  const { connect } = await import('node:net');
  return () => connect({ host, port: Number(port || 80) });
}

function resultOf(status: number): SendResult {
  if (status >= 200 && status < 300) return { state: 'sent' };
  return { state: RETRYABLE.has(status) ? 'retry' : 'refused', reason: `http_${status}` };
}
