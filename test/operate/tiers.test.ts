import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { bytesOf, requireBinaries, Sandbox } from '../stack/harness.ts';
import { logsRequest, post, type SpanIn, send, spanId, traceId, tracesRequest } from '../stack/otlp.ts';
import { scrape, sum } from '../stack/prometheus.ts';
import { arrivedIds, idOf, recordWith, spanWith } from '../stack/signals.ts';
import type { Sink } from '../stack/sink.ts';
import { type Gateway, startEdge, startGateway, tier } from './tiers.ts';

const run = promisify(execFile);
const binaries = requireBinaries('two tiers', 'otelcol', 'otelcol-tiers');

interface Trace {
  readonly traceId: string;
  readonly signals: readonly string[];
  /** What either edge gets of it. */
  readonly parts: readonly [SpanIn[], SpanIn[]];
}

/** A trace whose spans come through two edges: a signal and a plain span through each. */
function trace(n: number): Trace {
  const id = traceId();
  const signals = [idOf('a', 2 * n), idOf('a', 2 * n + 1)];
  const part = (signal: string): SpanIn[] => [
    spanWith(signal, { traceId: id, spanId: spanId() }),
    { traceId: id, spanId: spanId(), name: 'plain' },
  ];
  return { traceId: id, signals, parts: [part(signals[0]!), part(signals[1]!)] };
}

/** Sends the traces in requests of 20, half of each trace through each edge. */
async function sendTraces(traces: readonly Trace[], edges: readonly Collector[]): Promise<void> {
  for (let i = 0; i < traces.length; i += 20) {
    const some = traces.slice(i, i + 20);
    await Promise.all(
      edges.map((edge, side) =>
        send(edge.otlpHttp, 'traces', tracesRequest(some.flatMap(one => one.parts[side as 0 | 1]))),
      ),
    );
  }
}

const distinct = (sinks: readonly Sink[]): Set<unknown> => new Set(sinks.flatMap(arrivedIds));

async function all(gateways: readonly Gateway[], wanted: number): Promise<void> {
  const sinks = gateways.map(one => one.sink);
  await waitFor(`${wanted} signals`, () => Promise.resolve(distinct(sinks).size >= wanted), 120_000);
}

/** Each trace's spans of both edges are at one gateway. */
function together(traces: readonly Trace[], gateways: readonly Gateway[]): void {
  const at = new Map<string, Set<number>>();
  gateways.forEach(({ sink }, g) => {
    for (const span of sink.spans) at.set(span.traceId, (at.get(span.traceId) ?? new Set()).add(g));
  });
  expect(traces.filter(one => at.get(one.traceId)?.size !== 1)).toEqual([]);
  // and both gateways have work
  expect(new Set([...at.values()].flatMap(set => [...set])).size).toBe(gateways.length);
}

describe.skipIf(!binaries)('two edges and two gateways', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it.each([
    { kind: 'edge-sharding' as const, binary: 'otelcol' as const },
    { kind: 'edge-loadbalancing' as const, binary: 'otelcol-tiers' as const },
  ])(
    '$kind: a trace meets in one gateway, and the death of a gateway loses no signal',
    async ({ kind, binary }) => {
      const gateways = [
        await startGateway(sandbox, binaries!.otelcol),
        await startGateway(sandbox, binaries!.otelcol),
      ];
      const edges = [
        await startEdge(sandbox, binaries![binary], kind, gateways),
        // another version of the Collector in the same fleet
        await startEdge(sandbox, binaries!['otelcol-tiers'], kind, gateways),
      ];
      const before = Array.from({ length: 200 }, (_, n) => trace(n));
      await sendTraces(before, edges);
      const records = Array.from({ length: 50 }, (_, n) => idOf('b', n));
      await send(
        edges[0]!.otlpHttp,
        'logs',
        logsRequest(
          records.map((id, n) => ({
            ...recordWith(id),
            attributes: { ...recordWith(id).attributes, 'session.id': `s-${n % 7}` },
          })),
        ),
      );
      await all(gateways, 450);
      await waitFor('the other spans', () =>
        Promise.resolve(gateways.reduce((n, { sink }) => n + sink.spans.length, 0) >= 800),
      );
      together(before, gateways);
      const spans = gateways.flatMap(({ sink }) => sink.spans.map(span => span.spanId));
      expect(new Set(spans).size).toBe(800);
      expect(spans.length).toBe(800);

      // one dies in mid-stream and comes back
      const after = Array.from({ length: 400 }, (_, n) => trace(1_000 + n));
      await sendTraces(after.slice(0, 100), edges);
      const dying = gateways[0]!.collector.child.stop('SIGKILL');
      await sendTraces(after.slice(100), edges);
      await dying;
      await waitFor('failed exports', async () => {
        const own = await scrape(edges[0]!.telemetry);
        return sum(own, 'otelcol_exporter_queue_size') > 0;
      });
      await gateways[0]!.restart();
      await all(gateways, 450 + 800);
      const wanted = [...before, ...after].flatMap(one => one.signals).concat(records);
      expect([...distinct(gateways.map(one => one.sink))].sort()).toEqual(wanted.sort());
      const arrived = gateways.flatMap(({ sink }) => arrivedIds(sink)).length;
      console.log(
        `${kind}: after a SIGKILL ${arrived - wanted.length} of ${wanted.length} signals came again`,
      );

      // edges count, gateways do not
      const counted = await waitFor('the counters', async () => {
        const pages = await Promise.all(edges.map(edge => scrape(edge.prometheus)));
        const total = pages.reduce((n, page) => n + sum(page, 'alignment_signals_total'), 0);
        return total >= wanted.length && total;
      });
      expect(counted).toBe(wanted.length);
      // nothing feeds that exporter, so it does not even listen
      for (const { collector } of gateways) await expect(scrape(collector.prometheus)).rejects.toThrow();
    },
    300_000,
  );

  it('a gateway takes what an agent of another version says, and content is gone before the first disk', async () => {
    const gateways = [
      await startGateway(sandbox, binaries!.otelcol),
      await startGateway(sandbox, binaries!['otelcol-tiers']),
    ];
    for (const { collector } of gateways) await collector.child.stop();
    const stateDir = join(sandbox.folder(), 'state');
    const edge = await startEdge(sandbox, binaries!.otelcol, 'edge-sharding', gateways, { stateDir });
    const spans = Array.from({ length: 40 }, (_, n) =>
      spanWith(idOf('f', n), {
        traceId: traceId(),
        attributes: { 'gen_ai.input.messages': 'canary-prompt', 'alignment.future.key': 'kept' },
      }),
    );
    await send(edge.otlpHttp, 'traces', tracesRequest(spans));
    const stored = bytesOf(stateDir);
    expect(stored).toContain(idOf('f', 7));
    expect(stored).not.toContain('canary-prompt');
    for (const gateway of gateways) await gateway.restart();
    await all(gateways, 40);
    for (const { sink } of gateways) {
      expect(sink.spans.length).toBeGreaterThan(0);
      expect(sink.spans.every(span => span.attributes['alignment.future.key'] === 'kept')).toBe(true);
      expect(sink.raw.join()).not.toContain('canary-prompt');
    }
  });

  it('a newer gateway takes away what an older edge does not know as content', async () => {
    const gateways = [
      await startGateway(sandbox, binaries!.otelcol),
      await startGateway(sandbox, binaries!.otelcol),
    ];
    // an edge that knows of no content
    const old = join(sandbox.folder(), 'old.yaml');
    writeFileSync(old, 'service: { pipelines: { traces/complete: { processors: [transform/signals] } } }\n');
    const edge = await startEdge(sandbox, binaries!.otelcol, 'edge-sharding', gateways, { overlays: [old] });
    const attributes = { 'gen_ai.input.messages': 'canary-prompt' };
    await send(edge.otlpHttp, 'traces', tracesRequest([spanWith(idOf('9', 1), { attributes })]));
    await all(gateways, 1);
    expect(gateways.map(({ sink }) => sink.raw.join()).join()).not.toContain('canary-prompt');
  });

  it('an agent cannot approve itself through an edge', async () => {
    const gateways = [
      await startGateway(sandbox, binaries!.otelcol),
      await startGateway(sandbox, binaries!.otelcol),
    ];
    const edge = await startEdge(sandbox, binaries!.otelcol, 'edge-sharding', gateways);
    const id = idOf('d', 1);
    const attributes = { ...recordWith(id).attributes, 'alignment.source.type': 'human', 'session.id': 's' };
    await send(edge.otlpHttp, 'logs', logsRequest([{ eventName: 'alignment.intervention', attributes }]));
    await all(gateways, 1);
    const [record] = gateways.flatMap(({ sink }) => sink.logs);
    expect(record!.attributes['alignment.source.type']).toBe('self_reported');
  });
});

describe.skipIf(!binaries)('gateways behind certificates', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('let in edges with a certificate, and nobody else', async () => {
    const folder = sandbox.folder();
    const openssl = (...args: string[]): void => {
      execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    };
    const issue = (name: string, authority: string): void => {
      writeFileSync(join(folder, `${name}.ext`), 'subjectAltName=IP:127.0.0.1\n');
      openssl(
        'req',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        '-subj',
        `/CN=${name}`,
      );
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        `${authority}.crt`,
        '-CAkey',
        `${authority}.key`,
        '-CAcreateserial',
        '-days',
        '2',
        '-out',
        `${name}.crt`,
        '-extfile',
        `${name}.ext`,
      );
    };
    for (const authority of ['authority', 'stranger'])
      openssl(
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        `${authority}.key`,
        '-out',
        `${authority}.crt`,
        '-days',
        '2',
        '-subj',
        `/CN=${authority}`,
      );
    issue('gateway', 'authority');
    issue('edge', 'authority');
    issue('intruder', 'stranger');
    const certificate = (name: string): NodeJS.ProcessEnv => ({
      ALIGNMENT_GATEWAY_INSECURE: 'false',
      ALIGNMENT_TLS_CA: join(folder, 'authority.crt'),
      ALIGNMENT_TLS_CERT: join(folder, `${name}.crt`),
      ALIGNMENT_TLS_KEY: join(folder, `${name}.key`),
    });
    const locked = { overlays: [tier('gateway-mtls')], env: certificate('gateway') };
    const gateways = [
      await startGateway(sandbox, binaries!.otelcol, locked),
      await startGateway(sandbox, binaries!.otelcol, locked),
    ];
    const edge = await startEdge(sandbox, binaries!.otelcol, 'edge-sharding', gateways, {
      env: certificate('edge'),
    });
    const intruder = await startEdge(sandbox, binaries!.otelcol, 'edge-sharding', gateways, {
      env: certificate('intruder'),
    });
    await send(intruder.otlpHttp, 'traces', tracesRequest([spanWith(idOf('e', 1), { traceId: traceId() })]));
    const ids = Array.from({ length: 20 }, (_, n) => idOf('a', n));
    await send(edge.otlpHttp, 'traces', tracesRequest(ids.map(id => spanWith(id, { traceId: traceId() }))));
    await all(gateways, 20);
    await waitFor('the intruder fails', async () => {
      const own = await scrape(intruder.telemetry);
      return sum(own, 'otelcol_exporter_queue_size') > 0;
    });
    expect([...distinct(gateways.map(one => one.sink))].sort()).toEqual(ids);
  }, 120_000);
});

describe.skipIf(!binaries)('the files of tiers/', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());
  const env = (): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    ALIGNMENT_STATE_DIR: join(sandbox.folder(), 'state'),
    ALIGNMENT_BACKEND: 'http://127.0.0.1:4318',
    ALIGNMENT_GATEWAY_1: '127.0.0.1:5317',
    ALIGNMENT_GATEWAY_2: '127.0.0.1:5327',
    ALIGNMENT_KAFKA: '127.0.0.1:9092',
    ALIGNMENT_CLICKHOUSE: 'tcp://127.0.0.1:9000',
  });
  const validate = (files: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<unknown> =>
    run(
      binaries!['otelcol-tiers'],
      [
        'validate',
        ...[join(collectorConfig, 'alignment.yaml'), ...files].flatMap(file => ['--config', file]),
      ],
      { env: { ...env(), ...more } },
    );

  const source = join(collectorConfig, 'sources', 'claude-code.yaml');
  it.each([
    { names: ['edge-sharding'] },
    { names: ['edge-loadbalancing'] },
    { names: ['edge-kafka'] },
    { names: ['gateway'] },
    { names: ['gateway', 'gateway-kafka'] },
    { names: ['clickhouse'] },
  ])('$names are accepted, with a source and without', async ({ names }) => {
    await validate(names.map(tier));
    if (names[0] !== 'gateway') await validate([...names.map(tier), source]);
  });

  it('a gateway behind certificates does not start without an authority', async () => {
    const folder = sandbox.folder();
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'key',
        '-out',
        'crt',
        '-days',
        '2',
        '-subj',
        '/CN=x',
      ],
      { cwd: folder, stdio: 'pipe' },
    );
    const own = { ALIGNMENT_TLS_CERT: join(folder, 'crt'), ALIGNMENT_TLS_KEY: join(folder, 'key') };
    const locked = { overlays: [tier('gateway-mtls')], env: own };
    await expect(startGateway(sandbox, binaries!.otelcol, locked)).rejects.toThrow(
      /ALIGNMENT_TLS_CA is not set/,
    );
  });

  it('an edge without gateways, and a misspelt key, are refused at the start', async () => {
    await expect(validate([tier('edge-sharding')], { ALIGNMENT_GATEWAY_2: '' })).rejects.toThrow(
      /gateway_2[\s\S]*endpoint/,
    );
    const folder = join(sandbox.folder(), 'config');
    mkdirSync(folder);
    const misspelt = join(folder, 'misspelt.yaml');
    writeFileSync(
      misspelt,
      'exporters: { otlp_grpc/gateway_1: { sending_queue: { storge: file_storage } } }\n',
    );
    await expect(validate([tier('edge-sharding'), misspelt])).rejects.toThrow(/storge/);
  });
});

describe.skipIf(!binaries)('a full disk of an edge', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('refuses loudly and loses nothing that was acknowledged', async context => {
    const disk = join(sandbox.folder(), 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'pipe' });
    } catch (error) {
      return context.skip(`no small file system can be mounted: ${(error as Error).message.split('\n')[0]}`);
    }
    sandbox.defer(() => {
      execFileSync('umount', [disk]);
    });
    const gateways = [
      await startGateway(sandbox, binaries!.otelcol),
      await startGateway(sandbox, binaries!.otelcol),
    ];
    for (const gateway of gateways) await gateway.collector.child.stop();
    const edge = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: '',
      overlays: [tier('edge-sharding')],
      stateDir: join(disk, 'state'),
      env: { ALIGNMENT_GATEWAY_1: gateways[0]!.address, ALIGNMENT_GATEWAY_2: gateways[1]!.address },
    });
    const acknowledged = new Set<string>();
    const refusals = new Set<number>();
    let refused = 0;
    for (let n = 0; n < 600 && refused < 5; n++) {
      const attributes = {
        ...recordWith(idOf('b', n)).attributes,
        'alignment.signal.explanation': 'x'.repeat(10_000),
      };
      const status = await post(
        edge.otlpHttp,
        'logs',
        logsRequest([{ eventName: 'alignment.intervention', attributes }]),
        20_000,
      );
      if (status === 200) acknowledged.add(idOf('b', n));
      else {
        refused++;
        refusals.add(status);
      }
    }
    expect(acknowledged.size).toBeGreaterThan(0);
    expect([...refusals]).toEqual([503]);
    for (const gateway of gateways) await gateway.restart();
    await all(gateways, acknowledged.size);
    for (const id of acknowledged) expect(distinct(gateways.map(one => one.sink))).toContain(id);
  });
});
