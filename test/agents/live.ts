import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromLogRecord, type Signal } from '../../src/signals/index.ts';
import { line } from '../../src/taps/hook/testing/replay.ts';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import type { Collector } from '../../tools/stack/services.ts';
import type { Sandbox } from '../stack/harness.ts';
import { logsRequest, send } from '../stack/otlp.ts';
import type { LogOut, Sink } from '../stack/sink.ts';
import { type Freedom, installHook, type LiveAgent, type Place } from './agents.ts';
import { type ScriptedModel, startModel, type Turn } from './model.ts';

export interface Stack {
  readonly sink: Sink;
  readonly collector: Collector;
}

/** The committed configuration with the agents' sources, on the real Collector. */
export async function startStack(sandbox: Sandbox, otelcol: string): Promise<Stack> {
  const sources = ['claude-code', 'codex', 'gemini-cli', 'cline'];
  return sandbox.pair(otelcol, {
    overlays: sources.map(name => join(collectorConfig, 'sources', `${name}.yaml`)),
  });
}

export interface Scenario {
  readonly agent: LiveAgent;
  readonly words: readonly string[];
  readonly freedom: Freedom;
  readonly script: readonly Turn[];
  /** A hook of the user's own denies every command with this word in it. */
  readonly deny?: string;
  /** Ctrl-C: when the model was asked so often, or when this file is there in the working folder. */
  readonly interrupt?: { readonly asked: number } | { readonly file: string };
  /** Without our hook, to see what telemetry alone gives. */
  readonly bare?: boolean;
}

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
  /** What lay in the working folder when the agent ended. */
  readonly files: readonly string[];
  readonly signals: readonly Seen[];
  readonly milliseconds: number;
}

/** A signal as the backend got it, and who said so. */
export interface Seen {
  readonly source: string;
  readonly line: string;
  readonly signal: Signal;
  readonly log: LogOut;
}

/**
 * Runs an agent on a scripted task and returns the signals that reached the backend.
 *
 * @param expected lines to wait for: some agents run their last hooks after their own end
 */
export async function runScenario(
  sandbox: Sandbox,
  stack: Stack,
  scenario: Scenario,
  expected: readonly string[] = [],
): Promise<Outcome> {
  const { agent, words, freedom, script, deny, interrupt, bare } = scenario;
  const folder = sandbox.folder();
  const model = await startModel(script);
  sandbox.defer(() => model.close());
  const place: Place = {
    home: join(folder, 'home'),
    cwd: join(folder, 'work'),
    model: model.url,
    otlp: stack.collector.otlpHttp,
  };
  mkdirSync(place.home);
  mkdirSync(place.cwd);
  agent.settle(place, words);
  if (deny !== undefined) agent.denying(place, deny);
  if (bare !== true) installHook(agent, freedom, place);
  const before = stack.sink.logs.length;
  const started = performance.now();
  const [program = '', ...rest] = words;
  const child = spawn(program, [...rest, ...agent.args(freedom, place)], {
    cwd: place.cwd,
    env: agent.env(place),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output = (output + chunk).slice(-20_000);
    });
  }
  const ended = new Promise<number | null>(done => child.once('exit', done));
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
  if (interrupt !== undefined) {
    await Promise.race([until(interrupt, model, place), ended]);
    child.kill('SIGINT');
  }
  const status = await ended;
  clearTimeout(late);
  const milliseconds = performance.now() - started;
  const files = readdirSync(place.cwd);
  await model.close();
  const { signals } = await signalsSince(stack, before, expected);
  return { status, output, files, milliseconds, signals };
}

/** What the backend got since it had so many records, once everything that was sent is there and, in reason, what is expected. */
export async function signalsSince(
  stack: Stack,
  before: number,
  expected: readonly string[],
): Promise<{ readonly signals: readonly Seen[] }> {
  const { sink } = stack;
  const all = (): boolean => {
    const seen = new Set(seenIn(sink.logs.slice(before)).map(lineOf));
    return expected.every(text => seen.has(text));
  };
  // what is still missing then is for the test to say
  await sink.until('the expected signals', all, 15_000).catch(() => {});
  await settled(stack);
  return { signals: seenIn(sink.logs.slice(before)) };
}

const until = (
  when: NonNullable<Scenario['interrupt']>,
  model: ScriptedModel,
  { cwd }: Place,
): Promise<unknown> =>
  'asked' in when
    ? model.reached(when.asked)
    : waitFor(`the file ${when.file}`, async () => readdirSync(cwd).includes(when.file));

let marks = 0;
const MARK = 'the mark of a test';

/** Everything that was sent before has arrived when a signal that is sent now arrives: the lane keeps the order. */
async function settled({ sink, collector }: Stack): Promise<void> {
  const session = `${MARK} ${++marks}`;
  const record = {
    eventName: 'alignment.clarification_request',
    attributes: { 'gen_ai.conversation.id': session, 'alignment.source.type': 'instrumentation' },
  };
  await send(collector.otlpHttp, 'logs', logsRequest([record]));
  await sink.until('the mark', () =>
    sink.logs.some(log => log.attributes['gen_ai.conversation.id'] === session),
  );
}

function seenIn(logs: readonly LogOut[]): Seen[] {
  const seen: Seen[] = [];
  for (const log of logs) {
    if (String(log.attributes['gen_ai.conversation.id']).startsWith(MARK)) continue;
    const signal = fromLogRecord({
      eventName: log.eventName,
      timestamp: [Number(log.time.slice(0, -9)), Number(log.time.slice(-9))],
      attributes: log.attributes as Record<string, string>,
      traceId: log.traceId,
      spanId: log.spanId,
    });
    if (signal === undefined) continue;
    seen.push({ source: String(log.attributes['alignment.source.type']), line: line(signal), signal, log });
  }
  return seen;
}

/** Each line of a run once, with its source, in order of the alphabet: what a scenario is compared by. */
export const lines = (outcome: Pick<Outcome, 'signals'>): string[] =>
  [...new Set(outcome.signals.map(lineOf))].sort();

const lineOf = ({ source, line: text }: Seen): string => `${source}: ${text}`;
