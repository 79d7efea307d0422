import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { pageOpens } from '../../tools/stack/pages.ts';
import { startJaeger, startViewer } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from './harness.ts';
import { send, spanId, traceId, tracesRequest } from './otlp.ts';

const binaries = requireBinaries("the viewer's page", 'otelcol', 'otel-desktop-viewer', 'chromium');

describe.skipIf(!binaries)("the viewer's page", () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('shows a signal on its span, value for value', async () => {
    const viewer = await startViewer(binaries!['otel-desktop-viewer']);
    sandbox.defer(() => viewer.child.stop());
    const collector = await sandbox.collector({ binary: binaries!.otelcol, backend: viewer.otlpHttp });
    const trace = traceId();
    const span = spanId();
    const attributes = { 'alignment.intervention.type': 'denial', 'alignment.signal.severity': 0.4 };
    const events = [{ name: 'alignment.intervention', attributes }];
    await send(collector.otlpHttp, 'traces', tracesRequest([{ traceId: trace, spanId: span, events }]));
    const url = `${viewer.web}/traces/${trace}?span=${span}`;
    expect(await pageOpens(url)).toBe(true);

    const browser = await chromium.launch({ executablePath: binaries!.chromium, args: ['--no-sandbox'] });
    sandbox.defer(() => browser.close());
    const page = await browser.newPage();
    const tab = page.getByRole('tab', { name: /Events/ });
    // the page does not load again by itself, and the span is on its way
    for (let attempt = 0; attempt < 20; attempt++) {
      await page.goto(url);
      if (
        await tab.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        )
      )
        break;
    }
    await tab.click();
    const table = page.locator('table[aria-label="Event alignment.intervention"]');
    await table.waitFor();
    const text = await table.textContent();
    expect(text).toContain('alignment.intervention.type');
    expect(text).toContain('denial');
    expect(text).toContain('0.4');
    expect(text).not.toContain('takeover');
  });
});

const jaegerBinaries = requireBinaries("the rejection of Jaeger's placeholder", 'jaeger');

describe.skipIf(!jaegerBinaries)('a folder with a UI', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it("is served instead of Jaeger's placeholder", async () => {
    const assets = sandbox.folder();
    mkdirSync(`${assets}/static`);
    writeFileSync(
      `${assets}/index.html`,
      '<!doctype html><html><head></head><body>a real page</body></html>',
    );
    const jaeger = await startJaeger(jaegerBinaries!.jaeger, assets);
    sandbox.defer(() => jaeger.child.stop());
    expect(await pageOpens(`${jaeger.web}/trace/${traceId()}`)).toBe(true);
  });
});
