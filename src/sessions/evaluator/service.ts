import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { VoprfError } from '../voprf/errors.ts';
import { SUITE } from '../voprf/suite.ts';
import { MAX_BATCH, type Voprf } from '../voprf/voprf.ts';
import { windowOf } from '../voprf/window.ts';
import {
  decode,
  EPOCHS_PATH,
  type EpochDocument,
  EVALUATE_PATH,
  EVALUATOR_ID,
  type EvaluateAnswer,
  encode,
  isObject,
  PROTOCOL,
} from '../voprf/wire.ts';
import type { Budgets } from './budgets.ts';
import { type Tokens, tokenHash } from './contributors.ts';
import type { EpochKeys } from './epoch-keys.ts';
import { PROBLEMS, PROBLEMS_PATH, Problem } from './problems.ts';

export interface ServiceOptions {
  readonly voprf: Voprf;
  readonly keys: EpochKeys;
  readonly budgets: Budgets;
  readonly id: string;
  /** The address under which contributors reach it. */
  readonly url: () => string;
  /** Who may ask by token. Without it the certificate alone says who asks. */
  readonly tokens?: Tokens | undefined;
  /** Client certificates were checked: their common name is the contributor. */
  readonly certificates: boolean;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** A batch of 256 elements has 12 KB. */
const MAX_BODY = 32 * 1024;

type Answer = { readonly status: number; readonly type: string; readonly body: string };

/** Answers one request. Nothing of it is logged, and nothing but counts is kept. */
export async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServiceOptions,
): Promise<void> {
  let answer: Answer;
  try {
    answer = await route(request, options);
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('internal');
    answer = { status: problem.status, type: 'application/problem+json', body: JSON.stringify(problem) };
    // what was not read of the request would be taken for the next one
    if (!request.complete) response.setHeader('connection', 'close');
    if (problem.code === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  }
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'content-length': Buffer.byteLength(answer.body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(answer.body);
}

const json = (body: object): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(body),
});

async function route(request: IncomingMessage, options: ServiceOptions): Promise<Answer> {
  const path = (request.url ?? '').split('?', 1)[0]!;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const only = (wanted: string): void => {
    if (method !== wanted) throw new Problem('method_not_allowed', `${path} takes ${wanted}`);
  };
  if (path === EVALUATE_PATH) {
    only('POST');
    return json(evaluate(identify(request, options), await bodyOf(request), options));
  }
  if (path.startsWith(EPOCHS_PATH)) {
    only('GET');
    return json(epochDocument(path.slice(EPOCHS_PATH.length), options));
  }
  const code = path.slice(PROBLEMS_PATH.length);
  if (path.startsWith(PROBLEMS_PATH) && Object.hasOwn(PROBLEMS, code)) {
    only('GET');
    return json(new Problem(code as keyof typeof PROBLEMS).toJSON());
  }
  throw new Problem('not_found');
}

/** The contributor: its token, its certificate, or both, which then must agree. */
function identify(request: IncomingMessage, { tokens, certificates }: ServiceOptions): string {
  const names: (string | undefined)[] = [];
  if (tokens !== undefined) {
    const bearer = /^Bearer ([\w.~+/=-]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    names.push(bearer === undefined ? undefined : tokens.get(tokenHash(bearer)));
  }
  if (certificates) {
    const name = (request.socket as TLSSocket).getPeerCertificate().subject?.CN;
    names.push(typeof name === 'string' && EVALUATOR_ID.test(name) ? name : undefined);
  }
  const [name, other] = names;
  if (name === undefined || names.includes(undefined)) throw new Problem('unauthorized');
  if (other !== undefined && other !== name) throw new Problem('forbidden');
  return name;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Problem('unsupported_media_type');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > MAX_BODY) throw new Problem('batch_too_large', `a body has at most ${MAX_BODY} bytes`);
    parts.push(part as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new Problem('invalid_request', 'the body is no JSON');
  }
}

function evaluate(contributor: string, body: unknown, options: ServiceOptions): EvaluateAnswer {
  const { voprf, keys, budgets, id, now } = options;
  if (!isObject(body)) throw new Problem('invalid_request', 'the body is no object');
  if (body['v'] !== PROTOCOL) throw new Problem('invalid_request', `v must be ${PROTOCOL}`);
  const { epoch, elements: texts } = body;
  if (typeof epoch !== 'string' || windowOf(epoch) === undefined)
    throw new Problem('invalid_request', 'epoch must be an ISO week such as 2026-W47');
  if (!Array.isArray(texts) || texts.length === 0)
    throw new Problem('invalid_request', 'elements must be a list of 1 to 256');
  if (texts.length > MAX_BATCH) throw new Problem('batch_too_large', `there are ${texts.length} elements`);
  const key = keys.open(epoch, now());
  if (key === undefined) throw new Problem('epoch_closed', epoch);
  const sent = texts.map((text, i) => {
    const element = decode(text);
    if (element === undefined)
      throw new Problem('invalid_element', `elements[${i}] is not 32 bytes in base64url`);
    try {
      voprf.checkElement(element, i);
    } catch {
      throw new Problem('invalid_element', `elements[${i}]`);
    }
    return element;
  });
  if (!budgets.spend(epoch, contributor, sent.length)) throw new Problem('budget', epoch);
  try {
    const { elements, proof } = voprf.evaluate(key, sent);
    return { v: PROTOCOL, epoch, evaluator: id, elements: elements.map(encode), proof: encode(proof) };
  } catch (error) {
    if (error instanceof VoprfError && error.code === 'invalid_element') throw new Problem('invalid_element');
    throw error;
  }
}

function epochDocument(epoch: string, { keys, budgets, id, url }: ServiceOptions): EpochDocument {
  const window = windowOf(epoch);
  const publicKey = keys.publicKey(epoch);
  if (window === undefined || publicKey === undefined)
    throw new Problem('not_found', 'there is no key for this epoch');
  const time = (ms: number): string => new Date(ms).toISOString();
  return {
    v: PROTOCOL,
    epoch,
    not_before: time(window.opens),
    not_after: time(window.end),
    late_until: time(window.closes),
    suite: SUITE,
    evaluators: [{ id, url: url(), public_key: encode(publicKey) }],
    params: { max_batch: MAX_BATCH, quota: budgets.quota },
  };
}
