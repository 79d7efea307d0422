import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { UnixTime } from '../../signals/signal.ts';
import type { Folder } from './folder.ts';

/**
 * The order of events that the agent does not wait for. Their hooks are processes that start at once, each at its own speed, and one event
 * means something only after the one before it. So the shell that starts such a hook leaves a file, its ticket, before it lets the agent go
 * on; the hook takes its turn when no older ticket of its session is left, and takes its own away when its session's memory is written. The
 * shell knows nothing of sessions: the hook says whose ticket it is, in the name of a second file, once it has read its event. Until then a
 * ticket may be anybody's.
 */
export interface Turn {
  /** When the event happened: when its ticket was left, or the process began. */
  readonly time: UnixTime;
  /**
   * Waits for the events of the session before this one, within limits. Never throws.
   *
   * @param session its keyed hash
   * @returns true where patience ended before all of them were taken in
   */
  readonly wait: (session: string) => Promise<boolean>;
  /** Lets the next one go on. */
  readonly leave: () => void;
}

/** The variable in which the shell names the ticket. */
export const TICKET = 'ALIGNMENT_HOOK_TICKET';

/** A ticket that is older belonged to a process that was killed. */
const STALE_MS = 20_000;
/** Nobody waits for a hook with a ticket; for one without, the agent does. */
const PATIENCE_MS = STALE_MS;
const HASTE_MS = 2_000;
const STEP_MS = 5;

const folderOf = (folder: Folder): string => join(folder.path, 'running');

export function openTurn(folder: Folder, env: Readonly<Record<string, string | undefined>>): Turn {
  const named = readTicket(env[TICKET]);
  const own = named === undefined ? undefined : timeOf(named);
  const ticket = own === undefined ? undefined : named;
  const place = named === undefined ? folderOf(folder) : dirname(named);
  const me = {
    time: own ?? performance.timeOrigin,
    number: ticket === undefined ? 0 : Number(basename(ticket)),
  };
  let mark: string | undefined;
  return {
    time: [Math.floor(me.time / 1000), Math.min(999_999_999, Math.round((me.time % 1000) * 1e6))],
    async wait(session) {
      if (ticket !== undefined) mark = markAs(ticket, session);
      const end = performance.now() + (ticket === undefined ? HASTE_MS : PATIENCE_MS);
      let overtakes = isAnyBefore(place, me, session);
      while (overtakes && performance.now() < end) {
        await delay(STEP_MS);
        overtakes = isAnyBefore(place, me, session);
      }
      return overtakes;
    },
    leave() {
      for (const file of [ticket, mark]) if (file !== undefined) rmSync(file, { force: true });
    },
  };
}

interface Place {
  readonly time: number;
  readonly number: number;
}

function markAs(ticket: string, session: string): string | undefined {
  const mark = `${ticket}.${session}`;
  try {
    writeFileSync(mark, '', { mode: 0o600 });
    return mark;
  } catch {
    return undefined;
  }
}

function isAnyBefore(folder: string, me: Place, session: string): boolean {
  const names = namesIn(folder);
  return ticketsAmong(folder, names).some(({ time, number }) => {
    if (Date.now() - time > STALE_MS) return false;
    if (time > me.time || (time === me.time && number >= me.number)) return false;
    const marks = names.filter(name => name.startsWith(`${number}.`));
    // a mark that is older than the ticket is of an earlier process with the same number
    return !marks.some(name => name !== `${number}.${session}` && (timeOf(join(folder, name)) ?? 0) >= time);
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const ticketsAmong = (folder: string, names: readonly string[]): Place[] =>
  names.flatMap(name => {
    const time = /^\d+$/.test(name) ? timeOf(join(folder, name)) : undefined;
    return time === undefined ? [] : [{ time, number: Number(name) }];
  });

const readTicket = (path: string | undefined): string | undefined =>
  path !== undefined && /[/\\]running[/\\]\d{1,10}$/.test(path) ? path : undefined;

function timeOf(file: string): number | undefined {
  try {
    const stat = statSync(file);
    return stat.isFile() ? stat.mtimeMs : undefined;
  } catch {
    return undefined;
  }
}

/** Takes away what killed processes left. */
export function sweepTickets(folder: Folder): void {
  const place = folderOf(folder);
  for (const name of namesIn(place)) {
    const time = /^\d+(\.[\w-]+)?$/.test(name) ? timeOf(join(place, name)) : undefined;
    if (time !== undefined && Date.now() - time > STALE_MS) rmSync(join(place, name), { force: true });
  }
}
