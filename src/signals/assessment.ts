import { type Context, context, type Span, trace } from '@opentelemetry/api';
import { usable } from './prepare.ts';
import { warnOnce } from './shared.ts';

/** One judgement of a step, on the reference scale, on the judge's own, or on both. */
export interface AssessedValue {
  /** On the reference scale. Range [0.0, 1.0]. */
  readonly score?: number | undefined;
  /** What the judge itself said, untouched: a number, or a label of letters, digits and `_.+:/-`, at most 64. */
  readonly nativeScore?: number | undefined;
  readonly nativeLabel?: string | undefined;
  /** The scale of the native value. A calibration profile for it turns it into a score. */
  readonly nativeScale?: string | undefined;
}

export interface AssessmentReport {
  readonly risk?: AssessedValue | undefined;
  readonly autonomy?: AssessedValue | undefined;
  /** Who says so: the name of a product or detector. */
  readonly source?: string | undefined;
}

/** Whose assessment it is. Default: the active span. */
export interface AssessmentOptions {
  readonly span?: Span | undefined;
  readonly context?: Context | undefined;
}

/**
 * Writes another assessor's numbers on a span that has not ended. They stand in the place of ours; a native score becomes comparable as
 * the span ends, where the processor has a profile for its scale, or in the Collector. No signal: report what must be looked at with
 * `recordRiskEscalation`. Never throws.
 */
export function recordAssessment(report: AssessmentReport, options: AssessmentOptions = {}): void {
  try {
    const span = options?.span ?? trace.getSpan(options?.context ?? context.active());
    if (span === undefined || !span.isRecording()) {
      warnOnce('assessment', 'an assessment without a span that is still open is skipped');
      return;
    }
    const put = (key: string, value: unknown): boolean => {
      const checked = usable(key, value);
      if (checked === undefined) return false;
      span.setAttribute(key, checked as string | number);
      return true;
    };
    let said = false;
    for (const signal of ['risk', 'autonomy'] as const) {
      const value = report?.[signal];
      if (value === undefined) continue;
      const scored = put(`alignment.${signal}.score`, value.score);
      const numbered = put(`alignment.${signal}.native.score`, value.nativeScore);
      const labelled = put(`alignment.${signal}.native.label`, value.nativeLabel);
      if (numbered || labelled) {
        put(`alignment.${signal}.native.scale`, value.nativeScale);
        put(`alignment.${signal}.calibration.status`, scored ? 'declared' : 'none');
      }
      said ||= scored || numbered || labelled;
    }
    if (said) put('alignment.source.name', report.source);
  } catch (error) {
    warnOnce('assessment', 'an assessment could not be read', error);
  }
}
