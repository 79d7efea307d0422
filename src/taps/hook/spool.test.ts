import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Folder } from './folder.ts';
import { isPaused, keep, kept, MAX_SPOOL_AGE_MS, MAX_SPOOL_BYTES, PAUSE_MS, pause, take } from './spool.ts';

let folder: Folder;
beforeEach(() => {
  folder = { path: mkdtempSync(join(tmpdir(), 'otel-alignment-spool-')), keyed: text => text };
});
afterEach(() => rmSync(folder.path, { recursive: true }));

const request = (n: number, padding = 0): string =>
  JSON.stringify({ resourceLogs: [{ n, padding: 'x'.repeat(padding) }] });
const numbers = (batch: ReturnType<typeof take>): unknown[] =>
  (batch?.request.resourceLogs ?? []).map(item => (item as { n: unknown }).n);

describe('the spool', () => {
  it('gives back what it was given, oldest first, and only once', () => {
    for (const n of [1, 2, 3]) keep(folder, request(n));
    const batch = take(folder);
    expect(numbers(batch).sort()).toEqual([1, 2, 3]);
    expect(take(folder)).toBeUndefined();
    batch?.back();
    expect(numbers(take(folder)).sort()).toEqual([1, 2, 3]);
  });

  it('is empty when all was sent', () => {
    keep(folder, request(1));
    take(folder)?.done();
    expect(readdirSync(join(folder.path, 'spool'))).toEqual([]);
  });

  it('files are for their owner only', () => {
    keep(folder, request(1));
    expect(statSync(kept(folder)[0]!.path).mode & 0o777).toBe(0o600);
  });

  it('never holds more than its limit and drops the oldest', () => {
    const half = MAX_SPOOL_BYTES / 2;
    keep(folder, request(1, half));
    const [oldest] = kept(folder);
    expect(keep(folder, request(2, half))).toBe(1);
    expect(kept(folder).map(({ path }) => path)).not.toContain(oldest?.path);
    expect(kept(folder).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(MAX_SPOOL_BYTES);
  });

  it('sends a bounded part at a time', () => {
    for (let n = 0; n < 4; n++) keep(folder, request(n, 200_000));
    expect(numbers(take(folder)).length).toBe(2);
    expect(numbers(take(folder)).length).toBe(2);
  });

  it('drops what is older than its age limit', () => {
    keep(folder, request(1));
    expect(kept(folder, Date.now() + MAX_SPOOL_AGE_MS - 60_000)).toHaveLength(1);
    expect(kept(folder, Date.now() + MAX_SPOOL_AGE_MS + 60_000)).toHaveLength(0);
    expect(kept(folder)).toHaveLength(0);
  });

  it('takes back what a killed process had taken', () => {
    keep(folder, request(1));
    take(folder);
    const [taken] = readdirSync(join(folder.path, 'spool'));
    const past = new Date(Date.now() - 120_000);
    utimesSync(join(folder.path, 'spool', taken!), past, past);
    kept(folder);
    expect(numbers(take(folder))).toEqual([1]);
  });

  it('passes over what is no request', () => {
    keep(folder, request(1));
    writeFileSync(
      join(folder.path, 'spool', `${String(Date.now() * 1000).padStart(18, '0')}-x.json`),
      '{"resourceLogs": [7',
    );
    writeFileSync(join(folder.path, 'spool', `${String(Date.now() * 1000).padStart(18, '0')}-y.json`), '[]');
    expect(numbers(take(folder))).toEqual([1]);
  });

  it('is left alone for a while after an endpoint that let us wait', () => {
    expect(isPaused(folder)).toBe(false);
    pause(folder);
    expect(isPaused(folder)).toBe(true);
    const past = new Date(Date.now() - PAUSE_MS - 1000);
    utimesSync(join(folder.path, 'pause'), past, past);
    expect(isPaused(folder)).toBe(false);
  });
});
