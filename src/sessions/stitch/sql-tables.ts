import { quote } from '../../analysis/sql/expressions.ts';
import { sessionIdSql } from './identity.ts';
import { FIRST_WEAK_LETTER, SESSION_LETTER, SPAN_LINK_LETTER, TRACE_LETTER } from './labels.ts';

/** What one statement may hold in memory before it goes on to the disk, in bytes. */
const SPILL_BYTES = 128 * 1024 * 1024;

/** Memory that does not grow with what is read. */
export const STITCH_SETTINGS: Readonly<Record<string, string | number>> = {
  max_bytes_before_external_group_by: SPILL_BYTES,
  max_bytes_before_external_sort: SPILL_BYTES,
  max_bytes_ratio_before_external_group_by: 0,
  max_bytes_ratio_before_external_sort: 0,
  join_algorithm: quote('grace_hash'),
  // hash tables take more than what is counted here, and a statement can have two joins
  max_bytes_in_join: SPILL_BYTES / 4,
  // rows that are stored by what they are grouped by need no table of groups
  optimize_aggregation_in_order: 1,
  min_insert_block_size_bytes: 32 * 1024 * 1024,
  max_block_size: 16_384,
  // numbers are given in the order of the rows
  max_insert_threads: 1,
  // a server must not keep anything of what is asked here
  log_queries: 0,
};

/** SQL that is run once, or once for each range of traces: what is wide is then never held for all at once. */
export type Step = string | ((range: string) => string);

/** @param granule rows that are read at least; fewer where they are wide */
const table = (name: string, columns: string, order: string, granule = 8_192): string =>
  `CREATE TEMPORARY TABLE ${name} (${columns}) ENGINE = MergeTree ORDER BY (${order}) SETTINGS index_granularity = ${granule}`;

/** Where fragments come in, as they came. */
export const FRAGMENTS: string = table(
  'asr_fragments',
  `Seq UInt64, Trace String, Contributor LowCardinality(String), Span String, Start Int64, TwoEpochs UInt8,
  Labels Array(String), Body String CODEC(ZSTD(1))`,
  'Trace, Contributor, Span',
  1_024,
);

/** What new ids come of: a text of its own, as what is inserted is in no statement. */
export const SECRET: string = table('asr_secret', 'Secret String', 'Secret');
const secret = '(SELECT Secret FROM asr_secret)';

/** How many fragments there are of traces whose ids begin alike. */
export const PREFIXES =
  'SELECT substring(Trace, 1, 4) AS prefix, count() AS times FROM asr_fragments GROUP BY prefix ORDER BY prefix';

/** A range of traces, by what their ids begin with. @param from included, `to` is not; empty where there is no bound */
export const rangeOf = (from: string, to: string): string =>
  [...(from === '' ? [] : [`Trace >= ${quote(from)}`]), ...(to === '' ? [] : [`Trace < ${quote(to)}`])].join(
    ' AND ',
  ) || 'true';

/** Each fragment once, as it came first, without those past the limit of its contributor and trace. @param columns more of them */
const kept = (range: string, ...columns: readonly string[]): string => `
  (SELECT * FROM (
    SELECT Trace, Contributor, Span, min(Seq) AS First, ${columns.map(name => `argMin(${name}, Seq) AS ${name}`).join(', ')}
    FROM asr_fragments WHERE ${range} GROUP BY Trace, Contributor, Span
  ) AS once LEFT ANY JOIN asr_flooded USING (Trace, Contributor)
  WHERE Last = 0 OR First <= Last)`;

const isStrong = `Label < ${quote(FIRST_WEAK_LETTER)}`;
const isSession = `startsWith(Label, ${quote(SESSION_LETTER)})`;

/** Contributors with more fragments of a trace than are taken, and the last that is. */
export const floodStatements = (maxPerTrace: number): readonly string[] => [
  table('asr_flooded', 'Trace String, Contributor LowCardinality(String), Last UInt64', 'Trace, Contributor'),
  `INSERT INTO asr_flooded
  SELECT Trace, Contributor, arrayElement(groupArraySorted(${maxPerTrace})(First), ${maxPerTrace}) FROM (
    SELECT Trace, Contributor, Span, min(Seq) AS First FROM asr_fragments
    WHERE (Trace, Contributor) IN (
      SELECT Trace, Contributor FROM asr_fragments GROUP BY Trace, Contributor HAVING count() > ${maxPerTrace}
    ) GROUP BY Trace, Contributor, Span
  ) GROUP BY Trace, Contributor HAVING count() > ${maxPerTrace}`,
];

export const REFUSED = `SELECT sum(Times) AS refused FROM (
    SELECT Trace, Contributor, Span, min(Seq) AS First, count() AS Times FROM asr_fragments
    WHERE (Trace, Contributor) IN (SELECT Trace, Contributor FROM asr_flooded) GROUP BY Trace, Contributor, Span
  ) AS once INNER JOIN asr_flooded USING (Trace, Contributor) WHERE First > Last`;

const NODE = 'Contributors Array(String), Begin Int64, End Int64, TwoEpochs UInt8, Tokens Array(UInt32)';
const starts = (letter: string): string => `startsWith(Label, ${quote(letter)})`;
const asLink = `concat(${quote(SPAN_LINK_LETTER)}, substring(Label, 2))`;

/**
 * From fragments to traces with numbers, in the order of their starts, then of their ids, and edges between them. Pages of what follows are told from
 * each other by numbers and new ids: no tag and no derived id is in a statement.
 */
export const GRAPH: readonly Step[] = [
  table('asr_held', 'Label String, Trace String', 'Label, Trace'),
  range => `INSERT INTO asr_held SELECT arrayJoin(Labels) AS Label, Trace FROM ${kept(range, 'Labels')}`,
  // a trace that is linked to is meant by its own tag
  `INSERT INTO asr_held SELECT ${asLink}, Trace FROM asr_held WHERE ${starts(TRACE_LETTER)}
  AND ${asLink} IN (SELECT Label FROM asr_held WHERE ${starts(SPAN_LINK_LETTER)})`,
  // what one trace alone has joins nothing
  table('asr_shared', 'Label String, Trace String', 'Label, Trace'),
  `INSERT INTO asr_shared SELECT Label, Trace FROM asr_held INNER JOIN (
    SELECT Label FROM asr_held GROUP BY Label HAVING min(Trace) != max(Trace)
  ) AS some USING (Label) GROUP BY Label, Trace`,
  table('asr_tokens', 'Label String, Token UInt32', 'Label'),
  `INSERT INTO asr_tokens SELECT Label, rowNumberInAllBlocks() FROM (
    SELECT Label FROM asr_held WHERE ${isSession} GROUP BY Label ORDER BY Label
  )`,
  table('asr_named', 'Trace String, Token UInt32', 'Trace, Token'),
  `INSERT INTO asr_named SELECT Trace, Token FROM asr_held INNER JOIN asr_tokens USING (Label) WHERE ${isSession}`,
  table('asr_joined', 'Trace String', 'Trace'),
  `INSERT INTO asr_joined SELECT Trace FROM asr_shared WHERE ${isStrong}`,
  table('asr_traces', `Trace String, ${NODE}`, 'Trace'),
  range => `INSERT INTO asr_traces
  SELECT Trace, Contributors, Begin, End, Two, Tokens FROM (
    SELECT Trace, groupUniqArray(toString(Contributor)) AS Contributors, min(Start) AS Begin, max(Start) + 1 AS End,
      max(TwoEpochs) AS Two
    FROM ${kept(range, 'Start', 'TwoEpochs')} GROUP BY Trace
  ) AS traces
  INNER JOIN (SELECT Trace FROM asr_joined WHERE ${range} GROUP BY Trace) AS joined USING (Trace)
  LEFT ANY JOIN (
    SELECT Trace, arraySort(groupUniqArray(Token)) AS Tokens FROM asr_named WHERE ${range} GROUP BY Trace
  ) AS named USING (Trace)`,
  table('asr_nodes', `No UInt32, Trace String, ${NODE}`, 'No'),
  `INSERT INTO asr_nodes SELECT rowNumberInAllBlocks(), * FROM (SELECT * FROM asr_traces ORDER BY Begin, Trace)`,
  table('asr_labels', 'Label String, Tag UInt32', 'Label'),
  `INSERT INTO asr_labels SELECT Label, rowNumberInAllBlocks() FROM (
    SELECT Label FROM asr_shared WHERE ${isStrong} GROUP BY Label ORDER BY Label
  )`,
  table('asr_edges', 'Tag UInt32, Letter String, No UInt32', 'Tag, No'),
  `INSERT INTO asr_edges SELECT Tag, substring(Label, 1, 1), No FROM asr_shared
  INNER JOIN asr_labels USING (Label) INNER JOIN asr_nodes USING (Trace) WHERE ${isStrong}`,
  table('asr_firsts', 'No UInt32, First UInt32', 'No'),
];

const sessionOfTrace = `if(Root = 0, ${sessionIdSql('Trace', secret)}, Session)`;

/** From traces and the first of each one's session to fragments by session. */
export const SESSIONS: readonly Step[] = [
  table('asr_places', 'Trace String, Session String, Root UInt32', 'Trace'),
  `INSERT INTO asr_places SELECT here.Trace, ${sessionIdSql('first.Trace', secret)}, asr_firsts.First + 1 FROM asr_nodes AS here
  INNER JOIN asr_firsts ON asr_firsts.No = here.No INNER JOIN asr_nodes AS first ON first.No = asr_firsts.First`,
  table(
    'asr_placed',
    `Session String, First UInt64, Start Int64, TwoEpochs UInt8, Span String, Trace String, Contributor LowCardinality(String),
    Root UInt32, Tokens Array(String), Body String CODEC(ZSTD(1))`,
    'Session, First',
    1_024,
  ),
  range => `INSERT INTO asr_placed
  SELECT ${sessionOfTrace}, First, Start, TwoEpochs, Span, Trace, Contributor, Root, arrayFilter(Label -> ${isSession}, Labels), Body
  FROM ${kept(range, 'Start', 'TwoEpochs', 'Labels', 'Body')} AS fragment
  LEFT ANY JOIN (SELECT * FROM asr_places WHERE ${range}) AS place USING (Trace)`,
  table('asr_alike', 'Label String, Session String', 'Label, Session'),
  `INSERT INTO asr_alike SELECT Label, ${sessionOfTrace} FROM asr_shared
  LEFT ANY JOIN asr_places USING (Trace) WHERE NOT (${isStrong})`,
  table('asr_links', 'Session String, Other String', 'Session, Other'),
  ...[
    ['Hub', 'Session'],
    ['Session', 'Hub'],
  ].map(
    ([one, other]) => `INSERT INTO asr_links SELECT ${one}, ${other} FROM asr_alike INNER JOIN (
    SELECT Label, min(Session) AS Hub FROM asr_alike GROUP BY Label
  ) AS hubs USING (Label) WHERE Hub != Session GROUP BY Hub, Session`,
  ),
];

/** All of them. */
export const TABLES: readonly string[] = [
  'fragments',
  'secret',
  'flooded',
  'held',
  'shared',
  'tokens',
  'named',
  'joined',
  'traces',
  'nodes',
  'labels',
  'edges',
  'firsts',
  'places',
  'placed',
  'alike',
  'links',
].map(name => `asr_${name}`);
