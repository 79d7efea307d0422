import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { UnixTime } from '../../signals/signal.ts';
import { parseIsoTime } from '../../signals/time.ts';

/** How much of a conversation's end is read. */
const MAX_READ = 512 * 1024;
const INTERRUPTED = '[Request interrupted by user';

/**
 * When a person stopped Claude Code in its turn, from what it wrote into the conversation's file since then. An interruption that
 * follows a "no" at the permission prompt is that denial's end and no stop. A stop before the first output leaves nothing
 * there and stays unseen.
 *
 * @param since what was written before is of an earlier turn; seconds since 1970
 */
export function stopInTranscript(path: string | undefined, since: number): UnixTime | undefined {
  let stopped: UnixTime | undefined;
  let denied = false;
  for (const line of tail(path).split('\n')) {
    if (!line.includes('"user"')) continue;
    const entry = parse(line);
    if (entry?.['type'] !== 'user') continue;
    if (entry['toolDenialBeforeRun'] !== undefined && entry['toolDenialBeforeRun'] !== false) denied = true;
    if (!isInterruption(entry)) continue;
    const time = typeof entry['timestamp'] === 'string' ? parseIsoTime(entry['timestamp']) : undefined;
    if (!denied && time !== undefined && time[0] + time[1] / 1e9 >= since) stopped = time;
    denied = false;
  }
  return stopped;
}

const BY_HOOK = 'Command blocked by PreToolUse hook';
/** Codex' own words stand before the model's command, which could hold the same. */
const BY_RULE =
  /^exec_command failed: CreateProcess \{ message: "Rejected\(.* rejected: policy forbids commands/s;

/**
 * The calls that Codex did not run because a hook or a rule of the user said no, and which of the two, from what it wrote into the
 * conversation's file. Its telemetry has no decision for them.
 */
export function deniedInTranscript(path: string | undefined): Map<string, 'hook' | 'user_rule'> {
  const denied = new Map<string, 'hook' | 'user_rule'>();
  for (const line of tail(path).split('\n')) {
    if (!line.includes('"function_call_output"')) continue;
    const payload = parse(line)?.['payload'];
    if (!isObject(payload) || payload['type'] !== 'function_call_output') continue;
    const { call_id: id, output } = payload;
    if (typeof id !== 'string' || typeof output !== 'string') continue;
    if (output.startsWith(BY_HOOK)) denied.set(id, 'hook');
    else if (BY_RULE.test(output.slice(0, MAX_REFUSAL))) denied.set(id, 'user_rule');
  }
  return denied;
}

const MAX_REFUSAL = 4096;

function isInterruption(entry: Readonly<Record<string, unknown>>): boolean {
  const message = entry['message'];
  const content = isObject(message) ? message['content'] : undefined;
  if (!Array.isArray(content)) return false;
  const [part] = content;
  // a block of its own: a person who types the same words gets text
  return isObject(part) && part['type'] === 'text' && String(part['text']).startsWith(INTERRUPTED);
}

function tail(path: string | undefined): string {
  if (path === undefined) return '';
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stat = fstatSync(file);
    if (!stat.isFile()) return '';
    const start = Math.max(0, stat.size - MAX_READ);
    const bytes = Buffer.alloc(stat.size - start);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, start));
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
