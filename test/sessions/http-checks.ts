import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A request, and what must come back: `semconv/sessions/http-checks.json`. */
export interface Check {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly expect: {
    readonly status: number;
    readonly code?: string;
    readonly elements?: number;
    readonly document?: boolean;
    readonly accepted?: number;
  };
  readonly until?: number;
}

export const httpChecks = JSON.parse(
  readFileSync(new URL('../../semconv/sessions/http-checks.json', import.meta.url), 'utf8'),
) as { readonly checks: readonly Check[]; readonly layer: { readonly checks: readonly Check[] } };

/** What stands for `{epoch}`, `{token}` and the like. */
export type Words = Readonly<Record<string, string>>;

const fill = (text: string, words: Words): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);

/** Lists that are described in a few words, instead of written out. */
function written(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { repeat, times, random } = value as { repeat?: string; times?: number; random?: number };
  if (repeat !== undefined) return Array.from({ length: times! }, () => repeat);
  if (random !== undefined)
    return Array.from({ length: random }, () => `1${randomBytes(16).toString('hex').slice(1)}`);
  return value;
}

/** The body as it is sent. */
export const bodyOf = (body: unknown, words: Words): string =>
  fill(
    typeof body === 'string'
      ? body
      : JSON.stringify(
          Object.fromEntries(Object.entries(body as object).map(([name, value]) => [name, written(value)])),
        ),
    words,
  );

/** Sends a check's request, again until what it waits for comes, and checks status, form and refusal. @returns the answer */
export async function check(
  { request, expect: expected, until }: Check,
  url: string,
  words: Words,
): Promise<Record<string, unknown>> {
  const send = (): Promise<Response> =>
    fetch(url + fill(request.path, words), {
      method: request.method,
      headers: Object.fromEntries(
        Object.entries(request.headers ?? {})
          .filter(([, value]) => value !== '')
          .map(([name, value]) => [name, fill(value, words)]),
      ),
      ...(request.body !== undefined && { body: bodyOf(request.body, words) }),
    });
  let response = await send();
  for (let i = 0; until !== undefined && response.status !== until && i < 10; i++) {
    await response.arrayBuffer();
    response = await send();
  }
  expect(response.status).toBe(expected.status);
  const answer = (await response.json()) as Record<string, unknown>;
  if (expected.code === undefined) {
    expect(response.headers.get('content-type')).toBe('application/json');
    return answer;
  }
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(answer).toMatchObject({ status: expected.status, code: expected.code });
  expect(typeof answer['title']).toBe('string');
  // the type of a problem can be looked up
  const type = await fetch(new URL(String(answer['type']), url));
  expect(await type.json()).toMatchObject({ code: expected.code });
  return answer;
}
