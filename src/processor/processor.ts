import { type Context, trace } from '@opentelemetry/api';
import { getAlignmentContext } from '../signals/context.ts';
import { attributesOf, closeRecord } from '../signals/identity.ts';
import {
  keepRecord,
  recordOf,
  type Settings,
  SpanRecord,
  shared,
  warnOnce,
  warnSetup,
} from '../signals/shared.ts';
import { withBaggage } from './baggage.ts';
import { finishSpan, sendPending } from './finish.ts';
import { type AlignmentOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { checkSetup } from './self-check.ts';
import type { RecordingSpan } from './span.ts';

/**
 * Attaches alignment signals to the spans that agents already emit. It enriches spans and exports nothing: put it
 * before the processor that exports.
 *
 * Works with SDK 2.3 and later and 3.x. It never throws, keeps nothing of ended spans but one bounded state a session,
 * and never overwrites an attribute, evicts an event, or touches a span's name, status or parent.
 */
export class AlignmentSpanProcessor {
  #options: ResolvedOptions;
  readonly #wrapping: boolean;
  #checked = false;

  /** @param wrapping set by `register`, which calls the hooks itself around a provider of any make */
  constructor(options: AlignmentOptions = {}, wrapping = false) {
    this.#options = resolveOptions(options);
    this.#wrapping = wrapping;
    if (!shared.claimed) {
      shared.claimed = true;
      shared.settings = this.#options;
    }
  }

  /** What holds for the spans that this processor looks after. */
  get settings(): Settings {
    return this.#options;
  }

  /** Takes other options from now on. For `withAlignment` where `register` was there first. */
  reconfigure(options: AlignmentOptions): void {
    const held = this.#options;
    this.#options = resolveOptions(options);
    if (shared.settings === held) shared.settings = this.#options;
  }

  /** Remembers who, which session and how supervised; writes nothing. */
  onStart(span: RecordingSpan, parentContext: Context): void {
    try {
      if (recordOf(span) !== undefined) {
        warnSetup(
          'ALIGNMENT_004',
          'otel-alignment is installed twice (two processors, or a processor and `register`): the first one acts. Keep one.',
        );
        return;
      }
      const parent = this.#parent(parentContext);
      const handed = getAlignmentContext(parentContext);
      const context = this.#options.baggage ? withBaggage(handed, parentContext) : handed;
      keepRecord(span, new SpanRecord(attributesOf(span), parent, context, this));
      if (!this.#checked) {
        this.#checked = true;
        checkSetup(span, this.#wrapping);
      }
    } catch (error) {
      warnOnce('onStart', 'a span could not be looked at as it started', error);
    }
  }

  /**
   * Reads the step, assesses it, attaches the assessment and the signals.
   *
   * @param endTime where the span does not show one itself
   */
  onEnding(span: RecordingSpan, endTime?: unknown): void {
    const record = this.#own(span);
    if (record === undefined) return;
    try {
      finishSpan(span, record, this.#options, endTime);
    } catch (error) {
      warnOnce('onEnding', 'a span could not be assessed', error);
    } finally {
      closeRecord(record);
    }
  }

  /** Called after the span ended, when nothing can be written any more. */
  onEnd(span: object): void {
    const record = this.#own(span);
    if (record === undefined) return;
    warnSetup(
      'ALIGNMENT_002',
      'This OpenTelemetry SDK is older than 2.3 and never calls onEnding: spans are not assessed. Update it.',
    );
    try {
      sendPending(span as RecordingSpan, record);
    } catch (error) {
      warnOnce('onEnd', 'a signal could not be sent', error);
    } finally {
      closeRecord(record);
    }
  }

  /** Nothing of ours is waiting, but for verdicts of a monitor. */
  forceFlush(): Promise<void> {
    return this.#flushMonitor();
  }

  shutdown(): Promise<void> {
    return this.#flushMonitor();
  }

  async #flushMonitor(): Promise<void> {
    try {
      await this.#options.monitor?.flush();
    } catch (error) {
      warnOnce('monitor.flush', 'the monitor could not be waited for', error);
    }
  }

  #parent(parentContext: Context): SpanRecord | undefined {
    const span = trace.getSpan(parentContext);
    return span === undefined ? undefined : recordOf(span);
  }

  #own(span: object): SpanRecord | undefined {
    const record = recordOf(span);
    return record?.owner === this && !record.closed ? record : undefined;
  }
}
