import type { ClientRequest } from 'node:http';
import type { SendTarget } from './send-target.ts';

/** How a POST ended. `retry`: the same body may be taken later. `refused`: it never will be. */
export type SendResult =
  | { readonly state: 'sent' }
  | { readonly state: 'retry' | 'refused'; readonly reason: string; readonly slow?: boolean };

/** What the specification of OTLP/HTTP calls retryable. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** More of an answer than this is not read. */
const MAX_ANSWER = 64 * 1024;

/**
 * One POST of OTLP/JSON. No retry, no redirect, no connection kept. Resolves within `timeoutMs` and never rejects; the body is
 * not looked at.
 */
export async function post(body: string, { url, headers, timeoutMs }: SendTarget): Promise<SendResult> {
  let request: ClientRequest | undefined;
  let late: NodeJS.Timeout | undefined;
  try {
    const { request: open } = url.startsWith('https:')
      ? await import('node:https')
      : await import('node:http');
    return await new Promise<SendResult>(resolve => {
      const failed = (error: Error): void =>
        resolve({ state: 'retry', reason: (error as NodeJS.ErrnoException).code ?? 'error' });
      late = setTimeout(() => resolve({ state: 'retry', reason: 'timeout', slow: true }), timeoutMs);
      request = open(
        url,
        {
          method: 'POST',
          agent: false,
          headers: {
            ...headers,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        response => {
          let read = 0;
          response.on('data', (chunk: Buffer) => {
            read += chunk.length;
            if (read > MAX_ANSWER) response.destroy();
          });
          response.on('error', failed);
          response.on('close', () => resolve(resultOf(response.statusCode ?? 0)));
        },
      );
      request.on('error', failed);
      request.end(body);
    });
  } catch (error) {
    return { state: 'refused', reason: (error as NodeJS.ErrnoException).code ?? 'error' };
  } finally {
    clearTimeout(late);
    request?.destroy();
  }
}

function resultOf(status: number): SendResult {
  if (status >= 200 && status < 300) return { state: 'sent' };
  return { state: RETRYABLE.has(status) ? 'retry' : 'refused', reason: `http_${status}` };
}
