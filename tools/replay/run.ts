import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectorConfig, findBinary, howToGet } from '../stack/binaries.ts';
import { waitFor } from '../stack/processes.ts';
import { type Collector, startCollector } from '../stack/services.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { ReplayError, type Request } from './recording.ts';

const OVERLAY = fileURLToPath(new URL('./json.yaml', import.meta.url));
const DEADLINE_MS = 120_000;

/** Every source that is shipped: paths. */
export function allSources(): string[] {
  const folder = join(collectorConfig, 'sources');
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .map(file => join(folder, file));
}

/** @throws ReplayError where there is none, with the way to get one */
export function findCollector(): string {
  const found = findBinary('otelcol');
  if (found === undefined) throw new ReplayError(`the Collector is missing: ${howToGet('otelcol')}`);
  return found.path;
}

/**
 * Sends requests through the committed configuration with all sources, and gives the requests that came out, in the order of
 * their arrival.
 *
 * @param binary the Collector
 * @throws ReplayError where the Collector refuses a request or does not let everything out within two minutes
 */
export async function replay(binary: string, requests: readonly Request[]): Promise<object[]> {
  const receiver = await startReceiver();
  const state = mkdtempSync(join(tmpdir(), 'otel-alignment-replay-'));
  // an interrupt ends the process without what follows here
  const remove = (): void => rmSync(state, { recursive: true, force: true });
  process.once('exit', remove);
  let collector: Collector | undefined;
  try {
    collector = await startCollector({
      binary,
      backend: receiver.url,
      stateDir: join(state, 'queue'),
      overlays: [...allSources(), OVERLAY],
      env: {
        ALIGNMENT_DECISION_WAIT: process.env['ALIGNMENT_DECISION_WAIT'] || '1s',
        ALIGNMENT_REST_PERCENT: process.env['ALIGNMENT_REST_PERCENT'] || '100',
      },
    });
    for (const request of requests) await send(collector, request);
    await flushed(collector, receiver);
    return receiver.requests();
  } finally {
    await collector?.child.stop();
    await receiver.close();
    remove();
    process.off('exit', remove);
  }
}

async function send({ otlpHttp }: Collector, { path, body, from }: Request): Promise<void> {
  const answer = await fetch(`${otlpHttp}/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status === 200) return;
  throw new ReplayError(
    `${from}: the Collector answered ${answer.status} (${text.slice(0, 300)}): the file has to hold OTLP/JSON as an exporter sends it`,
  );
}

/**
 * What was acknowledged is in a queue, or waits for the sampler. A span of an error comes out of the sampler for certain: when a
 * second one, sent after the first came out, has come out too, the sampler has decided on everything that came before the first.
 * Then the queues are empty as soon as all is delivered.
 */
async function flushed(collector: Collector, receiver: Receiver): Promise<void> {
  for (const _ of [1, 2]) {
    const traceId = randomBytes(16).toString('hex');
    await send(collector, { path: 'traces', from: 'marker', body: marker(traceId) });
    await whileRunning(collector, 'the end of the recording', async () => receiver.takeTrace(traceId));
  }
  await whileRunning(collector, 'empty queues', async () => {
    const page = await (await fetch(collector.telemetry)).text();
    const sizes = [...page.matchAll(/^otelcol_exporter_queue_size\{[^}]*\} (\S+)$/gm)].map(([, size]) =>
      Number(size),
    );
    return sizes.length > 0 && sizes.every(size => size === 0);
  });
}

async function whileRunning(
  collector: Collector,
  what: string,
  probe: () => Promise<boolean>,
): Promise<void> {
  await waitFor(
    what,
    async () => {
      if (await probe()) return true;
      return !collector.child.running();
    },
    DEADLINE_MS,
  ).catch((error: unknown) => {
    throw new ReplayError(`${String((error as Error).message)}\n${collector.child.output().slice(-2_000)}`);
  });
  if (!collector.child.running()) {
    throw new ReplayError(`the Collector ended:\n${collector.child.output().slice(-4_000)}`);
  }
}

function marker(traceId: string): object {
  const time = `${Date.now()}000000`;
  const span = {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: 'end of the recording',
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    status: { code: 2 },
  };
  return { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans: [span] }] }] };
}
