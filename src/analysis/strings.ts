/** Every text of a recording once; rows hold its number. 0 stands for no text. */
export class Strings {
  readonly #numbers: Map<string, number> = new Map([['', 0]]);
  readonly #texts: string[] = [''];

  /** @returns the number of the text; 0 for what is no text, or empty */
  number(value: unknown): number {
    if (typeof value !== 'string' || value === '') return 0;
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    // a long text is cut before it is kept: no id or word of the vocabulary is longer
    if (value.length > MAX_LENGTH) return this.number(value.slice(0, MAX_LENGTH));
    this.#texts.push(value);
    this.#numbers.set(value, this.#texts.length - 1);
    return this.#texts.length - 1;
  }

  text(number: number): string {
    return this.#texts[number] ?? '';
  }
}

const MAX_LENGTH = 512;
