/** What a service refuses with, by code: the status, and the sentence of RFC 9457's `title`. */
export type Problems = Readonly<Record<string, readonly [number, string]>>;

/** Refusals that every service of the protocol has. */
export const COMMON_PROBLEMS = {
  invalid_request: [400, 'The request is not one of asr/1.'],
  unauthorized: [401, 'A bearer token or a client certificate of a contributor is needed.'],
  forbidden: [403, 'The token and the certificate name different contributors.'],
  not_found: [404, 'There is nothing here.'],
  method_not_allowed: [405, 'This path has another method.'],
  unsupported_media_type: [415, 'The body must be application/json.'],
  internal: [500, 'The service failed.'],
} as const satisfies Problems;

export const PROBLEMS_PATH = '/asr/v1/problems/';

/** A refusal. `detail` says what and where; it never quotes the request. */
export class Problem<Code extends string = string> extends Error {
  override readonly name = 'Problem';
  readonly code: Code;
  readonly detail: string | undefined;

  constructor(code: Code, detail?: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** A refusal as RFC 9457 writes it. */
export function problemDocument(
  { code, detail }: Problem,
  problems: Problems,
): { readonly status: number; readonly type: string } & Readonly<Record<string, unknown>> {
  const [status, title] = problems[code]!;
  return { type: PROBLEMS_PATH + code, title, status, code, ...(detail !== undefined && { detail }) };
}
