import { Problem } from '../service/problems.ts';
import { type Identification, identify, messageOf, only, type Service } from '../service/request.ts';
import { windowOf } from '../voprf/window.ts';
import { PROTOCOL } from '../voprf/wire.ts';
import { isTraceId } from './erased.ts';
import type { Erasures } from './erasures.ts';
import { LAYER_PROBLEMS, MAX_TRACE_IDS } from './problems.ts';

/** What the layer and contributors say to each other: `semconv/sessions/erasure.md`. */
export const ERASE_PATH = '/asr/v1/erase';

export interface EraseAnswer {
  readonly v: string;
  readonly epoch: string;
  /** Whose fragments go. */
  readonly contributor: string;
  /** Different trace ids of the request. */
  readonly accepted: number;
}

export interface LayerServiceOptions extends Identification {
  readonly erasures: Erasures;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const MEMBERS = new Set(['v', 'epoch', 'trace_ids']);

/** The layer as a service. It never looks into fragments: what it answers says nothing about what is there. */
export const layerService = (
  options: LayerServiceOptions,
  onFailure?: (error: unknown) => void,
): Service => ({
  problems: LAYER_PROBLEMS,
  onFailure,
  route: async (path, request) => {
    if (path !== ERASE_PATH) return undefined;
    only('POST', path, request);
    const contributor = identify(request, options);
    return { status: 202, json: erase(contributor, await messageOf(request), options) };
  },
});

function erase(
  contributor: string,
  { epoch, body }: Awaited<ReturnType<typeof messageOf>>,
  { erasures, now }: LayerServiceOptions,
): EraseAnswer {
  // who names a contributor believes that it counts
  if (!Object.keys(body).every(member => MEMBERS.has(member)))
    throw new Problem('invalid_request', 'there is more than v, epoch and trace_ids');
  const ids = body['trace_ids'];
  if (!Array.isArray(ids) || ids.length === 0)
    throw new Problem('invalid_request', `trace_ids must be a list of 1 to ${MAX_TRACE_IDS}`);
  if (ids.length > MAX_TRACE_IDS) throw new Problem('batch_too_large', `there are ${ids.length} trace ids`);
  const wrong = ids.findIndex(id => !isTraceId(id));
  if (wrong >= 0) throw new Problem('invalid_trace_id', `trace_ids[${wrong}]`);
  const window = windowOf(epoch)!;
  const at = now();
  if (at < window.opens || at >= window.closes) throw new Problem('epoch_closed', epoch);
  const traceIds = [...new Set(ids as string[])];
  if (!erasures.add(epoch, contributor, traceIds, at)) throw new Problem('budget', epoch);
  return { v: PROTOCOL, epoch, contributor, accepted: traceIds.length };
}
