/** One thing that is wrong with a signal. */
export interface Problem {
  /** The field, as a path into what was given: `context.session_id`, `attributes["alignment.risk.score"]`. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** A signal or document that cannot be used, with every problem found. */
export class SignalError extends Error {
  override readonly name = 'SignalError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, message, fix }) => `${path}: ${message}; ${fix}`).join('\n'));
    this.problems = problems;
  }
}
