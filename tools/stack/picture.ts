// Makes the README's picture: a real session of the demo, through the real Collector, on the viewer's page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findBinary, howToGet } from './binaries.ts';
import { waitFor } from './processes.ts';
import { startCollector, startViewer } from './services.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const picture = join(root, 'examples/custom-agent/viewer.png');

function needed(name: 'otelcol' | 'otel-desktop-viewer' | 'chromium'): string {
  const path = findBinary(name)?.path;
  if (path === undefined) throw new Error(`${name} is missing: ${howToGet(name)}`);
  return path;
}

const [otelcol, desktopViewer, browserPath] = [
  needed('otelcol'),
  needed('otel-desktop-viewer'),
  needed('chromium'),
];
const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-picture-'));
const viewer = await startViewer(desktopViewer);
const collector = await startCollector({
  binary: otelcol,
  backend: viewer.otlpHttp,
  stateDir: join(folder, 'state'),
  env: { ALIGNMENT_DECISION_WAIT: '1s' },
});
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
try {
  const out = join(folder, 'demo.jsonl');
  const demo = ['examples/custom-agent/main.ts', '--scripted', '--out', out];
  const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttp };
  execFileSync(process.execPath, demo, { cwd: root, env, stdio: 'ignore' });
  const spans = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .flatMap(line => JSON.parse(line).resourceSpans)
    .flatMap(resource => resource.scopeSpans)
    .flatMap(scope => scope.spans);
  const gravest = spans.find(span => JSON.stringify(span.events ?? []).includes('"stringValue":"risk.high"'));
  const page = await browser.newPage({ viewport: { width: 1500, height: 860 }, deviceScaleFactor: 1 });
  await waitFor('the whole trace on the page', async () => {
    await page.goto(`${viewer.web}/traces/${gravest.traceId}?span=${gravest.spanId}`);
    const tab = page.getByRole('tab', { name: /Events/ });
    const there = await tab.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (there) await tab.click();
    return there && (await page.getByText(`${spans.length} spans`).count()) > 0;
  });
  for (const header of await page.getByText('alignment.risk_escalation').all())
    await header.click().catch(() => {});
  await page.screenshot({ path: process.argv[2] ?? picture });
} finally {
  await browser.close();
  await collector.child.stop();
  await viewer.child.stop();
  rmSync(folder, { recursive: true, force: true });
}
