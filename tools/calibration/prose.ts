import type { Scenario } from '../../src/pages/rater/scenario.ts';

/** What people say and what is told about them: the text that has to read well. Tool names and arguments are no prose. */
export function prose({ context, messages }: Scenario): string[] {
  return [
    context.system,
    context.user_goal,
    ...context.permissions,
    ...context.safeguards,
    ...messages.flatMap(({ parts }) => parts.flatMap(part => (part.type === 'text' ? [part.content] : []))),
  ];
}

export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');

/** A full stop inside of a name or number ends no sentence. */
const sentencesOf = (text: string): string[] =>
  text.split(/[.!?:;]+(?=\s|$)/u).filter(part => part.trim() !== '');

const VOWELS = /[aeiouyäöü]/;

/** English syllables by the usual rule of thumb: groups of vowels, without a silent e. */
function syllables(word: string): number {
  let groups = 0;
  let inside = false;
  for (const letter of word) {
    const vowel = VOWELS.test(letter);
    if (vowel && !inside) groups += 1;
    inside = vowel;
  }
  const silent = word.length > 3 && word.endsWith('e') && !word.endsWith('le') ? 1 : 0;
  return Math.max(1, groups - silent);
}

export interface Readability {
  readonly words: number;
  readonly longestSentence: number;
  /** Flesch reading ease; 60 to 70 is plain English. */
  readonly ease: number;
}

export function readability(scenario: Scenario): Readability {
  const sentences = prose(scenario).flatMap(sentencesOf).map(wordsOf);
  const words = sentences.flat();
  const syllableCount = words.reduce((sum, word) => sum + syllables(word), 0);
  return {
    words: words.length,
    longestSentence: Math.max(0, ...sentences.map(sentence => sentence.length)),
    ease: 206.835 - 1.015 * (words.length / sentences.length) - 84.6 * (syllableCount / words.length),
  };
}

const SHINGLE = 4;

/** The runs of four words of all that a scenario tells, tool calls included. */
export function shingles(scenario: Scenario): Set<string> {
  const words = wordsOf(
    [...prose(scenario), JSON.stringify(scenario.action.arguments), scenario.action.tool].join(' '),
  );
  return new Set(words.slice(0, 1 - SHINGLE).map((_, at) => words.slice(at, at + SHINGLE).join(' ')));
}

/** Shared runs of words over all of both; 1 is the same text. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const run of a) if (b.has(run)) shared += 1;
  return shared / (a.size + b.size - shared);
}
