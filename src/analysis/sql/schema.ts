/**
 * The columns of the exporter's tables that are read here, and nothing more of them: what a server's tables are checked against, and what an
 * embedded engine makes for files. The exporter's own definitions hold more; a test runs on those.
 */
export const TABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  otel_traces: {
    Timestamp: 'DateTime64(9)',
    TraceId: 'String',
    SpanId: 'String',
    ParentSpanId: 'String',
    SpanName: 'LowCardinality(String)',
    ScopeName: 'String',
    ResourceAttributes: 'Map(LowCardinality(String), String)',
    SpanAttributes: 'Map(LowCardinality(String), String)',
    Duration: 'UInt64',
    'Events.Timestamp': 'Array(DateTime64(9))',
    'Events.Name': 'Array(LowCardinality(String))',
    'Events.Attributes': 'Array(Map(LowCardinality(String), String))',
  },
  otel_logs: {
    Timestamp: 'DateTime64(9)',
    TraceId: 'String',
    SpanId: 'String',
    EventName: 'String',
    ResourceAttributes: 'Map(LowCardinality(String), String)',
    LogAttributes: 'Map(LowCardinality(String), String)',
  },
};

/** Tables for files, which nobody else reads. */
export const tablesForFiles = (): string[] =>
  Object.entries(TABLES).map(
    ([name, columns]) =>
      `CREATE TABLE ${name} (${Object.entries(columns)
        .map(([column, type]) => `\`${column}\` ${type}`)
        .join(', ')}) ENGINE = MergeTree ORDER BY Timestamp`,
  );

/** The views that `views.sql` makes and a report reads, in the order in which they are made. */
export const REPORT_VIEWS = [
  'alignment_ancestors',
  'alignment_agent_spans',
  'alignment_signals',
  'alignment_told_steps',
  'alignment_steps',
  'alignment_sessions',
] as const;

/** What views are made over: views of `facts.sql`, or tables of `rollups.sql`. */
export const FACTS = ['alignment_span_facts', 'alignment_signal_facts'] as const;
