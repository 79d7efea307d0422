import type { KeyObject } from 'node:crypto';
import { isSigned } from './directory-signature.ts';
import { VoprfError } from './errors.ts';
import { windowOf } from './window.ts';
import { decode, EVALUATOR_ID, isObject, PROTOCOL } from './wire.ts';

/** An evaluator with the key of one epoch that a contributor has pinned. */
export interface PinnedEvaluator {
  readonly id: string;
  readonly url: URL;
  readonly publicKey: Uint8Array;
}

/** The evaluators of each epoch. All contributors of a layer use the same. */
export type Directory = ReadonlyMap<string, readonly PinnedEvaluator[]>;

const MAX_EVALUATORS = 8;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Reads a directory: `{ "v": "asr/1", "epochs": [ … ] }`, an epoch being a document as evaluators give it, with the entries of all of them.
 *
 * @param name as errors call it
 * @param allowSingle takes one evaluator an epoch, who then can try any value alone. For tests
 * @param keys where there are any, each epoch must be signed with one of them: `parseDirectoryKey`
 * @throws VoprfError `invalid_directory`, naming the place and what should stand there
 */
export function parseDirectory(
  json: unknown,
  name: string,
  allowSingle = false,
  keys: readonly KeyObject[] = [],
): Directory {
  const refuse = (where: string, what: string): never => {
    throw new VoprfError('invalid_directory', `${name}: ${where} ${what}`);
  };
  if (!isObject(json) || json['v'] !== PROTOCOL) return refuse('v', `must be ${PROTOCOL}`);
  const epochs = json['epochs'];
  if (!Array.isArray(epochs) || epochs.length === 0)
    return refuse('epochs', 'must be a list with an epoch or more');
  const directory = new Map<string, readonly PinnedEvaluator[]>();
  for (const [i, document] of (epochs as unknown[]).entries()) {
    const at = `epochs[${i}]`;
    const epoch = isObject(document) ? document['epoch'] : undefined;
    if (typeof epoch !== 'string' || windowOf(epoch) === undefined)
      return refuse(`${at}.epoch`, 'must be an ISO week such as 2026-W47');
    if (directory.has(epoch)) refuse(`${at}.epoch`, `is ${epoch} again`);
    if (keys.length > 0) checkSignature(document as Document, keys, what => refuse(`${at}.sig`, what));
    const entries = (document as Document)['evaluators'];
    if (!Array.isArray(entries) || entries.length > MAX_EVALUATORS)
      return refuse(`${at}.evaluators`, `must be a list of at most ${MAX_EVALUATORS}`);
    if (entries.length < (allowSingle ? 1 : 2))
      refuse(
        `${at}.evaluators`,
        'must be two or more, run by different people: one alone could try any value',
      );
    const evaluators = entries.map((entry, j) =>
      pinned(entry, what => refuse(`${at}.evaluators[${j}]`, what)),
    );
    for (const [what, of] of [
      ['id', ({ id }: PinnedEvaluator) => id],
      ['url', ({ url }: PinnedEvaluator) => url.origin + url.pathname],
      ['public_key', ({ publicKey }: PinnedEvaluator) => Buffer.from(publicKey).toString('hex')],
    ] as const)
      if (new Set(evaluators.map(of)).size < evaluators.length)
        refuse(`${at}.evaluators`, `have the same ${what}`);
    directory.set(epoch, evaluators);
  }
  return directory;
}

type Document = Readonly<Record<string, unknown>>;

function checkSignature(
  document: Document,
  keys: readonly KeyObject[],
  refuse: (what: string) => never,
): void {
  if (document['sig'] === undefined)
    refuse(
      'is missing: the epoch is not signed, and a key is pinned. Ask for the directory where it is published',
    );
  if (!isSigned(document, keys))
    refuse(
      'was not made of this document with a key that is pinned. Do not use it until its publisher has explained that',
    );
}

function pinned(entry: unknown, refuse: (what: string) => never): PinnedEvaluator {
  if (!isObject(entry)) return refuse('must be an object');
  const { id, url, public_key: key } = entry;
  if (typeof id !== 'string' || !EVALUATOR_ID.test(id))
    return refuse('.id must be lower-case letters, digits, dots and hyphens, at most 64');
  const publicKey = decode(key);
  if (publicKey === undefined) return refuse('.public_key must be 32 bytes in base64url');
  return { id, url: evaluatorUrl(url) ?? refuse('.url must be https, or http to this machine'), publicKey };
}

/** An address that what is sent to it can be trusted to: HTTPS, or this machine. */
export function evaluatorUrl(text: unknown): URL | undefined {
  if (typeof text !== 'string' || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  return safe && url.username === '' && url.search === '' && url.hash === '' ? url : undefined;
}
