import { randomBytes } from 'node:crypto';
import { readAnswer } from './answer.ts';
import { type Monitor, MonitorFailure, type MonitorRequest, type Verdict } from './monitor.ts';
import { promptOf } from './prompt.ts';
import { PROTOCOLS, type ProtocolName, type StructuredOutput } from './protocols.ts';
import { RUBRIC, RUBRIC_ID } from './rubric.ts';

/** Where the judging model is. All but the model are optional; each has a variable `ALIGNMENT_MONITOR_…`. */
export interface ModelMonitorOptions {
  /** `openai`: chat completions, of any compatible endpoint. `anthropic`: messages. `ALIGNMENT_MONITOR_PROTOCOL`. Default `openai`. */
  readonly protocol?: ProtocolName;
  /** Up to where the protocol's own path begins (`https://host/v1`). `ALIGNMENT_MONITOR_URL`. Default: the vendor's. */
  readonly url?: string;
  /** `ALIGNMENT_MONITOR_MODEL`. */
  readonly model?: string;
  /**
   * `ALIGNMENT_MONITOR_API_KEY`; without it `OPENAI_API_KEY` or `ANTHROPIC_API_KEY`, for the vendor's own endpoint only. It is sent
   * to the endpoint and stands in no error, log or telemetry.
   */
  readonly apiKey?: string;
  /** Further headers, over ours. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further fields of the request's body, over ours, such as `{ temperature: 0 }`; a field that is `undefined` is left out. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** How the answer's form is asked for, where the endpoint cannot enforce a schema. Default `json_schema`. */
  readonly structuredOutput?: StructuredOutput;
  /** Default 1500. */
  readonly maxOutputTokens?: number;
  /** An answer of more bytes is given up. Default 262144. */
  readonly maxAnswerBytes?: number;
  /** Written as `alignment.source.name`. Default `otel-alignment-monitor`. */
  readonly name?: string;
}

/**
 * A monitor with a model behind it: the rubric of `rubric.ts`, structured output, and an answer that counts only if it is whole.
 *
 * The judged content is data to it: one escaped JSON document in a frame, never part of the instructions. That makes it hard, not impossible,
 * for content to sway the model: treat its verdicts as the opinion of a witness, not as proof.
 *
 * @throws TypeError where the model is missing, or the URL or the protocol is unusable
 */
export function createModelMonitor(options: ModelMonitorOptions = {}): Monitor {
  const protocolName = options.protocol ?? (variable('PROTOCOL') as ProtocolName | undefined) ?? 'openai';
  const protocol = Object.hasOwn(PROTOCOLS, protocolName) ? PROTOCOLS[protocolName] : undefined;
  if (protocol === undefined) throw new TypeError('The monitor speaks the protocols openai and anthropic.');
  const model = options.model ?? variable('MODEL');
  if (model === undefined)
    throw new TypeError('The monitor needs a model: option `model` or ALIGNMENT_MONITOR_MODEL.');
  const base = options.url ?? variable('URL') ?? protocol.defaultUrl;
  const url = endpointOf(base, protocol.path);
  const ownHost = url.origin === new URL(protocol.defaultUrl).origin;
  const key =
    options.apiKey ?? variable('API_KEY') ?? (ownHost ? process.env[protocol.keyVariable] : undefined);
  const headers = {
    'content-type': 'application/json',
    ...protocol.headers(key || undefined),
    ...options.headers,
  };
  const { maxOutputTokens = 1500, maxAnswerBytes = 262_144, structuredOutput = 'json_schema' } = options;

  return {
    name: options.name ?? 'otel-alignment-monitor',
    version: `${RUBRIC_ID}+${model}`.replace(UNPRINTED, '_').slice(0, 64),
    overheadTokens: Math.ceil(RUBRIC.length / 4) + maxOutputTokens,
    async judge({ transcript, judged, signal }: MonitorRequest): Promise<Verdict> {
      const token = randomBytes(9).toString('base64url');
      const body = {
        ...protocol.body(promptOf({ transcript, judged }, token), {
          model,
          maxOutputTokens,
          structuredOutput,
        }),
        ...options.body,
      };
      const response = await post(url, headers, body, signal, maxAnswerBytes);
      const { answer, tokens } = protocol.answer(response);
      const verdict = readAnswer(answer, token, judged);
      return tokens === undefined ? verdict : { ...verdict, tokens };
    },
  };
}

/** Everything but what the name of a package or a version may hold. */
const UNPRINTED = /[^\w.+:/@-]/g;

const variable = (name: string): string | undefined => process.env[`ALIGNMENT_MONITOR_${name}`] || undefined;

/** Where to post to. @throws TypeError where the base is no address, or holds credentials */
export function endpointOf(base: string, path: string): URL {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new TypeError('The URL of the monitor must be http or https and hold no credentials.');
  let prefix = url.pathname;
  while (prefix.endsWith('/')) prefix = prefix.slice(0, -1);
  url.pathname = prefix + path;
  return url;
}

/** No message holds anything of the request or the answer. Redirects are refused: they would carry the key and the content along. */
export async function post(
  url: URL,
  headers: Record<string, string>,
  body: object,
  signal: AbortSignal,
  maxBytes: number,
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal,
      redirect: 'error',
    });
  } catch {
    throw broken(signal);
  }
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined);
    const { status } = response;
    if (status === 429 || status === 529 || status === 503)
      throw new MonitorFailure('rate_limited', `HTTP ${status}`, retryAfter(response.headers));
    throw new MonitorFailure('http', `HTTP ${status}`);
  }
  const text = await read(response, signal, maxBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new MonitorFailure('malformed', 'the response is no JSON');
  }
}

const broken = (signal: AbortSignal): MonitorFailure =>
  signal.aborted
    ? new MonitorFailure('timeout', 'no answer in time')
    : new MonitorFailure('network', 'no connection');

/** Seconds, or a date; at most ten minutes, so that no endpoint can silence the monitor for good. */
function retryAfter(headers: Headers): number | undefined {
  const given = headers.get('retry-after');
  if (given === null || given.length > 64) return undefined;
  const ms = /^\d{1,9}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(600_000, Math.max(0, ms));
}

async function read(response: Response, signal: AbortSignal, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      // leaving the loop cancels the stream
      if (size > maxBytes) throw new MonitorFailure('too_large', `more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof MonitorFailure ? error : broken(signal);
  }
  return Buffer.concat(chunks).toString('utf8');
}
