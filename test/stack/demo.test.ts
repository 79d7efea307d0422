import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { readJson, spansOf } from '../../src/otlp/index.ts';
import { pageOpens } from '../../tools/stack/pages.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { startJaeger, startViewer } from '../../tools/stack/services.ts';
import { ofTests, requireBinaries, Sandbox } from './harness.ts';
import { findTraces, getTrace } from './jaeger.ts';

const demo = fileURLToPath(new URL('../../examples/custom-agent/main.ts', import.meta.url));

/** What the demo wrote to its file: the signals on its spans, and its trace. */
interface Written {
  readonly traceId: string;
  readonly signals: readonly {
    readonly id: string;
    readonly event: string;
    readonly spanId: string;
    readonly severity: number;
  }[];
}

/** Runs the demo against an OTLP receiver and reads the file that it always writes. */
async function runDemo(otlpHttp: string, folder: string): Promise<Written> {
  const out = join(folder, 'demo.jsonl');
  const child = spawn(process.execPath, [demo, '--scripted', '--out', out], {
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttp, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (printed += text));
  const code = await new Promise(resolve => child.on('close', resolve));
  expect(code, printed).toBe(0);
  expect(printed).toContain(`sent to ${otlpHttp}`);
  const signals: Written['signals'][number][] = [];
  let traceId = '';
  for await (const line of readJson(out)) {
    for (const span of spansOf('value' in line ? line.value : undefined)) {
      traceId = span.traceId;
      for (const { name, attributes } of span.events.filter(event => event.name.startsWith('alignment.'))) {
        signals.push({
          id: String(attributes['alignment.signal.id']),
          event: name,
          spanId: span.spanId,
          severity: Number(attributes['alignment.signal.severity']),
        });
      }
    }
  }
  return { traceId, signals };
}

const binaries = requireBinaries('the demo in Jaeger', 'otelcol', 'jaeger');

describe.skipIf(!binaries)('demo → Collector with the committed configuration → Jaeger', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('every signal is found, by the id of its trace and by an attribute of its event', async () => {
    const jaeger = await startJaeger(binaries!.jaeger);
    sandbox.defer(() => jaeger.child.stop());
    const collector = await sandbox.collector({ binary: binaries!.otelcol, backend: jaeger.otlpHttp });
    const { traceId, signals } = await runDemo(collector.otlpHttp, sandbox.folder());
    expect(new Set(signals.map(({ event }) => event)).size).toBe(5);

    const stored = (): ReturnType<typeof getTrace> => getTrace(jaeger.web, traceId);
    const eventsOf = (spans: Awaited<ReturnType<typeof getTrace>>) =>
      (spans ?? []).flatMap(span =>
        span.events.map(event => `${span.spanId} ${event.name} ${event.attributes['alignment.signal.id']}`),
      );
    const wanted = signals.map(({ spanId, event, id }) => `${spanId} ${event} ${id}`).sort();
    const found = await waitFor('all signals', async () => {
      const events = eventsOf(await stored()).filter(event => event.includes(' alignment.'));
      return events.length >= wanted.length ? events.sort() : undefined;
    });
    expect(found).toEqual(wanted);
    // whichever service name the example gives itself
    const service = await serviceOf(jaeger.web);
    for (const { id } of signals) {
      expect(await findTraces(jaeger.web, service, { 'alignment.signal.id': id })).toEqual([traceId]);
    }
    expect(await findTraces(jaeger.web, service, { 'alignment.signal.id': '0'.repeat(32) })).toEqual([]);
  });

  it('SIGKILL of the Collector after the acknowledgement loses none of them', async () => {
    const sink = await sandbox.sink();
    sink.answer = 503;
    const options = {
      binary: binaries!.otelcol,
      backend: sink.url,
      stateDir: join(sandbox.folder(), 'state'),
      overlays: [ofTests('json')],
    };
    const first = await sandbox.collector(options);
    const { signals } = await runDemo(first.otlpHttp, sandbox.folder());
    await first.child.stop('SIGKILL');
    expect(sink.spans).toEqual([]);
    sink.answer = 200;
    await sandbox.collector(options);
    const arrived = (): Set<unknown> =>
      new Set(sink.spans.flatMap(span => span.events.map(event => event.attributes['alignment.signal.id'])));
    await sink.until('all signals', () => signals.every(({ id }) => arrived().has(id)), 60_000);
    expect([...arrived()].filter(id => id !== undefined).sort()).toEqual(signals.map(({ id }) => id).sort());
  });
});

async function serviceOf(web: string): Promise<string> {
  const { services } = (await (await fetch(`${web}/api/v3/services`)).json()) as { services: string[] };
  expect(services).toHaveLength(1);
  return services[0] ?? '';
}

const viewing = requireBinaries('the demo on a page', 'otelcol', 'otel-desktop-viewer', 'chromium');

describe.skipIf(!viewing)('demo → Collector → the viewer’s page', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('shows every signal of the gravest span', async () => {
    const viewer = await startViewer(viewing!['otel-desktop-viewer']);
    sandbox.defer(() => viewer.child.stop());
    const collector = await sandbox.collector({
      binary: viewing!.otelcol,
      backend: viewer.otlpHttp,
      env: { ALIGNMENT_DECISION_WAIT: '1s' },
    });
    const { traceId, signals } = await runDemo(collector.otlpHttp, sandbox.folder());
    const gravest = signals.reduce((a, b) => (b.severity > a.severity ? b : a));
    const url = `${viewer.web}/traces/${traceId}?span=${gravest.spanId}`;
    expect(await pageOpens(url)).toBe(true);

    const browser = await chromium.launch({ executablePath: viewing!.chromium, args: ['--no-sandbox'] });
    sandbox.defer(() => browser.close());
    const page = await browser.newPage();
    const tab = page.getByRole('tab', { name: /Events/ });
    await waitFor('the span on the page', async () => {
      await page.goto(url);
      return tab.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => undefined,
      );
    });
    await tab.click();
    for (const { event, id } of signals.filter(({ spanId }) => spanId === gravest.spanId)) {
      const table = page.locator(`table[aria-label="Event ${event}"]`);
      // only the first event is open from the start
      if (!(await table.isVisible())) await page.getByText(event, { exact: true }).click();
      await table.waitFor();
      expect(await table.textContent()).toContain(id);
    }
  });
});
