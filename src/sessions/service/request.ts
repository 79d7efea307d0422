import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { epochOf } from '../epoch.ts';
import { EVALUATOR_ID, isObject, PROTOCOL } from '../voprf/wire.ts';
import { type Tokens, tokenHash } from './contributors.ts';
import { PROBLEMS_PATH, Problem, type Problems, problemDocument } from './problems.ts';

/** What a request is answered with, where it is not refused. */
export interface Answer {
  readonly status: number;
  readonly json: object;
}

export interface Service {
  readonly problems: Problems;
  /** @throws Problem */
  readonly route: (
    path: string,
    request: IncomingMessage,
  ) => Promise<Answer | undefined> | Answer | undefined;
  /** Told what failed inside: the sender is told no more than that it did. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/** Who may ask, and how they show who they are. */
export interface Identification {
  /** Without them the certificate alone says who asks. */
  readonly tokens?: Tokens | undefined;
  /** Client certificates were checked: their common name is the contributor. */
  readonly certificates: boolean;
}

/** The longest body that is read: a batch of 256 elements, or of 256 trace ids, has 12 KB. */
const MAX_BODY = 32 * 1024;

/** Answers one request. Nothing of it is logged. */
export async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { problems, route, onFailure }: Service,
): Promise<void> {
  let status: number;
  let type = 'application/json';
  let body: string;
  try {
    const path = (request.url ?? '').split('?', 1)[0]!;
    const answer = (await route(path, request)) ?? explained(path, request, problems);
    status = answer.status;
    body = JSON.stringify(answer.json);
  } catch (error) {
    if (!(error instanceof Problem)) onFailure?.(error);
    const document = problemDocument(error instanceof Problem ? error : new Problem('internal'), problems);
    ({ status } = document);
    type = 'application/problem+json';
    body = JSON.stringify(document);
    // what was not read of the request would be taken for the next one
    if (!request.complete) response.setHeader('connection', 'close');
    if (document['code'] === 'unauthorized') response.setHeader('www-authenticate', 'Bearer');
  }
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

/** The type of a problem can be looked up. */
function explained(path: string, request: IncomingMessage, problems: Problems): Answer {
  const code = path.slice(PROBLEMS_PATH.length);
  if (!path.startsWith(PROBLEMS_PATH) || !Object.hasOwn(problems, code)) throw new Problem('not_found');
  only('GET', path, request);
  return { status: 200, json: problemDocument(new Problem(code), problems) };
}

/** @throws Problem `method_not_allowed` */
export function only(wanted: 'GET' | 'POST', path: string, request: IncomingMessage): void {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (method !== wanted) throw new Problem('method_not_allowed', `${path} takes ${wanted}`);
}

/**
 * The contributor: its token, its certificate, or both, which then must agree.
 *
 * @throws Problem `unauthorized`, `forbidden`
 */
export function identify(request: IncomingMessage, { tokens, certificates }: Identification): string {
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

/**
 * The object that a request holds, and the epoch that it names.
 *
 * @throws Problem `unsupported_media_type`, `batch_too_large`, `invalid_request`
 */
export async function messageOf(
  request: IncomingMessage,
): Promise<{ readonly epoch: string; readonly body: Readonly<Record<string, unknown>> }> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Problem('unsupported_media_type');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > MAX_BODY) throw new Problem('batch_too_large', `a body has at most ${MAX_BODY} bytes`);
    parts.push(part as Buffer);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new Problem('invalid_request', 'the body is no JSON');
  }
  if (!isObject(body)) throw new Problem('invalid_request', 'the body is no object');
  if (body['v'] !== PROTOCOL) throw new Problem('invalid_request', `v must be ${PROTOCOL}`);
  const epoch = body['epoch'];
  if (typeof epoch !== 'string' || epochOf(epoch) === undefined)
    throw new Problem('invalid_request', 'epoch must be an ISO week such as 2026-W47');
  return { epoch, body };
}
