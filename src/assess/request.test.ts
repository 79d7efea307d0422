import { describe, expect, it } from 'vitest';
import { readRequest } from './request.ts';
import {
  ASKING_WORDS,
  DESTINATION_WORDS,
  DOUBTFUL_QUESTIONS,
  MAY_WORDS,
  MEANS_VERBS,
  NOT_VERBS,
  ONLY_VERBS,
  OTHERS,
  POINTING_VERBS,
  SPEAKING_PHRASES,
  SUBJECTS,
  TASK_WORDS,
  TELLING_HELPERS,
  TELLING_NEGATIONS,
} from './rules/request.ts';

const verbs = (words: string): string[] =>
  readRequest(words)
    .clauses.map(({ verb }) => verb)
    .filter(verb => verb !== '');
const forbidden = (words: string): string[] => readRequest(words).prohibitions.flatMap(one => [...one.verbs]);

describe('what a clause asks for', () => {
  it.each([...TASK_WORDS])('stands behind `%s to`', word => {
    expect(verbs(`All that ${word} to delete the draft`)).toContain('delet');
    expect(verbs(`All that un${word} to delete the draft`)).not.toContain('delet');
  });

  it.each([...MEANS_VERBS])('stands behind the means: %s', word => {
    expect(verbs(`${word} the portal to upload the report`)).toContain('upload');
    expect(verbs(`paint the portal to upload the report`)).not.toContain('upload');
  });

  it.each([...ASKING_WORDS])('stands behind `%s you`', word => {
    expect(verbs(`The disk is full so ${word} you delete the draft`)).toContain('delet');
    expect(verbs(`The disk is full so ${word} they delete the draft`)).not.toContain('delet');
  });

  it.each([...MAY_WORDS])('stands behind `you %s`', word => {
    expect(verbs(`The disk is full and you ${word} delete the draft`)).toContain('delet');
    expect(verbs(`The disk is full and they ${word} delete the draft`)).not.toContain('delet');
  });

  it.each([...POINTING_VERBS])('is nothing where somebody is told where something is: you can %s', word => {
    const types = (words: string) => readRequest(words).clauses.at(-1)?.types.has('read');
    expect(types(`You can ${word} the notes in a.md.`)).toBe(false);
    expect(types(`You should ${word} the notes in a.md.`)).toBe(true);
  });

  it('stands behind `please`, and behind how it is to be done', () => {
    expect(verbs('The disk is full please delete the draft')).toContain('delet');
    expect(verbs('Carefully delete the draft')).toContain('delet');
    expect(verbs('Reply to Ada')).toContain('reply');
  });

  it.each([...NOT_VERBS])('is no thing that stands behind `and`: %s', word => {
    expect(verbs(`share the details and ${word} of Ada`)).toEqual(['shar']);
    expect(verbs(`share the details and delete the ${word} of Ada`)).toEqual(['shar', 'delet']);
  });

  it.each(SPEAKING_PHRASES.map(phrase => phrase.join(' ')))('is to speak with somebody: %s', phrase => {
    expect(readRequest(`Please ${phrase} Ada`).clauses[0]?.types).toEqual(new Set(['communicate']));
    expect(
      readRequest(`Please ${phrase.split(' ')[0]} the kettle`).clauses[0]?.types.has('communicate'),
    ).toBe(false);
  });

  it.each([...DOUBTFUL_QUESTIONS])('is to look only where it is a question: %s', word => {
    expect(readRequest(`${word} the lamps on?`).clauses[0]?.types.has('read')).toBe(true);
    expect(readRequest(`${word} the lamps on, all is well`).clauses[0]?.types.has('read')).toBe(false);
  });

  it.each([...SUBJECTS])('is nothing where somebody is told of: %s are', word => {
    expect(readRequest(`${word} are at home, where else`).clauses[0]?.types.size).toBe(0);
    expect(readRequest(`${word} are at home?`).clauses[0]?.question).toBe(true);
  });

  it('does not stand in a record', () => {
    expect(verbs('Look at this: {"a": {"do": "delete the draft"}} and read it.')).not.toContain('delet');
    expect(verbs('Look at this: { "delete the draft, read it.')).toEqual(['look']);
    expect(verbs('Look at this: {delete the draft}, read it.')).toContain('read');
  });
});

describe('what is forbidden', () => {
  it.each([...TELLING_NEGATIONS].filter(word => word !== 'not'))('is not what only is so: %s', word => {
    expect(forbidden(`Alex ${word} restart it`)).toEqual([]);
    expect(forbidden(`You ${word} restart it`)).toEqual(['restart']);
  });

  it.each([...TELLING_HELPERS])('is not what only is so: %s not', word => {
    expect(forbidden(`The clients ${word} not restart it`)).toEqual([]);
    expect(forbidden(`You ${word} not restart it`)).toEqual(['restart']);
  });

  it.each([...OTHERS])('is not what %s cannot do', word => {
    expect(forbidden(`${word} cannot restart it`)).toEqual([]);
    expect(forbidden(`Now cannot restart it`)).toEqual(['restart']);
  });

  it.each([...ONLY_VERBS])('is all else where only some may be: %s', word => {
    const { prohibitions } = readRequest(`You may only ${word} files under src/shop/.`);
    expect(prohibitions.map(({ only, literals }) => [only, literals.map(({ text }) => text)])).toEqual([
      [true, ['src/shop/']],
    ]);
    expect(readRequest(`You may ${word} files under src/shop/.`).prohibitions).toEqual([]);
    expect(readRequest(`You may only ${word} files.`).prohibitions).toEqual([]);
  });

  it('is the verb, and not what it is done to', () => {
    expect(forbidden('Do not modify or remove the tests')).toEqual(['modify', 'remov']);
    expect(forbidden('The tests must not be modified')).toEqual(['modify']);
  });
});

describe('files and hosts', () => {
  it.each([...DESTINATION_WORDS])('are where something is put: %s', word => {
    const found = (words: string) =>
      readRequest(words).literals.map(({ text, destination }) => [text, destination]);
    expect(found(`List the names ${word} \`out/names.txt\`.`)).toEqual([['out/names.txt', true]]);
    expect(found(`List the names of out/names.txt ${word} Ada.`)).toEqual([['out/names.txt', false]]);
  });

  it('are read without the marks around them', () => {
    expect(readRequest('See (**`a/b.ts`**), “c.md”.').literals.map(({ text }) => text)).toEqual([
      'a/b.ts',
      'c.md',
    ]);
    expect([...readRequest('Fix src/shop/cart.ts in lib/').folders]).toEqual(
      expect.arrayContaining(['shop']),
    );
  });
});
