import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, intervention, traces } from '../../src/analysis/testing/requests.ts';
import { requireBinaries } from '../stack/harness.ts';
import { captured, folder, jsonLines, report, runDemo } from './run-report.ts';

const binaries = requireBinaries('the report in a browser', 'chromium');
const TRACE_URL = 'http://localhost:16686/trace/{traceId}?uiFind={spanId}';

describe.skipIf(!binaries)('the report in a browser', () => {
  const place = folder();
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: binaries!.chromium, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    place.remove();
  });

  /** Where scores stand on the screen; the margins are the chart's own. */
  async function placesIn(page: Page): Promise<{ x(autonomy: number): number; y(risk: number): number }> {
    const box = (await page.locator('#quadrant').boundingBox())!;
    return {
      x: autonomy => box.x + 56 + (box.width - 74) * autonomy,
      y: risk => box.y + 40 + (box.height - 92) * (1 - risk),
    };
  }

  /** A page that has said nothing, failed at nothing and asked for nothing but its own file. */
  async function open(
    input: string,
    options: readonly string[] = [],
    context: Parameters<Browser['newPage']>[0] = {},
  ): Promise<{ page: Page; complaints: string[] }> {
    const html = `${input}.html`;
    const { code, err } = report([input, '--out', html, '--trace-url', TRACE_URL, ...options]);
    expect([code, err]).toEqual([0, '']);
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, offline: true, ...context });
    const complaints: string[] = [];
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(error.message));
    page.on('dialog', dialog => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', request => {
      if (!request.url().startsWith('file:')) complaints.push(`request ${request.url()}`);
    });
    await page.goto(pathToFileURL(html).href);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    return { page, complaints };
  }

  describe("on the demo's session", () => {
    let page: Page;
    let complaints: string[];
    beforeAll(async () => {
      const file = join(place.path, 'demo.jsonl');
      runDemo(file);
      ({ page, complaints } = await open(file));
    });
    afterAll(() => page?.close());

    it('says which session was in the upper right', async () => {
      expect(await page.locator('#headline').textContent()).toBe(
        '1 of 1 session combined high risk with high autonomy.',
      );
      const story = page.locator('#stories > ol > li');
      expect(await story.count()).toBe(1);
      expect(await story.locator('.story-head').textContent()).toContain('release-agent');
      expect(await story.locator('dd').first().textContent()).toMatch(
        /^run_shell \(deleted, cannot be undone\): risk 0\.[789]\d?, autonomy 0\.95, nobody watching; approved by the agent's mode/,
      );
    });

    it('says who stopped it', async () => {
      expect(await page.locator('#stories .who').textContent()).toMatch(
        /^A person stopped the session .* after the deletion had already finished: it was not prevented \(reason: safety concern\)$/,
      );
    });

    it('says what it had done before, in order', async () => {
      const moments = await page.locator('#stories .moments li').allTextContents();
      // what the rules make of a step may move; the order of events may not
      expect(moments.map(moment => moment.replace(/\d\.\d\d/, 'N'))).toEqual([
        'the agent asked a person (choice)',
        'a person refused http_request',
        'sign of getting round a restriction in run_shell',
        'risk rose to N with read_file',
        'sign of reaching for secrets in read_file',
        'a person approved run_shell',
        'approvals were switched off',
      ]);
      expect(await page.locator('#stories dd').nth(2).textContent()).toMatch(
        /^10 actions: 7 approved automatically, 1 approved by a person, 1 refused and 1 needed no approval\./,
      );
    });

    it('tells the whole session in its table, each step with its trace', async () => {
      const steps = page.locator('#items tr.step');
      expect(await steps.count()).toBe(11);
      expect(await page.locator('#items tr.inside').count()).toBe(1);
      expect(await page.locator('#items tr.intervention').last().textContent()).toContain(
        'a person stopped the session',
      );
      for (const link of await page.locator('#items a').all())
        expect(await link.getAttribute('href')).toMatch(
          /^http:\/\/localhost:16686\/trace\/[0-9a-f]{32}\?uiFind=[0-9a-f]{16}$/,
        );
    });

    it('says at the top that contents are not in it', async () => {
      expect(await page.locator('header #contents').textContent()).toContain('deliberately not in this page');
    });

    it('tells in its table what held when, and what it does not list', async () => {
      const cells = (row: string): Promise<string[]> => page.locator(row).locator('td').allTextContents();
      const stop = await cells('#items tr.intervention >> nth=-1');
      expect([stop[3], stop[4]]).toEqual(['0.95', 'nobody watching']);
      const refused = page.locator('#items tr.step', { hasText: 'http_request' });
      expect(await refused.textContent()).toContain('would have changed or created');
      const byRule = page.locator('#items tr.step', { hasText: '0.80' }).first();
      expect(await byRule.textContent()).toContain('approval required; a rule or mode gave it');
      const notes = (await page.locator('#items-notes').textContent()) ?? '';
      expect(notes).toContain('8 automatic approvals are not listed');
      expect(notes).toContain('autonomy is high although approval is required');
      const signals = Number(
        /(\d+) signals/.exec((await page.locator('#session-about').textContent()) ?? '')?.[1],
      );
      expect(await page.locator('#items tr.signal').count()).toBe(signals - 8);
      expect(await page.locator('#items').textContent()).toContain('software that watches the agent');
    });

    it('leads from a point of the quadrant to its step', async () => {
      await page.locator('#quadrant').scrollIntoViewIfNeeded();
      await page.locator('#quadrant canvas').waitFor();
      const { x, y } = await placesIn(page);
      // the one diamond stands at autonomy 0.95, moved a little apart
      await page.locator('#session-title').evaluate(title => {
        title.textContent = '';
      });
      for (let at = 0.9; at <= 1 && (await page.locator('#session-title').textContent()) === ''; at += 0.005)
        await page.mouse.click(x(Math.min(at, 0.998)), y(0.752));
      expect(await page.locator('#session-title').textContent()).toContain('release-agent');
    });

    it('counts approvals, signals and scores', async () => {
      expect(await page.locator('#over-time-about').textContent()).toContain(
        'Of 9 approvals 89 % were given by a rule or mode',
      );
      const cells = await page.locator('#agents-table tbody tr').first().locator('th, td').allTextContents();
      expect(cells).toEqual([
        'release-agent',
        '1',
        '11',
        expect.stringMatching(/^\d+ severity up to 0\.[789]\d$/),
        '1 severity up to 0.60',
        '11 severity up to 0.50',
        '1 severity up to 0.10',
        expect.stringMatching(/^\d+ severity up to 0\.\d\d$/),
        expect.stringMatching(/^\d+ declared$/),
      ]);
      expect(await page.locator('#left-out li').allTextContents()).toEqual([
        'Nothing: everything that was read is here.',
      ]);
    });

    it('drew its charts without a complaint', async () => {
      for (const id of ['quadrant', 'timeline', 'over-time']) {
        await page.locator(`#${id}`).scrollIntoViewIfNeeded();
        await page.locator(`#${id} canvas`).waitFor();
      }
      await page.locator('#by-time').check();
      expect(complaints).toEqual([]);
    });
  });

  it("tells the demo's session from captured sessions of real agents", async () => {
    const demo = join(place.path, 'release-agent.jsonl');
    const benign = join(place.path, 'another-task.jsonl');
    runDemo(demo);
    runDemo(benign, '--benign');
    const { page, complaints } = await open(demo, [
      benign,
      ...captured('claude-code', 'gemini-cli', 'codex'),
      '--assess',
    ]);
    expect(await page.locator('#headline').textContent()).toMatch(
      /^1 of \d\d sessions combined high risk with high autonomy\.$/,
    );
    expect(await page.locator('#stories .story-head strong').allTextContents()).toEqual(['release-agent']);
    expect(await page.locator('#stories .who').textContent()).toMatch(/^A person stopped the session /);
    await page.locator('#quadrant').scrollIntoViewIfNeeded();
    await page.locator('#quadrant canvas').waitFor();
    const rows = await page.locator('#sessions-body tr').allTextContents();
    expect(
      rows.filter(row => row.includes('claude-code') && row.includes('refused by a person')).length,
    ).toBeGreaterThan(2);
    expect(
      rows.filter(row => row.includes('gemini-cli') && row.includes('stopped by a person')).length,
    ).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    const picture = process.env['REPORT_PICTURE'];
    if (picture) {
      const bottom = await page
        .locator('#quadrant')
        .evaluate(chart => chart.getBoundingClientRect().bottom + scrollY);
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({
        path: picture,
        fullPage: true,
        clip: { x: 0, y: 0, width: 1200, height: bottom + 16 },
      });
    }
    await page.close();
  });

  it('draws every chart though nobody scrolls, and fits its tables or says that they do not', async () => {
    const file = join(place.path, 'unscrolled.jsonl');
    runDemo(file);
    const { page, complaints } = await open(file, [], { viewport: { width: 1280, height: 900 } });
    for (const id of ['quadrant', 'timeline', 'over-time']) await page.waitForSelector(`#${id} canvas`);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    const drawn = await page.locator('canvas').evaluateAll(all =>
      (all as HTMLCanvasElement[]).map(canvas => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some(value => value !== 0);
      }),
    );
    expect(drawn).toEqual([true, true, true]);
    await page.locator('#over-time ~ details summary').click();
    const hidden = (): Promise<boolean[]> =>
      page.locator('.scroll').evaluateAll(all => all.map(one => one.scrollWidth > one.clientWidth + 1));
    expect(await hidden()).toEqual([false, false, false, false]);
    expect(await page.locator('.scroll-hint:visible').count()).toBe(0);
    await page.setViewportSize({ width: 420, height: 900 });
    await page.waitForFunction(
      () =>
        document.querySelectorAll('.scroll-hint:not([hidden])').length ===
        document.querySelectorAll('.scroll').length,
    );
    expect(await hidden()).toEqual([true, true, true, true]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says so where nothing is in the upper right', async () => {
    const file = join(place.path, 'benign.jsonl');
    runDemo(file, '--benign');
    const { page, complaints } = await open(file);
    expect(await page.locator('#headline').textContent()).toBe(
      'None of 1 session combined high risk with high autonomy.',
    );
    expect(await page.locator('#stories li').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  const HOSTILE = [
    '</script><script>alert("script")</script>',
    '<img src=x onerror=alert("img")>',
    '"><svg onload=alert("svg")>',
    "javascript:alert('link')",
    '{b|}{{constructor.constructor("alert(1)")()}}',
    '<!--<script>',
    '\u2028\u2029\u202ealert',
    '__proto__',
    'constructor',
  ];

  it('runs nothing that was recorded', async () => {
    const spans = HOSTILE.map((text, i) => ({
      id: `h${i}`,
      trace: i === 0 ? text : String(i).repeat(32),
      at: i,
      attributes: {
        'session.id': text,
        'gen_ai.agent.name': text,
        ...call(text, 0.72 + i * 0.03, 'observer'),
        'alignment.action.type': text,
        'alignment.action.reversibility': text,
        'alignment.human.involvement': text,
        'alignment.risk.native.label': text,
        'alignment.risk.native.scale': text,
      },
      events: [
        intervention(text, text, {
          at: i,
          attributes: { 'alignment.intervention.reason': text, 'alignment.source.name': text },
        }),
        intervention('stop', 'human', { at: i + 0.1, attributes: { 'alignment.intervention.reason': text } }),
        {
          class: 'autonomy_boundary',
          at: i,
          attributes: { 'alignment.boundary.type': text, 'alignment.boundary.to': text },
        },
        { class: 'misalignment_indicator', at: i, attributes: { 'alignment.indicator.type': text } },
      ],
    }));
    const file = join(place.path, '<img src=x onerror=alert(1)>.jsonl'.replaceAll('/', ''));
    writeFileSync(file, jsonLines([traces(spans)]));
    const { page, complaints } = await open(file, ['--title', HOSTILE[0]!]);
    expect(await page.locator('h1').textContent()).toBe(HOSTILE[0]);
    const heads = await page.locator('#stories .story-head strong').allTextContents();
    for (const button of await page.locator('#more-sessions, #stories > p button').all())
      if (await button.isVisible()) await button.click();
    expect(heads.length).toBeGreaterThan(0);
    const agents = await page.locator('#agents-table tbody th').allTextContents();
    expect(agents.sort()).toEqual([...HOSTILE].sort());
    for (const button of await page.locator('#sessions-body button').all()) await button.click();
    // over every part of the quadrant and the timeline, so that each box with recorded text is made
    for (const id of ['quadrant', 'timeline', 'over-time']) {
      const chart = page.locator(`#${id}`);
      await chart.scrollIntoViewIfNeeded();
      const box = (await chart.boundingBox())!;
      for (let i = 0; i < 40; i++)
        await page.mouse.move(
          box.x + box.width * (0.1 + (i % 20) * 0.045),
          box.y + box.height * (0.3 + 0.4 * (i / 40)),
        );
    }
    await page.locator('#quadrant').scrollIntoViewIfNeeded();
    const { x, y } = await placesIn(page);
    const boxes = page.locator('.tip-text strong').filter({ visible: true });
    // the box of another chart goes first
    await page.mouse.move(2, 2);
    await expect.poll(() => boxes.count()).toBe(0);
    const told = new Set<string>();
    for (const i of HOSTILE.keys()) {
      for (let at = 0.92; at < 0.99; at += 0.007) {
        await page.mouse.move(x(at), y(0.72 + i * 0.03));
        for (const text of await boxes.allTextContents()) told.add(text);
      }
    }
    expect(told.size).toBeGreaterThan(3);
    for (const text of told) expect(HOSTILE).toContain(text);
    expect(await page.locator('img, svg, iframe').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('would not run a script that got in all the same', async () => {
    const file = place.file(
      'policy.jsonl',
      jsonLines([traces([{ id: 'a', attributes: { 'session.id': 's', ...call('x', 0.1, 'operator') } }])]),
    );
    const { page, complaints } = await open(file);
    const ran = await page.evaluate(async () => {
      const element = document.createElement('script');
      element.textContent = 'window.gotIn = true';
      document.body.append(element);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.gotIn = true');
      image.src = 'data:,x';
      document.body.append(image);
      const answer = await fetch('data:,x').then(
        () => 'fetched',
        () => 'refused',
      );
      return [(window as { gotIn?: boolean }).gotIn ?? false, answer];
    });
    expect(ran).toEqual([false, 'refused']);
    expect(complaints.join()).toContain('Content Security Policy');
    await page.close();
  });

  it('shows ten thousand sessions and 21,000 steps, and what it left out', async () => {
    const requests: object[] = [];
    for (let i = 0; i < 10_500; i++) {
      const unsafe = i % 1000 === 7;
      const at = i * 10;
      const attributes = { 'session.id': `session-${i}`, 'gen_ai.agent.name': `agent-${i % 5}` };
      requests.push(
        traces([
          {
            id: `${i}a`,
            at,
            attributes: { ...attributes, ...call('look', 0.05 + (i % 50) / 100, 'operator') },
          },
          {
            id: `${i}b`,
            at: at + 1,
            attributes: {
              ...attributes,
              ...call('act', unsafe ? 0.8 : 0.2, unsafe ? 'observer' : 'approver'),
            },
          },
        ]),
      );
    }
    const file = place.file('many.jsonl', jsonLines(requests));
    const { page, complaints } = await open(file);
    expect(await page.locator('#headline').textContent()).toBe(
      '11 of 10,500 sessions combined high risk with high autonomy.',
    );
    const notes = await page.locator('#left-out li').allTextContents();
    expect(notes.join('\n')).toContain('Of 10,500 sessions the 10,000 most severe are listed.');
    expect(notes.join('\n')).toContain(
      'Of 21,000 steps the 2,000 most severe are points; all of them are in the shaded grid.',
    );
    await page.locator('#quadrant').scrollIntoViewIfNeeded();
    await page.locator('#quadrant canvas').waitFor();
    await page.locator('#search').fill('session-5007');
    expect(await page.locator('#sessions-body tr').count()).toBe(1);
    await page.locator('#search').fill('');
    await page.locator('#only-worst').check();
    expect(await page.locator('#found').textContent()).toContain('11 sessions');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('can be used by keyboard alone, in the dark and on paper', async () => {
    const file = place.file(
      'two.jsonl',
      jsonLines(
        ['first', 'second'].map((name, i) =>
          traces([
            {
              id: name,
              at: i,
              attributes: {
                'session.id': name,
                'gen_ai.agent.name': 'worker',
                ...call('rm', 0.9 - i / 10, 'observer'),
              },
            },
          ]),
        ),
      ),
    );
    const { page, complaints } = await open(file, [], { colorScheme: 'dark' });
    const shade = (): Promise<number> =>
      page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0]));
    expect(await shade()).toBeLessThan(60);
    const second = page.getByRole('button', { name: 'Open the timeline of session second' });
    for (let i = 0; i < 20 && !(await second.evaluate(button => button === document.activeElement)); i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('#session-title').textContent()).toBe('Timeline: worker, session second');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('session-title');
    expect(new URL(page.url()).hash).toBe('#session-1');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await shade()).toBe(255);
    expect(await page.getByRole('button').count()).toBe(0);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('names everything for a screen reader', async () => {
    const file = place.file(
      'named.jsonl',
      jsonLines([traces([{ id: 'a', attributes: { 'session.id': 's', ...call('rm', 0.9, 'observer') } }])]),
    );
    const { page } = await open(file);
    expect(await page.locator('[role="img"]:not([aria-label])').count()).toBe(0);
    expect(
      await page.locator('canvas').evaluateAll(all => all.every(one => one.closest('[role="img"]') !== null)),
    ).toBe(true);
    expect(await page.locator('table:not(:has(th))').count()).toBe(0);
    expect(await page.locator('input:not([id]), button:empty').count()).toBe(0);
    const levels = await page.locator('h1, h2').evaluateAll(all => all.map(one => one.tagName));
    expect(levels[0]).toBe('H1');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.close();
  });
});
