import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startJaeger } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { runDemo, type Session } from './demo.ts';
import { eventually, expectedEvents, openBrowser, picture } from './viewing.ts';

const assets = process.env['JAEGER_UI_ASSETS'];
const binaries = requireBinaries("the demo in Jaeger's pages", 'otelcol', 'jaeger', 'chromium');
if (!assets) console.log('skipped: JAEGER_UI_ASSETS names no folder with a built Jaeger UI');

describe.skipIf(!binaries || !assets)("Jaeger's own pages", () => {
  const sandbox = new Sandbox();
  let session: Session;
  let web: string;
  let page: Awaited<ReturnType<typeof openBrowser>>['page'];

  beforeAll(async () => {
    const jaeger = await startJaeger(binaries!.jaeger, assets);
    sandbox.defer(() => jaeger.child.stop());
    ({ web } = jaeger);
    const collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: jaeger.otlpHttp,
      env: { ALIGNMENT_DECISION_WAIT: '1s' },
    });
    session = await runDemo(collector.otlpHttp, sandbox.folder());
    ({ page } = await openBrowser(sandbox, binaries!.chromium, web));
    await eventually('the whole trace', async () => {
      const answer = await fetch(`${web}/api/traces/${session.traceId}`);
      const { data = [] } = (await answer.json()) as { data?: { spans: unknown[] }[] };
      if (data[0]?.spans.length === session.spans.length) return true;
      await page.waitForTimeout(500);
      return false;
    });
  });
  afterAll(() => sandbox.clean());

  it("Jaeger's page shows every signal of the gravest step, attribute for attribute", async () => {
    await page.goto(`${web}/trace/${session.traceId}?uiFind=${session.gravest.spanId}`);
    // the span that is looked for opens by itself, with its events
    const content = page.locator('.AccordionEvents--content, .AccordionLogs--content').first();
    await content.waitFor();
    for (const { name, cells } of expectedEvents(session.gravest)) {
      await content.getByText(name).first().click();
      for (const [key, value] of cells)
        await content.locator('tr', { hasText: key }).filter({ hasText: value }).first().waitFor();
    }
    expect(await content.textContent()).not.toContain('alignment.never');
    await picture(page, 'jaeger');
  });
});
