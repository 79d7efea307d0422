import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startViewer } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { runDemo, type Session } from './demo.ts';
import { eventually, expectedEvents, openBrowser, picture } from './viewing.ts';

const binaries = requireBinaries(
  'the demo in otel-desktop-viewer',
  'otelcol',
  'otel-desktop-viewer',
  'chromium',
);

describe.skipIf(!binaries)('otel-desktop-viewer', () => {
  const sandbox = new Sandbox();
  let session: Session;
  let web: string;
  let page: Awaited<ReturnType<typeof openBrowser>>['page'];
  let outside: string[];

  beforeAll(async () => {
    const viewer = await startViewer(binaries!['otel-desktop-viewer']);
    sandbox.defer(() => viewer.child.stop());
    ({ web } = viewer);
    const collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: viewer.otlpHttp,
      env: { ALIGNMENT_DECISION_WAIT: '1s' },
    });
    session = await runDemo(collector.otlpHttp, sandbox.folder());
    ({ page, outside } = await openBrowser(sandbox, binaries!.chromium, web));
    const all = page.getByText(`${session.spans.length} spans`).first();
    await eventually('the whole trace', async () => {
      await page.goto(`${web}/traces/${session.traceId}?span=${session.gravest.spanId}`);
      return all.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
  });
  afterAll(() => sandbox.clean());

  it('shows every signal of the gravest step, attribute for attribute', async () => {
    await page.getByRole('tab', { name: /Events/ }).click();
    const events = expectedEvents(session.gravest);
    expect(events.length).toBeGreaterThanOrEqual(2);
    for (const { name, cells } of events) {
      const table = page.locator(`table[aria-label="Event ${name}"]`);
      if (!(await table.isVisible())) await page.getByText(name, { exact: true }).last().click();
      await table.waitFor();
      const shown = (await table.textContent()) ?? '';
      for (const [key, value] of cells) expect(shown, name).toMatch(cellOf(key, value));
      expect(shown).not.toContain('alignment.never');
    }
    await picture(page, 'otel-desktop-viewer');
  });

  it.each([
    ['alignment.signal.class = "risk_escalation"', true],
    ['alignment.signal.class = "never"', false],
    ['alignment.intervention.outcome = "denied"', true],
    ['alignment.human.involvement = "approval_required"', true],
  ])('search for %s', async (query, found) => {
    await page.goto(`${web}/traces`);
    const trace = page.getByText(session.traceId).first();
    await trace.waitFor();
    // fields are known once the page has asked for them
    const box = page.locator('.cm-content').first();
    await eventually(`the search for ${query}`, async () => {
      await box.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(query);
      const asked = page.waitForResponse(
        response => response.request().postData()?.includes('"fieldOperator"') === true,
        { timeout: 3_000 },
      );
      await page.keyboard.press('Enter');
      return asked.then(
        () => true,
        async () => {
          await page.reload();
          return false;
        },
      );
    });
    if (found) await expect.poll(() => trace.isVisible()).toBe(true);
    else await trace.waitFor({ state: 'hidden' });
  });

  it('asks for nothing but its own address', () => expect(outside).toEqual([]));
});

const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The key, its type in brackets, and the value. */
const cellOf = (key: string, value: string): RegExp =>
  new RegExp(`${quoted(key)} \\([\\w[\\]]+\\):\\s*${quoted(value)}`);
