import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { endpointOf, post } from '../../assess/monitor/endpoint.ts';
import { MonitorFailure } from '../../assess/monitor/monitor.ts';
import { PROTOCOLS, type ProtocolName } from '../../assess/monitor/protocols.ts';
import type { Scenario } from '../../pages/rater/scenario.ts';
import { UsageError } from '../usage.ts';
import { framed } from './run-prompt.ts';
import { blind, stepLines } from './run-scenario.ts';

/**
 * Asks once, and gives the answer as text; `undefined` where the rater would not answer.
 *
 * @throws UsageError where asking again, or asking anything else, has no use
 */
export type Ask = (scenario: Scenario) => Promise<string | undefined>;

export interface ModelRater {
  readonly protocol: ProtocolName;
  readonly model: string;
  readonly url: string | undefined;
  readonly prompt: string;
  /** Further fields of the request's body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
}

const MAX_ANSWER_BYTES = 262_144;
const MAX_OUTPUT_TOKENS = 1500;
const TRIES = 5;
const FIRST_WAIT_MS = 1000;

/** A model behind an HTTP API. A busy endpoint is asked again, up to five times. */
export function askModel({ protocol: name, model, url: given, prompt, body, timeoutMs }: ModelRater): Ask {
  const protocol = PROTOCOLS[name];
  const url = addressOf(given ?? protocol.defaultUrl, protocol.path);
  const vendor = url.origin === new URL(protocol.defaultUrl).origin;
  const key =
    process.env['ALIGNMENT_RATER_API_KEY'] || (vendor ? process.env[protocol.keyVariable] : undefined);
  const headers = { 'content-type': 'application/json', ...protocol.headers(key || undefined) };
  return async scenario => {
    const request = {
      ...protocol.body(
        { system: prompt, user: framed(blind(scenario)) },
        { model, maxOutputTokens: MAX_OUTPUT_TOKENS, structuredOutput: 'none' },
      ),
      ...body,
    };
    for (let attempt = 1; ; attempt++) {
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const { answer } = protocol.answer(await post(url, headers, request, signal, MAX_ANSWER_BYTES));
        return typeof answer === 'string' ? answer : undefined;
      } catch (error) {
        if (!(error instanceof MonitorFailure)) throw error;
        const { kind, message, retryAfterMs } = error;
        if (kind === 'refused' || kind === 'malformed' || kind === 'too_large') return undefined;
        if (kind === 'http' || attempt === TRIES)
          throw new UsageError(`${url.origin}: ${message}${hint(message)}`);
        await delay(retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1));
      }
    }
  };
}

function addressOf(base: string, path: string): URL {
  try {
    return endpointOf(base, path);
  } catch {
    throw new UsageError('--url must be http or https and hold no credentials');
  }
}

function hint(message: string): string {
  if (/ 40[13]$/.test(message)) return '; is the key right? (ALIGNMENT_RATER_API_KEY)';
  return message.endsWith(' 404') ? '; are --url and --model right?' : '';
}

/** A program of any kind: the scenario on its standard input, the score on its standard output. */
export function askCommand(
  command: readonly [string, ...string[]],
  input: 'scenario' | 'steps',
  timeoutMs: number,
): Ask {
  const [program, ...args] = command;
  return scenario =>
    new Promise((resolve, reject) => {
      // its timer, unlike that of the option `timeout`, keeps nobody waiting
      const signal = AbortSignal.timeout(timeoutMs);
      const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], signal });
      let output = '';
      child.stdout.setEncoding('utf8');
      child.stdout.on('data', (text: string) => {
        if (output.length < MAX_ANSWER_BYTES) output += text;
      });
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (signal.aborted) resolve(undefined);
        else reject(new UsageError(`${program}: cannot be started (${error.code ?? error.message})`));
      });
      child.on('close', status => resolve(status === 0 ? output : undefined));
      // a program that does not read its input is free not to
      child.stdin.on('error', () => undefined);
      child.stdin.end(input === 'steps' ? stepLines(scenario) : `${JSON.stringify(blind(scenario))}\n`);
    });
}
