import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Erased } from '../../sessions/index.ts';
import { purgeFile } from './purge-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-purge-'));
afterAll(() => rmSync(folder, { recursive: true }));

const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
const line = (epoch: string): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [attribute('alignment.contributor.id', 'provider-a')] },
        scopeSpans: [
          {
            spans: [{ traceId: 'ab'.repeat(16), attributes: [attribute('alignment.fragment.epoch', epoch)] }],
          },
        ],
      },
    ],
  });
const rules = { erased: new Erased(), now: Date.parse('2026-11-18T12:00:00Z') };
const [OLD, NEW] = [line('2026-W40'), line('2026-W47')];
const left = { erased: 0, sessions: 0, unknown: 0 };

it('a file that something writes to is left as it is, with what was written', async () => {
  const file = join(folder, 'written-to.jsonl');
  const part = `${file}.${process.pid}.part`;
  const text = `${OLD}\n${`${NEW}\n`.repeat(20_000)}`;
  writeFileSync(file, text);
  let appended = false;
  let watching = true;
  // once the new file has something in it, and long before it is whole
  const watch = (): void => {
    if (!appended && (statSync(part, { throwIfNoEntry: false })?.size ?? 0) > 0) {
      appendFileSync(file, `${NEW}\n`);
      appended = true;
    }
    if (watching) setImmediate(watch);
  };
  watch();
  await expect(purgeFile(file, rules, false)).rejects.toThrow(
    'written-to.jsonl: something writes to it; rename it',
  );
  watching = false;
  expect(appended).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe(`${text}${NEW}\n`);
  expect(readdirSync(folder)).toEqual(['written-to.jsonl']);
  // and purged when nothing writes to it any more
  expect(await purgeFile(file, rules, false)).toEqual({ ...left, fragments: 1 });
  expect(readFileSync(file, 'utf8')).toBe(`${NEW}\n`.repeat(20_001));
});

it('a line too long to be looked at is not dropped', async () => {
  const file = join(folder, 'long.jsonl');
  const long = Buffer.alloc(64 * 1024 * 1024 + 1, 'x');
  writeFileSync(file, Buffer.concat([Buffer.from(`${OLD}\n`), long, Buffer.from(`\n${NEW}\n`)]));
  const { size } = statSync(file);
  await expect(purgeFile(file, rules, false)).rejects.toThrow(
    'long.jsonl:2: longer than 67108864 bytes; split the line',
  );
  expect(statSync(file).size).toBe(size);
});

it('a file without an end of line at its end, and one of which nothing stays', async () => {
  const file = join(folder, 'end.jsonl');
  writeFileSync(file, `${OLD}\n${NEW}`);
  expect(await purgeFile(file, rules, true)).toEqual({ ...left, fragments: 1 });
  expect(readFileSync(file, 'utf8')).toBe(`${OLD}\n${NEW}`);
  expect(await purgeFile(file, rules, false)).toEqual({ ...left, fragments: 1 });
  expect(readFileSync(file, 'utf8')).toBe(`${NEW}\n`);
  writeFileSync(file, `${OLD}\n`.repeat(3));
  expect(await purgeFile(file, rules, false)).toEqual({ ...left, fragments: 3 });
  expect(readFileSync(file, 'utf8')).toBe('');
});
