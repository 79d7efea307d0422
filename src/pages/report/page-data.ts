import type { AgentRow, Density, Figures, Stretch, Totals } from '../../analysis/index.ts';
import { ITEM_FIELDS, type Packed, POINT_FIELDS, pack, SESSION_FIELDS, Words } from './pack.ts';

/** What stands in the page as JSON. */
export interface PageData {
  readonly title: string;
  readonly generator: string;
  readonly files: readonly string[];
  /** Address of a trace, with `{traceId}` and perhaps `{spanId}`. */
  readonly traceUrl?: string;
  readonly thresholds: Figures['thresholds'];
  readonly totals: Totals;
  readonly words: readonly string[];
  readonly sessions: readonly Packed[];
  readonly points: readonly Packed[];
  readonly density?: Density;
  /** Of the first of the sessions, in their order; times count from the session's start. */
  readonly timelines: readonly { readonly items: readonly Packed[]; readonly leftOut: number }[];
  readonly overTime: { readonly length: number; readonly stretches: readonly Stretch[] };
  readonly agents: readonly AgentRow[];
  readonly problems: readonly string[];
}

export interface PageOptions {
  readonly title: string;
  readonly files: readonly string[];
  readonly traceUrl?: string;
}

/**
 * The figures as the page holds them, within a number of bytes: timelines are given as long as there is room, then points are taken away, then
 * sessions, the least severe first.
 *
 * @param budget bytes of JSON
 */
export function pageData(figures: Figures, options: PageOptions, budget: number): PageData {
  let [sessions, points] = [figures.sessions.length, figures.points.length];
  for (;;) {
    const data = dataOf(figures, options, sessions, points, budget);
    if (data !== undefined || (sessions <= 1 && points <= 1)) return data ?? EMPTY(figures, options);
    if (points > MIN_POINTS) points = Math.ceil(points / 2);
    else [sessions, points] = [Math.ceil(sessions / 2), Math.ceil(points / 2)];
  }
}

const MIN_POINTS = 2000;

const EMPTY = (figures: Figures, options: PageOptions): PageData => ({
  ...common(figures, options),
  words: [''],
  sessions: [],
  points: [],
  timelines: [],
});

const common = (figures: Figures, { title, files, traceUrl }: PageOptions) => ({
  title,
  generator: figures.generator,
  files,
  ...(traceUrl === undefined ? {} : { traceUrl }),
  thresholds: figures.thresholds,
  totals: figures.totals,
  ...(figures.density === undefined ? {} : { density: figures.density }),
  overTime: figures.overTime,
  agents: figures.agents,
  problems: figures.problems,
});

function dataOf(
  figures: Figures,
  options: PageOptions,
  maxSessions: number,
  maxPoints: number,
  budget: number,
): PageData | undefined {
  const words = new Words();
  const rows = figures.sessions.slice(0, maxSessions);
  const sessions = rows.map(row => pack(SESSION_FIELDS, row, words, row.start));
  const places = new Map(rows.map(({ session }, i) => [session, i]));
  const points = figures.points
    .slice(0, maxPoints)
    .map(point => pack(POINT_FIELDS, { ...point, session: places.get(point.session) ?? -1 }, words));
  const base = { ...common(figures, options), sessions, points };
  let room = budget - bytesOf(base) - words.bytes;
  if (room < 0) return undefined;
  const timelines: { items: Packed[]; leftOut: number }[] = [];
  for (const [place, timeline] of figures.timelines.entries()) {
    const start = rows[place]?.start;
    if (start === undefined) break;
    const before = words.bytes;
    const packed = {
      items: timeline.items.map(item => pack(ITEM_FIELDS, item, words, start)),
      leftOut: timeline.leftOut,
    };
    room -= bytesOf(packed) + 10 + (words.bytes - before);
    if (room < 0) break;
    timelines.push(packed);
  }
  return { ...base, words: words.list, timelines };
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
