import { type HttpAnswer, type HttpClient, HttpError } from '../http.ts';
import type { PinnedEvaluator } from './directory.ts';
import { VoprfError, type VoprfErrorCode } from './errors.ts';
import { PROOF_BYTES, type Voprf } from './voprf.ts';
import { decode, EVALUATE_PATH, encode, isObject, PROTOCOL } from './wire.ts';

export interface ClientOptions {
  readonly http: HttpClient;
  readonly voprf: Voprf;
  /** The bearer token for an evaluator. */
  readonly token: (id: string) => string | undefined;
  /** Milliseconds for one answer. */
  readonly timeoutMs: number;
}

const BY_STATUS: Readonly<Record<number, VoprfErrorCode>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  413: 'batch_too_large',
  429: 'budget',
};

const SAID: Partial<Record<VoprfErrorCode, string>> = {
  unauthorized: 'does not accept the token or certificate',
  epoch_closed: 'has closed the epoch, or not yet opened it',
  budget: "has no evaluations left for this contributor; its operator can raise the epoch's quota",
  batch_too_large: 'takes smaller batches than the protocol says',
};

/** What is behind the path of an evaluator's address. */
export const under = (base: URL, path: string): URL => new URL(base.href.replace(/\/$/, '') + path);

/**
 * The elements that one evaluator makes of those sent, after its proof was checked against the pinned key.
 *
 * @throws VoprfError
 */
export async function evaluateAt(
  { id, url, publicKey }: PinnedEvaluator,
  epoch: string,
  sent: readonly Uint8Array[],
  { http, voprf, token, timeoutMs }: ClientOptions,
): Promise<readonly Uint8Array[]> {
  const bearer = token(id);
  let answer: HttpAnswer;
  try {
    answer = await http.send({
      method: 'POST',
      url: under(url, EVALUATE_PATH),
      headers: {
        accept: 'application/json, application/problem+json',
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify({ v: PROTOCOL, epoch, elements: sent.map(encode) }),
      timeoutMs,
    });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const what =
      error.code === 'timeout'
        ? `did not answer within ${timeoutMs} ms`
        : `cannot be reached (${error.message})`;
    throw new VoprfError('unreachable', `evaluator ${id} at ${url.origin} ${what}`);
  }
  if (answer.status !== 200) throw problem(id, epoch, answer);
  const { elements, proof } = read(id, epoch, answer.body);
  try {
    voprf.verify(publicKey, sent, { elements, proof });
  } catch (error) {
    if (!(error instanceof VoprfError)) throw error;
    throw new VoprfError(
      'invalid_proof',
      `evaluator ${id}: its answer was not made with the key that is pinned for ${epoch}; do not use it until its operator has explained that`,
    );
  }
  return elements;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What an evaluator says is not quoted: it is another's text. */
function problem(id: string, epoch: string, { status, body }: HttpAnswer): VoprfError {
  const json = parsed(body);
  const said = isObject(json) && json['code'] === 'epoch_closed' ? 'epoch_closed' : undefined;
  const code = said ?? BY_STATUS[status] ?? (status >= 500 ? 'unreachable' : 'bad_answer');
  return new VoprfError(code, `evaluator ${id} ${SAID[code] ?? 'refused'} (${epoch}, HTTP ${status})`);
}

function read(id: string, epoch: string, body: string): { elements: Uint8Array[]; proof: Uint8Array } {
  const json = parsed(body);
  const bad = (what: string): VoprfError => new VoprfError('bad_answer', `evaluator ${id}: ${what}`);
  if (!isObject(json) || json['v'] !== PROTOCOL) throw bad(`the answer is not one of ${PROTOCOL}`);
  if (json['epoch'] !== epoch) throw bad('the answer is for another epoch');
  if (json['evaluator'] !== id) throw bad('another evaluator answered; is its address right?');
  const elements = Array.isArray(json['elements']) ? json['elements'].map(one => decode(one)) : [];
  const proof = decode(json['proof'], PROOF_BYTES);
  if (proof === undefined || elements.length === 0 || elements.includes(undefined))
    throw bad('the answer has no elements, or no proof');
  return { elements: elements as Uint8Array[], proof };
}
