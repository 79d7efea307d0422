import { expect, it } from 'vitest';
import { Fragmenter } from '../fragment/fragmenter.ts';
import type { SourceSpan } from '../fragment/source.ts';
import { hmacPseudonyms } from '../pseudonyms.ts';
import { type Session, Stitcher } from './stitcher.ts';

const KEY = Buffer.from('00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210', 'hex');
const trace = (digit: string): string => `${digit}f0e1d2c3b4a5968778695a4b3c2d1e0`;
const span = (traceId: string, more: Partial<SourceSpan> = {}): SourceSpan => ({
  traceId,
  spanId: `00000000000000${traceId.slice(0, 1)}1`,
  parentSpanId: undefined,
  remoteParent: false,
  kind: 1,
  startMs: Date.UTC(2026, 10, 18, 10),
  attributes: {},
  events: [],
  resource: {},
  links: [],
  ...more,
});

async function sessionsOf(parts: Readonly<Record<string, SourceSpan>>): Promise<Map<string, Session>> {
  const stitcher = new Stitcher();
  for (const [contributor, one] of Object.entries(parts)) {
    const fragmenter = new Fragmenter({ pseudonyms: hmacPseudonyms(new Map([['2026-W47', KEY]])) });
    for (const fragment of await fragmenter.build([...fragmenter.add(one), ...fragmenter.finish()]))
      stitcher.add({ ...fragment, contributor });
  }
  return new Map([...stitcher.sessions()].map(session => [session.contributors.join(), session]));
}

it('a span that links the traces of two users is linked to both sessions, and joins them not', async () => {
  const sessions = await sessionsOf({
    first: span(trace('1'), { attributes: { 'session.id': '6b1f7c1e-63f5-4d3c-9a41-0c2b9f6d7e85' } }),
    second: span(trace('2'), { attributes: { 'session.id': 'd2719f4a-58c0-4b6e-8f13-a97e35c0b624' } }),
    worker: span(trace('3'), { links: [trace('1'), trace('2')] }),
  });
  const id = (name: string): string => sessions.get(name)!.traceId;
  expect([...sessions.keys()].sort()).toEqual(['first', 'second', 'worker']);
  expect(sessions.get('worker')!.links).toEqual([id('first'), id('second')].sort());
  expect(sessions.get('first')!.links).toEqual([id('worker')]);
});

it('a span that links its own trace, or one trace twice, links nothing more', async () => {
  const sessions = await sessionsOf({
    first: span(trace('1')),
    second: span(trace('2')),
    worker: span(trace('3'), { links: [trace('3'), trace('1'), trace('1'), trace('2')] }),
  });
  expect(sessions.get('worker')!.links).toHaveLength(2);
});
