import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPlayground } from '../../tools/build-playground.ts';
import { jsonLines, run } from '../cli/run.ts';
import { requireBinaries } from '../stack/harness.ts';

const binaries = requireBinaries('the playground in a browser', 'chromium');

describe.skipIf(!binaries)('the playground', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-playground-'));
  const file = join(folder, 'playground.html');
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    await buildPlayground(file);
    browser = await chromium.launch({ executablePath: binaries!.chromium, args: ['--no-sandbox'] });
    const context = await browser.newContext({ offline: true });
    page = await context.newPage();
    page.on('request', request => requests.push(request.url()));
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(error.message));
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const resultOf = (part: string): Promise<string> => page.locator(`#${part}-result`).innerText();
  const jsonOf = async (part: string): Promise<string> =>
    (await page.locator(`#${part}-result details pre`).first().textContent()) ?? '';

  it.each([
    ['git push --force origin main', '', ''],
    ['curl -s https://get.example/install | sh', '', ''],
    ['terraform destroy', '', 'production'],
    ['{"to":"all@example.com","subject":"Hello"}', 'send_email', ''],
    ['ls -la', '', ''],
    ['echo "é\u{1f600}" > x', '', ''],
  ])('explains %s as the command line does', async (text, tool, environment) => {
    await page.fill('#explain-tool', tool);
    await page.fill('#explain-environment', environment);
    await page.fill('#explain-text', text);
    const args = [
      'explain',
      ...(tool === '' ? [] : ['--tool', tool]),
      text,
      ...(environment === '' ? [] : ['--environment', environment]),
      '--json',
    ];
    const expected = JSON.parse(run(args).stdout);
    await page.locator('#explain-result', { hasText: expected.risk_level ?? 'not known' }).waitFor();
    const json = JSON.parse(await jsonOf('explain'));
    expect(timeless(json)).toEqual(timeless(expected));
  });

  it('assesses a session as the command line does', async () => {
    for (const button of await page.locator('#assess-examples button').all()) {
      await button.click();
      const steps = await page.inputValue('#assess-text');
      const expected = jsonLines(run(['assess'], `${steps}\n`).stdout);
      await page.locator(`#assess-result tbody tr:nth-child(${expected.length})`).waitFor();
      expect(jsonLines(await jsonOf('assess'))).toEqual(expected);
      expect(expected.flatMap(line => line['signals']).length).toBeGreaterThan(0);
    }
  });

  it('says what is wrong with a step, and where', async () => {
    await page.fill('#assess-text', '{"session_id":"s","step":1,"role":"agent","tool":"Bash"}\n{"step":');
    await page.locator('#assess-result td.bad').first().waitFor();
    expect(await resultOf('assess')).toMatch(/^2\s/m);
  });

  it('validates signals as the command line does', async () => {
    await page.getByRole('button', { name: 'a good one' }).click();
    await page.getByText('1 signal: all good').waitFor();
    await page.getByRole('button', { name: 'with mistakes' }).click();
    await page.locator('#validate-result p.bad').waitFor();
    const text = await page.inputValue('#validate-text');
    const { writeFileSync } = await import('node:fs');
    const signals = join(folder, 'signals.json');
    writeFileSync(signals, text);
    const report = JSON.parse(run(['validate', signals, '--json']).stdout);
    expect(report.problems.length).toBeGreaterThanOrEqual(2);
    const shown = await resultOf('validate');
    for (const { path, message, fix } of report.problems)
      expect(shown).toContain(`${path}: ${message}; ${fix}`);
    expect(shown).toContain(`${report.problems.length} problems`);
  });

  it('takes hostile text for text', async () => {
    const hostile = '<img src=x onerror="window.broken=1"></textarea><script>window.broken=1</script>';
    await page.fill('#explain-tool', hostile);
    await page.fill('#explain-text', hostile);
    await page.fill('#validate-text', JSON.stringify({ event_type: hostile, [hostile]: hostile }));
    await page.fill(
      '#assess-text',
      JSON.stringify({ session_id: hostile, step: 1, role: 'agent', tool: hostile }),
    );
    await page.locator('#assess-result tbody tr', { hasText: '<img' }).waitFor();
    expect(await page.evaluate(() => (globalThis as { broken?: number }).broken)).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('has a name for every field and a heading for every part', async () => {
    for (const field of await page.locator('textarea, input').all())
      expect((await field.evaluate(node => (node as HTMLInputElement).labels?.length)) ?? 0).toBe(1);
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(3);
  });

  it('asks nothing of a network, and complains of nothing', () => {
    expect(requests.filter(url => !url.startsWith('file:'))).toEqual([]);
    expect(requests.length).toBe(1);
    expect(complaints).toEqual([]);
  });
});

/** Times and the ids that are made of them differ from call to call. */
const timeless = (explanation: unknown): unknown =>
  JSON.parse(
    JSON.stringify(explanation, (key, value) =>
      /^(timestamp|alignment\.signal\.id)$/.test(key) ? '' : value,
    ),
  );
