import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { post } from '../../otlp/send.ts';
import { encodeSignals } from '../../otlp/send-encode.ts';
import { type SendTarget, sendTarget } from '../../otlp/send-target.ts';
import type { Signal } from '../../signals/signal.ts';
import type { Folder } from './folder.ts';
import { note } from './notes.ts';
import { isPaused, keep, kept, pause, take } from './spool.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The agent waits for its hook: no longer than this for an endpoint, whatever `OTEL_EXPORTER_OTLP_TIMEOUT` allows. */
export const MAX_WAIT_MS = 1_000;

/** The file in the hook's folder that holds `OTEL_EXPORTER_OTLP_*` variables, for agents that keep them from their hooks. */
export const EXPORTER_FILE = 'exporter.json';

/** Sends the signals, and what earlier calls could not send; keeps what cannot be sent now. Never throws. */
export async function deliver(
  signals: readonly Signal[],
  agent: string,
  env: Env,
  folder: Folder | undefined,
): Promise<void> {
  const waiting = folder !== undefined && kept(folder).length > 0;
  if (signals.length === 0 && !waiting) return;
  const exporter = exporterEnv(env, folder);
  const target = sendTarget(exporter);
  if (target === undefined) {
    if (exporter['OTEL_SDK_DISABLED'] === undefined) note(folder, 'no_endpoint');
    return;
  }
  const limited = { ...target, timeoutMs: Math.min(target.timeoutMs, MAX_WAIT_MS) };
  if (signals.length > 0) {
    const body = JSON.stringify(encodeSignals(signals, resourceOf(agent, exporter)));
    if (!(await sendOrKeep(body, limited, folder))) return;
  }
  if (waiting) await sendKept(limited, folder);
}

/** Returns false where the endpoint takes nothing now. */
async function sendOrKeep(body: string, target: SendTarget, folder: Folder | undefined): Promise<boolean> {
  const paused = folder !== undefined && isPaused(folder);
  const result = paused ? ({ state: 'retry', reason: 'paused' } as const) : await post(body, target);
  if (result.state === 'sent') return true;
  if (result.state === 'refused') {
    note(folder, 'refused', result.reason);
    return true;
  }
  if (folder === undefined) return false;
  try {
    for (let dropped = keep(folder, body); dropped > 0; dropped--) note(folder, 'spool_full');
    if (result.slow === true) pause(folder);
  } catch {
    note(folder, 'not_kept');
  }
  return false;
}

async function sendKept(target: SendTarget, folder: Folder): Promise<void> {
  if (isPaused(folder)) return;
  const batch = take(folder);
  if (batch === undefined) return;
  try {
    if (batch.request.resourceLogs.length === 0) return batch.done();
    const result = await post(JSON.stringify(batch.request), target);
    if (result.state === 'refused') note(folder, 'refused', result.reason);
    if (result.state !== 'retry') return batch.done();
    batch.back();
    if (result.slow === true) pause(folder);
  } catch {
    batch.back();
  }
}

/** The environment, and for what it does not say the file that `hook install` wrote. */
export function exporterEnv(env: Env, folder: Folder | undefined): Env {
  if (folder === undefined) return env;
  try {
    const kept: unknown = JSON.parse(readFileSync(join(folder.path, EXPORTER_FILE), 'utf8'));
    if (typeof kept !== 'object' || kept === null) return env;
    const known = Object.entries(kept).filter(
      ([key, value]) => key.startsWith('OTEL_') && typeof value === 'string',
    );
    const said = Object.fromEntries(
      Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
    );
    // an address from one place and a key from another do not belong together
    const own = said['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? said['OTEL_EXPORTER_OTLP_LOGS_ENDPOINT'];
    return own === undefined ? { ...Object.fromEntries(known), ...said } : env;
  } catch {
    return env;
  }
}

/** The agent's own service name, so that its signals stand beside its telemetry. */
function resourceOf(agent: string, env: Env): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const pair of (env['OTEL_RESOURCE_ATTRIBUTES'] ?? '').split(',')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    try {
      attributes[pair.slice(0, at).trim()] = decodeURIComponent(pair.slice(at + 1).trim());
    } catch {
      // no percent-encoding
    }
  }
  attributes['service.name'] = env['OTEL_SERVICE_NAME'] || attributes['service.name'] || agent;
  return attributes;
}
