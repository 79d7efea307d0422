import { epochOf } from '../epoch.ts';
import { windowOf } from '../voprf/window.ts';
import { type Erased, isTraceId } from './erased.ts';
import { isPast, SESSIONS_MS } from './retention.ts';

/** What is taken out of the layer's files, and what could not be judged. */
export interface PurgeCount {
  /** Fragments that their contributor had erased. */
  erased: number;
  /** Fragments of which nothing derived may be left. */
  fragments: number;
  /** Stitched sessions whose time is over. */
  sessions: number;
  /** Spans and lines that are neither a fragment nor a session: they stay. */
  unknown: number;
}

export const newPurgeCount = (): PurgeCount => ({ erased: 0, fragments: 0, sessions: 0, unknown: 0 });

/** Whether anything goes. */
export const purges = ({ erased, fragments, sessions }: PurgeCount): boolean =>
  erased + fragments + sessions > 0;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

function text(of: Json, key: string): string | undefined {
  const found = list(of['attributes']).find(one => one['key'] === key)?.['value'];
  return isObject(found) && typeof found['stringValue'] === 'string' ? found['stringValue'] : undefined;
}

const epochIn = (span: Json): string | undefined => {
  const epoch = text(span, 'alignment.fragment.epoch');
  return epoch !== undefined && epochOf(epoch) !== undefined ? epoch : undefined;
};

/** The id of a span's trace, as it is compared. */
const traceOf = (span: Json): string => String(span['traceId']).toLowerCase();

/** The sessions of a request, by trace id with their epoch: what stitching wrote has a root of the layer's own. */
function sessionsOf(request: Json): ReadonlyMap<string, string> {
  const sessions = new Map<string, string>();
  for (const group of list(request['resourceSpans'])) {
    const resource = isObject(group['resource']) ? group['resource'] : {};
    if (text(resource, 'service.name') !== 'asr/layer') continue;
    if (text(resource, 'alignment.contributor.id') !== undefined) continue;
    for (const scope of list(group['scopeSpans']))
      for (const span of list(scope['spans'])) {
        const epoch = epochIn(span);
        if (epoch !== undefined) sessions.set(traceOf(span), epoch);
      }
  }
  return sessions;
}

/**
 * What stays of an OTLP/JSON request with fragments or stitched sessions. It is the request itself where all of it stays, and `undefined` where nothing does.
 * What cannot be judged stays, and is counted.
 *
 * @param now Unix milliseconds
 */
export function purgeRequest(
  request: unknown,
  { erased, now }: { readonly erased: Erased; readonly now: number },
  count: PurgeCount,
): unknown {
  if (!isObject(request) || request['resourceSpans'] === undefined) {
    count.unknown += 1;
    return request;
  }
  const sessions = sessionsOf(request);
  for (const epoch of sessions.values()) if (isPast(epoch, SESSIONS_MS, now)) count.sessions += 1;

  const stays = (span: unknown, contributor: string | undefined): boolean => {
    const traceId = isObject(span) ? traceOf(span) : '';
    const session = sessions.get(traceId);
    if (session !== undefined) return !isPast(session, SESSIONS_MS, now);
    const epoch = isObject(span) ? epochIn(span) : undefined;
    // a week that has not begun would keep it for ever
    const isNamed = epoch !== undefined && windowOf(epoch)!.opens <= now;
    if (!isNamed || contributor === undefined || !isTraceId(traceId)) {
      count.unknown += 1;
      return true;
    }
    const why = erased.refuses({ contributor, traceId, epoch }, now);
    if (why === 'erased') count.erased += 1;
    else if (why === 'past') count.fragments += 1;
    return why === undefined;
  };

  /** A list without what is empty after something went; the same list where nothing did. */
  const thin = (
    holder: unknown,
    member: string,
    each: (item: unknown) => unknown | undefined,
  ): unknown | undefined => {
    const items = isObject(holder) ? holder[member] : null;
    if (!isObject(holder) || !Array.isArray(items)) {
      // what is not there is empty
      if (items !== undefined) count.unknown += 1;
      return holder;
    }
    const before = items as readonly unknown[];
    const after = before.map(each).filter(one => one !== undefined);
    if (after.length === before.length && after.every((one, i) => one === before[i])) return holder;
    return after.length === 0 ? undefined : { ...holder, [member]: after };
  };

  return thin(request, 'resourceSpans', group => {
    const resource = isObject(group) && isObject(group['resource']) ? group['resource'] : {};
    const contributor = text(resource, 'alignment.contributor.id');
    return thin(group, 'scopeSpans', scope =>
      thin(scope, 'spans', span => (stays(span, contributor) ? span : undefined)),
    );
  });
}
