import { type Context, trace } from '@opentelemetry/api';
import { mayBeAgentSpan } from '../dialects/index.ts';
import { withBaggage } from '../signals/baggage.ts';
import { type AlignmentContext, getAlignmentContext } from '../signals/context.ts';
import { closeRecord } from '../signals/identity.ts';
import {
  heldBy,
  hold,
  Inherited,
  makeRecord,
  recordOf,
  type Settings,
  type SpanRecord,
  shared,
  warnOnce,
  warnSetup,
} from '../signals/shared.ts';
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
  /** The SDK calls `onEnding`. */
  #ending = false;
  /** What the root span that started last inherits. */
  #below: Inherited | undefined;

  /** @param wrapping set by `register`, which calls the hooks itself around a provider of any make */
  constructor(options: AlignmentOptions = {}, wrapping = false) {
    this.#options = resolveOptions(options);
    this.#wrapping = wrapping;
    shared.processors += 1;
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
      if (shared.processors > 1 && heldBy(span) !== undefined) {
        warnSetup(
          'ALIGNMENT_004',
          'otel-alignment is installed twice (two processors, or a processor and `register`): the first one acts. Keep one.',
        );
        return;
      }
      const above = trace.getSpan(parentContext);
      const handed = getAlignmentContext(parentContext);
      const context = this.#options.baggage ? withBaggage(handed, parentContext) : handed;
      hold(span, this.#inherit(above === undefined ? undefined : recordOf(above), context));
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
    this.#ending = true;
    let record: SpanRecord | undefined;
    try {
      const held = heldBy(span);
      if (held === undefined || held.owner !== this) return;
      if (held.own && held.closed) return;
      const reported = held.own && held.pending !== undefined;
      const asked = reported || this.#options.spans !== undefined || mayBeAgentSpan(span);
      // what every span of the host costs
      if (!asked && !held.own) return;
      record = held.own ? held : makeRecord(span, held);
      if (asked) finishSpan(span, record, this.#options, endTime);
    } catch (error) {
      warnOnce('onEnding', 'a span could not be assessed', error);
    } finally {
      if (record !== undefined) closeRecord(record);
    }
  }

  /** Called after the span ended, when nothing can be written any more. */
  onEnd(span: object): void {
    if (this.#ending) return;
    let record: SpanRecord | undefined;
    try {
      const held = heldBy(span);
      if (held === undefined || held.owner !== this) return;
      warnSetup(
        'ALIGNMENT_002',
        'This OpenTelemetry SDK is older than 2.3 and never calls onEnding: spans are not assessed. Update it.',
      );
      if (!held.own || held.closed) return;
      record = held;
      sendPending(span as RecordingSpan, record);
    } catch (error) {
      warnOnce('onEnd', 'a signal could not be sent', error);
    } finally {
      if (record !== undefined) closeRecord(record);
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

  /** What is handed over may be content: only what holds no content, or is held anyway, outlives the span. */
  #inherit(parent: SpanRecord | undefined, context: AlignmentContext | undefined): Inherited {
    const last = parent === undefined ? this.#below : parent.below;
    if (last !== undefined && last.context === context && last.owner === this) return last;
    const made = new Inherited(parent, context, this);
    const mayStay = context?.step === undefined && context?.userMessage === undefined;
    if (parent === undefined) {
      if (mayStay) this.#below = made;
    } else if (mayStay || parent.context === context) {
      parent.below = made;
    }
    return made;
  }
}
