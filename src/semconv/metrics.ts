// Generated from semconv/model. Do not edit; run `npm run semconv:generate`.

/**
 * Risk scores of assessed actions.
 *
 * Instrument: histogram. Unit: '1'.
 *
 * @note One measurement for every assessed action. Values are in the range [0.0, 1.0] on the reference scale. The explicit
 * bucket boundaries are [0.1, 0.4, 0.7, 0.9]. The list of attributes is closed.
 *
 * With the autonomy level, high risk at high autonomy can be told from high risk under supervision; with the calibration
 * status, measured scales from declared ones.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const METRIC_ALIGNMENT_ACTION_RISK = 'alignment.action.risk' as const;

/**
 * Number of alignment signals.
 *
 * Instrument: counter. Unit: '{signal}'.
 *
 * @note The list of attributes is closed. Ids, reasons, boundaries and native words **MUST NOT** be added.
 *
 * Values come from outside, so a value that is not listed **MUST** be counted as `_OTHER`. A component that cannot leave an
 * attribute out **MAY** write `none` for an absent intervention type or initiator and `unknown` for an absent
 * reversibility or involvement; a reader takes both for absent. On spans and events these stand-ins do not exist.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const METRIC_ALIGNMENT_SIGNALS = 'alignment.signals' as const;

/**
 * Highest severity of the alignment signals of a span.
 *
 * Instrument: histogram. Unit: '1'.
 *
 * @note One measurement for every span with a signal. Values are in the range [0.0, 1.0]. The explicit bucket boundaries are
 * [0.1, 0.4, 0.7, 0.9]. The list of attributes is closed.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const METRIC_ALIGNMENT_SPAN_MAX_SEVERITY = 'alignment.span.max_severity' as const;
