import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { runDemo, type Session } from './demo.ts';
import { eventually, expectedEvents, findPhoenix, openBrowser, picture, startPhoenix } from './viewing.ts';

const binaries = requireBinaries('the demo in Phoenix', 'otelcol', 'chromium');
const phoenix = findPhoenix();
if (phoenix === undefined)
  console.log('skipped: Phoenix is missing; docs/viewers/phoenix.md has the two commands that install it');

describe.skipIf(!binaries || phoenix === undefined)('Phoenix', () => {
  const sandbox = new Sandbox();
  let session: Session;
  let web: string;
  let page: Awaited<ReturnType<typeof openBrowser>>['page'];
  let outside: string[];

  beforeAll(async () => {
    const started = await startPhoenix(phoenix!, join(sandbox.folder(), 'phoenix'));
    sandbox.defer(() => started.child.stop());
    ({ web } = started);
    const collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: web,
      env: { ALIGNMENT_DECISION_WAIT: '1s' },
    });
    session = await runDemo(collector.otlpHttp, sandbox.folder());
    ({ page, outside } = await openBrowser(sandbox, binaries!.chromium, web));
    await eventually('the whole trace', async () => {
      const answer = await fetch(`${web}/v1/projects/default/spans?trace_id=${session.traceId}&limit=1000`);
      const { data = [] } = (await answer.json()) as { data?: unknown[] };
      if (data.length === session.spans.length) return true;
      await page.waitForTimeout(1_000);
      return false;
    });
  }, 300_000);
  afterAll(() => sandbox.clean());

  it('in Phoenix every signal of the gravest step is shown, attribute for attribute', async () => {
    await page.goto(`${web}/redirects/spans/${session.gravest.spanId}`);
    await page.getByRole('tab', { name: /^Events/ }).click();
    const events = expectedEvents(session.gravest);
    expect(events.length).toBeGreaterThanOrEqual(2);
    for (const { name, cells } of events) {
      await page.getByText(name, { exact: true }).last().click();
      for (const [key, value] of cells) {
        const row = page.locator('tr', { hasText: key }).filter({ hasText: value, visible: true });
        await row.first().waitFor();
      }
      if (name === 'alignment.risk_escalation') await picture(page, 'phoenix');
      // closed again, so that the next one's rows are its own
      await page.getByText(name, { exact: true }).last().click();
    }
  });

  it.each([
    [`attributes['alignment']['signal']['max_severity'] >= 0.7`, 'alignment.signal.max_severity', 0.7],
    [`attributes['alignment']['signal']['max_severity'] >= 0.99`, 'alignment.signal.max_severity', 0.99],
    [
      `attributes['alignment']['human']['involvement'] == 'approval_required'`,
      'alignment.human.involvement',
      'approval_required',
    ],
  ])('in Phoenix the filter %s', async (condition, key, wanted) => {
    await page.goto(`${web}/redirects/traces/${session.traceId}`);
    const project = /\/projects\/[^/?]+/.exec(await settled(page))?.[0] ?? '';
    await page.goto(`${web}${project}/spans`);
    const box = page.locator('.cm-content').first();
    await box.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(condition);
    const rows = page.locator('tbody tr');
    const met = session.spans.filter(({ attributes: { [key]: value } }) =>
      typeof wanted === 'number' ? Number(value) >= wanted : value === wanted,
    );
    if (met.length > 0) await expect.poll(() => rows.count()).toBe(met.length);
    else await page.getByText(/No traces found|No spans found/).waitFor();
  });

  it('Phoenix asks for nothing but its own address', () => expect(outside).toEqual([]));
});

async function settled(page: { waitForURL(url: RegExp): Promise<void>; url(): string }): Promise<string> {
  await page.waitForURL(/\/projects\//);
  return page.url();
}
