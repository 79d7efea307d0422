import { createPublicKey, type KeyObject } from 'node:crypto';
import { HttpClient, HttpError, type TlsOptions } from '../http.ts';
import { evaluatorUrl, parseDirectory } from './directory.ts';
import { isSigned, signEpoch } from './directory-signature.ts';
import { VoprfError } from './errors.ts';
import { under } from './evaluator-client.ts';
import { EPOCHS_PATH, type EpochDocument, type EvaluatorEntry, isObject, PROTOCOL } from './wire.ts';

const TIMEOUT_MS = 10_000;

/**
 * The keys that evaluators show for an epoch, as one document. Not yet trusted: whoever uses them compares them with what the operators announced.
 *
 * @throws VoprfError
 */
export async function fetchEpoch(
  urls: readonly string[],
  epoch: string,
  tls: TlsOptions = {},
): Promise<EpochDocument> {
  const http = new HttpClient(tls);
  try {
    const documents = await Promise.all(urls.map(url => fetchOne(http, url, epoch)));
    // a signature of one evaluator's document says nothing of them all
    const { sig: _, ...first } = documents[0]!;
    return { ...first, evaluators: documents.flatMap(({ evaluators }) => evaluators) };
  } finally {
    http.close();
  }
}

async function fetchOne(http: HttpClient, given: string, epoch: string): Promise<EpochDocument> {
  const url = evaluatorUrl(given);
  if (url === undefined)
    throw new VoprfError(
      'invalid_directory',
      `${given}: an evaluator's address is https, or http to this machine`,
    );
  let answer: { readonly status: number; readonly body: string };
  try {
    answer = await http.send({ method: 'GET', url: under(url, EPOCHS_PATH + epoch), timeoutMs: TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw new VoprfError('unreachable', `${url.origin} cannot be reached (${error.message})`);
  }
  if (answer.status !== 200)
    throw new VoprfError('unknown_epoch', `${url.origin} has no key for ${epoch} (HTTP ${answer.status})`);
  let json: unknown;
  try {
    json = JSON.parse(answer.body);
  } catch {
    // said below
  }
  // as it will be checked again when it is used, but for there being one
  parseDirectory({ v: PROTOCOL, epochs: [json] }, url.origin, true);
  const { evaluators } = json as EpochDocument;
  const [entry] = evaluators as readonly [EvaluatorEntry];
  if (evaluators.length !== 1)
    throw new VoprfError('bad_answer', `${url.origin} shows other evaluators' keys`);
  // what can be reached is what was asked, whatever it calls itself
  return { ...(json as EpochDocument), evaluators: [{ ...entry, url: given }] };
}

/**
 * A directory with an epoch more.
 *
 * @param directory as it was read; `undefined` for a new one
 * @param name as errors call it
 * @param willBeSigned by `signDirectory`, afterwards. Without it, epochs that are signed stay as they are
 * @throws VoprfError where it has the epoch with other keys, or cannot be used
 */
export function mergeEpoch(
  directory: unknown,
  document: EpochDocument,
  name: string,
  willBeSigned = false,
): object {
  const before = epochsOf(directory);
  const pinned = before.find(({ epoch }) => epoch === document.epoch);
  for (const { id, public_key } of pinned?.evaluators ?? []) {
    const now = document.evaluators.find(entry => entry.id === id);
    if (now === undefined || now.public_key !== public_key)
      throw new VoprfError(
        'invalid_directory',
        `${name}: for ${document.epoch} another key of ${id} is pinned than is shown now. Ask its operator why before you remove it from the file`,
      );
  }
  if (pinned !== undefined && pinned.evaluators.length !== document.evaluators.length)
    throw new VoprfError('invalid_directory', `${name}: ${document.epoch} has other evaluators already`);
  if (!willBeSigned) {
    if (pinned?.sig !== undefined) return directory as object;
    if (before.some(({ sig }) => sig !== undefined))
      throw new VoprfError(
        'invalid_directory',
        `${name}: it is signed; without the key that signs (--sign-key), contributors would refuse ${document.epoch}`,
      );
  }
  const merged = { v: PROTOCOL, epochs: [...before.filter(one => one !== pinned), document] };
  parseDirectory(merged, name);
  return merged;
}

const epochsOf = (directory: unknown): readonly EpochDocument[] =>
  isObject(directory) ? (directory['epochs'] as readonly EpochDocument[]) : [];

/**
 * A directory in which each epoch is signed. Of what was in it before, only that is signed anew which was signed already: whoever changed the file
 * would else have it signed.
 *
 * @param fresh the epochs that the evaluators showed just now
 * @param trusted keys beside the one that signs, whose signatures hold: those before it
 * @throws VoprfError
 */
export function signDirectory(
  directory: unknown,
  fresh: readonly string[],
  key: KeyObject,
  trusted: readonly KeyObject[],
  name: string,
): object {
  const epochs = epochsOf(directory).map((document, i) => {
    if (!fresh.includes(document.epoch) && !isSigned({ ...document }, [createPublicKey(key), ...trusted]))
      throw new VoprfError(
        'invalid_directory',
        `${name}: epochs[${i}].sig is not of a key that is known. Ask the evaluators for it again (--epoch ${document.epoch}), name the key before (--directory-key), or take the epoch out`,
      );
    return signEpoch(document, key);
  });
  return { v: PROTOCOL, epochs };
}
