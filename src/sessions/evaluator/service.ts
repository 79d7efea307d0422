import { Problem } from '../service/problems.ts';
import { type Identification, identify, messageOf, only, type Service } from '../service/request.ts';
import { VoprfError } from '../voprf/errors.ts';
import { SUITE } from '../voprf/suite.ts';
import { MAX_BATCH, type Voprf } from '../voprf/voprf.ts';
import { windowOf } from '../voprf/window.ts';
import {
  decode,
  EPOCHS_PATH,
  type EpochDocument,
  EVALUATE_PATH,
  type EvaluateAnswer,
  encode,
  PROTOCOL,
} from '../voprf/wire.ts';
import type { Budgets } from './budgets.ts';
import type { EpochKeys } from './epoch-keys.ts';
import { PROBLEMS } from './problems.ts';

export interface EvaluatorServiceOptions extends Identification {
  readonly voprf: Voprf;
  readonly keys: EpochKeys;
  readonly budgets: Budgets;
  readonly id: string;
  /** The address under which contributors reach it. */
  readonly url: () => string;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** An evaluator as a service. Nothing but counts is kept of a request. */
export const evaluatorService = (
  options: EvaluatorServiceOptions,
  onFailure?: (error: unknown) => void,
): Service => ({
  problems: PROBLEMS,
  onFailure,
  route: async (path, request) => {
    if (path === EVALUATE_PATH) {
      only('POST', path, request);
      const contributor = identify(request, options);
      return { status: 200, json: evaluate(contributor, await messageOf(request), options) };
    }
    if (!path.startsWith(EPOCHS_PATH)) return undefined;
    only('GET', path, request);
    return { status: 200, json: epochDocument(path.slice(EPOCHS_PATH.length), options) };
  },
});

function evaluate(
  contributor: string,
  { epoch, body }: Awaited<ReturnType<typeof messageOf>>,
  { voprf, keys, budgets, id, now }: EvaluatorServiceOptions,
): EvaluateAnswer {
  const texts = body['elements'];
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

function epochDocument(epoch: string, { keys, budgets, id, url }: EvaluatorServiceOptions): EpochDocument {
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
