/** What an evaluator refuses with, by code: the status, and the sentence of RFC 9457's `title`. */
export const PROBLEMS = {
  invalid_request: [400, 'The request is not one of asr/1.'],
  invalid_element: [400, 'An element is no canonical ristretto255 element other than the identity.'],
  unauthorized: [401, 'A bearer token or a client certificate of a contributor is needed.'],
  forbidden: [403, 'The token and the certificate name different contributors.'],
  epoch_closed: [403, 'The key of this epoch does not answer: not yet, or no longer.'],
  not_found: [404, 'There is nothing here.'],
  method_not_allowed: [405, 'This path has another method.'],
  batch_too_large: [413, 'A batch has at most 256 elements.'],
  unsupported_media_type: [415, 'The body must be application/json.'],
  budget: [429, 'The contributor has no evaluations left in this epoch.'],
  internal: [500, 'The evaluator failed.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEMS_PATH = '/asr/v1/problems/';

/** A refusal. `detail` says what and where; it never quotes the request. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: string | undefined;

  constructor(code: ProblemCode, detail?: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }

  get status(): number {
    return PROBLEMS[this.code][0];
  }

  toJSON(): object {
    const [status, title] = PROBLEMS[this.code];
    return {
      type: PROBLEMS_PATH + this.code,
      title,
      status,
      code: this.code,
      ...(this.detail !== undefined && { detail: this.detail }),
    };
  }
}
