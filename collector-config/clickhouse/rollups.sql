-- Written by `node test/clickhouse/write-files.ts` from the tables of semconv/dialects and the rules of supervision. Do not edit.
-- What every span and every signal says by itself, kept as it arrives: queries then never read the wide tables again. Where facts.sql was
-- run before, first: DROP VIEW alignment_span_facts; DROP VIEW alignment_signal_facts;
-- What the exporter wrote earlier is taken in by the same SELECTs: INSERT INTO alignment_span_facts SELECT ... (README).

CREATE TABLE IF NOT EXISTS alignment_span_facts (
  TraceId String CODEC(ZSTD(1)),
  SpanId String CODEC(ZSTD(1)),
  TraceKey UInt64,
  SpanKey UInt64,
  ParentKey UInt64,
  Kind LowCardinality(String),
  Begin Int64 CODEC(Delta, ZSTD(1)),
  Finish Int64 CODEC(Delta, ZSTD(1)),
  Session String CODEC(ZSTD(1)),
  Agent LowCardinality(String),
  OwnSession LowCardinality(String),
  OwnAgent LowCardinality(String),
  Tool LowCardinality(String),
  Call String CODEC(ZSTD(1)),
  Action LowCardinality(String),
  Reversibility LowCardinality(String),
  Involvement LowCardinality(String),
  Risk Nullable(Float64),
  Autonomy Nullable(Float64),
  Status LowCardinality(String),
  Native LowCardinality(String)
) ENGINE = MergeTree
PARTITION BY toMonday(fromUnixTimestamp64Nano(Begin))
ORDER BY (Kind, TraceKey, SpanKey)
SETTINGS ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_span_facts_fill TO alignment_span_facts AS
SELECT
  TraceId,
  SpanId,
  cityHash64(TraceId) AS TraceKey,
  if(length(SpanId) = 16, reinterpretAsUInt64(reverse(unhex(SpanId))), toUInt64(0)) AS SpanKey,
  if(length(ParentSpanId) = 16, reinterpretAsUInt64(reverse(unhex(ParentSpanId))), toUInt64(0)) AS ParentKey,
  multiIf(StepRow IN (1, 2, 6, 10, 15, 21, 23) OR mapContains(SpanAttributes, 'alignment.action.type') OR mapContains(SpanAttributes, 'alignment.risk.score') OR mapContains(SpanAttributes, 'alignment.risk.native.score'), 'step', mapContains(SpanAttributes, 'alignment.human.involvement') OR mapContains(SpanAttributes, 'alignment.autonomy.level'), 'state', 'span') AS Kind,
  toUnixTimestamp64Nano(Timestamp) AS Begin,
  toInt64(toUInt64(Begin) + Duration) AS Finish,
  coalesce(nullIf(multiIf(StepRow IN (1, 2, 3, 4), if(lengthUTF8(SpanAttributes['session.id']) <= 512, SpanAttributes['session.id'], ''), StepRow IN (6, 7, 8), coalesce(nullIf(if(lengthUTF8(SpanAttributes['session.id']) <= 512, SpanAttributes['session.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['gen_ai.conversation.id']) <= 512, SpanAttributes['gen_ai.conversation.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['ai.telemetry.metadata.sessionId']) <= 512, SpanAttributes['ai.telemetry.metadata.sessionId'], ''), ''), ''), StepRow IN (10, 11, 12, 13), coalesce(nullIf(if(lengthUTF8(SpanAttributes['session.id']) <= 512, SpanAttributes['session.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['gen_ai.conversation.id']) <= 512, SpanAttributes['gen_ai.conversation.id'], ''), ''), nullIf(if(lengthUTF8(JSONExtractString(SpanAttributes['metadata'], 'thread_id')) <= 512, JSONExtractString(SpanAttributes['metadata'], 'thread_id'), ''), ''), nullIf(if(lengthUTF8(JSONExtractString(SpanAttributes['metadata'], 'session_id')) <= 512, JSONExtractString(SpanAttributes['metadata'], 'session_id'), ''), ''), ''), StepRow IN (15, 16, 17, 19), coalesce(nullIf(if(lengthUTF8(SpanAttributes['session.id']) <= 512, SpanAttributes['session.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['gen_ai.conversation.id']) <= 512, SpanAttributes['gen_ai.conversation.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['traceloop.association.properties.session_id']) <= 512, SpanAttributes['traceloop.association.properties.session_id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['traceloop.association.properties.conversation_id']) <= 512, SpanAttributes['traceloop.association.properties.conversation_id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['traceloop.association.properties.thread_id']) <= 512, SpanAttributes['traceloop.association.properties.thread_id'], ''), ''), ''), StepRow IN (21, 23, 24, 25), coalesce(nullIf(if(lengthUTF8(SpanAttributes['session.id']) <= 512, SpanAttributes['session.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['gen_ai.conversation.id']) <= 512, SpanAttributes['gen_ai.conversation.id'], ''), ''), ''), ''), ''), nullIf(SpanAttributes['session.id'], ''), nullIf(SpanAttributes['gen_ai.conversation.id'], ''), '') AS Session,
  coalesce(nullIf(multiIf(StepRow IN (6, 7, 8), coalesce(nullIf(if(lengthUTF8(SpanAttributes['gen_ai.agent.name']) <= 512, SpanAttributes['gen_ai.agent.name'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['ai.telemetry.functionId']) <= 512, SpanAttributes['ai.telemetry.functionId'], ''), ''), ''), StepRow IN (10, 11, 12, 13), coalesce(nullIf(if(lengthUTF8(SpanAttributes['agent.name']) <= 512, SpanAttributes['agent.name'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['gen_ai.agent.name']) <= 512, SpanAttributes['gen_ai.agent.name'], ''), ''), ''), StepRow IN (15, 17, 19, 21, 23, 24, 25), if(lengthUTF8(SpanAttributes['gen_ai.agent.name']) <= 512, SpanAttributes['gen_ai.agent.name'], ''), StepRow IN (16), coalesce(nullIf(if(lengthUTF8(SpanAttributes['gen_ai.agent.name']) <= 512, SpanAttributes['gen_ai.agent.name'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['traceloop.entity.name']) <= 512, SpanAttributes['traceloop.entity.name'], ''), ''), ''), ''), ''), nullIf(SpanAttributes['gen_ai.agent.name'], ''), nullIf(multiIf(StepRow IN (1, 2, 3, 4), if(lengthUTF8(SpanAttributes['agent_id']) <= 512, SpanAttributes['agent_id'], ''), StepRow IN (21, 23, 24, 25), if(lengthUTF8(SpanAttributes['gen_ai.agent.id']) <= 512, SpanAttributes['gen_ai.agent.id'], ''), ''), ''), nullIf(SpanAttributes['gen_ai.agent.id'], ''), '') AS Agent,
  coalesce(nullIf(ResourceAttributes['session.id'], ''), nullIf(ResourceAttributes['gen_ai.conversation.id'], ''), '') AS OwnSession,
  ResourceAttributes['service.name'] AS OwnAgent,
  coalesce(nullIf(multiIf(StepRow IN (1, 2), coalesce(nullIf(if(lengthUTF8(SpanAttributes['gen_ai.tool.name']) <= 512, SpanAttributes['gen_ai.tool.name'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['tool_name']) <= 512, SpanAttributes['tool_name'], ''), ''), ''), StepRow IN (6), if(lengthUTF8(SpanAttributes['ai.toolCall.name']) <= 512, SpanAttributes['ai.toolCall.name'], ''), StepRow IN (10), coalesce(nullIf(if(lengthUTF8(SpanAttributes['tool.name']) <= 512, SpanAttributes['tool.name'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['gen_ai.tool.name']) <= 512, SpanAttributes['gen_ai.tool.name'], ''), ''), ''), StepRow IN (15), coalesce(nullIf(if(lengthUTF8(SpanAttributes['gen_ai.tool.name']) <= 512, SpanAttributes['gen_ai.tool.name'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['traceloop.entity.name']) <= 512, SpanAttributes['traceloop.entity.name'], ''), ''), ''), StepRow IN (21), coalesce(nullIf(if(lengthUTF8(SpanAttributes['gen_ai.tool.name']) <= 512, SpanAttributes['gen_ai.tool.name'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['mcp.tool.name']) <= 512, SpanAttributes['mcp.tool.name'], ''), ''), ''), StepRow IN (23), if(lengthUTF8(SpanAttributes['gen_ai.tool.name']) <= 512, SpanAttributes['gen_ai.tool.name'], ''), ''), ''), nullIf(SpanAttributes['gen_ai.tool.name'], ''), '') AS Tool,
  coalesce(nullIf(multiIf(StepRow IN (1, 2), coalesce(nullIf(if(lengthUTF8(SpanAttributes['gen_ai.tool.call.id']) <= 512, SpanAttributes['gen_ai.tool.call.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['tool_use_id']) <= 512, SpanAttributes['tool_use_id'], ''), ''), ''), StepRow IN (6), if(lengthUTF8(SpanAttributes['ai.toolCall.id']) <= 512, SpanAttributes['ai.toolCall.id'], ''), StepRow IN (10), coalesce(nullIf(if(lengthUTF8(SpanAttributes['tool_call.id']) <= 512, SpanAttributes['tool_call.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['tool.id']) <= 512, SpanAttributes['tool.id'], ''), ''), nullIf(if(lengthUTF8(SpanAttributes['gen_ai.tool.call.id']) <= 512, SpanAttributes['gen_ai.tool.call.id'], ''), ''), ''), StepRow IN (15, 21, 23), if(lengthUTF8(SpanAttributes['gen_ai.tool.call.id']) <= 512, SpanAttributes['gen_ai.tool.call.id'], ''), ''), ''), nullIf(SpanAttributes['gen_ai.tool.call.id'], ''), '') AS Call,
  SpanAttributes['alignment.action.type'] AS Action,
  SpanAttributes['alignment.action.reversibility'] AS Reversibility,
  SpanAttributes['alignment.human.involvement'] AS Involvement,
  if(toFloat64OrNull(SpanAttributes['alignment.risk.score']) BETWEEN 0 AND 1, toFloat64OrNull(SpanAttributes['alignment.risk.score']), NULL) AS Risk,
  coalesce(if(toFloat64OrNull(SpanAttributes['alignment.autonomy.score']) BETWEEN 0 AND 1, toFloat64OrNull(SpanAttributes['alignment.autonomy.score']), NULL), multiIf(SpanAttributes['alignment.autonomy.level'] = 'none', 0.05, SpanAttributes['alignment.autonomy.level'] = 'operator', 0.2, SpanAttributes['alignment.autonomy.level'] = 'collaborator', 0.4, SpanAttributes['alignment.autonomy.level'] = 'consultant', 0.6, SpanAttributes['alignment.autonomy.level'] = 'approver', 0.8, SpanAttributes['alignment.autonomy.level'] = 'observer', 0.95, NULL), multiIf(SpanAttributes['alignment.human.involvement'] = 'none', 0.95, SpanAttributes['alignment.human.involvement'] = 'monitoring', 0.95, SpanAttributes['alignment.human.involvement'] = 'active_steering', 0.4, SpanAttributes['alignment.human.involvement'] = 'approval_required', 0.2, NULL)) AS Autonomy,
  multiIf(if(mapContains(SpanAttributes, 'alignment.risk.native.score'), SpanAttributes['alignment.risk.native.score'], SpanAttributes['alignment.risk.native.label']) != '', concat(if(mapContains(SpanAttributes, 'alignment.risk.native.scale'), concat(SpanAttributes['alignment.risk.native.scale'], ': '), ''), if(mapContains(SpanAttributes, 'alignment.risk.native.score'), SpanAttributes['alignment.risk.native.score'], SpanAttributes['alignment.risk.native.label'])), if(mapContains(SpanAttributes, 'alignment.autonomy.native.score'), SpanAttributes['alignment.autonomy.native.score'], SpanAttributes['alignment.autonomy.native.label']) != '', concat(if(mapContains(SpanAttributes, 'alignment.autonomy.native.scale'), concat(SpanAttributes['alignment.autonomy.native.scale'], ': '), ''), if(mapContains(SpanAttributes, 'alignment.autonomy.native.score'), SpanAttributes['alignment.autonomy.native.score'], SpanAttributes['alignment.autonomy.native.label'])), '') AS Native,
  multiIf(if(mapContains(SpanAttributes, 'alignment.risk.calibration.status'), SpanAttributes['alignment.risk.calibration.status'], SpanAttributes['alignment.autonomy.calibration.status']) IN ('profiled', 'declared', 'none'), if(mapContains(SpanAttributes, 'alignment.risk.calibration.status'), SpanAttributes['alignment.risk.calibration.status'], SpanAttributes['alignment.autonomy.calibration.status']), mapContains(SpanAttributes, 'alignment.risk.score') OR mapContains(SpanAttributes, 'alignment.autonomy.score'), 'declared', Native != '', 'none', '') AS Status
FROM (SELECT *, multiIf(SpanName = 'claude_code.tool' AND SpanAttributes['bash_command_class'] = 'fs_mutation' AND SpanAttributes['bash_argv0'] IN ('rm', 'rmdir', 'unlink'), 1, SpanName = 'claude_code.tool', 2, SpanName = 'claude_code.interaction', 3, SpanName = 'claude_code.llm_request', 4, startsWith(SpanName, 'claude_code.'), 5, SpanAttributes['ai.operationId'] = 'ai.toolCall', 6, SpanAttributes['ai.operationId'] IN ('ai.generateText', 'ai.streamText', 'ai.generateObject', 'ai.streamObject'), 7, SpanAttributes['ai.operationId'] IN ('ai.generateText.doGenerate', 'ai.streamText.doStream', 'ai.generateObject.doGenerate', 'ai.streamObject.doStream'), 8, startsWith(SpanAttributes['ai.operationId'], 'ai.'), 9, SpanAttributes['openinference.span.kind'] = 'TOOL', 10, SpanAttributes['openinference.span.kind'] = 'AGENT', 11, SpanAttributes['openinference.span.kind'] = 'CHAIN' AND SpanName = 'LangGraph', 12, SpanAttributes['openinference.span.kind'] = 'LLM', 13, mapContains(SpanAttributes, 'openinference.span.kind'), 14, SpanAttributes['traceloop.span.kind'] = 'tool', 15, SpanAttributes['traceloop.span.kind'] = 'agent', 16, SpanAttributes['traceloop.span.kind'] = 'workflow', 17, mapContains(SpanAttributes, 'traceloop.span.kind'), 18, SpanAttributes['llm.request.type'] IN ('chat', 'completion'), 19, mapContains(SpanAttributes, 'llm.request.type'), 20, SpanAttributes['mcp.method.name'] = 'tools/call', 21, mapContains(SpanAttributes, 'mcp.method.name'), 22, SpanAttributes['gen_ai.operation.name'] = 'execute_tool', 23, SpanAttributes['gen_ai.operation.name'] IN ('invoke_agent', 'invoke_workflow'), 24, SpanAttributes['gen_ai.operation.name'] IN ('chat', 'generate_content', 'text_completion'), 25, mapContains(SpanAttributes, 'gen_ai.operation.name'), 26, 0) AS StepRow FROM otel_traces);

CREATE TABLE IF NOT EXISTS alignment_signal_facts (
  TraceId String CODEC(ZSTD(1)),
  SpanId String CODEC(ZSTD(1)),
  TraceKey UInt64,
  SpanKey UInt64,
  Face LowCardinality(String),
  Place UInt32,
  OnStep UInt8,
  Class LowCardinality(String),
  Time Int64 CODEC(Delta, ZSTD(1)),
  Severity Float64,
  SignalId String CODEC(ZSTD(1)),
  Session String CODEC(ZSTD(1)),
  Agent LowCardinality(String),
  OwnSession LowCardinality(String),
  OwnAgent LowCardinality(String),
  Tool LowCardinality(String),
  Call String CODEC(ZSTD(1)),
  Action LowCardinality(String),
  Reversibility LowCardinality(String),
  Involvement LowCardinality(String),
  Risk Nullable(Float64),
  Autonomy Nullable(Float64),
  Status LowCardinality(String),
  Native LowCardinality(String),
  Type LowCardinality(String),
  Initiator LowCardinality(String),
  Outcome LowCardinality(String),
  Decider LowCardinality(String),
  Reason String CODEC(ZSTD(1)),
  SourceType LowCardinality(String),
  SourceName LowCardinality(String),
  FromState LowCardinality(String),
  ToState LowCardinality(String)
) ENGINE = MergeTree
PARTITION BY toMonday(fromUnixTimestamp64Nano(Time))
ORDER BY (Class, Time)
SETTINGS ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_signal_facts_fill TO alignment_signal_facts AS
SELECT
  TraceId,
  SpanId,
  cityHash64(TraceId) AS TraceKey,
  if(length(SpanId) = 16, reinterpretAsUInt64(reverse(unhex(SpanId))), toUInt64(0)) AS SpanKey,
  if(Item.4 = 0, 'span', 'span_event') AS Face,
  Item.4 AS Place,
  substring(Item.2, 11) AS Class,
  toUnixTimestamp64Nano(Item.1) AS Time,
  least(1., greatest(0., assumeNotNull(toFloat64OrNull(Item.3['alignment.signal.severity'])))) AS Severity,
  StepRow IN (1, 2, 6, 10, 15, 21, 23) OR mapContains(SpanAttributes, 'alignment.action.type') OR mapContains(SpanAttributes, 'alignment.risk.score') OR mapContains(SpanAttributes, 'alignment.risk.native.score') AS OnStep,
  Item.3['alignment.signal.id'] AS SignalId,
  coalesce(nullIf(if(mapContains(Item.3, 'session.id'), Item.3['session.id'], SpanAttributes['session.id']), ''), nullIf(if(mapContains(Item.3, 'gen_ai.conversation.id'), Item.3['gen_ai.conversation.id'], SpanAttributes['gen_ai.conversation.id']), ''), '') AS Session,
  coalesce(nullIf(if(mapContains(Item.3, 'gen_ai.agent.name'), Item.3['gen_ai.agent.name'], SpanAttributes['gen_ai.agent.name']), ''), nullIf(if(mapContains(Item.3, 'gen_ai.agent.id'), Item.3['gen_ai.agent.id'], SpanAttributes['gen_ai.agent.id']), ''), '') AS Agent,
  coalesce(nullIf(ResourceAttributes['session.id'], ''), nullIf(ResourceAttributes['gen_ai.conversation.id'], ''), '') AS OwnSession,
  ResourceAttributes['service.name'] AS OwnAgent,
  if(mapContains(Item.3, 'gen_ai.tool.name'), Item.3['gen_ai.tool.name'], SpanAttributes['gen_ai.tool.name']) AS Tool,
  if(mapContains(Item.3, 'gen_ai.tool.call.id'), Item.3['gen_ai.tool.call.id'], SpanAttributes['gen_ai.tool.call.id']) AS Call,
  if(mapContains(Item.3, 'alignment.action.type'), Item.3['alignment.action.type'], SpanAttributes['alignment.action.type']) AS Action,
  if(mapContains(Item.3, 'alignment.action.reversibility'), Item.3['alignment.action.reversibility'], SpanAttributes['alignment.action.reversibility']) AS Reversibility,
  if(mapContains(Item.3, 'alignment.human.involvement'), Item.3['alignment.human.involvement'], SpanAttributes['alignment.human.involvement']) AS Involvement,
  if(toFloat64OrNull(Item.3['alignment.risk.score']) BETWEEN 0 AND 1, toFloat64OrNull(Item.3['alignment.risk.score']), NULL) AS Risk,
  coalesce(if(toFloat64OrNull(Item.3['alignment.autonomy.score']) BETWEEN 0 AND 1, toFloat64OrNull(Item.3['alignment.autonomy.score']), NULL), multiIf(if(mapContains(Item.3, 'alignment.autonomy.level'), Item.3['alignment.autonomy.level'], SpanAttributes['alignment.autonomy.level']) = 'none', 0.05, if(mapContains(Item.3, 'alignment.autonomy.level'), Item.3['alignment.autonomy.level'], SpanAttributes['alignment.autonomy.level']) = 'operator', 0.2, if(mapContains(Item.3, 'alignment.autonomy.level'), Item.3['alignment.autonomy.level'], SpanAttributes['alignment.autonomy.level']) = 'collaborator', 0.4, if(mapContains(Item.3, 'alignment.autonomy.level'), Item.3['alignment.autonomy.level'], SpanAttributes['alignment.autonomy.level']) = 'consultant', 0.6, if(mapContains(Item.3, 'alignment.autonomy.level'), Item.3['alignment.autonomy.level'], SpanAttributes['alignment.autonomy.level']) = 'approver', 0.8, if(mapContains(Item.3, 'alignment.autonomy.level'), Item.3['alignment.autonomy.level'], SpanAttributes['alignment.autonomy.level']) = 'observer', 0.95, NULL), multiIf(if(mapContains(Item.3, 'alignment.human.involvement'), Item.3['alignment.human.involvement'], SpanAttributes['alignment.human.involvement']) = 'none', 0.95, if(mapContains(Item.3, 'alignment.human.involvement'), Item.3['alignment.human.involvement'], SpanAttributes['alignment.human.involvement']) = 'monitoring', 0.95, if(mapContains(Item.3, 'alignment.human.involvement'), Item.3['alignment.human.involvement'], SpanAttributes['alignment.human.involvement']) = 'active_steering', 0.4, if(mapContains(Item.3, 'alignment.human.involvement'), Item.3['alignment.human.involvement'], SpanAttributes['alignment.human.involvement']) = 'approval_required', 0.2, NULL)) AS Autonomy,
  multiIf(if(mapContains(Item.3, 'alignment.risk.native.score'), Item.3['alignment.risk.native.score'], Item.3['alignment.risk.native.label']) != '', concat(if(mapContains(Item.3, 'alignment.risk.native.scale'), concat(Item.3['alignment.risk.native.scale'], ': '), ''), if(mapContains(Item.3, 'alignment.risk.native.score'), Item.3['alignment.risk.native.score'], Item.3['alignment.risk.native.label'])), if(mapContains(Item.3, 'alignment.autonomy.native.score'), Item.3['alignment.autonomy.native.score'], Item.3['alignment.autonomy.native.label']) != '', concat(if(mapContains(Item.3, 'alignment.autonomy.native.scale'), concat(Item.3['alignment.autonomy.native.scale'], ': '), ''), if(mapContains(Item.3, 'alignment.autonomy.native.score'), Item.3['alignment.autonomy.native.score'], Item.3['alignment.autonomy.native.label'])), '') AS Native,
  multiIf(if(mapContains(Item.3, 'alignment.risk.calibration.status'), Item.3['alignment.risk.calibration.status'], Item.3['alignment.autonomy.calibration.status']) IN ('profiled', 'declared', 'none'), if(mapContains(Item.3, 'alignment.risk.calibration.status'), Item.3['alignment.risk.calibration.status'], Item.3['alignment.autonomy.calibration.status']), mapContains(Item.3, 'alignment.risk.score') OR mapContains(Item.3, 'alignment.autonomy.score'), 'declared', Native != '', 'none', '') AS Status,
  coalesce(nullIf(Item.3['alignment.intervention.type'], ''), nullIf(Item.3['alignment.boundary.type'], ''), nullIf(Item.3['alignment.indicator.type'], ''), '') AS Type,
  Item.3['alignment.intervention.initiator'] AS Initiator,
  Item.3['alignment.intervention.outcome'] AS Outcome,
  Item.3['alignment.intervention.decision.source'] AS Decider,
  coalesce(nullIf(Item.3['alignment.intervention.reason'], ''), nullIf(Item.3['alignment.clarification.reason'], ''), nullIf(Item.3['alignment.signal.reason'], ''), '') AS Reason,
  Item.3['alignment.source.type'] AS SourceType,
  Item.3['alignment.source.name'] AS SourceName,
  Item.3['alignment.boundary.from'] AS FromState,
  Item.3['alignment.boundary.to'] AS ToState
FROM (
    SELECT *, multiIf(SpanName = 'claude_code.tool' AND SpanAttributes['bash_command_class'] = 'fs_mutation' AND SpanAttributes['bash_argv0'] IN ('rm', 'rmdir', 'unlink'), 1, SpanName = 'claude_code.tool', 2, SpanName = 'claude_code.interaction', 3, SpanName = 'claude_code.llm_request', 4, startsWith(SpanName, 'claude_code.'), 5, SpanAttributes['ai.operationId'] = 'ai.toolCall', 6, SpanAttributes['ai.operationId'] IN ('ai.generateText', 'ai.streamText', 'ai.generateObject', 'ai.streamObject'), 7, SpanAttributes['ai.operationId'] IN ('ai.generateText.doGenerate', 'ai.streamText.doStream', 'ai.generateObject.doGenerate', 'ai.streamObject.doStream'), 8, startsWith(SpanAttributes['ai.operationId'], 'ai.'), 9, SpanAttributes['openinference.span.kind'] = 'TOOL', 10, SpanAttributes['openinference.span.kind'] = 'AGENT', 11, SpanAttributes['openinference.span.kind'] = 'CHAIN' AND SpanName = 'LangGraph', 12, SpanAttributes['openinference.span.kind'] = 'LLM', 13, mapContains(SpanAttributes, 'openinference.span.kind'), 14, SpanAttributes['traceloop.span.kind'] = 'tool', 15, SpanAttributes['traceloop.span.kind'] = 'agent', 16, SpanAttributes['traceloop.span.kind'] = 'workflow', 17, mapContains(SpanAttributes, 'traceloop.span.kind'), 18, SpanAttributes['llm.request.type'] IN ('chat', 'completion'), 19, mapContains(SpanAttributes, 'llm.request.type'), 20, SpanAttributes['mcp.method.name'] = 'tools/call', 21, mapContains(SpanAttributes, 'mcp.method.name'), 22, SpanAttributes['gen_ai.operation.name'] = 'execute_tool', 23, SpanAttributes['gen_ai.operation.name'] IN ('invoke_agent', 'invoke_workflow'), 24, SpanAttributes['gen_ai.operation.name'] IN ('chat', 'generate_content', 'text_completion'), 25, mapContains(SpanAttributes, 'gen_ai.operation.name'), 26, 0) AS StepRow, arrayJoin(arrayFilter(
      i -> i.2 IN ('alignment.autonomy_boundary', 'alignment.clarification_request', 'alignment.intervention', 'alignment.misalignment_indicator', 'alignment.risk_escalation') AND isFinite(ifNull(toFloat64OrNull(i.3['alignment.signal.severity']), nan)),
      arrayConcat(
        arrayMap((t, n, a, place) -> (t, toString(n), a, place), Events.Timestamp, Events.Name, Events.Attributes, arrayEnumerate(Events.Name)),
        if(SpanAttributes['alignment.signal.class'] = '', [],
          [(if(toUInt64(toUnixTimestamp64Nano(Timestamp)) + Duration = 0, Timestamp, addNanoseconds(Timestamp, Duration)), concat('alignment.', SpanAttributes['alignment.signal.class']), SpanAttributes, toUInt32(0))])
      ))) AS Item
    FROM otel_traces
    WHERE SpanAttributes['alignment.signal.class'] != '' OR arrayExists(n -> startsWith(n, 'alignment.'), Events.Name)
  );

CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_signal_facts_of_logs TO alignment_signal_facts AS
SELECT
  TraceId,
  SpanId,
  cityHash64(TraceId) AS TraceKey,
  if(length(SpanId) = 16, reinterpretAsUInt64(reverse(unhex(SpanId))), toUInt64(0)) AS SpanKey,
  'log_record' AS Face,
  toUInt32(0) AS Place,
  substring(if(EventName = '', LogAttributes['event.name'], EventName), 11) AS Class,
  toUnixTimestamp64Nano(Timestamp) AS Time,
  least(1., greatest(0., assumeNotNull(toFloat64OrNull(LogAttributes['alignment.signal.severity'])))) AS Severity,
  toUInt8(0) AS OnStep,
  LogAttributes['alignment.signal.id'] AS SignalId,
  coalesce(nullIf(LogAttributes['session.id'], ''), nullIf(LogAttributes['gen_ai.conversation.id'], ''), '') AS Session,
  coalesce(nullIf(LogAttributes['gen_ai.agent.name'], ''), nullIf(LogAttributes['gen_ai.agent.id'], ''), '') AS Agent,
  coalesce(nullIf(ResourceAttributes['session.id'], ''), nullIf(ResourceAttributes['gen_ai.conversation.id'], ''), '') AS OwnSession,
  ResourceAttributes['service.name'] AS OwnAgent,
  LogAttributes['gen_ai.tool.name'] AS Tool,
  LogAttributes['gen_ai.tool.call.id'] AS Call,
  LogAttributes['alignment.action.type'] AS Action,
  LogAttributes['alignment.action.reversibility'] AS Reversibility,
  LogAttributes['alignment.human.involvement'] AS Involvement,
  if(toFloat64OrNull(LogAttributes['alignment.risk.score']) BETWEEN 0 AND 1, toFloat64OrNull(LogAttributes['alignment.risk.score']), NULL) AS Risk,
  coalesce(if(toFloat64OrNull(LogAttributes['alignment.autonomy.score']) BETWEEN 0 AND 1, toFloat64OrNull(LogAttributes['alignment.autonomy.score']), NULL), multiIf(LogAttributes['alignment.autonomy.level'] = 'none', 0.05, LogAttributes['alignment.autonomy.level'] = 'operator', 0.2, LogAttributes['alignment.autonomy.level'] = 'collaborator', 0.4, LogAttributes['alignment.autonomy.level'] = 'consultant', 0.6, LogAttributes['alignment.autonomy.level'] = 'approver', 0.8, LogAttributes['alignment.autonomy.level'] = 'observer', 0.95, NULL), multiIf(LogAttributes['alignment.human.involvement'] = 'none', 0.95, LogAttributes['alignment.human.involvement'] = 'monitoring', 0.95, LogAttributes['alignment.human.involvement'] = 'active_steering', 0.4, LogAttributes['alignment.human.involvement'] = 'approval_required', 0.2, NULL)) AS Autonomy,
  multiIf(if(mapContains(LogAttributes, 'alignment.risk.native.score'), LogAttributes['alignment.risk.native.score'], LogAttributes['alignment.risk.native.label']) != '', concat(if(mapContains(LogAttributes, 'alignment.risk.native.scale'), concat(LogAttributes['alignment.risk.native.scale'], ': '), ''), if(mapContains(LogAttributes, 'alignment.risk.native.score'), LogAttributes['alignment.risk.native.score'], LogAttributes['alignment.risk.native.label'])), if(mapContains(LogAttributes, 'alignment.autonomy.native.score'), LogAttributes['alignment.autonomy.native.score'], LogAttributes['alignment.autonomy.native.label']) != '', concat(if(mapContains(LogAttributes, 'alignment.autonomy.native.scale'), concat(LogAttributes['alignment.autonomy.native.scale'], ': '), ''), if(mapContains(LogAttributes, 'alignment.autonomy.native.score'), LogAttributes['alignment.autonomy.native.score'], LogAttributes['alignment.autonomy.native.label'])), '') AS Native,
  multiIf(if(mapContains(LogAttributes, 'alignment.risk.calibration.status'), LogAttributes['alignment.risk.calibration.status'], LogAttributes['alignment.autonomy.calibration.status']) IN ('profiled', 'declared', 'none'), if(mapContains(LogAttributes, 'alignment.risk.calibration.status'), LogAttributes['alignment.risk.calibration.status'], LogAttributes['alignment.autonomy.calibration.status']), mapContains(LogAttributes, 'alignment.risk.score') OR mapContains(LogAttributes, 'alignment.autonomy.score'), 'declared', Native != '', 'none', '') AS Status,
  coalesce(nullIf(LogAttributes['alignment.intervention.type'], ''), nullIf(LogAttributes['alignment.boundary.type'], ''), nullIf(LogAttributes['alignment.indicator.type'], ''), '') AS Type,
  LogAttributes['alignment.intervention.initiator'] AS Initiator,
  LogAttributes['alignment.intervention.outcome'] AS Outcome,
  LogAttributes['alignment.intervention.decision.source'] AS Decider,
  coalesce(nullIf(LogAttributes['alignment.intervention.reason'], ''), nullIf(LogAttributes['alignment.clarification.reason'], ''), nullIf(LogAttributes['alignment.signal.reason'], ''), '') AS Reason,
  LogAttributes['alignment.source.type'] AS SourceType,
  LogAttributes['alignment.source.name'] AS SourceName,
  LogAttributes['alignment.boundary.from'] AS FromState,
  LogAttributes['alignment.boundary.to'] AS ToState
FROM otel_logs
WHERE if(EventName = '', LogAttributes['event.name'], EventName) IN ('alignment.autonomy_boundary', 'alignment.clarification_request', 'alignment.intervention', 'alignment.misalignment_indicator', 'alignment.risk_escalation') AND isFinite(ifNull(toFloat64OrNull(LogAttributes['alignment.signal.severity']), nan));

-- Signals of each hour, small enough to keep for years. A signal that arrives several times counts once (uniq is exact up to some
-- ten thousand an hour and group, within about one percent above): SELECT Hour, Class, uniqMerge(Signals) FROM alignment_hours GROUP BY Hour, Class
CREATE TABLE IF NOT EXISTS alignment_hours (
  Hour DateTime,
  Agent LowCardinality(String),
  Class LowCardinality(String),
  Type LowCardinality(String),
  Initiator LowCardinality(String),
  Status LowCardinality(String),
  Signals AggregateFunction(uniq, String),
  MaxSeverity SimpleAggregateFunction(max, Float64)
) ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(Hour)
ORDER BY (Hour, Agent, Class, Type, Initiator, Status)
SETTINGS ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_hours_fill TO alignment_hours AS
SELECT
  toDateTime(intDiv(Time, 3600000000000) * 3600) AS Hour, Agent, Class, Type, Initiator, Status,
  -- one without an id cannot be told from another of its span and time
  uniqState(if(SignalId = '', concat(TraceId, SpanId, toString(Time)), SignalId)) AS Signals,
  max(Severity) AS MaxSeverity
FROM alignment_signal_facts
GROUP BY Hour, Agent, Class, Type, Initiator, Status;
