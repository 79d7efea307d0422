import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { ofTests, requireBinaries, Sandbox } from '../stack/harness.ts';
import {
  type Attributes,
  type EventIn,
  type LogIn,
  logsRequest,
  type SpanIn,
  send,
  tracesRequest,
} from '../stack/otlp.ts';
import { scrape, sum } from '../stack/prometheus.ts';
import { arrivedIds, idOf, seeded } from '../stack/signals.ts';
import type { Sink } from '../stack/sink.ts';

const binaries = requireBinaries('routing', 'otelcol');
const routing = (name: string): string => join(collectorConfig, 'routing', `${name}.yaml`);
const readable = fileURLToPath(new URL('./overlays/json.yaml', import.meta.url));

interface Made {
  readonly id: string;
  readonly class: string;
  readonly attributes: Attributes;
}

const KINDS: readonly ((random: () => number) => [string, Attributes])[] = [
  random => ['risk_escalation', { 'alignment.risk.score': { double: random() } }],
  random => [
    'misalignment_indicator',
    { 'alignment.indicator.type': random() < 0.5 ? 'deception' : 'goal_drift' },
  ],
  () => ['clarification_request', {}],
  random => ['autonomy_boundary', { 'alignment.boundary.type': random() < 0.3 ? 'bypass' : 'mode_change' }],
  random => [
    'intervention',
    {
      'alignment.intervention.type': ['approval', 'denial', 'stop', 'correction', 'block', 'steering'][
        Math.floor(random() * 6)
      ]!,
      ...(random() < 0.8 && { 'alignment.intervention.initiator': random() < 0.5 ? 'human' : 'policy' }),
    },
  ],
];

function make(n: number, random: () => number): Made {
  const [signalClass, attributes] = KINDS[Math.floor(random() * KINDS.length)]!(random);
  const id = idOf('c', n);
  const severity = Math.round(random() * 100) / 100;
  return {
    id,
    class: signalClass,
    attributes: {
      'alignment.signal.id': id,
      'alignment.signal.severity': { double: severity },
      'alignment.signal.explanation': 'canary-text',
      ...attributes,
    },
  };
}

const severity = ({ attributes }: Made): number =>
  (attributes['alignment.signal.severity'] as { double: number }).double;

/** What README.md says that each destination gets. */
const NAMED: Readonly<Record<string, (signal: Made) => boolean>> = {
  pager: one => severity(one) >= 0.8 && ['risk_escalation', 'misalignment_indicator'].includes(one.class),
  review: one =>
    (one.class === 'misalignment_indicator' && severity(one) >= 0.4) ||
    one.class === 'clarification_request' ||
    one.attributes['alignment.boundary.type'] === 'bypass' ||
    (one.attributes['alignment.intervention.initiator'] === 'human' &&
      ['denial', 'correction', 'stop', 'takeover', 'escalation'].includes(
        String(one.attributes['alignment.intervention.type']),
      )),
  archive: () => true,
};

/** Ids of signals as events, as records, and as spans that state one themselves. */
const idsAt = (sink: Sink): unknown[] =>
  [...arrivedIds(sink), ...sink.spans.map(span => span.attributes['alignment.signal.id'])].filter(
    id => id !== undefined,
  );

describe.skipIf(!binaries)('routing', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('delivers exactly the signals that each destination names, under a burst of 10,000', async () => {
    const sinks = {
      pager: await sandbox.sink(),
      review: await sandbox.sink(),
      archive: await sandbox.sink(),
    };
    const { collector, sink: backend } = await sandbox.pair(binaries!.otelcol, {
      overlays: [routing('pager'), routing('review'), routing('archive'), readable],
      env: {
        ALIGNMENT_PAGER_URL: `${sinks.pager.url}/hook`,
        ALIGNMENT_REVIEW: sinks.review.url,
        ALIGNMENT_ARCHIVE: sinks.archive.url,
        ALIGNMENT_REST_PERCENT: '100',
      },
    });
    const random = seeded(7);
    const signals = Array.from({ length: 10_000 }, (_, n) => make(n, random));
    const event = (one: Made): EventIn => ({ name: `alignment.${one.class}`, attributes: one.attributes });
    const spans: SpanIn[] = [];
    const records: LogIn[] = [];
    for (let n = 0; n < signals.length; ) {
      const kind = random();
      const some = signals.slice(n, n + (kind < 0.5 ? 1 + Math.floor(random() * 4) : 1));
      n += some.length;
      const attributes = { 'http.url': 'canary-url', 'alignment.risk.score': { double: 0.3 } };
      if (kind < 0.5)
        spans.push({
          attributes,
          events: [...some.map(event), { name: 'exception', attributes: { 'exception.type': 'E' } }],
        });
      else if (kind < 0.75)
        records.push({ eventName: `alignment.${some[0]!.class}`, attributes: some[0]!.attributes });
      else {
        // as sources/ state it
        const max = {
          'alignment.signal.count': 1,
          'alignment.signal.max_severity': { double: severity(some[0]!) },
        };
        spans.push({
          attributes: {
            ...attributes,
            ...some[0]!.attributes,
            ...max,
            'alignment.signal.class': some[0]!.class,
          },
        });
      }
      spans.push({ name: 'plain', attributes });
    }
    const requests: (() => Promise<void>)[] = [];
    for (let i = 0; i < spans.length; i += 200)
      requests.push(() => send(collector.otlpHttp, 'traces', tracesRequest(spans.slice(i, i + 200))));
    for (let i = 0; i < records.length; i += 200)
      requests.push(() => send(collector.otlpHttp, 'logs', logsRequest(records.slice(i, i + 200))));
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let next = requests.pop(); next; next = requests.pop()) await next();
      }),
    );

    for (const [name, sink] of Object.entries(sinks)) {
      const wanted = signals.filter(NAMED[name]!).map(one => one.id);
      expect(wanted.length, name).toBeGreaterThan(500);
      await sink.until(
        `${name}: ${wanted.length} signals`,
        () => idsAt(sink).length >= wanted.length,
        60_000,
      );
    }
    // all that is still under way is delivered before the process ends, and the queues are empty
    await collector.child.stop();
    for (const [name, sink] of Object.entries(sinks)) {
      const wanted = signals.filter(NAMED[name]!).map(one => one.id);
      expect(idsAt(sink).sort(), name).toEqual(wanted.sort());
    }
    expect(new Set(idsAt(backend)).size).toBe(signals.length);
    for (const sink of [sinks.pager, sinks.review]) {
      const sent = sink.raw.join();
      for (const word of ['canary-url', 'canary-text', 'exception']) expect(sent).not.toContain(word);
    }
    expect(sinks.archive.raw.join()).toContain('alignment.risk.score');
  });

  it('parts a signal that a span states itself from a graver one on it', async () => {
    const pager = await sandbox.sink();
    const { collector, sink: backend } = await sandbox.pair(binaries!.otelcol, {
      overlays: [routing('pager')],
      env: { ALIGNMENT_PAGER_URL: `${pager.url}/hook` },
    });
    const span: SpanIn = {
      attributes: {
        'alignment.signal.class': 'intervention',
        'alignment.signal.id': idOf('1', 1),
        'alignment.signal.severity': { double: 0.1 },
        'alignment.intervention.type': 'approval',
        'alignment.signal.count': 2,
        'alignment.signal.max_severity': { double: 0.9 },
      },
      events: [
        {
          name: 'alignment.risk_escalation',
          attributes: { 'alignment.signal.id': idOf('2', 1), 'alignment.signal.severity': { double: 0.9 } },
        },
      ],
    };
    await send(collector.otlpHttp, 'traces', tracesRequest([span]));
    await pager.until('the grave one', () => pager.spans.length === 1);
    expect(idsAt(pager)).toEqual([idOf('2', 1)]);
    expect(pager.raw.join()).not.toContain('approval');
    await backend.until('both', () => idsAt(backend).length === 2);
  });

  it('gives up what a destination refuses for good, which is any answer but 429, 502, 503 and 504', async () => {
    const pager = await sandbox.sink();
    const { collector } = await sandbox.pair(binaries!.otelcol, {
      overlays: [routing('pager'), fileURLToPath(new URL('./overlays/fast-retry.yaml', import.meta.url))],
      env: { ALIGNMENT_PAGER_URL: `${pager.url}/hook` },
    });
    const grave: SpanIn = {
      events: [
        {
          name: 'alignment.misalignment_indicator',
          attributes: { 'alignment.signal.severity': { double: 0.9 } },
        },
      ],
    };
    let lost = 0;
    for (const answer of [500, 400]) {
      pager.answer = answer;
      await send(collector.otlpHttp, 'traces', tracesRequest([grave]));
      lost += 1;
      await waitFor(`an answer ${answer} to be final`, async () => {
        const all = await scrape(collector.telemetry);
        return sum(all, 'otelcol_exporter_send_failed_spans', { exporter: 'otlp_http/pager' }) === lost;
      });
    }
    expect(pager.spans).toEqual([]);
  });

  it('keeps what a destination refuses, and lets the others have theirs', async () => {
    const pager = await sandbox.sink();
    const {
      collector,
      sink: backend,
      stateDir,
    } = await sandbox.pair(binaries!.otelcol, {
      overlays: [routing('pager'), fileURLToPath(new URL('./overlays/fast-retry.yaml', import.meta.url))],
      env: { ALIGNMENT_PAGER_URL: `${pager.url}/hook` },
    });
    pager.answer = 503;
    const ids = Array.from({ length: 200 }, (_, n) => idOf('e', n));
    const grave = (id: string): SpanIn => ({
      events: [
        {
          name: 'alignment.misalignment_indicator',
          attributes: { 'alignment.signal.id': id, 'alignment.signal.severity': { double: 0.9 } },
        },
      ],
    });
    await send(collector.otlpHttp, 'traces', tracesRequest(ids.map(grave)));
    await backend.until('the backend has its own', () => new Set(idsAt(backend)).size === ids.length);
    await waitFor('20 refusals', async () => {
      const all = await scrape(collector.telemetry);
      return (
        pager.refused() >= 20 && sum(all, 'otelcol_exporter_queue_size', { exporter: 'otlp_http/pager' }) > 0
      );
    });
    expect(pager.spans).toEqual([]);
    // the process dies in the hour of refusals; the queue is on disk
    await collector.child.stop('SIGKILL');
    pager.answer = 200;
    await sandbox.collector({
      binary: binaries!.otelcol,
      backend: backend.url,
      stateDir,
      overlays: [ofTests('json'), routing('pager')],
      env: { ALIGNMENT_PAGER_URL: `${pager.url}/hook` },
    });
    await pager.until('every signal', () => new Set(idsAt(pager)).size === ids.length);
  });
});

describe('routing/README.md', () => {
  it('names every overlay', () => {
    const text = readFileSync(join(collectorConfig, 'routing/README.md'), 'utf8');
    for (const name of Object.keys(NAMED)) expect(text).toContain(`${name}.yaml`);
  });
});
