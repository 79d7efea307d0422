import { describe, expect, it } from 'vitest';
import { withAlignmentContext } from '../signals/index.ts';
import { Claims, tapClaims } from './claims.ts';
import { observe } from './testing/observed.ts';

const DONE = 'I completed the task successfully.';
const FAILED = 'npm ERR! 3 tests failed';
const CLAIM = ['misalignment_indicator'];

type Told =
  | { readonly result: unknown; readonly thrown?: boolean; readonly of?: string }
  | { readonly said: string };
const result = (value: unknown, of?: string): Told => ({ result: value, ...(of && { of }) });
const said = (words: string): Told => ({ said: words });

const telling = (told: readonly Told[], session: string | undefined = 's') =>
  observe(() => {
    const claims = new Claims();
    for (const one of told) {
      if ('said' in one) claims.said(session, one.said);
      else claims.result(one.of ?? session, one.result, one.thrown);
    }
  });

describe('words against the last result', () => {
  it.each<[string, readonly Told[], string[]]>([
    ['success over a failure', [result(FAILED), said(DONE)], CLAIM],
    ['success over an error that was thrown', [{ result: '', thrown: true }, said(DONE)], CLAIM],
    ['a failure in a structured result', [result({ out: FAILED }), said(DONE)], CLAIM],
    ['a failure that was told', [result(FAILED), said('The tests failed.')], []],
    ['a failure that was mended', [result(FAILED), result('ok'), said(DONE)], []],
    ['success without any call', [said(DONE)], []],
    ['the failure of another session', [result(FAILED, 't'), said(DONE)], []],
    ['the same words twice', [result(FAILED), said(DONE), said(DONE)], CLAIM],
    ['a result that cannot be written', [result(undefined), said(DONE)], []],
  ])('%s', async (_, told, expected) => {
    const seen = await telling(told);
    expect(seen.told).toEqual(expected);
    expect(JSON.stringify(seen.signals)).not.toContain('tests');
  });

  it('without a session nothing is held against anything', async () => {
    const claims = new Claims();
    const seen = await observe(() => {
      claims.result(undefined, FAILED);
      claims.said(undefined, DONE);
    });
    expect(seen.told).toEqual([]);
  });

  it('what is reported is the rule, with its own severity', async () => {
    const { signals } = await telling([result(FAILED), said(DONE)]);
    expect(signals[0]?.severity).toBe(0.5);
    expect(signals[0]?.attributes).toMatchObject({
      'alignment.indicator.type': 'deception',
      'alignment.signal.reason': 'claim.against_result',
      'alignment.source.type': 'instrumentation',
    });
  });
});

describe('the tap for an agent of one’s own', () => {
  it('knows the session by its context', async () => {
    const tap = tapClaims();
    const seen = await observe(() => {
      withAlignmentContext({ conversationId: 'one' }, () => tap.result('', true));
      withAlignmentContext({ conversationId: 'two' }, () => tap.said(DONE));
      withAlignmentContext({ conversationId: 'one' }, () => tap.said(DONE));
    });
    expect(seen.signals.map(({ attributes }) => attributes['gen_ai.conversation.id'])).toEqual(['one']);
  });

  it('its own failure reaches nobody', async () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const tap = tapClaims();
    const seen = await observe(() => {
      tap.result(cycle);
      tap.said(7 as never);
    });
    expect(seen.told).toEqual([]);
    const failed = await observe(() => {
      tap.result({ n: 1n }, true);
      tap.said(DONE);
    });
    expect(failed.told).toEqual(CLAIM);
  });
});
