import { type Context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usableToken } from '../fragment/join-values.ts';
import { readSessionMember, writeSessionMember } from './baggage.ts';
import { type McpMeta, sessionPropagation } from './propagation.ts';
import {
  isSessionToken,
  newSessionToken,
  SESSION_MEMBER,
  sessionTokenOf,
  withSessionToken,
} from './token.ts';
import { readTraceparent, writeTraceparent } from './trace-context.ts';

const TOKEN = '9Zr2hXwqQ0mJ3l1nB7yA1w';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;
const here = withSessionToken(
  trace.setSpanContext(ROOT_CONTEXT, readTraceparent(PARENT, 'vendor=x')!),
  TOKEN,
);
const open = sessionPropagation({ hosts: ['tools.example.org', '*.b.example', 'stdio:files'], accept: true });
const off = sessionPropagation();

describe('a session token', () => {
  it('is new every time, and good as a join key', () => {
    const tokens = Array.from({ length: 500 }, newSessionToken);
    expect(new Set(tokens).size).toBe(500);
    for (const token of tokens) {
      expect(isSessionToken(token)).toBe(true);
      expect(usableToken(token)).toBe(token);
      expect(Buffer.from(token, 'base64url')).toHaveLength(16);
    }
  });

  it.each([
    '',
    'x',
    `${TOKEN}A`,
    TOKEN.slice(1),
    `-${TOKEN.slice(1)}`,
    `${TOKEN.slice(0, 21)}B`,
    'A'.repeat(22),
    7,
    null,
  ])('%j is none', value => {
    expect(isSessionToken(value)).toBe(false);
    expect(sessionTokenOf(withSessionToken(ROOT_CONTEXT, value as string))).toBeUndefined();
  });

  it('is started once, and goes on', () => {
    const context = off.start(ROOT_CONTEXT);
    const token = sessionTokenOf(context);
    expect(isSessionToken(token)).toBe(true);
    expect(sessionTokenOf(off.start(context))).toBe(token);
  });

  it('is not sent to everybody by the propagator of the baggage, not even one that came with it', () => {
    const baggage = propagation.createBaggage({ [SESSION_MEMBER]: { value: TOKEN }, other: { value: '1' } });
    const came = propagation.setBaggage(ROOT_CONTEXT, baggage);
    expect(sessionTokenOf(came)).toBe(TOKEN);
    const goes = propagation.getBaggage(off.start(came))!.getAllEntries();
    expect(goes.map(([name]) => name)).toEqual(['other']);
    expect(propagation.getBaggage(off.start(ROOT_CONTEXT))).toBeUndefined();
    expect(sessionTokenOf(off.start(came))).toBe(TOKEN);
  });
});

describe('HTTP', () => {
  it('is told to listed hosts only', () => {
    for (const host of [
      'tools.example.org',
      'https://tools.example.org:8443/x',
      new URL('http://mcp.b.example'),
    ]) {
      const headers = { Baggage: 'a=1;p, alignment.session=old' };
      expect(open.injectHttp(here, host, headers)).toBe(true);
      expect(headers).toEqual({ Baggage: `a=1;p,alignment.session=${TOKEN}` });
    }
    for (const host of [
      'example.org',
      'evil-tools.example.org',
      'https://b.example',
      'tools.example.org.evil',
    ]) {
      const headers = {};
      expect(open.injectHttp(here, host, headers)).toBe(false);
      expect(off.injectHttp(here, 'tools.example.org', headers)).toBe(false);
      expect(headers).toEqual({});
    }
    const fetched = new Headers();
    expect(open.injectHttp(here, 'tools.example.org', fetched)).toBe(true);
    expect(fetched.get('baggage')).toBe(`alignment.session=${TOKEN}`);
    expect(open.injectHttp(ROOT_CONTEXT, 'tools.example.org', {})).toBe(false);
  });

  it('comes in where that is allowed', () => {
    const headers = { baggage: [`a=1, alignment.session = ${TOKEN};x=y`] };
    expect(sessionTokenOf(open.extractHttp(ROOT_CONTEXT, headers))).toBe(TOKEN);
    expect(
      sessionTokenOf(open.extractHttp(ROOT_CONTEXT, new Headers({ baggage: headers.baggage[0]! }))),
    ).toBe(TOKEN);
    expect(off.extractHttp(ROOT_CONTEXT, headers)).toBe(ROOT_CONTEXT);
  });

  it.each([
    ['two that differ', `alignment.session=${TOKEN},alignment.session=${newSessionToken()}`],
    ['another form', 'alignment.session=someone@example.org'],
    ['too long', `${'a=1,'.repeat(2100)}alignment.session=${TOKEN}`],
    ['too many', `${'a=1,'.repeat(64)}alignment.session=${TOKEN}`],
    ['no value', 'alignment.session'],
    ['nothing', undefined],
  ])('%s is not taken', (_, header) => {
    expect(readSessionMember(header)).toBeUndefined();
  });

  it('no room is no harm', () => {
    expect(writeSessionMember('a=1,'.repeat(64), TOKEN)).toBeUndefined();
    expect(writeSessionMember(`a=${'1'.repeat(8180)}`, TOKEN)).toBeUndefined();
    const headers = { baggage: 'a=1,'.repeat(64) };
    expect(open.injectHttp(here, 'tools.example.org', headers)).toBe(false);
    expect(headers.baggage).toBe('a=1,'.repeat(64));
  });

  it('what is written is read, whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 }), { maxLength: 20 }), others => {
        const header = others.join(',');
        const written = writeSessionMember(header, TOKEN);
        if (written === undefined) return;
        expect(readSessionMember(written)).toBe(TOKEN);
        expect(writeSessionMember(written, TOKEN)).toBe(written);
      }),
    );
  });
});

describe('MCP', () => {
  it('carries parent and token in what the protocol reserves, to listed servers only', () => {
    const meta: McpMeta = { progressToken: 7, baggage: 'a=1' };
    expect(open.injectMcp(here, 'stdio:files', meta)).toEqual({
      progressToken: 7,
      traceparent: PARENT,
      tracestate: 'vendor=x',
      baggage: `a=1,alignment.session=${TOKEN}`,
    });
    expect(open.injectMcp(here, 'https://other.example.org/mcp', meta)).toBe(meta);
    expect(off.injectMcp(here, 'stdio:files')).toEqual({});
    expect(open.injectMcp(ROOT_CONTEXT, 'stdio:files')).toEqual({});
  });

  it('comes in with a remote parent', () => {
    const context = open.extractMcp(ROOT_CONTEXT, open.injectMcp(here, 'stdio:files'));
    const parent = trace.getSpanContext(context)!;
    expect(parent).toMatchObject({ traceId: TRACE, isRemote: true, traceFlags: 1 });
    expect(parent.traceState?.serialize()).toBe('vendor=x');
    expect(sessionTokenOf(context)).toBe(TOKEN);
    expect(off.extractMcp(ROOT_CONTEXT, { traceparent: PARENT })).toBe(ROOT_CONTEXT);
  });

  it.each([
    '',
    PARENT.toUpperCase(),
    PARENT.replace('00-', 'ff-'),
    `${PARENT}-extra`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `01-${TRACE}-b7ad6b7169203331-01x`,
    `${PARENT}${'x'.repeat(10_000)}`,
    7,
  ])('the parent %j is not taken', traceparent => {
    expect(trace.getSpanContext(open.extractMcp(ROOT_CONTEXT, { traceparent }))).toBeUndefined();
  });

  it('a later version of the parent is read as far as this one goes', () => {
    const later = readTraceparent(`01-${TRACE}-b7ad6b7169203331-03-more`)!;
    expect(writeTraceparent(later)).toBe(PARENT);
  });

  it('anything may come in, and nothing throws', () => {
    const field = fc.oneof(fc.string(), fc.anything());
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ traceparent: field, tracestate: field, baggage: field }),
    );
    fc.assert(
      fc.property(anything, meta => {
        const context: Context = open.extractMcp(ROOT_CONTEXT, meta);
        expect(sessionTokenOf(context)).toBeUndefined();
      }),
    );
  });
});
