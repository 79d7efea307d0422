import { type Browser, chromium, type Page } from 'playwright-core';
import { waitFor } from '../../tools/stack/processes.ts';
import { type Backend, startViewer } from '../../tools/stack/services.ts';
import { viewerOverlay } from '../../tools/stack/stack.ts';
import type { Sandbox } from '../stack/harness.ts';

/** The viewer that `npm run stack` shows, and a browser. */
export interface Shown {
  readonly viewer: Backend;
  /** What the Collector needs to send to it. */
  readonly overlay: object;
  /** The page of log records, searched as the docs say, with the record open in which all these words stand. */
  readonly find: (...words: string[]) => Promise<Page>;
}

export async function showViewer(sandbox: Sandbox, binary: string, browserPath: string): Promise<Shown> {
  const viewer = await startViewer(binary);
  sandbox.defer(() => viewer.child.stop());
  let browser: Browser | undefined;
  sandbox.defer(() => browser?.close());
  return {
    viewer,
    overlay: viewerOverlay(viewer),
    async find(...words) {
      browser ??= await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
      const page = await browser.newPage({ viewport: { width: 1000, height: 560 } });
      await waitFor(
        words.join(', '),
        async () => {
          await page.goto(`${viewer.web}/logs`);
          const search = page.locator('.cm-content').first();
          await search.click({ timeout: 3_000 });
          await page.keyboard.type('alignment.signal');
          const answered = page.waitForResponse(() => true, { timeout: 3_000 });
          await page.keyboard.press('Enter');
          await answered;
          // or the list of words that it proposes stays open
          await page.keyboard.press('Escape');
          await page.evaluate('document.activeElement.blur()');
          return openRecord(page, words);
        },
        60_000,
      );
      return page;
    },
  };
}

/** Goes through the records of the list, newest first, with the page's own button for the next. */
async function openRecord(page: Page, words: readonly string[]): Promise<boolean> {
  const counter = page.locator('[aria-live=polite]', { hasText: ' logs' });
  const shows = async (): Promise<boolean> => {
    const shown = (await page.textContent('body')) ?? '';
    return words.every(word => shown.includes(word));
  };
  for (let at = 0; at < MAX_RECORDS; at++) {
    const [now = 0, all = 0] = ((await counter.textContent({ timeout: 3_000 })) ?? '')
      .split('/')
      .map(text => Number.parseInt(text, 10));
    // a list that the search has not narrowed yet is as long as the telemetry
    if (all > MAX_RECORDS) return false;
    if (
      await waitFor('the record', shows, 1_000).then(
        () => true,
        () => false,
      )
    ) {
      // off the buttons, which say what they are for
      await page.mouse.move(500, 5);
      return true;
    }
    if (now >= all) return false;
    await page.getByRole('button', { name: 'Next log' }).click({ timeout: 3_000 });
  }
  return false;
}

const MAX_RECORDS = 20;
