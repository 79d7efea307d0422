import { describe, expect, it } from 'vitest';
import { ENDINGS } from './rules/endings.ts';
import { root, stem, wordsOf } from './words.ts';

/** Each ending: a word with it, a word of the same family, and one that only looks like it. */
// biome-ignore format: a table
const FAMILIES: readonly (readonly [ending: string, word: string, kin: string, stranger: string])[] = [
  ['ing', 'searching', 'search', 'seed'], ['ying', 'verifying', 'verify', 'very'], ['ed', 'searched', 'search', 'searle'], ['ied', 'verified', 'verify', 'very'],
  ['e', 'delete', 'deletion', 'delay'], ['ie', 'queries', 'query', 'quest'], ['y', 'verify', 'verifier', 'verse'],
  ['yse', 'analyse', 'analysis', 'answer'], ['yze', 'analyze', 'analytics', 'answer'], ['yser', 'analyser', 'analyse', 'answer'], ['yzer', 'analyzer', 'analyze', 'answer'],
  ['ysis', 'analysis', 'analyze', 'answer'], ['ytic', 'analytics', 'analyzer', 'answer'], ['ion', 'deletion', 'delete', 'delay'], ['ment', 'payment', 'pay', 'pause'],
  ['ication', 'verification', 'verify', 'version'], ['icate', 'fabricate', 'fabrication', 'fabled'], ['icator', 'fabricator', 'fabricate', 'fabled'],
  ['isation', 'optimisation', 'optimise', 'option'], ['ization', 'optimization', 'optimize', 'option'], ['ise', 'summarise', 'summary', 'summer'], ['ize', 'summarize', 'summary', 'summer'],
  ['iser', 'summariser', 'summarise', 'summer'], ['izer', 'summarizer', 'summarize', 'summer'], ['ising', 'optimising', 'optimise', 'option'], ['izing', 'optimizing', 'optimize', 'option'],
  ['ised', 'optimised', 'optimiser', 'option'], ['ized', 'optimized', 'optimizer', 'option'], ['ation', 'validation', 'validate', 'value'], ['ition', 'composition', 'compose', 'compare'],
  ['ate', 'evaluate', 'evaluator', 'evade'], ['ator', 'validator', 'validate', 'value'], ['ating', 'evaluating', 'evaluate', 'evading'], ['ated', 'simulated', 'simulation', 'similar'],
  ['er', 'planner', 'planning', 'planet'], ['ier', 'classifier', 'classify', 'classes'], ['or', 'detector', 'detection', 'detach'], ['al', 'retrieval', 'retrieve', 'return'],
  ['ity', 'validity', 'valid', 'value'], ['ery', 'delivery', 'deliver', 'delta'], ['ain', 'maintain', 'maintenance', 'mention'], ['ant', 'consultant', 'consult', 'console'],
  ['iant', 'compliant', 'compliance', 'compile'], ['ance', 'performance', 'perform', 'permit'], ['iance', 'compliance', 'comply', 'compile'], ['ence', 'reference', 'refer', 'refund'],
  ['enance', 'maintenance', 'maintain', 'mention'],
];

describe('root', () => {
  it('has a family for every ending', () => {
    expect(FAMILIES.map(([ending]) => ending).sort()).toEqual(ENDINGS.map(({ ending }) => ending).sort());
  });

  it.each(FAMILIES)('%s: %s is of a family with %s, and not with %s', (ending, word, kin, stranger) => {
    expect(word.endsWith(ending) || word.endsWith(`${ending}s`)).toBe(true);
    expect(root(word)).toBe(root(kin));
    expect(root(word)).not.toBe(root(stranger));
  });

  it('keeps short words and doubled letters that are written so', () => {
    for (const word of ['pay', 'run', 'use', 'call', 'book']) expect(root(word)).toBe(root(`${word}s`));
    expect(root('planning')).toBe('plan');
    expect(root('calling')).toBe('call');
  });
});

describe('wordsOf', () => {
  it('ends clauses at sentences, lists and dashes, and not within names and addresses', () => {
    expect(wordsOf('Fix a.b — then stop')).toEqual(['fix', 'a', 'b', '.', 'then', 'stop']);
    expect(wordsOf('go to http://a.b/c: now')).toEqual(['go', 'to', 'http', 'a', 'b', 'c', '.', 'now']);
    expect(wordsOf('Why?')).toEqual(['why', '?']);
  });

  it('reads what word processors write', () => {
    expect(wordsOf('Don’t “touch” it…')).toEqual(["don't", 'touch', 'it']);
    expect(wordsOf('├── Größe')).toEqual(['größe']);
    expect(stem("employee's")).toBe(stem('employee'));
  });
});
