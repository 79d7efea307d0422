import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { startViewer } from '../../tools/stack/services.ts';
import { recording } from '../agents/results.ts';
import { type OtlpSpan, readSpans, signalsOf } from '../demo/otlp.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { at, nodeExample, pythonExample } from './run-example.ts';

// Each page of an example has a picture of its own run in the viewer. This file makes the pictures (ALIGNMENT_RECORD=1), and asserts that
// the viewer shows what they show.
const binaries = requireBinaries('pictures of examples', 'otelcol', 'otel-desktop-viewer', 'chromium');
const EXAMPLES = [
  ...['vercel-ai', 'openai-agents', 'langgraph', 'claude-agent-sdk', 'mcp'].map(nodeExample),
  pythonExample(),
];
const MAX_BYTES = 120_000;
const SIZE = { width: 1240, height: 620 };
/** Without the list of traces, which has one. */
const PART = { x: 449, y: 0, width: SIZE.width - 449, height: SIZE.height };

/** The intervention to show, where another span than the one with the gravest signal says more. */
const SHOWN: Readonly<Record<string, string>> = { 'claude-agent-sdk': 'correction' };

const shownOf = (name: string, spans: readonly OtlpSpan[]): OtlpSpan =>
  spans.find(span =>
    signalsOf(span).some(signal => signal['alignment.intervention.type'] === (SHOWN[name] ?? false)),
  ) ?? gravest(spans);

const gravest = (spans: readonly OtlpSpan[]): OtlpSpan => {
  const worst = (span: OtlpSpan): number =>
    Math.max(-1, ...signalsOf(span).map(signal => Number(signal['alignment.signal.severity'])));
  return [...spans].sort((a, b) => worst(b) - worst(a))[0]!;
};

describe.skipIf(!binaries)('the viewer, after a run of an example', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());
  let web = '';
  let otlp = '';
  let browser: Browser;
  beforeAll(async () => {
    const viewer = await startViewer(binaries!['otel-desktop-viewer']);
    sandbox.defer(() => viewer.child.stop());
    const collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: viewer.otlpHttp,
      overlays: [join(collectorConfig, 'sources/claude-code.yaml')],
      env: { ALIGNMENT_DECISION_WAIT: '1s', ALIGNMENT_REST_PERCENT: '100' },
    });
    browser = await chromium.launch({ executablePath: binaries!.chromium, args: ['--no-sandbox'] });
    sandbox.defer(() => browser.close());
    web = viewer.web;
    otlp = collector.otlpHttp;
  });

  for (const { name, installed, run } of EXAMPLES)
    it.skipIf(!installed)(`example ${name}`, async () => {
      const file = join(sandbox.folder(), 'run.jsonl');
      await run(file, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp });
      const spans = readSpans(readFileSync(file, 'utf8'));
      const span = shownOf(name, spans);
      const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 1 });
      await opened(page, `${web}/traces/${span.traceId}?span=${span.spanId}`, spans.length);
      for (const signal of signalsOf(span)) {
        const event = `alignment.${signal['alignment.signal.class']}`;
        const table = page.locator(`table[aria-label="Event ${event}"]`).first();
        await table.waitFor({ state: 'attached' });
        if (!(await table.isVisible())) await page.getByText(event, { exact: true }).last().click();
        await table.waitFor();
      }
      const picture = at(name, 'viewer.png');
      if (recording) await page.screenshot({ path: picture, clip: PART });
      await page.close();
      expect(statSync(picture).size).toBeLessThanOrEqual(MAX_BYTES);
      expect(readFileSync(at(name, 'README.md'), 'utf8')).toContain('(viewer.png)');
    });
});

/** The events of the span that the address names, once the whole trace is there. The page does not load again by itself. */
async function opened(page: Page, url: string, spans: number): Promise<void> {
  const tab = page.getByRole('tab', { name: /Events/ });
  await waitFor(`${spans} spans at ${url}`, async () => {
    await page.goto(url);
    await tab.waitFor({ timeout: 3_000 });
    const [, count] = /(\d+) spans/.exec((await page.textContent('body')) ?? '') ?? [];
    return Number(count) >= spans;
  });
  await tab.click();
}
