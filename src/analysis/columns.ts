const ARRAYS = { u8: Uint8Array, u32: Uint32Array, f64: Float64Array } as const;
type Kind = keyof typeof ARRAYS;
type ArrayOf<K extends Kind> = InstanceType<(typeof ARRAYS)[K]>;
export type Schema = Readonly<Record<string, Kind>>;
export type Columns<S extends Schema> = { [K in keyof S]: ArrayOf<S[K]> };

/** Rows of numbers, a typed array a column: a million rows cost their bytes and no objects. */
export class Table<S extends Schema> {
  readonly #schema: S;
  #capacity: number;
  #size = 0;
  /** Replaced when the table grows: never keep a column over a call of `add`. */
  columns: Columns<S>;

  constructor(schema: S, capacity = 1024) {
    this.#schema = schema;
    this.#capacity = capacity;
    this.columns = make(schema, capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** @returns the new row, all zeros */
  add(): number {
    if (this.#size === this.#capacity) {
      this.#capacity *= 2;
      this.columns = make(this.#schema, this.#capacity, this.columns);
    }
    this.#size += 1;
    return this.#size - 1;
  }
}

function make<S extends Schema>(schema: S, capacity: number, old?: Columns<S>): Columns<S> {
  const columns: Record<string, ArrayOf<Kind>> = {};
  for (const [name, kind] of Object.entries(schema)) {
    const column = new ARRAYS[kind](capacity);
    if (old !== undefined) column.set(old[name] as ArrayOf<Kind>);
    columns[name] = column;
  }
  return columns as Columns<S>;
}
