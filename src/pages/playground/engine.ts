/** What the page asks of the rules; the command line's `explain`, `assess` and `validate` answer it. */
export interface Engine {
  readonly version: string;
  explain(question: Question): Explained;
  /** Steps as JSON Lines. */
  assess(text: string): readonly AssessedStep[];
  /** Signals or OTLP as JSON or JSON Lines. */
  validate(text: string): Promise<Validated>;
}

export interface Question {
  readonly text: string;
  readonly tool?: string;
  readonly workspace?: string;
  readonly environment?: string;
}

/** What `explain --json` writes, and the words for it. */
export interface Explained {
  readonly json: unknown;
  readonly action: Worded;
  readonly reversibility: Worded;
  /** `undefined`: the rules cannot say. */
  readonly risk: (Worded & { readonly score: number }) | undefined;
  readonly rules: readonly { readonly id: string; readonly words: string }[];
  /** In the founding JSON. */
  readonly signals: readonly unknown[];
}

export interface Worded {
  readonly value: string;
  readonly words: string;
}

/** One line of `assess`, or what is wrong with a line. */
export type AssessedStep =
  | {
      readonly line: number;
      readonly json: unknown;
      readonly session: string;
      readonly step: string;
      readonly risk: number | null;
      readonly level: string | null;
      readonly action: string | null;
      readonly reversibility: string | null;
      readonly signals: readonly string[];
      readonly rules: readonly string[];
    }
  | { readonly line: number; readonly problem: string };

export interface Validated {
  readonly signals: number;
  readonly problems: readonly Found[];
  readonly warnings: readonly Found[];
}

export interface Found {
  readonly line: number;
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}
