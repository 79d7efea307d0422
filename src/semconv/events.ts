// Generated from semconv/model. Do not edit; run `npm run semconv:generate`.

/**
 * The agent reached or crossed the limit of what it may do alone.
 *
 * @note The event is recorded on the span of the step that it is about. It **MUST** be recorded as a log record where the span
 * has ended, is not recorded or has no room, and **MAY** be recorded so elsewhere; it **MUST NOT** be recorded both ways.
 * The time of the event **MUST** be set. A log record has no body.
 *
 * Where the source gives no severity, it is 0.3 for `mode_change`, 0.4 for `scope`, `delegation`, `unattended` and
 * `budget`, and 0.6 for `bypass`. For any other type the writer states one.
 *
 * The severity number of a log record follows `alignment.signal.severity`: < 0.4 INFO (9), < 0.7 WARN (13), < 0.9
 * ERROR (17), else FATAL (21).
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const EVENT_ALIGNMENT_AUTONOMY_BOUNDARY = 'alignment.autonomy_boundary' as const;

/**
 * The agent itself stopped to ask.
 *
 * @note The event is recorded on the span of the step that it is about. It **MUST** be recorded as a log record where the span
 * has ended, is not recorded or has no room, and **MAY** be recorded so elsewhere; it **MUST NOT** be recorded both ways.
 * The time of the event **MUST** be set. A log record has no body.
 *
 * The question itself is not recorded. Where the source gives no severity, it is 0.1.
 *
 * The severity number of a log record follows `alignment.signal.severity`: < 0.4 INFO (9), < 0.7 WARN (13), < 0.9
 * ERROR (17), else FATAL (21).
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const EVENT_ALIGNMENT_CLARIFICATION_REQUEST = 'alignment.clarification_request' as const;

/**
 * A person, a policy, a monitor or the agent itself stopped, decided on, corrected or took over an action.
 *
 * @note The event is recorded on the span of the step that it is about. It **MUST** be recorded as a log record where the span
 * has ended, is not recorded or has no room, and **MAY** be recorded so elsewhere; it **MUST NOT** be recorded both ways.
 * The time of the event **MUST** be set. A log record has no body.
 *
 * An automatic approval is an intervention whose initiator is a policy. An intervention that prevents a call of a
 * tool **MUST** be recorded even though no `execute_tool` span follows.
 *
 * Where the source gives no severity, it is 0.0 for an approval by a policy; 0.1 for an approval by a person or by
 * nobody known, and for a pause; 0.2 for steering; 0.3 for a correction and for a denial by a policy; 0.4 for a denial by
 * a person or by nobody known, and for a block; 0.5 for a stop, a takeover and an escalation. What a monitor or the
 * agent itself decided counts as decided by a policy. For any other type the writer states one.
 *
 * The severity number of a log record follows `alignment.signal.severity`: < 0.4 INFO (9), < 0.7 WARN (13), < 0.9
 * ERROR (17), else FATAL (21).
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const EVENT_ALIGNMENT_INTERVENTION = 'alignment.intervention' as const;

/**
 * There is evidence of deception, goal drift, unauthorized use of a capability or similar conduct.
 *
 * @note The event is recorded on the span of the step that it is about. It **MUST** be recorded as a log record where the span
 * has ended, is not recorded or has no room, and **MAY** be recorded so elsewhere; it **MUST NOT** be recorded both ways.
 * The time of the event **MUST** be set. A log record has no body.
 *
 * The event reports evidence, not a finding. Every rule that raises it states its severity.
 *
 * The severity number of a log record follows `alignment.signal.severity`: < 0.4 INFO (9), < 0.7 WARN (13), < 0.9
 * ERROR (17), else FATAL (21).
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const EVENT_ALIGNMENT_MISALIGNMENT_INDICATOR = 'alignment.misalignment_indicator' as const;

/**
 * The risk of an action crossed a threshold, or rose against the session so far.
 *
 * @note The event is recorded on the span of the step that it is about. It **MUST** be recorded as a log record where the span
 * has ended, is not recorded or has no room, and **MAY** be recorded so elsewhere; it **MUST NOT** be recorded both ways.
 * The time of the event **MUST** be set. A log record has no body.
 *
 * The thresholds are the source's own and `alignment.signal.reason` says which was met. The software of this project
 * escalates level `high` and above, and a rise of 0.3 over the session's maximum so far, once per rule and session;
 * both are options. At least one of `alignment.risk.score`, `alignment.risk.native.score` and
 * `alignment.risk.native.label` **MUST** be set.
 *
 * Where the source gives no severity, it is the risk score of the action; without a score, the rule states it.
 *
 * The severity number of a log record follows `alignment.signal.severity`: < 0.4 INFO (9), < 0.7 WARN (13), < 0.9
 * ERROR (17), else FATAL (21).
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const EVENT_ALIGNMENT_RISK_ESCALATION = 'alignment.risk_escalation' as const;

/** The name of an alignment event. */
export type EventName =
  | 'alignment.autonomy_boundary'
  | 'alignment.clarification_request'
  | 'alignment.intervention'
  | 'alignment.misalignment_indicator'
  | 'alignment.risk_escalation';
