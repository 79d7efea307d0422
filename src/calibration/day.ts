import { CalibrationError, shown } from './error.ts';

const DAY_MS = 86_400_000;

/** @throws CalibrationError where it is no day of the calendar as `YYYY-MM-DD` */
export function checkDay(day: unknown, field: string): string {
  if (typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day)) {
    const time = Date.parse(`${day}T00:00:00Z`);
    if (!Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day) return day;
  }
  throw new CalibrationError(`${field}: a day as 2026-11-21, not ${shown(day)}`);
}

/** The day so many days later, in UTC. */
export const addDays = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(`${checkDay(day, 'day')}T00:00:00Z`) + days * DAY_MS));

/** The day of a time, in UTC. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
