import { describe, expect, it } from 'vitest';
import { readRequest } from './request.ts';
import {
  ACTS,
  APPROVAL_HEADS,
  APPROVING_WORDS,
  BOUND_WORDS,
  CURRENCIES,
  FORGET_WORDS,
  JUST_LOOKING,
  LEFT_WORDS,
  phrases,
  SEEING_VERBS,
  SELF_WORDS,
  STATE_WORDS,
  THINGS,
  WISH_WORDS,
} from './rules/request-acts.ts';
import { spoken } from './spoken.ts';

const clauseOf = (words: string) => readRequest(words).clauses[0];
const named = (...parts: string[]): ReadonlySet<string> => spoken({}, parts).acts;

describe('what a verb means', () => {
  it.each(Object.entries(ACTS))('%s is the same in a name', (act, verbs) => {
    for (const verb of verbs) expect([...named(verb)], verb).toContain(act);
    expect([...named('sparkle')]).not.toContain(act);
  });

  it.each(
    phrases().map(([verbs, behind, acts]) => [verbs.split(' ')[0], behind.split(' ')[0], acts.split(' ')[0]]),
  )('%s … %s: %s', (verb, behind, act) => {
    expect([...(clauseOf(`${verb} the kettle ${behind} it`)?.acts ?? [])]).toContain(act);
  });

  it('is another without the word behind it', () => {
    expect(clauseOf('Get rid of the drafts')?.types.has('delete')).toBe(true);
    expect(clauseOf('Get the drafts')?.types.has('delete')).toBe(false);
    expect(clauseOf('Get me a table at eight')?.types.has('payment')).toBe(true);
    expect(clauseOf('Get me a list at eight')?.types.has('payment')).toBe(false);
    expect([...(clauseOf('Get it refilled')?.acts ?? [])]).toContain('refill');
    expect([...(clauseOf('Get it')?.acts ?? [])]).not.toContain('refill');
    expect([...(clauseOf('Open an issue')?.acts ?? [])]).toContain('report');
    expect([...(clauseOf('Open a window')?.acts ?? [])]).not.toContain('report');
  });

  it.each([...STATE_WORDS])('stands at the end: kitchen light %s', (state, act) => {
    expect([...(clauseOf(`kitchen light ${state}`)?.acts ?? [])]).toContain(act);
    expect([...(clauseOf(`the ${state} light in the kitchen`)?.acts ?? [])]).not.toContain(act);
  });

  it('is told by the noun where a name leaves it open, and not by a thing that is a verb as well', () => {
    expect([...named('create', 'refund')]).toContain('refund');
    expect([...named('delete', 'refund')]).not.toContain('refund');
    expect([...named('turn', 'off')]).toContain('off');
    expect([...named('turn', 'page')]).not.toContain('off');
    expect([...named('delete', 'email')]).not.toContain('tell');
    expect([...named('drive', 'share', 'file')]).toContain('share');
    expect([...named('drive', 'car')]).toContain('run');
  });

  it.each(THINGS.map((list, i) => [list[0], list.at(-1), i]))('%s and %s are one thing', (one, other) => {
    const things = (word: string) => [...readRequest(`Look at the ${word}`).things];
    expect(things(one as string)).toEqual(things(other as string));
    expect(things('zebra')).toEqual([]);
  });
});

describe('the mood of the words', () => {
  it.each([...APPROVAL_HEADS])('approves: %s', word => {
    expect(readRequest(`${word}, go ahead`).approves).toBe(true);
    expect(readRequest(`${word}, go ahead with the old card`).approves).toBe(false);
    expect(readRequest(`${word}?`).approves).toBe(false);
  });

  it('approves with one of the words that approve only', () => {
    expect([...APPROVING_WORDS].filter(word => !readRequest(`ok ${word}`).approves)).toEqual([]);
    expect(readRequest('thank you').approves).toBe(false);
  });

  it.each([...WISH_WORDS])('wishes: the title %s be blue', word => {
    expect(clauseOf(`the title ${word} be blue`)?.wish).toBe(true);
    expect(clauseOf(`the title ${word} be blue?`)?.wish).toBe(false);
  });

  it.each([...SEEING_VERBS])('asks: %s whether', verb => {
    expect(clauseOf(`Please ${verb} whether it rains`)?.question ?? true).toBe(true);
    expect(clauseOf(`Please ${verb} the rain`)?.question ?? false).toBe(false);
  });

  it('asks whatever stands before a question mark', () => {
    expect(readRequest('Any news on the lamps?').asksOnly).toBe(true);
    expect(readRequest('Should I sell the lamps?').asksOnly).toBe(true);
    expect(readRequest('Can you sell the lamps?').asksOnly).toBe(false);
    expect(readRequest('Any news on the lamps? Sell them.').asksOnly).toBe(false);
    expect(readRequest('The lamps flicker.').states).toBe(true);
  });
});

describe('what is kept back', () => {
  const forbidden = (words: string): string[] =>
    readRequest(words).prohibitions.flatMap(one => [...one.types]);

  it.each([...SELF_WORDS])("by oneself: I'll pay %s", word => {
    expect(forbidden(`Fill the basket. I'll pay ${word}.`)).toContain('payment');
    expect(forbidden(`Fill the basket. I'll pay by card.`)).toEqual([]);
  });

  it.each([...LEFT_WORDS])('what is left %s', word => {
    expect(forbidden(`Leave the gates ${word}.`)).toContain('deploy');
    expect(forbidden('Leave the gates to Ada.')).toEqual([]);
  });

  it('what is put off', () => {
    expect(forbidden('Hold off on booking the room')).toContain('payment');
    expect(forbidden('Hold the booking of the room')).toEqual([]);
    expect(forbidden('Wait with submitting it until noon')).toContain('communicate');
    expect(forbidden('Wait for the tests')).toEqual([]);
    expect(forbidden('Commit it, but do not push yet')).toContain('write');
  });

  it.each([...FORGET_WORDS])('is nothing that one shall not %s', word => {
    expect(forbidden(`Do not ${word} to send it`)).toEqual([]);
    expect(forbidden('Do not plan to send it')).not.toEqual([]);
  });

  it.each([...JUST_LOOKING])('just %s', word => {
    expect(readRequest(`Just ${word} at the sheet.`).looksOnly).toBe(true);
    expect(readRequest(`Just ${word} at the sheet, then delete it.`).looksOnly).toBe(false);
  });
});

describe('numbers', () => {
  const amounts = (words: string) => readRequest(words).amounts;

  it('are shares, sums and targets', () => {
    expect([...amounts('Turn it on for 5 % of users').percents]).toEqual([5]);
    expect([...amounts('Turn it on for 5 users').percents]).toEqual([]);
    expect([...amounts('Send $1,200 to Ada').money]).toEqual([1200]);
    expect([...amounts('Raise it to 500').targets]).toEqual([500]);
    expect([...amounts('Raise the 500').targets]).toEqual([]);
    expect([...amounts('Spawn three wolves').numbers]).toEqual([3]);
    expect([...amounts('Order A4 paper').numbers]).toEqual([]);
  });

  it.each([...CURRENCIES])('are sums of %s', word => {
    expect([...amounts(`and 4 ${word} for Ada`).money]).toEqual([4]);
    expect([...amounts('and 4 lamps for Ada').money]).toEqual([]);
  });

  it.each([...BOUND_WORDS])('are the most that may be spent: %s', word => {
    expect(amounts(`spend ${word} 40 euros`).most).toBe(40);
    expect(amounts('spend those 40 euros').most).toBeUndefined();
  });

  it('are read of any text', () => {
    for (const text of [
      '$'.repeat(9000),
      '1'.repeat(9000),
      '1 '.repeat(4000),
      '% '.repeat(4000),
      '1.'.repeat(4000),
    ])
      expect(() => amounts(text)).not.toThrow();
  });
});
