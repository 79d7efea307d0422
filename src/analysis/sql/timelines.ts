import type { Timeline, TimelineItem } from '../source.ts';
import type { SqlEngine } from './engine.ts';

type Row = { readonly place: number; readonly total: number } & Readonly<Record<string, unknown>>;

const MS = (column: string): string =>
  `intDiv(${column}, 1000000000) * 1000 + (${column} % 1000000000) / 1e6`;

/** What a column of the views is called in a timeline, for steps and for signals. An empty text is left out later. */
const COLUMNS: readonly (readonly [name: keyof TimelineItem, step: string, signal: string])[] = [
  ['kind', "'step'", 'toString(Class)'],
  ['time', MS('Begin'), MS('Time')],
  ['end', `nullIf(${MS('Finish')}, 0)`, "CAST(NULL, 'Nullable(Float64)')"],
  ['traceId', 'TraceId', 'TraceId'],
  ['spanId', 'SpanId', 'SpanId'],
  ['tool', 'toString(Tool)', "if(g.Tool = '', toString(t.Tool), toString(g.Tool))"],
  ['action', 'toString(Action)', 'toString(g.Action)'],
  ['reversibility', 'toString(Reversibility)', 'toString(g.Reversibility)'],
  ['involvement', 'toString(Involvement)', 'toString(g.Involvement)'],
  ['risk', 'Risk', 'g.Risk'],
  ['autonomy', 'Autonomy', 'g.Autonomy'],
  ['native', 'toString(Native)', 'toString(g.Native)'],
  ['status', 'toString(Status)', 'toString(g.Status)'],
  ['severity', 'Severity', 'g.Severity'],
  ['type', 'toString(DecisionType)', 'toString(Type)'],
  ['by', 'DecisionActor', "if(Class = 'intervention', Actor, '')"],
  ['outcome', "''", 'toString(Outcome)'],
  ['decider', 'toString(DecisionSource)', 'toString(Decider)'],
  ['reason', "''", 'Reason'],
  ['source', "''", 'toString(SourceType)'],
  ['sourceName', "''", 'toString(SourceName)'],
  ['from', "''", 'toString(FromState)'],
  ['to', "''", 'toString(ToState)'],
];

const columns = (which: 1 | 2): string =>
  COLUMNS.map(column => `${column[which]} AS \`${column[0]}\``).join(', ');

/** Steps, and signals that are told beside their step: an approval that no person gave and that stands on its step is told by the step alone. */
const ITEMS = `
  SELECT Session, Begin AS At, 0 AS Rank, (toUInt32(0), StepKey) AS Mark, greatest(ifNull(Risk, 0), ifNull(Severity, 0)) AS Loudness, ${columns(1)}
  FROM alignment_steps
  WHERE Session IN (SELECT Session FROM alignment_asked)
  UNION ALL
  SELECT g.Session AS Session, Time AS At, 1, (Place, cityHash64(SignalId)), 1 + g.Severity, ${columns(2)}
  FROM alignment_signals AS g
  ANY LEFT JOIN (SELECT StepKey, Tool FROM alignment_steps WHERE Session IN (SELECT Session FROM alignment_asked)) AS t
    ON g.StepKey = t.StepKey
  WHERE g.Session IN (SELECT Session FROM alignment_asked)
    AND NOT (Class = 'intervention' AND g.StepKey != 0 AND Type = 'approval' AND Initiator NOT IN ('human', ''))`;

/** @param limit items of each; where there are more, the quietest steps are left out */
export async function timelinesOf(
  engine: SqlEngine,
  sessions: readonly string[],
  limit: number,
): Promise<Timeline[]> {
  if (sessions.length === 0) return [];
  await engine.run('DROP TEMPORARY TABLE IF EXISTS alignment_asked');
  await engine.run('CREATE TEMPORARY TABLE alignment_asked (Place UInt32, Session String)');
  await engine.insert(
    'alignment_asked',
    sessions.map((Session, Place) => JSON.stringify({ Place, Session })).join('\n'),
  );
  const rows = await engine.rows<Row>(`
    SELECT a.Place AS place, i.* EXCEPT (Session, Rank, Mark, Loudness, At)
    FROM (
      SELECT *, count() OVER (PARTITION BY Session) AS total
      FROM (${ITEMS})
      QUALIFY row_number() OVER (PARTITION BY Session ORDER BY Loudness DESC, At, Rank, Mark) <= ${Math.max(0, Math.floor(limit))}
    ) AS i
    JOIN alignment_asked AS a ON a.Session = i.Session
    ORDER BY a.Place, i.At, i.Rank, i.Mark`);
  const items = sessions.map((): TimelineItem[] => []);
  const totals = sessions.map(() => 0);
  for (const { place, total, ...item } of rows) {
    totals[place] = total;
    items[place]?.push(compact(item));
  }
  return items.map((of, place) => ({ items: of, leftOut: (totals[place] ?? 0) - of.length }));
}

const compact = (item: object): TimelineItem =>
  Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== null && value !== ''),
  ) as unknown as TimelineItem;
