import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive, pseudonymInput, spanIdsUnder } from './derive.ts';
import { epochAt, epochOf, neighbourAt } from './epoch.ts';
import { KeyFileError, newKeyLine, parseKeyFile } from './key-file.ts';
import { hmacPseudonyms } from './pseudonyms.ts';

interface Vectors {
  readonly original_span_id: string;
  readonly derivation: readonly Record<
    'type' | 'value' | 'input' | 'y' | 'trace_id' | 'tag' | 'span_key' | 'span_id',
    string
  >[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../semconv/sessions/vectors.json', import.meta.url), 'utf8'),
) as Vectors;

describe('derivation', () => {
  it.each(vectors.derivation)('$type', one => {
    expect(pseudonymInput(one.type, one.value).toString('hex')).toBe(one.input);
    const { traceId, tag, spanKey } = derive(Buffer.from(one.y, 'hex'));
    expect(traceId()).toBe(one.trace_id);
    expect(tag()).toBe(one.tag);
    expect(spanKey().toString('hex')).toBe(one.span_key);
    expect(spanIdsUnder(spanKey())(vectors.original_span_id)).toBe(one.span_id);
  });

  it('of the keyed hash differs by epoch, type and value, and is the same for both sides', () => {
    const keys = new Map(
      ['2026-W47', '2026-W48'].map(epoch => [
        epoch,
        Buffer.from(newKeyLine(epoch).split(' ')[1]!.trim(), 'hex'),
      ]),
    );
    const [a, b] = [hmacPseudonyms(keys), hmacPseudonyms(new Map(keys))];
    const y = (epoch: string, type: string, value: string): string =>
      Buffer.from(a.deriveNow!(epoch, { type, value })).toString('hex');
    const one = y('2026-W47', 'w3c.trace_id', 'x');
    expect(one).toHaveLength(128);
    expect(Buffer.from(b.deriveNow!('2026-W47', { type: 'w3c.trace_id', value: 'x' })).toString('hex')).toBe(
      one,
    );
    expect(
      new Set([
        one,
        y('2026-W48', 'w3c.trace_id', 'x'),
        y('2026-W47', 'llm.request_id', 'x'),
        y('2026-W47', 'w3c.trace_id', 'y'),
      ]).size,
    ).toBe(4);
    expect(() => a.deriveNow!('2026-W49', { type: 'w3c.trace_id', value: 'x' })).toThrow('2026-W49');
  });
});

describe('epochs', () => {
  it.each([
    ['2026-11-21T00:00:00Z', '2026-W47'],
    ['2026-11-22T23:59:59.999Z', '2026-W47'],
    ['2026-11-23T00:00:00Z', '2026-W48'],
    ['2027-01-03T12:00:00Z', '2026-W53'],
    ['2024-12-30T00:00:00Z', '2025-W01'],
    ['1970-01-01T00:00:00Z', '1970-W01'],
  ])('%s is in %s', (time, id) => {
    expect(epochAt(Date.parse(time)).id).toBe(id);
  });

  it('are found again by their id, and follow one another without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2200, 0) }), ms => {
        const epoch = epochAt(ms);
        expect(epoch.start <= ms && ms < epoch.end).toBe(true);
        expect(epochOf(epoch.id)).toEqual(epoch);
        expect(epochAt(epoch.end).start).toBe(epoch.end);
      }),
    );
    for (const id of ['2026-W00', '2025-W53', '2026-W54', '2026-47', '']) expect(epochOf(id)).toBeUndefined();
  });

  it('have a neighbour near the border only', () => {
    const { start, end } = epochOf('2026-W47')!;
    const quarter = 15 * 60_000;
    expect(neighbourAt(start + quarter - 1, quarter)?.id).toBe('2026-W46');
    expect(neighbourAt(start + quarter, quarter)).toBeUndefined();
    expect(neighbourAt(end - quarter, quarter)?.id).toBe('2026-W48');
    expect(neighbourAt(end - quarter - 1, quarter)).toBeUndefined();
  });
});

describe('a key file', () => {
  const key = newKeyLine('2026-W47').trim();

  it('is read line by line', () => {
    const keys = parseKeyFile(`# keys\n\n${key}\r\n${newKeyLine('2026-W48')}`, 'k');
    expect([...keys.keys()]).toEqual(['2026-W47', '2026-W48']);
    expect(keys.get('2026-W47')).toHaveLength(32);
  });

  it.each([
    ['', 'there is no key'],
    [`2026-47 ${'ab'.repeat(32)}`, 'k:1: the line must begin with an ISO week'],
    ['2026-W47 abc', 'k:1: behind 2026-W47 must stand 64 hex digits'],
    [`${key}\n${key}`, 'k:2: 2026-W47 stands twice'],
    [`2026-W47 ${'00'.repeat(32)}`, 'k:1: this key is not random'],
  ])('%j is refused', (text, message) => {
    expect(() => parseKeyFile(text, 'k')).toThrow(KeyFileError);
    expect(() => parseKeyFile(text, 'k')).toThrow(message);
  });

  it('is never quoted in an error', () => {
    const secret = 'c0ffee'.repeat(12);
    try {
      parseKeyFile(`2026-W47 ${secret}`, 'k');
    } catch (error) {
      expect(String(error)).not.toContain('c0ffee');
    }
  });
});
