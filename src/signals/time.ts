import type { UnixTime } from './signal.ts';

/** Date and time, up to any number of fractional digits, `Z` or an offset. One unbounded quantifier: linear. */
const ISO = /^(\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/;

/** ISO 8601 in UTC, with as many fractional digits as the time has (none, three, six or nine). */
export function isoTime([seconds, nanoseconds]: UnixTime): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length);
  if (nanoseconds === 0) return `${whole}Z`;
  let digits = String(nanoseconds).padStart(9, '0');
  while (digits.endsWith('000')) digits = digits.slice(0, -3);
  return `${whole}.${digits}Z`;
}

/** @returns `undefined` where the text is no ISO 8601 date and time; digits beyond nanoseconds are cut */
export function parseIsoTime(text: string): UnixTime | undefined {
  const match = text.length > 64 ? null : ISO.exec(text);
  if (match === null) return undefined;
  const [, whole, fraction = '', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${whole}${zone}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return [milliseconds / 1000, Number(fraction.slice(0, 9).padEnd(9, '0'))];
}

const NANOS = 1_000_000_000;

/** The moment in one of the forms that the OpenTelemetry API takes; `undefined` where it is none of them. */
export function toUnixTime(time: unknown): UnixTime | undefined {
  if (Array.isArray(time)) return isUnixTime(time) ? [time[0], time[1]] : undefined;
  const milliseconds = time instanceof Date ? time.getTime() : time;
  if (typeof milliseconds !== 'number' || !Number.isFinite(milliseconds) || milliseconds < 0)
    return undefined;
  // a small number is a reading of performance.now(), as everywhere in the API
  const unix = milliseconds <= performance.now() ? performance.timeOrigin + milliseconds : milliseconds;
  const seconds = Math.floor(unix / 1000);
  return [seconds, Math.min(NANOS - 1, Math.round((unix - seconds * 1000) * 1e6))];
}

/** Whether the time is a pair of seconds and nanoseconds as they are kept here. */
export function isUnixTime(time: unknown): time is UnixTime {
  if (!Array.isArray(time)) return false;
  const seconds = time[0];
  const nanoseconds = time[1];
  const whole = Number.isInteger(seconds) && Number.isInteger(nanoseconds);
  return whole && seconds >= 0 && nanoseconds >= 0 && nanoseconds < NANOS;
}

/** Now by the wall clock. The clock of `performance` gives only the part below a millisecond: it stops in sleep. */
export function now(): UnixTime {
  const milliseconds = Date.now();
  const seconds = Math.floor(milliseconds / 1000);
  const below = Math.floor((performance.now() % 1) * 1e6);
  return [seconds, (milliseconds - seconds * 1000) * 1e6 + below];
}
