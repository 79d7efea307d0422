import type { TimelineItem } from '../../analysis/index.ts';

/**
 * The items with the supervision that was in force. A signal about the session as a whole stands on the session's span, which says how the session
 * was supervised when it began: a stop after approvals were switched off would else seem to come in a session under approval.
 */
export function supervised(items: readonly TimelineItem[]): readonly TimelineItem[] {
  let inForce: Pick<TimelineItem, 'involvement' | 'autonomy'> = {};
  return items.map(item => {
    const { involvement, autonomy, ...rest } = item;
    const own = {
      ...(involvement === undefined ? {} : { involvement }),
      ...(autonomy === undefined ? {} : { autonomy }),
    };
    if (isStatement(item) && Object.keys(own).length > 0) inForce = own;
    return { ...rest, ...inForce };
  });
}

/** What is about a step, crosses a limit, or stands on no span, says how it is then. */
const isStatement = ({ kind, tool, spanId }: TimelineItem): boolean =>
  kind === 'step' || kind === 'autonomy_boundary' || tool !== undefined || spanId === undefined;
