import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../tools/stack/processes.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { ofTests, requireBinaries, Sandbox, shipped } from './harness.ts';
import { logsRequest, post, type SpanIn, send, spanId, traceId, tracesRequest } from './otlp.ts';
import { type Sample, scrape, sum } from './prometheus.ts';
import { arrivedIds, idOf, missing, recordWith, seeded, spanWith } from './signals.ts';
import { startSink } from './sink.ts';

const binaries = requireBinaries('faults', 'otelcol');

describe.skipIf(!binaries)('no acknowledged signal is lost', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('when the Collector is killed at any moment of a run of 20,000 spans', async () => {
    const SPANS = 20_000;
    const BATCH = 100;
    const KILLS = 4;
    const seed = Number(process.env['ALIGNMENT_TEST_SEED'] ?? Date.now() % 2 ** 31);
    const random = seeded(seed);
    const sink = await sandbox.sink();
    const options = {
      binary: binaries!.otelcol,
      backend: sink.url,
      stateDir: join(sandbox.folder(), 'state'),
      overlays: [ofTests('json')],
    };
    let running: Promise<Collector> = sandbox.collector(options);
    const acknowledged = new Set<string>();
    const requests = Array.from({ length: SPANS / BATCH }, (_, i) =>
      Array.from({ length: BATCH }, (_, j) => idOf('a', i * BATCH + j)),
    );
    // the number of requests sent so far, at which the Collector is killed
    const moments = Array.from({ length: KILLS }, () => Math.floor(random() * requests.length)).sort(
      (a, b) => a - b,
    );
    let sent = 0;
    const kill = (): void => {
      running = running.then(async ({ child }) => {
        await child.stop('SIGKILL');
        return sandbox.collector(options);
      });
    };
    const sender = async (): Promise<void> => {
      for (let ids = requests.pop(); ids; ids = requests.pop()) {
        const body = JSON.stringify(tracesRequest(ids.map(id => spanWith(id))));
        for (;;) {
          const { otlpHttp } = await running;
          const answer = post(otlpHttp, 'traces', body).catch(() => 0);
          // not before and not after the request, but while it is under way
          while (sent >= moments[0]!) {
            moments.shift();
            kill();
          }
          sent++;
          if ((await answer) === 200) break;
        }
        for (const id of ids) acknowledged.add(id);
      }
    };
    await Promise.all(Array.from({ length: 4 }, sender));
    expect(moments, `seed ${seed}`).toEqual([]);
    expect(acknowledged.size).toBe(SPANS);
    await running;
    expect(await missing(sink, acknowledged), `seed ${seed}`).toEqual([]);
    const arrived = arrivedIds(sink);
    expect(new Set(arrived).size).toBe(SPANS);
    console.log(`${KILLS} kills, seed ${seed}: ${arrived.length - SPANS} of ${SPANS} delivered again`);
  }, 180_000);

  it('when the backend is down for 20 failed exports in a row', async () => {
    const first = await sandbox.sink();
    const port = Number(new URL(first.url).port);
    const collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: first.url,
      overlays: [ofTests('json'), ofTests('fast-retry')],
      env: { ALIGNMENT_REST_PERCENT: '100', ALIGNMENT_DECISION_WAIT: '1s' },
    });
    await first.close();
    const wanted = new Set(Array.from({ length: 500 }, (_, i) => idOf('a', i)));
    const plain = Array.from({ length: 500 }, () => ({ spanId: spanId() }));
    await send(
      collector.otlpHttp,
      'traces',
      tracesRequest([...[...wanted].map(id => spanWith(id)), ...plain]),
    );
    const record = idOf('b', 1);
    await send(collector.otlpHttp, 'logs', logsRequest([recordWith(record)]));
    wanted.add(record);

    // an attempt that got no answer has no status; one that got one has
    const attempts = (all: Sample[]): number =>
      sum(all, 'http_client_request_duration_count', { server_port: String(port) });
    const failed = await waitFor('20 failed exports', async () => {
      const all = await scrape(collector.telemetry);
      return attempts(all) >= 20 && all;
    });
    expect(
      failed.filter(
        one => one.labels['server_port'] === String(port) && 'http_response_status_code' in one.labels,
      ),
    ).toEqual([]);

    const second = await startSink(port);
    sandbox.defer(() => second.close());
    expect(await missing(second, wanted)).toEqual([]);
    await second.until('the other spans', () => second.spans.length >= 1_000);
    await collector.child.stop();
    // an outage by itself doubles nothing
    const seen = second.spans.map(span => span.spanId);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(1_000);
    expect(second.logs.length).toBe(1);
  });

  it('when the queue is full: the senders wait, and what they give up and repeat comes at least once', async () => {
    const sink = await sandbox.sink();
    const collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: sink.url,
      overlays: [ofTests('json')],
      env: { ALIGNMENT_REST_PERCENT: '100', ALIGNMENT_DECISION_WAIT: '1s', ALIGNMENT_QUEUE_SIZE: '512' },
    });
    sink.answer = 503;
    const REQUESTS = 80;
    const jobs = Array.from({ length: REQUESTS }, (_, i) => {
      const signals = Array.from({ length: 10 }, (_, j) => idOf('a', i * 10 + j));
      const plain: SpanIn[] = Array.from({ length: 10 }, () => ({ traceId: traceId(), spanId: spanId() }));
      const spans = [...signals.map(id => spanWith(id, { traceId: traceId(), spanId: spanId() })), ...plain];
      return { signals, plain, body: JSON.stringify(tracesRequest(spans)), attempts: 0, done: false };
    });
    const attempt = async (job: (typeof jobs)[number]): Promise<void> => {
      job.attempts++;
      job.done = (await post(collector.otlpHttp, 'traces', job.body, 2_000).catch(() => 0)) === 200;
    };
    await Promise.all(jobs.map(attempt));
    const refused = jobs.filter(job => !job.done);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(REQUESTS);
    sink.answer = 200;
    for (const job of refused) while (!job.done) await attempt(job);
    const all = new Set(jobs.flatMap(job => job.signals));
    expect(await missing(sink, all)).toEqual([]);
    await collector.child.stop();

    const times = (id: string | undefined): number => sink.spans.filter(span => span.spanId === id).length;
    for (const job of jobs) {
      for (const span of job.plain) {
        expect(times(span.spanId)).toBeGreaterThanOrEqual(1);
        // what was acknowledged at once is there once: only a repeated request doubles
        expect(times(span.spanId)).toBeLessThanOrEqual(job.attempts);
      }
    }
    const ids = arrivedIds(sink);
    const spans = sink.spans.filter(span => span.events.length === 0).length;
    console.log(
      `${refused.length} of ${REQUESTS} requests refused and repeated: ${ids.length - all.size} of ${all.size} signals and ${spans - REQUESTS * 10} of ${REQUESTS * 10} other spans again`,
    );
  });

  it('when it starts again with another configuration', async () => {
    const sink = await sandbox.sink();
    sink.answer = 503;
    const options = {
      binary: binaries!.otelcol,
      backend: sink.url,
      stateDir: join(sandbox.folder(), 'state'),
    };
    const first = await sandbox.collector({ ...options, overlays: [ofTests('json')] });
    const wanted = new Set(Array.from({ length: 2_000 }, (_, i) => idOf('a', i)));
    for (let i = 0; i < 2_000; i += 50)
      await send(
        first.otlpHttp,
        'traces',
        tracesRequest([...wanted].slice(i, i + 50).map(id => spanWith(id))),
      );
    await send(first.otlpHttp, 'logs', logsRequest([recordWith(idOf('b', 1))]));
    wanted.add(idOf('b', 1));
    await first.child.stop();
    sink.answer = 200;
    // other processors, and a queue that what is stored does not fit in
    await sandbox.collector({
      ...options,
      overlays: [ofTests('json'), shipped('strict'), shipped('pseudonyms')],
      env: { ALIGNMENT_QUEUE_SIZE: '512', ALIGNMENT_HMAC_KEY: 'k'.repeat(32) },
    });
    expect(await missing(sink, wanted)).toEqual([]);
  });
});
