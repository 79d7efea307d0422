import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOpens } from '../../tools/stack/pages.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { type Backend, type Collector, startJaeger } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from './harness.ts';
import { findTraces, getTrace } from './jaeger.ts';
import { send, spanId, traceId, tracesRequest } from './otlp.ts';

const binaries = requireBinaries('Jaeger', 'otelcol', 'jaeger');

describe.skipIf(!binaries)('a signal in Jaeger, through the committed configuration', () => {
  const sandbox = new Sandbox();
  const trace = traceId();
  let jaeger: Backend;
  let collector: Collector;
  beforeAll(async () => {
    jaeger = await startJaeger(binaries!.jaeger);
    sandbox.defer(() => jaeger.child.stop());
    // nothing but the addresses is changed
    collector = await sandbox.collector({ binary: binaries!.otelcol, backend: jaeger.otlpHttp });
    const attributes = { 'alignment.intervention.type': 'denial', 'alignment.signal.severity': 0.4 };
    const spans = [
      { traceId: trace, spanId: spanId(), events: [{ name: 'alignment.intervention', attributes }] },
    ];
    await send(
      collector.otlpHttp,
      'traces',
      tracesRequest(spans, { resource: { 'service.name': 'jaeger-test' } }),
    );
    await waitFor('the trace', () => getTrace(jaeger.web, trace));
  });
  afterAll(() => sandbox.clean());

  it('is found by the id of its trace, before the sampler decides', async () => {
    const spans = await getTrace(jaeger.web, trace);
    expect(spans).toHaveLength(1);
    expect(spans![0]!.events).toEqual([
      expect.objectContaining({
        name: 'alignment.intervention',
        attributes: expect.objectContaining({
          'alignment.signal.class': 'intervention',
          'alignment.signal.severity': 0.4,
          'alignment.signal.id': expect.stringMatching(/^[0-9a-f]{32}$/),
        }),
      }),
    ]);
    expect(await getTrace(jaeger.web, traceId())).toBeUndefined();
  });

  it('is found by an attribute of the event, and not by a value that it does not have', async () => {
    const search = (tags: Record<string, string>): Promise<string[]> =>
      findTraces(jaeger.web, 'jaeger-test', tags);
    expect(await search({ 'alignment.intervention.type': 'denial' })).toEqual([trace]);
    expect(
      await search({ 'alignment.signal.class': 'intervention', 'alignment.signal.severity': '0.4' }),
    ).toEqual([trace]);
    expect(await search({ 'alignment.intervention.type': 'approval' })).toEqual([]);
  });

  it('has no page of its own when it was built from its module, and nobody takes the placeholder for one', async () => {
    const url = `${jaeger.web}/trace/${trace}`;
    const html = await (await fetch(url)).text();
    if (html.includes('not the Jaeger UI')) expect(await pageOpens(url)).toBe(false);
    else expect(await pageOpens(url)).toBe(true);
  });
});
