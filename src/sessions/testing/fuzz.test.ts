import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { Fragmenter } from '../fragment/fragmenter.ts';
import { fragmentsRequest, receivedFragments } from '../fragment/otlp.ts';
import { sourceSpans } from '../fragment/source.ts';
import { hmacPseudonyms } from '../pseudonyms.ts';
import { CANARY, hostileTrace, leak } from './fuzz.ts';
import { randomOf } from './random.ts';

const START = Date.parse('2026-11-18T10:20:30Z');
const pseudonyms = hmacPseudonyms(new Map([['2026-W47', randomBytes(32)]]));

it('of 1,000 hostile traces nothing leaks, and the layer takes what leaves', async () => {
  const random = randomOf(11);
  let fragments = 0;
  for (let i = 0; i < 1_000; i++) {
    const { request, ids } = hostileTrace(random, START);
    const fragmenter = new Fragmenter({ pseudonyms, edgeHosts: ['*.example.org'] });
    for (const span of sourceSpans(request)) if (!('problem' in span)) fragmenter.add(span);
    const made = await fragmenter.build([...fragmenter.finish()]);
    fragments += made.length;
    const out = fragmentsRequest(made, 'provider-a');
    expect(leak(JSON.stringify(out), ids)).toBeUndefined();
    expect([...receivedFragments(JSON.parse(JSON.stringify(out)))].filter(one => 'problem' in one)).toEqual(
      [],
    );
  }
  expect(fragments).toBeGreaterThan(2_000);
});

it('a leak would be seen', () => {
  const { request, ids } = hostileTrace(randomOf(1), START);
  expect(leak(JSON.stringify(request), ids)).toBe(CANARY);
  expect(leak(`"${ids[0]}"`, ids)).toBe(ids[0]);
  expect(leak('"startTimeUnixNano":"1795269600000731731"', ids)).toBe('UnixNano":"');
  expect(leak('"startTimeUnixNano":"1795269600000000000"', ids)).toBeUndefined();
});
