import { PassThrough, Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from './lines.ts';
import { lineWriter } from './output.ts';
import { createProgress } from './progress.ts';

async function linesOf(text: string, chunk: number, maxBytes = 1e6): Promise<(string | { error: string })[]> {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
  const lines: (string | { error: string })[] = [];
  let expected = 0;
  for await (const read of readLines(Readable.from(chunks) as AsyncIterable<Buffer>, maxBytes)) {
    expected += 1;
    expect(read.line).toBe(expected);
    lines.push('error' in read ? { error: read.error } : read.text);
  }
  return lines;
}

describe('lines', () => {
  it('are the same however the bytes come', async () => {
    const text = fc
      .array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '{') }))
      .map(all => all.join('\n'));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (content, chunk) => {
        const expected = content.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(await linesOf(content, chunk)).toEqual(expected);
      }),
    );
  });

  it('lose a byte order mark and carriage returns, and keep blank lines', async () => {
    expect(await linesOf('\uFEFFa\r\n\r\nb\r', 2)).toEqual(['a', '', 'b']);
  });

  it('are reported where they are too long, and the next one is read', async () => {
    expect(await linesOf(`short\n${'x'.repeat(50)}\nnext`, 7, 20)).toEqual([
      'short',
      { error: 'longer than 20 bytes' },
      'next',
    ]);
  });
});

describe('output', () => {
  it('waits for a slow reader', async () => {
    const stream = new PassThrough({ highWaterMark: 8 });
    const writer = lineWriter(stream);
    let written = false;
    const waiting = writer.write('0123456789').then(() => {
      written = true;
    });
    await new Promise(setImmediate);
    expect(written).toBe(false);
    stream.resume();
    await waiting;
    expect(stream.listenerCount('drain')).toBe(0);
  });

  it('ends where the reader leaves, and throws any other error', async () => {
    const failing = (code: string): Writable =>
      new Writable({
        highWaterMark: 1,
        write(_chunk, _encoding, done) {
          done(Object.assign(new Error(code), { code }));
        },
      });
    expect(await lineWriter(failing('EPIPE')).write('x')).toBe(false);
    await expect(lineWriter(failing('ENOSPC')).write('x')).rejects.toThrow('ENOSPC');
  });
});

describe('progress', () => {
  const run = (isTTY: boolean, times: readonly number[]): string => {
    let said = '';
    let clock = 0;
    const target = {
      isTTY,
      write(text: string) {
        said += text;
      },
    };
    const progress = createProgress('lines', target, () => clock);
    for (const time of times) {
      clock = time;
      progress.tick();
    }
    progress.end();
    return said;
  };

  it('is said on a terminal, after a second, and taken away', () => {
    expect(run(true, [10, 900, 1000, 1100, 1300])).toBe('\r3 lines\r5 lines\r\u001b[K');
  });

  it('is not said elsewhere, nor in a short run', () => {
    expect(run(false, [10, 5000])).toBe('');
    expect(run(true, [10, 999])).toBe('');
  });
});
