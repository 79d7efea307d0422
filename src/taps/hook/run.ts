import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import type { Signal } from '../../signals/signal.ts';
import { assessCall } from './assess-call.ts';
import { deliver } from './deliver.ts';
import type { HookAgentName, HookEvent } from './event.ts';
import type { Decisions } from './facts.ts';
import { ageOf, withLock, writeWhole } from './files.ts';
import { type Folder, openFolder } from './folder.ts';
import type { Judge } from './judge.ts';
import { dumpMemory, loadMemory, type Memory, newMemory } from './memory.ts';
import { note } from './notes.ts';
import { readHookEvent } from './read.ts';
import { type Finding, occasionOf, readTraceparent, toSignal } from './signal.ts';
import { openTurn, sweepTickets, type Turn } from './tickets.ts';
import { track } from './track.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface HookOptions {
  readonly agent: HookAgentName;
  /** `own`: facts that only a hook sees. `all`: also those that the agent's telemetry has. Assessments always. */
  readonly decisions?: Decisions;
  /** The mode that whoever started the agent states, for agents whose events do not say it. */
  readonly mode?: string;
  readonly env: Env;
}

/** Larger inputs are passed over. */
export const MAX_INPUT_BYTES: number = 32 * 1024 * 1024;
/** The memory of one session is never larger. */
export const MAX_MEMORY_BYTES: number = 64 * 1024;
/** A session that nothing was heard of for a day is forgotten. */
const MAX_MEMORY_AGE_MS = 24 * 3600 * 1000;
/** How often the forgotten sessions' files are looked for. */
const SWEEP_EVERY_MS = 3600 * 1000;

/** Takes one event, as the agent wrote it. Never throws, writes nothing to the standard streams. */
export async function runHook(input: string, options: HookOptions): Promise<void> {
  const { env } = options;
  // what the agent does not wait for is not stopped with it
  process.on('SIGINT', () => {});
  const folder = openFolder(env);
  const turn = folder === undefined ? undefined : openTurn(folder, env);
  try {
    const signals = await signalsOf(input, options, folder, turn).finally(() => turn?.leave());
    await deliver(signals, options.agent, env, folder);
  } catch {
    note(folder, 'error');
  }
  if (folder !== undefined) sweep(folder);
}

async function signalsOf(
  input: string,
  options: HookOptions,
  folder: Folder | undefined,
  turn: Turn | undefined,
): Promise<Signal[]> {
  const { agent, mode, env } = options;
  let parsed: unknown;
  try {
    parsed = JSON.parse(input.replace(/^\uFEFF/, ''));
  } catch {
    note(folder, 'bad_json');
    return [];
  }
  const read = readHookEvent(agent, parsed, mode, env, turn?.time);
  if ('unread' in read) {
    note(folder, read.unread, read.native === undefined ? undefined : `${agent}:${read.native}`);
    return [];
  }
  const session = (folder?.keyed ?? unkept)(`session|${read.agent}|${read.session}`);
  const event = (await turn?.wait(session)) === true ? { ...read, overtakes: true } : read;
  const span = readTraceparent(env['TRACEPARENT']);
  const occasion = occasionOf(event);
  const judge = JUDGED.has(event.kind) ? await loadRules(folder) : undefined;
  const findings = await observe(event, session, options, folder, judge);
  return findings.flatMap(finding => toSignal(finding, occasion, span) ?? []);
}

/** Events that the rules are asked about. For all others they are not loaded: it is much of what a call costs. */
export const JUDGED: ReadonlySet<string> = new Set(['tool_before', 'tool_after']);

async function observe(
  event: HookEvent,
  session: string,
  { decisions = 'own', env }: HookOptions,
  folder: Folder | undefined,
  judge: Judge | undefined,
): Promise<Finding[]> {
  if (event.kind === 'other' && event.mode === undefined) return [];
  const assessed = assessCall(event, folder?.keyed ?? unkept, judge);
  if (folder === undefined) return unremembered(track(newMemory(), event, assessed, decisions, judge, env));
  const file = join(folder.path, 'sessions', `${session}.json`);
  const take = (rules: Judge | undefined): Finding[] | undefined =>
    withLock(file, held => {
      const memory = (ageOf(file) ?? 0) > MAX_MEMORY_AGE_MS ? newMemory() : load(file);
      if (rules === undefined && needsRules(event, memory)) return undefined;
      const before = dumpMemory(memory, MAX_MEMORY_BYTES);
      const findings = track(memory, event, assessed, decisions, rules, env);
      // without the lock another process would lose what it wrote
      const kept = held && save(file, event, before, dumpMemory(memory, MAX_MEMORY_BYTES), folder);
      return kept ? findings : unremembered(findings);
    });
  // the rules are loaded without the lock, and what was in the memory may have changed when they are there
  return take(judge) ?? take(await loadRules(folder)) ?? [];
}

/** What would be said at every event anew, because no event leaves anything to the next, is not said. */
const unremembered = (findings: Finding[]): Finding[] => findings.filter(found => found.fromMemory !== true);

const SETTLING: ReadonlySet<string> = new Set(['prompt', 'turn_end', 'agent_end', 'session_end']);

/**
 * Whether an event that is not about a tool call needs the rules: the agent's last words are weighed where there are calls to weigh them
 * against, and calls that waited for one that did not run are weighed when that is known.
 */
export function needsRules(event: HookEvent, memory: Memory): boolean {
  if (!SETTLING.has(event.kind)) return false;
  const waits = memory.calls.some(({ ended }) => ended !== undefined);
  return waits || (event.said !== undefined && isObject(memory.stored?.['last']));
}

/** What the rules compile to is kept beside the memory: a fifth of the time that a call takes. Node 20 cannot. */
function loadRules(folder: Folder | undefined): Promise<Judge> {
  if (folder !== undefined) module.enableCompileCache?.(join(folder.path, 'compiled'));
  return import('./judge.ts');
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const unkept = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

function load(file: string): ReturnType<typeof newMemory> {
  try {
    return loadMemory(readFileSync(file, 'utf8'));
  } catch {
    return newMemory();
  }
}

function save(file: string, event: HookEvent, before: string, after: string, folder: Folder): boolean {
  try {
    if (event.kind === 'session_end') rmSync(file, { force: true });
    else if (before !== after) writeWhole(file, after);
    return true;
  } catch {
    note(folder, 'not_kept');
    return false;
  }
}

/** Takes away what sessions left behind that never said that they ended. */
function sweep(folder: Folder): void {
  const mark = join(folder.path, 'swept');
  if ((ageOf(mark) ?? Number.POSITIVE_INFINITY) < SWEEP_EVERY_MS) return;
  try {
    writeWhole(mark, '');
    sweepTickets(folder);
    sweepCompiled(folder);
    const sessions = join(folder.path, 'sessions');
    for (const name of readdirSync(sessions)) {
      const file = join(sessions, name);
      if ((ageOf(file) ?? 0) > MAX_MEMORY_AGE_MS) rmSync(file, { force: true });
    }
  } catch {
    // nothing there
  }
}

/** Each version of the package compiles anew. */
const MAX_COMPILED_BYTES = 16 * 1024 * 1024;

function sweepCompiled(folder: Folder): void {
  const compiled = join(folder.path, 'compiled');
  let bytes = 0;
  for (const entry of existsSync(compiled)
    ? readdirSync(compiled, { recursive: true, withFileTypes: true })
    : [])
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  if (bytes > MAX_COMPILED_BYTES) rmSync(compiled, { recursive: true, force: true });
}
