import { createTraceState, isSpanContextValid, type SpanContext, TraceFlags } from '@opentelemetry/api';

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const LENGTH = 55;
/** W3C Trace Context: what must be carried of `tracestate`. */
const MAX_TRACESTATE = 512;

/** `traceparent` of version 00. */
export const writeTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;

/** The parent that `traceparent` and `tracestate` from outside name. Later versions are read as far as this one goes. */
export function readTraceparent(traceparent: unknown, tracestate?: unknown): SpanContext | undefined {
  if (typeof traceparent !== 'string' || traceparent.length > MAX_TRACESTATE) return undefined;
  const [, version, traceId, spanId, flags] = TRACEPARENT.exec(traceparent.slice(0, LENGTH)) ?? [];
  if (traceId === undefined || spanId === undefined || version === 'ff') return undefined;
  if (traceparent.length > LENGTH && (version === '00' || traceparent[LENGTH] !== '-')) return undefined;
  const state = typeof tracestate === 'string' && tracestate.length <= MAX_TRACESTATE ? tracestate : '';
  const context: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags!, 16) & TraceFlags.SAMPLED,
    isRemote: true,
    ...(state !== '' && { traceState: createTraceState(state) }),
  };
  return isSpanContextValid(context) ? context : undefined;
}
