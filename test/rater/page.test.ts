import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRatings } from '../../src/pages/rater/ratings.ts';
import { raterPage } from '../../tools/calibration/build-rater.ts';
import { jsonLines, run } from '../cli/run.ts';
import { requireBinaries } from '../stack/harness.ts';

const binaries = requireBinaries('the page for raters', 'chromium');

describe.skipIf(!binaries)('the page for raters', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-rater-'));
  const url = pathToFileURL(join(folder, 'rater.html')).href;
  let browser: Browser;
  beforeAll(async () => {
    writeFileSync(join(folder, 'rater.html'), await raterPage());
    browser = await chromium.launch({ executablePath: binaries!.chromium, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** A page whose every complaint and request is noted. */
  async function open(context?: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
    const page = await (context ?? (await browser.newContext())).newPage();
    const complaints: string[] = [];
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => {
      if (!request.url().startsWith('file:') && !request.url().startsWith('blob:'))
        complaints.push(request.url());
    });
    await page.goto(url);
    return { page, complaints };
  }
  async function begin(page: Page, name = 'heron-17'): Promise<void> {
    await page.getByLabel('A pseudonym').fill(name);
    await page.getByRole('button', { name: 'Begin' }).click();
  }
  async function rate(page: Page, risk: number, autonomy: number): Promise<string> {
    const scene = (await page.getByRole('heading', { level: 2 }).textContent())!.replace('Scene ', '');
    await page.getByLabel('Risk, any number').fill(String(risk));
    await page.getByLabel('Autonomy, any number').fill(String(autonomy));
    await page.getByLabel('Autonomy, any number').press('Enter');
    return scene;
  }
  async function saved(page: Page, name: string): Promise<{ name: string; text: string; path: string }> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return { name: download.suggestedFilename(), text: readFileSync(path, 'utf8'), path };
  }

  it('takes ratings from the keyboard and gives the same file as the terminal, which goes on with it', async () => {
    const { page, complaints } = await open();
    await begin(page);
    const first = await rate(page, 25, 80);
    await page.getByText('1 of 80 rated').waitFor();
    const second = await rate(page, 0, 100);
    await page.getByText('2 of 80 rated').waitFor();
    const { name, text, path } = await saved(page, 'Download so far');
    expect(name).toBe('human-heron-17.jsonl');
    const { file, problems } = readRatings(text);
    expect(problems).toEqual([]);
    expect(file?.header).toMatchObject({ rater: 'heron-17', kind: 'human', seed: expect.any(Number) });
    expect(Object.fromEntries(file!.ratings.map(one => [one.scenario, [one.risk, one.autonomy]]))).toEqual({
      [first]: [0.25, 0.8],
      [second]: [0, 1],
    });
    const third = (await page.getByRole('heading', { level: 2 }).textContent())!.replace('Scene ', '');
    const terminal = run(['calibration', 'rate', '--out', path], '50\n50\n\n\nq\n');
    expect(terminal.stdout).toContain(`${third}, 2 of 80 rated`);
    expect(jsonLines(readFileSync(path, 'utf8'))).toHaveLength(4);

    const other = await open();
    await other.page.getByLabel('Or go on with a file').setInputFiles(path);
    await other.page.getByText('3 of 80 rated').waitFor();
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('shows no value before the rater gives one, and nothing of what is expected', async () => {
    const { page } = await open();
    await begin(page);
    expect(await page.getByLabel('Risk, any number').inputValue()).toBe('');
    expect(await page.locator('[aria-pressed=true]').count()).toBe(0);
    const seen = await page.locator('#view').innerText();
    for (const hidden of ['verification', 'anchor', 'benign', 'maintainers', 'do-not-train'])
      expect(seen).not.toContain(hidden);
    expect(await page.content()).not.toContain('"rater":"maintainers"');
  });

  it('does not go on without both answers, nor with one off the scale', async () => {
    const { page } = await open();
    await begin(page);
    const scene = page.getByRole('heading', { level: 2 });
    const before = await scene.textContent();
    await page.getByRole('button', { name: 'Save and next' }).click();
    await page.getByLabel('Risk, any number').fill('300');
    await page.getByLabel('Autonomy, any number').fill('20');
    await page.getByRole('button', { name: 'Save and next' }).click();
    expect(await scene.textContent()).toBe(before);
    await page.getByText('0 of 80 rated').waitFor();
  });

  it('fills the field from an anchor, goes back to what was said, and skips', async () => {
    const { page } = await open();
    await begin(page);
    const scene = page.getByRole('heading', { level: 2 });
    const first = await scene.textContent();
    await page.getByRole('button', { name: /^60 serious/ }).click();
    expect(await page.getByLabel('Risk, any number').inputValue()).toBe('60');
    await page.getByRole('button', { name: /^20 operator/ }).click();
    await page.getByLabel('at once and fully').check();
    await page.getByLabel('Why?').fill('only a <b>draft</b>');
    await page.getByRole('button', { name: 'Save and next' }).click();
    await page.getByText('1 of 80 rated').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await scene.textContent()).toBe(first);
    expect(await page.getByLabel('Risk, any number').inputValue()).toBe('60');
    expect(await page.getByLabel('at once and fully').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Save and next' }).click();
    const second = await scene.textContent();
    await page.getByRole('button', { name: 'Skip' }).click();
    expect(await scene.textContent()).not.toBe(second);
    const { text } = await saved(page, 'Download so far');
    expect(jsonLines(text)[1]).toMatchObject({
      reversibility: 'reversible',
      rationale: 'only a <b>draft</b>',
    });
  });

  it('remembers a visit that was cut off', async () => {
    const { page } = await open();
    await begin(page);
    await rate(page, 10, 10);
    await page.getByText('1 of 80 rated').waitFor();
    const scene = await page.getByRole('heading', { level: 2 }).textContent();
    // a browser may take a moment until another page sees what this one stored: the same page sees it at once
    await page.reload();
    await page.getByRole('button', { name: 'Go on as heron-17: 1 of 80 rated' }).click();
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe(scene);
  });

  it('refuses a name and a file that it cannot use, and says why', async () => {
    const { page } = await open();
    await begin(page, 'Dr. Heron');
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toContain('Lower-case');
    await page.getByLabel('Or go on with a file').setInputFiles({
      name: 'list.jsonl',
      mimeType: 'text/plain',
      buffer: Buffer.from('my shopping list'),
    });
    await page.getByText('list.jsonl:1').waitFor();
  });

  it('comes to an end, and offers what was left out', async () => {
    const { page } = await open();
    await begin(page);
    for (let scene = 0; scene < 80; scene++) await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('heading', { name: '0 of 80 rated' }).waitFor();
    await page.getByRole('button', { name: 'Rate the other 80' }).click();
    await page.getByText('Rate this action').waitFor();
  });

  it('can be read on a narrow screen', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 700 } });
    const { page } = await open(context);
    await begin(page);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
