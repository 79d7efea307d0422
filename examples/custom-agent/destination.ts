import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** An OTLP receiver that answers, and the page that shows a trace, where one is known. */
export interface Destination {
  readonly otlpHttp: string;
  link(traceId: string): string | undefined;
}

/** What `npm run stack` leaves about itself. */
interface StackFile {
  readonly otlpHttp?: string;
  /** Address of a trace's page, with `{traceId}` in it. */
  readonly viewer?: string;
}

const CONNECT_TIMEOUT_MS = 500;
const DEFAULT_OTLP_HTTP = 'http://127.0.0.1:4318';

/**
 * Looks for a receiver: `OTEL_EXPORTER_OTLP_ENDPOINT`, else the running stack of this project, else OTLP's own port.
 * `OTEL_TRACES_EXPORTER=none` says that there shall be none.
 */
export async function findDestination(env: NodeJS.ProcessEnv): Promise<Destination | undefined> {
  if (env.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const stack = await readStackFile(env);
  const candidates = env.OTEL_EXPORTER_OTLP_ENDPOINT
    ? [env.OTEL_EXPORTER_OTLP_ENDPOINT]
    : [stack.otlpHttp, DEFAULT_OTLP_HTTP];
  for (const otlpHttp of candidates) {
    if (!otlpHttp || !(await answers(otlpHttp))) continue;
    const viewer = sameAddress(otlpHttp, stack.otlpHttp) ? stack.viewer : undefined;
    return { otlpHttp, link: traceId => viewer?.replace('{traceId}', traceId) };
  }
  return undefined;
}

async function readStackFile(env: NodeJS.ProcessEnv): Promise<StackFile> {
  const folder =
    env.ALIGNMENT_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'otel-alignment');
  try {
    return JSON.parse(await readFile(join(folder, 'stack.json'), 'utf8')) as StackFile;
  } catch {
    return {};
  }
}

function answers(address: string): Promise<boolean> {
  const url = URL.parse(address);
  if (!url) return Promise.resolve(false);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return new Promise(resolve => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: CONNECT_TIMEOUT_MS });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

function sameAddress(one: string, other: string | undefined): boolean {
  const [a, b] = [URL.parse(one), URL.parse(other ?? '')];
  return a !== null && b !== null && a.port === b.port && name(a) === name(b);
}

function name({ hostname }: URL): string {
  return hostname === 'localhost' ? '127.0.0.1' : hostname;
}
