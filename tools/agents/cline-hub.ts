import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../stack/processes.ts';

/**
 * The variable that names the port of Cline's hub, a daemon that each run leaves behind. Without a port of its own, a run would meet the hub
 * of another one, or the user's.
 */
export const HUB_PORT = 'CLINE_HUB_PORT';

const STARTS_MS = 10_000;
const ENDS_MS = 5_000;

/**
 * Ends the hub that a run has left behind, by what it writes into the run's home folder, which may be later than the run's end. Waits for
 * that at most ten seconds.
 */
export async function stopHub(home: string): Promise<void> {
  const lock = join(home, '.cline/data/locks/hub/production.json');
  const read = async (): Promise<unknown> =>
    (JSON.parse(readFileSync(lock, 'utf8')) as { pid?: unknown }).pid;
  const pid = await waitFor("Cline's hub", read, STARTS_MS).catch(() => undefined);
  if (typeof pid !== 'number' || !(pid > 1)) return;
  const gone = async (): Promise<boolean> => !signal(pid, 0);
  if (!signal(pid, 'SIGTERM')) return;
  await waitFor("the end of Cline's hub", gone, ENDS_MS).catch(() => signal(pid, 'SIGKILL'));
}

/** @returns whether the process is there */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
