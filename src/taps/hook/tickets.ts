import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { UnixTime } from '../../signals/signal.ts';
import type { Folder } from './folder.ts';

/**
 * The order of events that the agent does not wait for. Their hooks are processes that start at once, each at its own speed, and one event
 * means something only after the one before it. So the shell that starts such a hook leaves a file, its ticket, before it lets the agent go
 * on; the hook takes its turn when no older ticket is left, and takes its own away when its session's memory is written.
 */
export interface Turn {
  /** When the event happened: when its ticket was left, or the process began. */
  readonly time: UnixTime;
  /** Older events were still being taken in when patience ended. */
  readonly overtakes: boolean;
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

/** Waits for the events before this one, within limits. Never throws. */
export async function takeTurn(
  folder: Folder,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Turn> {
  const ticket = readTicket(env[TICKET]);
  const place = ticket === undefined ? folderOf(folder) : dirname(ticket);
  const own = ticket === undefined ? undefined : timeOf(ticket);
  const me = {
    time: own ?? performance.timeOrigin,
    number: own === undefined || ticket === undefined ? 0 : Number(basename(ticket)),
  };
  const end = performance.now() + (own === undefined ? HASTE_MS : PATIENCE_MS);
  let overtakes = isAnyBefore(place, me);
  while (overtakes && performance.now() < end) {
    await delay(STEP_MS);
    overtakes = isAnyBefore(place, me);
  }
  return {
    overtakes,
    time: [Math.floor(me.time / 1000), Math.min(999_999_999, Math.round((me.time % 1000) * 1e6))],
    leave() {
      if (own !== undefined && ticket !== undefined) rmSync(ticket, { force: true });
    },
  };
}

interface Place {
  readonly time: number;
  readonly number: number;
}

function isAnyBefore(folder: string, me: Place): boolean {
  return ticketsIn(folder).some(({ time, number }) => {
    if (Date.now() - time > STALE_MS) return false;
    return time < me.time || (time === me.time && number < me.number);
  });
}

function ticketsIn(folder: string): Place[] {
  try {
    return readdirSync(folder).flatMap(name => {
      const time = /^\d+$/.test(name) ? timeOf(join(folder, name)) : undefined;
      return time === undefined ? [] : [{ time, number: Number(name) }];
    });
  } catch {
    return [];
  }
}

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
  for (const { time, number } of ticketsIn(folderOf(folder))) {
    if (Date.now() - time > STALE_MS) rmSync(join(folderOf(folder), String(number)), { force: true });
  }
}
