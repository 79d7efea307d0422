import type { Recording } from '../../analysis/index.ts';
import { spansOf } from '../../otlp/index.ts';
import { Ancestors } from '../assess/ancestors.ts';
import { InOrder } from '../assess/in-order.ts';
import { MAX_HELD, MAX_SPANS } from '../assess/recorded.ts';
import { createRecordedAssessor } from '../assess/recorded-sessions.ts';
import { type Said, saidIn, stepOf } from '../assess/telemetry.ts';

/** Finds the signals that recorded telemetry gives rise to, as `assess --otlp` does, and puts them into a recording. */
export interface SignalFinder {
  /** First, every request. */
  prepare(request: unknown): void;
  /** Then every request again. */
  find(request: unknown): void;
  /** At the end. */
  finish(): void;
}

export function createSignalFinder(recording: Recording): SignalFinder {
  const ancestors = new Ancestors(MAX_SPANS);
  const held = new InOrder<Said>(MAX_HELD);
  const assess = createRecordedAssessor();
  const take = (said: Said): void => {
    const { traceId = '', spanId = '', resource } = said;
    for (const signal of assess(said, ancestors.identify(traceId, spanId)))
      recording.addSignal(signal, { span: -1, resource });
  };
  return {
    prepare(request) {
      for (const span of spansOf(request)) ancestors.add(span, stepOf(request, span));
    },
    find(request) {
      for (const said of saidIn(request)) {
        const next = held.add(said);
        if (next !== undefined) take(next);
      }
    },
    finish() {
      for (const said of held.rest()) take(said);
    },
  };
}
