import { type HttpAnswer, HttpClient, HttpError, type TlsOptions } from '../http.ts';
import { under } from '../voprf/evaluator-client.ts';
import { isObject, PROTOCOL } from '../voprf/wire.ts';
import { MAX_TRACE_IDS } from './problems.ts';
import { ERASE_PATH } from './service.ts';

/** What the layer answered, or that it did not. The message says the fix; never a token or an id. */
export class LayerError extends Error {
  override readonly name = 'LayerError';
}

export interface EraseOptions {
  /** The layer's service: `evaluatorUrl` takes its address. */
  readonly layer: URL;
  readonly epoch: string;
  /** Derived trace ids, any number. */
  readonly traceIds: readonly string[];
  readonly token?: string | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Milliseconds for one answer. Default 10,000. */
  readonly timeoutMs?: number | undefined;
}

const SAID: Readonly<Record<string, string>> = {
  epoch_closed:
    'erases nothing of this epoch: its 48 hours after the week are over, or it has not begun. What is left goes with its retention',
  unauthorized: 'does not accept the token or certificate',
  forbidden: 'does not accept the token and the certificate together',
  budget: 'has erased as much as it may for this contributor in this epoch; its operator can raise the quota',
};

/**
 * Has a contributor's fragments of traces erased. Where it fails, asking for all of them again does no harm.
 *
 * @returns how many traces, and as which contributor
 * @throws LayerError
 */
export async function eraseAt({
  layer,
  epoch,
  traceIds,
  token,
  tls,
  timeoutMs = 10_000,
}: EraseOptions): Promise<{ readonly accepted: number; readonly contributor: string }> {
  const http = new HttpClient(tls);
  const all = [...new Set(traceIds)];
  let accepted = 0;
  let contributor = '';
  try {
    for (let from = 0; from < all.length; from += MAX_TRACE_IDS) {
      const asked = all.slice(from, from + MAX_TRACE_IDS);
      let answer: HttpAnswer;
      try {
        answer = await http.send({
          method: 'POST',
          url: under(layer, ERASE_PATH),
          headers: {
            accept: 'application/json, application/problem+json',
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ v: PROTOCOL, epoch, trace_ids: asked }),
          timeoutMs,
        });
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        throw new LayerError(`${layer.origin} cannot be reached (${error.message})${after(accepted)}`);
      }
      const { contributor: name, accepted: taken } = read(layer, epoch, answer, accepted);
      if (taken !== asked.length)
        throw new LayerError(`${layer.origin} took ${taken} of ${asked.length} trace ids`);
      contributor = name;
      accepted += taken;
    }
  } finally {
    http.close();
  }
  return { accepted, contributor };
}

const after = (accepted: number): string =>
  accepted === 0 ? '' : `; ${accepted} traces were taken before, and may be asked for again`;

function read(
  layer: URL,
  epoch: string,
  { status, body }: HttpAnswer,
  before: number,
): { readonly contributor: string; readonly accepted: number } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    // said below
  }
  const said = isObject(json) ? json : {};
  if (status !== 202) {
    // what the layer says is not quoted: it is another's text
    const code = String(said['code']);
    const what = Object.hasOwn(SAID, code) ? SAID[code]! : 'refused';
    throw new LayerError(`${layer.origin} ${what} (${epoch}, HTTP ${status})${after(before)}`);
  }
  const { v, epoch: of, contributor, accepted } = said;
  if (v !== PROTOCOL || of !== epoch || typeof contributor !== 'string' || typeof accepted !== 'number')
    throw new LayerError(
      `${layer.origin}: the answer is not one of ${PROTOCOL}; is this the layer's address?`,
    );
  return { contributor, accepted };
}
