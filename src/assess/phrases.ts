import { BREAK, isMarked, WEIGHTS, wordOf } from './marked-words.ts';

/**
 * Finds phrases in a text in one pass, however many there are (the automaton of Aho and Corasick). Letters of ASCII count in
 * either case, which is how a lower-case phrase is found in any text.
 */
export class Phrases {
  readonly #phrases: readonly string[];
  #automaton: Automaton | undefined;

  /** @param phrases lower case, ASCII */
  constructor(phrases: readonly string[]) {
    this.#phrases = phrases;
  }

  /**
   * Where each phrase stands first: its number in the list → index in the text. `undefined` where the text holds none.
   *
   * @param end the text is looked at up to there
   * @param words the text's marked words are added to these in the same pass
   */
  firstsIn(
    text: string,
    end: number = text.length,
    words?: string[],
  ): ReadonlyMap<number, number> | undefined {
    // built when a text first comes, so that loading the package costs nothing of it
    this.#automaton ??= build(this.#phrases);
    const { next, found } = this.#automaton;
    let firsts: Map<number, number> | undefined;
    let row = 0;
    let start = 0;
    let marks = 0;
    for (let i = 0; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) {
        row = 0;
        continue;
      }
      if (words !== undefined) {
        const weight = WEIGHTS[code] as number;
        if (weight === BREAK) {
          if (isMarked(i - start, marks)) words.push(wordOf(text, start, i));
          start = i + 1;
          marks = 0;
        } else marks += weight;
      }
      row = next[row + (COLUMNS[code] as number)] as number;
      if (row >= 0) continue;
      row = ~row;
      firsts ??= new Map();
      for (const phrase of found[row / WIDTH] as readonly number[])
        if (!firsts.has(phrase)) firsts.set(phrase, i + 1 - (this.#phrases[phrase] as string).length);
    }
    if (words !== undefined && isMarked(end - start, marks)) words.push(wordOf(text, start, end));
    return firsts;
  }
}

interface Automaton {
  /** By the row of a state and a character's column: the row of the state behind it, its complement where a phrase ends there. */
  readonly next: Int32Array;
  /** The phrases that end in a state. */
  readonly found: readonly (readonly number[] | undefined)[];
}

/** Characters that phrases are made of. Every other one is in column 0, which leads to the start. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789 \'"<>[](){}.,:;!?-_/';
const WIDTH = ALPHABET.length + 1;
const COLUMNS: Uint8Array = new Uint8Array(128);
for (let i = 0; i < ALPHABET.length; i++) {
  COLUMNS[ALPHABET.charCodeAt(i)] = i + 1;
  COLUMNS[ALPHABET.toUpperCase().charCodeAt(i)] = i + 1;
}

function build(phrases: readonly string[]): Automaton {
  const states = 1 + phrases.reduce((sum, { length }) => sum + length, 0);
  const next = new Uint16Array(states * WIDTH);
  const found: (number[] | undefined)[] = [undefined];
  for (const [number, phrase] of phrases.entries()) {
    let state = 0;
    for (let i = 0; i < phrase.length; i++) {
      const column = COLUMNS[phrase.charCodeAt(i)] ?? 0;
      if (column === 0)
        throw new RangeError(`the phrase ${phrase} has a character that phrases are not made of`);
      const at = state * WIDTH + column;
      if (next[at] === 0) next[at] = found.push(undefined) - 1;
      state = next[at] as number;
    }
    found[state] = [...(found[state] ?? []), number];
  }
  // breadth first: where a state goes on as its longest proper suffix would
  const suffix = new Uint16Array(states);
  const queue = [0];
  for (const state of queue) {
    for (let column = 1; column < WIDTH; column++) {
      const at = state * WIDTH + column;
      const child = next[at] as number;
      const behind = next[(suffix[state] as number) * WIDTH + column] as number;
      if (child === 0) {
        next[at] = behind;
        continue;
      }
      suffix[child] = state === 0 ? 0 : behind;
      const inherited = found[suffix[child] as number];
      if (inherited !== undefined) found[child] = [...(found[child] ?? []), ...inherited];
      queue.push(child);
    }
  }
  return {
    next: Int32Array.from(next, state => (found[state] === undefined ? state * WIDTH : ~(state * WIDTH))),
    found,
  };
}
