import { complete, type Place } from '../signals/complete.ts';
import { identify } from '../signals/identity.ts';
import type { Detail, Signal, SignalLogger, UnixTime } from '../signals/index.ts';
import type { PendingSignal, SpanRecord } from '../signals/shared.ts';
import { toUnixTime } from '../signals/time.ts';
import type { RecordingSpan } from './span.ts';

/** A signal as it will be written, and what is still to be done with it. */
export interface SettledSignal {
  readonly signal: Signal;
  readonly stated: readonly string[] | undefined;
  readonly sent: boolean;
  readonly detail: Detail | undefined;
  readonly logger: SignalLogger | undefined;
}

/** A reported signal, completed from the span as it ends. A time that the caller did not give stays within the span. */
export function settle(
  pending: PendingSignal,
  place: Place,
  record: SpanRecord,
  span: RecordingSpan,
  end: UnixTime,
): SettledSignal {
  const { signal, timed, sent } = pending;
  if (sent) return pending;
  const time = timed ? signal.time : within(signal.time, toUnixTime(span.startTime), end);
  return { ...pending, signal: complete(signal, placeFor(pending, place, record), time) };
}

/** Where the application knew more when it reported the signal than when the span started, that holds. */
function placeFor({ handed }: PendingSignal, place: Place, record: SpanRecord): Place {
  if (handed === undefined || handed === record.context) return place;
  const known = identify(place.span, { ...record.context, ...handed }, record);
  const { session = place.identity.session } = known;
  const { agentId = place.identity.agentId, agentName = place.identity.agentName } = known;
  return { ...place, identity: { session, agentId, agentName } };
}

const before = (a: UnixTime, b: UnixTime): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

function within(time: UnixTime, start: UnixTime | undefined, end: UnixTime): UnixTime {
  if (start !== undefined && before(time, start)) return start;
  return before(end, time) ? end : time;
}
