import { SIGNAL_CLASSES } from '../../signals/read.ts';
import { lengthFor } from '../over-time.ts';
import type { Density, FigureSource, Highest, StepPoint, Totals } from '../source.ts';
import { type AgentSignals, type AgentSteps, agentRows } from './agents.ts';
import type { SqlEngine } from './engine.ts';
import { type SessionOfSql, sessionRow } from './sessions.ts';
import { limited, type Stretch } from './stage.ts';
import { type StretchOfSql, stretchesSql } from './stretches.ts';
import { timelinesOf } from './timelines.ts';

/** Nanoseconds as milliseconds, as the reader of files has them. */
const MS = (column: string): string =>
  `intDiv(${column}, 1000000000) * 1000 + (${column} % 1000000000) / 1e6`;

/** Figures of a database of which `stageViews` ran the views. */
export function sqlSource(engine: SqlEngine, stretch: Stretch = {}): FigureSource {
  const one = async <T>(sql: string): Promise<T> => ((await engine.rows<T>(sql))[0] ?? {}) as T;
  let known: Promise<Totals> | undefined;
  const totals = (): Promise<Totals> => {
    known ??= totalsOf(one, stretch);
    return known;
  };
  return {
    totals,
    highest: () => highestOf(engine),
    sessions: async limit =>
      (
        await engine.rows<SessionOfSql>(
          `SELECT * REPLACE (${MS('Begin')} AS Begin, ${MS('Finish')} AS Finish) FROM alignment_sessions ORDER BY Weight DESC, alignment_sessions.Begin, Session LIMIT ${limit}`,
        )
      ).map(sessionRow),
    steps: async limit => (await engine.rows<StepOfSql>(stepsSql(limit))).map(stepPoint),
    density: size => densityOf(engine, size),
    timelines: (sessions, limit) => timelinesOf(engine, sessions, limit),
    overTime: async limit => {
      const { from = 0, to = 0 } = await totals();
      const length = lengthFor(to - from, limit);
      const start = Math.floor(from / length) * length;
      const rows = await engine.rows<StretchOfSql>(stretchesSql(MS, start, length));
      return {
        length,
        stretches: rows.map(({ place, ...counts }) => ({ start: start + place * length, ...counts })),
      };
    },
    agents: async limit => {
      const steps = await engine.rows<AgentSteps>(AGENT_STEPS);
      const signals = await engine.rows<AgentSignals>(AGENT_SIGNALS);
      const sessions = await engine.rows<{ agent: string; sessions: number }>(AGENT_SESSIONS);
      return agentRows(steps, signals, sessions).slice(0, limit);
    },
  };
}

async function totalsOf(one: <T>(sql: string) => Promise<T>, stretch: Stretch): Promise<Totals> {
  const { spans } = await one<{ spans: number }>(
    limited('SELECT count() AS spans FROM alignment_span_facts', stretch),
  );
  const { facts } = await one<{ facts: number }>(
    limited('SELECT count() AS facts FROM alignment_signal_facts', stretch),
  );
  const { records } = await one<{ records: number }>(recordsSql(stretch));
  const { signals } = await one<{ signals: number }>('SELECT count() AS signals FROM alignment_signals');
  const { agents } = await one<{ agents: number }>(
    'SELECT uniqExact(Agent) AS agents FROM (SELECT toString(Agent) AS Agent FROM alignment_steps UNION ALL SELECT Agent FROM alignment_signals)',
  );
  const { from, to, ...rest } = await one<Omit<Totals, 'from' | 'to'> & { from: number; to: number }>(
    `SELECT
      count() AS sessions, sum(Steps) AS steps, countIf(s.UpperRight > 0) AS upperRightSessions, sum(s.UpperRight) AS upperRightSteps,
      steps - (SELECT countIf(Placed) FROM alignment_steps) AS unplacedSteps,
      countIf(NOT Placed) AS unplacedSessions, countIf(NOT Named) AS unnamedSessions,
      ${MS('minIf(Begin, Begin > 0)')} AS from, ${MS('max(Finish)')} AS to
    FROM alignment_sessions AS s`,
  );
  return {
    ...rest,
    spans,
    records,
    signals,
    agents,
    duplicates: facts - signals,
    ...(to === 0 ? {} : { from, to }),
  };
}

function recordsSql({ since, until }: Stretch): string {
  const at = (milliseconds: number): string =>
    `fromUnixTimestamp64Milli(toInt64(${Math.round(milliseconds)}))`;
  const conditions = [
    ...(since === undefined ? [] : [`Timestamp >= ${at(since)}`]),
    ...(until === undefined ? [] : [`Timestamp < ${at(until)}`]),
  ];
  return `SELECT count() AS records FROM otel_logs${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`;
}

async function highestOf(engine: SqlEngine): Promise<Highest> {
  const classes = await engine.rows<{ class: string; severity: number }>(
    'SELECT Class AS class, max(Severity) AS severity FROM alignment_signals GROUP BY Class',
  );
  const [{ risk } = { risk: null }] = await engine.rows<{ risk: number | null }>(
    'SELECT max(Risk) AS risk FROM alignment_steps',
  );
  const byClass = Object.fromEntries(
    SIGNAL_CLASSES.flatMap(name => {
      const found = classes.find(one => one.class === name);
      return found === undefined ? [] : [[name, found.severity]];
    }),
  );
  return {
    byClass,
    ...(classes.length === 0 ? {} : { severity: Math.max(...classes.map(({ severity }) => severity)) }),
    ...(risk === null ? {} : { risk }),
  };
}

interface StepOfSql {
  readonly session: string;
  readonly time: number;
  readonly risk: number;
  readonly autonomy: number;
  readonly severity: number | null;
  readonly tool: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly onSpan: number;
}

const stepsSql = (limit: number): string => `SELECT
    Session AS session, ${MS('Begin')} AS time, Risk AS risk, Autonomy AS autonomy, Severity AS severity, Tool AS tool,
    TraceId AS traceId, SpanId AS spanId, OnSpan AS onSpan
  FROM alignment_steps
  WHERE Placed
  ORDER BY if(UpperRight, 2, 0) + greatest(ifNull(Severity, 0), Risk) DESC, Begin, TraceId, SpanId
  LIMIT ${limit}`;

const stepPoint = ({ severity, tool, spanId, onSpan, ...rest }: StepOfSql): StepPoint => ({
  ...rest,
  ...(severity === null ? {} : { severity }),
  ...(tool === '' ? {} : { tool }),
  ...(onSpan === 0 ? {} : { spanId }),
});

async function densityOf(engine: SqlEngine, size: number): Promise<Density> {
  const cell = (score: string): string => `least(${size - 1}, toUInt32(floor(${score} * ${size} + 1e-9)))`;
  const rows = await engine.rows<{ cell: number; n: number }>(
    `SELECT assumeNotNull(${cell('Risk')} * ${size} + ${cell('Autonomy')}) AS cell, count() AS n FROM alignment_steps WHERE Placed GROUP BY cell`,
  );
  const counts = new Array<number>(size * size).fill(0);
  for (const { cell, n } of rows) counts[cell] = n;
  return { size, counts };
}

const STATUSES = `countIf(Status = 'profiled') AS profiled, countIf(Status = 'declared') AS declared, countIf(Status = 'none') AS none,
  groupUniqArrayIf(8)(substring(Native, 1, position(Native, ': ') - 1), position(Native, ': ') > 1) AS scales`;
const AGENT_STEPS = `SELECT Agent AS agent, count() AS steps, ${STATUSES} FROM alignment_steps GROUP BY Agent`;
const AGENT_SIGNALS = `SELECT Agent AS agent, Class AS class, count() AS count, max(Severity) AS severity, ${STATUSES} FROM alignment_signals GROUP BY Agent, Class`;
const AGENT_SESSIONS = `SELECT agent, uniqExact(Session) AS sessions FROM (
  SELECT toString(Agent) AS agent, Session FROM alignment_steps UNION ALL SELECT Agent, Session FROM alignment_signals
) GROUP BY agent`;
