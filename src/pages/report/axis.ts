import type { TimelineItem } from '../../analysis/index.ts';
import { moment, preciseMoment } from './words.ts';

/**
 * A place on an axis of time, exact: no two ticks read alike, however far an axis is drawn out.
 *
 * @param ms milliseconds since the axis began
 * @param length of the whole axis, in milliseconds
 */
export function axisTime(ms: number, length: number): string {
  const exact = (value: number): string => String(Number(value.toFixed(3)));
  if (length < 1000) return `${exact(ms)} ms`;
  if (length < 60_000) return `${exact(ms / 1000)} s`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = exact((ms / 1000) % 60).padStart(2, '0');
  if (length < 3_600_000) return `${minutes}:${seconds} min`;
  const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return `${clock}${seconds === '00' ? '' : `:${seconds}`} h`;
}

/** Start of a stretch of time, as fine as the stretch is long. Both in milliseconds. */
export function stretchLabel(start: number, length: number): string {
  const text = moment(start);
  if (length < 60_000) return text.slice(11);
  return length < 86_400_000 ? text.slice(5, 16) : text.slice(0, 10);
}

/** The clock at an item, to the millisecond where the session is short. */
export function clockAt(items: readonly TimelineItem[], place: number): string {
  const item = items[place];
  if (item === undefined) return '';
  const length = (items.at(-1)?.time ?? 0) - (items[0]?.time ?? 0);
  return preciseMoment(item.time).slice(0, length < SHORT ? 12 : 8);
}
const SHORT = 60_000;

/** Places that the clock tells apart: several items may be of one moment. */
export const clockPlaces = (items: readonly TimelineItem[]): number[] =>
  items.flatMap((_, at) => (at > 0 && clockAt(items, at) === clockAt(items, at - 1) ? [] : [at]));
