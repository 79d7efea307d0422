import { LEVEL_BY_INVOLVEMENT, LEVEL_SCORES } from '../../assess/rules/supervision.ts';
import { SIGNAL_CLASSES } from '../../signals/read.ts';
import { stepColumns, stepRowNumber } from './dialects.ts';
import { first, isIn, lookUp, mapped } from './expressions.ts';

/**
 * What one row of the exporter's tables says by itself, as two SELECTs a table: nothing is joined here, so that the same text serves a view
 * and a materialized view. Times are nanoseconds since the Unix epoch.
 */

type Look = (key: string) => string;
type Has = (key: string) => string;

const score = (value: string): string =>
  `if(toFloat64OrNull(${value}) BETWEEN 0 AND 1, toFloat64OrNull(${value}), NULL)`;

const INVOLVEMENT_SCORES = Object.fromEntries(
  Object.entries(LEVEL_BY_INVOLVEMENT).map(([involvement, level]) => [involvement, LEVEL_SCORES[level]]),
);

function autonomy(at: Look): string {
  const own = score(at('alignment.autonomy.score'));
  const byLevel = mapped(at('alignment.autonomy.level'), LEVEL_SCORES);
  const byPerson = mapped(at('alignment.human.involvement'), INVOLVEMENT_SCORES);
  return `coalesce(${own}, ${byLevel}, ${byPerson})`;
}

function native(at: Look, has: Has): string {
  const of = (what: string): [string, string] => {
    const value = `if(${has(`alignment.${what}.native.score`)}, ${at(`alignment.${what}.native.score`)}, ${at(`alignment.${what}.native.label`)})`;
    const scale = at(`alignment.${what}.native.scale`);
    const prefix = `if(${has(`alignment.${what}.native.scale`)}, concat(${scale}, ': '), '')`;
    return [`${value} != ''`, `concat(${prefix}, ${value})`];
  };
  return `multiIf(${of('risk').join(', ')}, ${of('autonomy').join(', ')}, '')`;
}

function status(at: Look, has: Has): string {
  const stated = `if(${has('alignment.risk.calibration.status')}, ${at('alignment.risk.calibration.status')}, ${at('alignment.autonomy.calibration.status')})`;
  return `multiIf(${isIn(stated, ['profiled', 'declared', 'none'])}, ${stated}, ${has('alignment.risk.score')} OR ${has('alignment.autonomy.score')}, 'declared', Native != '', 'none', '')`;
}

const keys = (span: string): string[] => [
  'TraceId',
  'SpanId',
  'cityHash64(TraceId) AS TraceKey',
  `${keyOf('SpanId')} AS SpanKey`,
  ...(span === '' ? [] : [`${keyOf(span)} AS ParentKey`]),
];

/** Ids that are no sixteen hex digits name no span. */
const keyOf = (id: string): string =>
  `if(length(${id}) = 16, reinterpretAsUInt64(reverse(unhex(${id}))), toUInt64(0))`;

const nanos = (time: string): string => `toUnixTimestamp64Nano(${time})`;

const span = lookUp('SpanAttributes');
const resource = lookUp('ResourceAttributes');
const belongs = [
  `${first(resource.at('session.id'), resource.at('gen_ai.conversation.id'))} AS OwnSession`,
  `${resource.at('service.name')} AS OwnAgent`,
];

/** Whether a span is a step: a tool call by its dialect, or whatever else was assessed as one. */
const IS_STEP = `${stepColumns.isTool} OR ${['action.type', 'risk.score', 'risk.native.score'].map(key => span.has(`alignment.${key}`)).join(' OR ')}`;

/** One row a span. */
export const SPAN_FACTS: string = select(
  [
    ...keys('ParentSpanId'),
    `multiIf(${IS_STEP}, 'step', ${span.has('alignment.human.involvement')} OR ${span.has('alignment.autonomy.level')}, 'state', 'span') AS Kind`,
    `${nanos('Timestamp')} AS Begin`,
    // a span without an end has a duration that wraps around, and back
    'toInt64(toUInt64(Begin) + Duration) AS Finish',
    `${first(stepColumns.session, span.at('session.id'), span.at('gen_ai.conversation.id'))} AS Session`,
    `${first(stepColumns.agentName, span.at('gen_ai.agent.name'), stepColumns.agentId, span.at('gen_ai.agent.id'))} AS Agent`,
    ...belongs,
    `${first(stepColumns.toolName, span.at('gen_ai.tool.name'))} AS Tool`,
    `${first(stepColumns.toolCallId, span.at('gen_ai.tool.call.id'))} AS Call`,
    `${span.at('alignment.action.type')} AS Action`,
    `${span.at('alignment.action.reversibility')} AS Reversibility`,
    `${first(span.at('alignment.human.involvement'), stepColumns.humanInvolvement)} AS Involvement`,
    `${score(span.at('alignment.risk.score'))} AS Risk`,
    `${autonomy(span.at)} AS Autonomy`,
    `${native(span.at, span.has)} AS Native`,
    `${status(span.at, span.has)} AS Status`,
  ],
  `(SELECT *, ${stepRowNumber} AS StepRow FROM otel_traces)`,
);

function signalColumns(at: Look, has: Has, inherited: Look): string[] {
  const text = (name: string, ...of: string[]): string =>
    `${first(...of.map(key => at(`alignment.${key}`)))} AS ${name}`;
  const shared: Look = key => (INHERITED.has(key) ? inherited(key) : at(key));
  return [
    `${at('alignment.signal.id')} AS SignalId`,
    `${first(inherited('session.id'), inherited('gen_ai.conversation.id'))} AS Session`,
    `${first(inherited('gen_ai.agent.name'), inherited('gen_ai.agent.id'))} AS Agent`,
    ...belongs,
    `${inherited('gen_ai.tool.name')} AS Tool`,
    `${inherited('gen_ai.tool.call.id')} AS Call`,
    `${inherited('alignment.action.type')} AS Action`,
    `${inherited('alignment.action.reversibility')} AS Reversibility`,
    `${inherited('alignment.human.involvement')} AS Involvement`,
    `${score(at('alignment.risk.score'))} AS Risk`,
    `${autonomy(shared)} AS Autonomy`,
    `${native(at, has)} AS Native`,
    `${status(at, has)} AS Status`,
    text('Type', 'intervention.type', 'boundary.type', 'indicator.type'),
    text('Initiator', 'intervention.initiator'),
    text('Outcome', 'intervention.outcome'),
    text('Decider', 'intervention.decision.source'),
    text('Reason', 'intervention.reason', 'clarification.reason', 'signal.reason'),
    text('SourceType', 'source.type'),
    text('SourceName', 'source.name'),
    text('FromState', 'boundary.from'),
    text('ToState', 'boundary.to'),
  ];
}

const INHERITED: ReadonlySet<string> = new Set(['alignment.autonomy.level', 'alignment.human.involvement']);
const NAMES = SIGNAL_CLASSES.map(name => `alignment.${name}`);
const severity = (value: string): string => `toFloat64OrNull(${value})`;
const classOf = (name: string): string => `substring(${name}, ${'alignment.'.length + 1})`;
const heads = (class_: string, time: string, value: string): string[] => [
  `${class_} AS Class`,
  `${nanos(time)} AS Time`,
  `least(1., greatest(0., ${value})) AS Severity`,
];

const event = lookUp('Item.3');
const onEvent: Look = key => `if(${event.has(key)}, ${event.at(key)}, ${span.at(key)})`;
const stated = span.at('alignment.signal.class');

/** One row for every signal on a span, be it an event or stated by the span itself: such a one is read as the event that it would have been. */
export const SPAN_SIGNAL_FACTS: string = select(
  [
    ...keys(''),
    `if(Item.4 = 0, 'span', 'span_event') AS Face`,
    // of an event among those of its span, from 1
    'Item.4 AS Place',
    ...heads(
      classOf('Item.2'),
      'Item.1',
      `assumeNotNull(${severity(event.at('alignment.signal.severity'))})`,
    ),
    `${IS_STEP} AS OnStep`,
    ...signalColumns(event.at, event.has, onEvent),
  ],
  `(
    SELECT *, ${stepRowNumber} AS StepRow, arrayJoin(arrayFilter(
      i -> ${isIn('i.2', NAMES)} AND isFinite(ifNull(${severity("i.3['alignment.signal.severity']")}, nan)),
      arrayConcat(
        arrayMap((t, n, a, place) -> (t, toString(n), a, place), Events.Timestamp, Events.Name, Events.Attributes, arrayEnumerate(Events.Name)),
        if(${stated} = '', [],
          [(if(toUInt64(${nanos('Timestamp')}) + Duration = 0, Timestamp, addNanoseconds(Timestamp, Duration)), concat('alignment.', ${stated}), SpanAttributes, toUInt32(0))])
      ))) AS Item
    FROM otel_traces
    WHERE ${stated} != '' OR arrayExists(n -> startsWith(n, 'alignment.'), Events.Name)
  )`,
);

const log = lookUp('LogAttributes');
const logName = `if(EventName = '', ${log.at('event.name')}, EventName)`;
const logSeverity = severity(log.at('alignment.signal.severity'));

/** One row for every log record that is a signal. */
export const LOG_SIGNAL_FACTS: string = select(
  [
    ...keys(''),
    `'log_record' AS Face`,
    'toUInt32(0) AS Place',
    ...heads(classOf(logName), 'Timestamp', `assumeNotNull(${logSeverity})`),
    'toUInt8(0) AS OnStep',
    ...signalColumns(log.at, log.has, log.at),
  ],
  'otel_logs',
  `${isIn(logName, NAMES)} AND isFinite(ifNull(${logSeverity}, nan))`,
);

function select(columns: readonly string[], from: string, where?: string): string {
  return `SELECT\n  ${columns.join(',\n  ')}\nFROM ${from}${where === undefined ? '' : `\nWHERE ${where}`}`;
}
