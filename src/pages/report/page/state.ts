import type { SessionRow, StepPoint, Story, TimelineItem } from '../../../analysis/index.ts';
import { storyOf } from '../../../analysis/story.ts';
import { ITEM_FIELDS, POINT_FIELDS, SESSION_FIELDS, unpack } from '../pack.ts';
import type { PageData } from '../page-data.ts';

/** A step as a point, with the place of its session. */
export type Point = Omit<StepPoint, 'session'> & { readonly session: number };

/** The page's data, unpacked; timelines only when somebody asks for one. */
export interface State {
  readonly data: PageData;
  readonly sessions: readonly SessionRow[];
  readonly points: readonly Point[];
  /** `undefined` where the page holds no timeline of the session. */
  timeline(
    session: number,
  ): { readonly items: readonly TimelineItem[]; readonly leftOut: number } | undefined;
  story(session: number): Story | undefined;
}

export function stateOf(data: PageData): State {
  const sessions = data.sessions.map(packed => {
    const start = Number(packed[2] ?? 0);
    return unpack(SESSION_FIELDS, packed, data.words, start) as SessionRow;
  });
  const state: State = {
    data,
    sessions: sessions.map(row => ({ ...row, agent: row.agent ?? 'unknown agent' })),
    points: data.points.map(packed => unpack(POINT_FIELDS, packed, data.words) as Point),
    timeline(session) {
      const packed = data.timelines[session];
      if (packed === undefined) return undefined;
      const start = sessions[session]?.start ?? 0;
      return {
        items: packed.items.map(item => unpack(ITEM_FIELDS, item, data.words, start) as TimelineItem),
        leftOut: packed.leftOut,
      };
    },
    story(session) {
      const timeline = state.timeline(session);
      return timeline === undefined ? undefined : storyOf(session, timeline);
    },
  };
  return state;
}

/** The address of a step's trace; `undefined` where none was given, or the ids are none. */
export function traceLink(
  { traceUrl }: PageData,
  { traceId, spanId }: { readonly traceId?: string; readonly spanId?: string },
): string | undefined {
  if (traceUrl === undefined || traceId === undefined || !/^[0-9a-f]{32}$/.test(traceId)) return undefined;
  const span = spanId !== undefined && /^[0-9a-f]{16}$/.test(spanId) ? spanId : '';
  return traceUrl.replaceAll('{traceId}', traceId).replaceAll('{spanId}', span);
}
