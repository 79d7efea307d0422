import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './binaries.ts';

/** A stack that runs on this machine. */
export interface Stack {
  /** Base address that takes OTLP over HTTP (`/v1/traces`, `/v1/logs`). */
  readonly otlpHttp: string;
  /** Address of a trace's page with `{traceId}` in it; absent where no page opens. */
  readonly viewer?: string;
  /** Base address of Jaeger's API. */
  readonly jaegerApi: string;
  readonly health: string;
  readonly pid: number;
}

export const stackFile = (env: NodeJS.ProcessEnv = process.env): string =>
  join(cacheFolder(env), 'stack.json');

/** Says that a stack runs. Written whole, so that no reader sees half of it. */
export function announce(stack: Stack, env: NodeJS.ProcessEnv = process.env): void {
  const file = stackFile(env);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(stack, null, 2)}\n`);
  renameSync(`${file}.${process.pid}`, file);
}

/** Takes back what `announce` said, unless another stack has said something since. */
export function withdraw(env: NodeJS.ProcessEnv = process.env): void {
  if (read(env)?.pid === process.pid) rmSync(stackFile(env), { force: true });
}

function read(env: NodeJS.ProcessEnv): Stack | undefined {
  try {
    return JSON.parse(readFileSync(stackFile(env), 'utf8')) as Stack;
  } catch {
    return undefined;
  }
}

/**
 * The stack that `npm run stack` runs on this machine, or `undefined` where there is none that answers. Takes at most a
 * second. Never throws.
 */
export async function runningStack(env: NodeJS.ProcessEnv = process.env): Promise<Stack | undefined> {
  const stack = read(env);
  if (stack === undefined) return undefined;
  try {
    process.kill(stack.pid, 0);
    const { ok } = await fetch(stack.health, { signal: AbortSignal.timeout(1_000) });
    return ok ? stack : undefined;
  } catch {
    return undefined;
  }
}

/** The page of one trace, where the stack has one. */
export const traceLink = (stack: Stack, traceId: string): string | undefined =>
  stack.viewer?.replace('{traceId}', traceId);
