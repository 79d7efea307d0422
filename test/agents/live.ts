import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromLogRecord, type Signal, type SignalAttributes } from '../../src/signals/index.ts';
import { line as textOf } from '../../src/taps/hook/testing/replay.ts';
import { agentSources } from '../../tools/agents/agents.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import type { Collector } from '../../tools/stack/services.ts';
import type { Sandbox } from '../stack/harness.ts';
import { logsRequest, send, spanId, traceId, tracesRequest } from '../stack/otlp.ts';
import type { LogOut, Sink, SpanOut } from '../stack/sink.ts';
import { cli, type Freedom, installHook, type LiveAgent, type Place } from './agents.ts';
import { type Aside, type ScriptedModel, startModel, type Turn } from './model.ts';
import { cellOf, recording, type Told } from './results.ts';
import { type Talk, TONGUES } from './talk.ts';

export interface Stack {
  readonly sink: Sink;
  readonly collector: Collector;
}

/** The committed configuration with the agents' sources, on the real Collector. */
export const startStack = (sandbox: Sandbox, otelcol: string): Promise<Stack> =>
  sandbox.pair(otelcol, { overlays: agentSources });

/** What happens to an agent. */
export interface Play {
  readonly freedom: Freedom;
  readonly script: readonly Turn[];
  readonly asides?: readonly Aside[];
  /** Files of the working folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** A hook of the user's own denies every command with this word in it. */
  readonly deny?: string;
  /** A rule of the user's own forbids every command that begins with this word. */
  readonly forbid?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ctrl-C: when these words came out of the agent, the model was asked so often, or this file is there in the working folder. */
  readonly interrupt?: { readonly heard: string } | { readonly asked: number } | { readonly file: string };
  /** Behind our proxy, as a user who wants to see what only it sees would start the agent. */
  readonly proxied?: boolean;
  /** What a person does; the agent is then spoken to over its protocol. Otherwise it is started on the task, with nobody there. */
  readonly person?: (talk: Talk, stage: Stage) => Promise<void>;
}

export interface Stage {
  readonly place: Place;
  readonly model: ScriptedModel;
  /** Resolves when the file is there in the working folder. */
  readonly made: (file: string) => Promise<void>;
}

export interface Outcome {
  readonly output: string;
  readonly signals: readonly Seen[];
}

/** A signal as the backend got it. */
export interface Seen extends Told {
  readonly signal: Signal;
  readonly raw: LogOut | SpanOut;
}

const PATIENCE_MS = 90_000;
/** How long signals may be on their way when the agent has ended. */
const LATE_MS = 20_000;
const RECORDING_MS = 4_000;

/**
 * Runs an agent on a scripted task and returns the signals that reached the backend.
 *
 * @param expected lines to wait for: some agents run their last hooks after their own end
 */
export async function play(
  sandbox: Sandbox,
  stack: Stack,
  agent: LiveAgent,
  words: readonly string[],
  what: Play,
  expected: readonly string[] = [],
): Promise<Outcome> {
  const before = { logs: stack.sink.logs.length, spans: stack.sink.spans.length };
  const output = await perform(sandbox, stack.collector.otlpHttp, agent, words, what);
  return { output, signals: await signalsSince(stack, before, expected) };
}

/**
 * Runs an agent on a scripted task.
 *
 * @param otlp where its telemetry and our signals go
 * @returns what it printed, or said to its client
 */
export async function perform(
  sandbox: Sandbox,
  otlp: string,
  agent: LiveAgent,
  words: readonly string[],
  what: Play,
): Promise<string> {
  const { stage, env } = await setStage(sandbox, otlp, agent, words, what);
  const output =
    what.person === undefined
      ? await alone(agent, words, what, stage, env)
      : await withPerson(sandbox, agent, words, what, stage, env);
  await stage.model.close();
  return output;
}

async function setStage(
  sandbox: Sandbox,
  otlp: string,
  agent: LiveAgent,
  words: readonly string[],
  { freedom, script, asides, files = {}, deny, forbid, env = {} }: Play,
): Promise<{ stage: Stage; env: Record<string, string> }> {
  const folder = sandbox.folder();
  const model = await startModel(script, asides);
  sandbox.defer(() => model.close());
  const place: Place = {
    home: join(folder, 'home'),
    cwd: join(folder, 'work'),
    model: model.url,
    otlp,
  };
  mkdirSync(place.home);
  mkdirSync(place.cwd);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place.cwd, name), text);
  agent.settle(place, words);
  if (deny !== undefined && agent.deniesAfter !== true) agent.denying(place, deny);
  const more = forbid === undefined ? {} : (agent.forbidding?.(place, forbid) ?? {});
  installHook(agent, freedom, place);
  if (deny !== undefined && agent.deniesAfter === true) agent.denying(place, deny);
  const made = async (file: string): Promise<void> => {
    await waitFor(`the file ${file}`, async () => existsSync(join(place.cwd, file)));
  };
  return { stage: { place, model, made }, env: { ...agent.env(place), ...more, ...env } };
}

async function alone(
  agent: LiveAgent,
  words: readonly string[],
  { freedom, interrupt, proxied }: Play,
  { place, model, made }: Stage,
  given: Record<string, string>,
): Promise<string> {
  const proxy = [process.execPath, cli, 'acp', '--protocol', 'codex', '--agent', agent.name, '--'];
  const [program = '', ...rest] = proxied === true ? [...proxy, ...words] : words;
  const env = proxied === true ? { ...given, OTEL_EXPORTER_OTLP_ENDPOINT: place.otlp } : given;
  const child = spawn(program, [...rest, ...agent.args(freedom, place)], {
    cwd: place.cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output = (output + chunk).slice(-20_000);
      for (const check of heard) check();
    });
  }
  const ended = new Promise<void>(done => child.once('exit', () => done()));
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  if (interrupt !== undefined) {
    const said = (text: string): Promise<void> =>
      new Promise(done => heard.add(() => output.includes(text) && done()));
    const moment =
      'heard' in interrupt
        ? said(interrupt.heard)
        : 'asked' in interrupt
          ? model.reached(interrupt.asked)
          : made(interrupt.file);
    await Promise.race([moment, ended]);
    child.kill('SIGINT');
  }
  await ended;
  clearTimeout(late);
  return output;
}

async function withPerson(
  sandbox: Sandbox,
  agent: LiveAgent,
  words: readonly string[],
  { freedom, person, script }: Play,
  stage: Stage,
  env: Record<string, string>,
): Promise<string> {
  const { place } = stage;
  const occasion = { place, freedom, last: script.at(-1)?.say ?? '' };
  const all = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: place.otlp };
  const { line, talk } = TONGUES[agent.name].begin(words, occasion, all);
  sandbox.defer(() => void line.child.kill('SIGKILL'));
  await person?.(await talk, stage);
  await line.end();
  return line.seen();
}

/** What the backend got since it had so much, once everything that was sent is there and, in reason, what is expected. */
async function signalsSince(
  stack: Stack,
  before: { readonly logs: number; readonly spans: number },
  expected: readonly string[],
): Promise<readonly Seen[]> {
  const { sink } = stack;
  const seen = (): Seen[] => [
    ...fromLogs(sink.logs.slice(before.logs)),
    ...fromSpans(sink.spans.slice(before.spans)),
  ];
  const all = (): boolean => {
    const { signals } = cellOf(seen());
    return expected.every(text => signals.includes(text));
  };
  // what is still missing then is for the test to say
  const patience = recording ? RECORDING_MS : LATE_MS;
  await sink.until('the expected signals', () => !recording && all(), patience).catch(() => {});
  await settled(stack);
  return seen();
}

let marks = 0;
const MARK = 'the mark of a test';

/** Everything that was sent before has arrived when what is sent now arrives: the lanes keep the order. */
async function settled({ sink, collector }: Stack): Promise<void> {
  const attributes = {
    'gen_ai.conversation.id': `${MARK} ${++marks}`,
    'alignment.source.type': 'instrumentation',
  };
  const name = 'alignment.clarification_request';
  const span = { traceId: traceId(), spanId: spanId(), attributes, events: [{ name, attributes }] };
  await send(collector.otlpHttp, 'logs', logsRequest([{ eventName: name, attributes }]));
  await send(collector.otlpHttp, 'traces', tracesRequest([span]));
  const has = (records: readonly (LogOut | SpanOut)[]): boolean =>
    records.some(
      record => record.attributes['gen_ai.conversation.id'] === attributes['gen_ai.conversation.id'],
    );
  await sink.until('the marks', () => has(sink.logs) && has(sink.spans));
}

function fromLogs(logs: readonly LogOut[]): Seen[] {
  return logs.flatMap(log => {
    const signal = fromLogRecord({
      eventName: log.eventName,
      timestamp: [Number(log.time.slice(0, -9)), Number(log.time.slice(-9))],
      attributes: log.attributes as Record<string, string>,
      traceId: log.traceId,
      spanId: log.spanId,
    });
    return signal === undefined ? [] : seenAs(signal, log);
  });
}

/** Where only a span states a fact, the Collector writes the signal on the span itself. */
function fromSpans(spans: readonly SpanOut[]): Seen[] {
  return spans.flatMap(span => {
    const { attributes } = span;
    const kind = attributes['alignment.signal.class'] as Signal['class'] | undefined;
    if (kind === undefined) return [];
    const severity = Number(attributes['alignment.signal.severity']);
    return seenAs({ class: kind, severity, time: [0, 0], attributes: attributes as SignalAttributes }, span);
  });
}

function seenAs(signal: Signal, raw: LogOut | SpanOut): Seen[] {
  const { attributes } = raw;
  if (String(attributes['gen_ai.conversation.id']).startsWith(MARK)) return [];
  const { severity } = signal;
  const source = String(attributes['alignment.source.type']);
  return [{ source, line: textOf(signal), attributes, severity, signal, raw }];
}
