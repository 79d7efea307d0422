import { readFileSync } from 'node:fs';
import { LOG_SIGNAL_FACTS, SPAN_FACTS, SPAN_SIGNAL_FACTS } from './facts.ts';

const NOTE =
  '-- Written by `node test/clickhouse/write-files.ts` from the tables of semconv/dialects and the rules of supervision. Do not edit.';

/** Columns of the facts, with the types that they are kept in. */
const WHO = `  TraceId String CODEC(ZSTD(1)),
  SpanId String CODEC(ZSTD(1)),
  TraceKey UInt64,
  SpanKey UInt64`;
const WHAT = `  Session String CODEC(ZSTD(1)),
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
  Native LowCardinality(String)`;

const SPAN_TABLE = `CREATE TABLE IF NOT EXISTS alignment_span_facts (
${WHO},
  ParentKey UInt64,
  Kind LowCardinality(String),
  Begin Int64 CODEC(Delta, ZSTD(1)),
  Finish Int64 CODEC(Delta, ZSTD(1)),
${WHAT}
) ENGINE = MergeTree
PARTITION BY toMonday(fromUnixTimestamp64Nano(Begin))
ORDER BY (Kind, TraceKey, SpanKey)
SETTINGS ttl_only_drop_parts = 1;
`;

const SIGNAL_TABLE = `CREATE TABLE IF NOT EXISTS alignment_signal_facts (
${WHO},
  Face LowCardinality(String),
  Place UInt32,
  OnStep UInt8,
  Class LowCardinality(String),
  Time Int64 CODEC(Delta, ZSTD(1)),
  Severity Float64,
  SignalId String CODEC(ZSTD(1)),
${WHAT},
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
`;

const HOURS = `-- Signals of each hour, small enough to keep for years. A signal that arrives several times counts once (uniq is exact up to some
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
`;

/** Facts read from the exporter's tables whenever they are asked for: nothing is stored. */
export const factsSql = (): string => `${NOTE}
-- What every span and every signal says by itself, read from the exporter's tables at each query. For up to some million spans;
-- above, rollups.sql keeps the same facts. Run one of the two, then views.sql.

CREATE OR REPLACE VIEW alignment_span_facts AS
${SPAN_FACTS};

CREATE OR REPLACE VIEW alignment_signal_facts AS
${SPAN_SIGNAL_FACTS}
UNION ALL
${LOG_SIGNAL_FACTS};
`;

/** Facts kept when spans and records arrive. */
export const rollupsSql = (): string => `${NOTE}
-- What every span and every signal says by itself, kept as it arrives: queries then never read the wide tables again. Where facts.sql was
-- run before, first: DROP VIEW alignment_span_facts; DROP VIEW alignment_signal_facts;
-- What the exporter wrote earlier is taken in by the same SELECTs: INSERT INTO alignment_span_facts SELECT ... (README).

${SPAN_TABLE}
CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_span_facts_fill TO alignment_span_facts AS
${SPAN_FACTS};

${SIGNAL_TABLE}
CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_signal_facts_fill TO alignment_signal_facts AS
${SPAN_SIGNAL_FACTS};

CREATE MATERIALIZED VIEW IF NOT EXISTS alignment_signal_facts_of_logs TO alignment_signal_facts AS
${LOG_SIGNAL_FACTS};

${HOURS}`;

/** Statements of a file of ours: each ends with a semicolon at the end of a line. */
export const statementsOf = (sql: string): string[] =>
  sql
    .split(/;[ \t]*(?:\n|$)/)
    .map(text => text.replace(/^(?:\s*(?:--[^\n]*)?\n)+/, '').trim())
    .filter(text => text !== '');

const HEAD = /^CREATE (?:OR REPLACE VIEW|MATERIALIZED VIEW IF NOT EXISTS) (\w+)[^;]*? AS\n/;

/** The SELECT of every view of `views.sql`, by name, in order. */
export function viewsOf(sql: string): Map<string, string> {
  const views = new Map<string, string>();
  for (const statement of statementsOf(sql)) {
    const [head, name] = HEAD.exec(statement) ?? [];
    if (head !== undefined && name !== undefined) views.set(name, statement.slice(head.length));
  }
  return views;
}

/** As seen from these sources, and from the two builds. */
const FOLDERS = ['../../../collector-config/clickhouse/', '../../../../collector-config/clickhouse/'];

/** @throws Error where the package lacks the file */
export function readSql(name: 'views.sql' | 'retention.sql'): string {
  let failure: unknown;
  for (const folder of FOLDERS) {
    try {
      return readFileSync(new URL(folder + name, import.meta.url), 'utf8');
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
