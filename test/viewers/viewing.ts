import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { cacheFolder } from '../../tools/stack/binaries.ts';
import {
  type Child,
  freePorts,
  ready,
  retryOnPortConflict,
  startChild,
} from '../../tools/stack/processes.ts';
import type { OtlpSpan } from '../demo/otlp.ts';
import type { Sandbox } from '../stack/harness.ts';

/** A browser with one page, which says where it wanted to go beside the viewer's own address. */
export async function openBrowser(
  sandbox: Sandbox,
  executablePath: string,
  own: string,
): Promise<{ page: Page; outside: string[] }> {
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  sandbox.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1500, height: 860 }, deviceScaleFactor: 1 });
  const outside: string[] = [];
  page.on('request', request => {
    if (!request.url().startsWith(own) && !/^(data|blob):/.test(request.url())) outside.push(request.url());
  });
  return { page, outside };
}

/** Fewer bytes than any page with something on it. */
const EMPTY_PICTURE = 10_000;

/** Takes the picture of a page, into the folder `$ALIGNMENT_PICTURES` where that is set: docs/viewers holds them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['ALIGNMENT_PICTURES'];
  const shot = await page.screenshot(folder ? { path: join(resolve(folder), `${name}.png`) } : {});
  expect(shot.length).toBeGreaterThan(EMPTY_PICTURE);
}

/** What a viewer must show of a span's signals: each event with its attributes as text. */
export const expectedEvents = (span: OtlpSpan): { name: string; cells: [key: string, value: string][] }[] =>
  span.events
    .filter(({ name }) => name.startsWith('alignment.'))
    .map(({ name, attributes }) => ({
      name,
      cells: Object.entries(attributes).map(([key, value]) => [key, String(value)]),
    }));

/** Tries again until the page shows it: viewers do not load by themselves, and a span may be on its way. */
export async function eventually(what: string, attempt: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 30; tries++) if (await attempt()) return;
  throw new Error(`${what}: never came`);
}

/** `$PHOENIX`, else the newest in the cache; docs/viewers/phoenix.md says how it gets there. */
export function findPhoenix(): string | undefined {
  const named = process.env['PHOENIX'];
  if (named) return resolve(named);
  const cache = cacheFolder();
  const [newest] = (existsSync(cache) ? readdirSync(cache) : [])
    .filter(name => name.startsWith('phoenix-'))
    .sort()
    .reverse();
  const path = join(cache, newest ?? 'phoenix', 'bin', 'phoenix');
  return existsSync(path) ? path : undefined;
}

/** Starts Phoenix, with everything off that would leave this machine. */
export function startPhoenix(binary: string, folder: string): Promise<{ child: Child; web: string }> {
  return retryOnPortConflict(async () => {
    const [port, grpc] = await freePorts(2);
    const child = startChild('Phoenix', binary, ['serve'], {
      PHOENIX_WORKING_DIR: folder,
      PHOENIX_HOST: '127.0.0.1',
      PHOENIX_PORT: String(port),
      PHOENIX_GRPC_PORT: String(grpc),
      PHOENIX_ALLOW_EXTERNAL_RESOURCES: 'false',
      PHOENIX_DISABLE_AGENT_ASSISTANT: 'true',
    });
    const web = `http://127.0.0.1:${port}`;
    try {
      await ready(child, `${web}/healthz`, 180_000);
    } catch (error) {
      await child.stop('SIGKILL');
      throw error;
    }
    return { child, web };
  });
}
