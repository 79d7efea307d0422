/** What a monitor may spend. What is absent is unlimited. */
export interface Budget {
  /** Calls in a minute, over all sessions. Default 60. */
  readonly callsPerMinute?: number;
  /** Default 200. */
  readonly callsPerSession?: number;
  /** Tokens in a minute, over all sessions: what the monitor reports, until then an estimate. Default unlimited. */
  readonly tokensPerMinute?: number;
  /** Default unlimited. */
  readonly tokensPerSession?: number;
}

/** What was spent in one minute or one session. */
export interface Spent {
  calls: number;
  tokens: number;
}

const MINUTE_MS = 60_000;

/** Keeps to a budget. A minute begins with its first call, so that no more than two minutes' worth falls into any one minute. */
export class Purse {
  readonly #limits: Required<Budget>;
  readonly #now: () => number;
  #minute: Spent = { calls: 0, tokens: 0 };
  #began = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds of a clock that never goes back */
  constructor(budget: Budget, now: () => number) {
    this.#limits = {
      callsPerMinute: budget.callsPerMinute ?? 60,
      callsPerSession: budget.callsPerSession ?? 200,
      tokensPerMinute: budget.tokensPerMinute ?? Number.POSITIVE_INFINITY,
      tokensPerSession: budget.tokensPerSession ?? Number.POSITIVE_INFINITY,
    };
    this.#now = now;
  }

  /**
   * Takes one call and its estimated tokens out, or nothing where that is too much.
   *
   * @returns what to call with the tokens really used, or `undefined` where the budget does not allow the call
   */
  take(session: Spent, tokens: number): ((used: number) => void) | undefined {
    const now = this.#now();
    if (now - this.#began >= MINUTE_MS) {
      this.#began = now;
      this.#minute = { calls: 0, tokens: 0 };
    }
    const minute = this.#minute;
    const { callsPerMinute, callsPerSession, tokensPerMinute, tokensPerSession } = this.#limits;
    if (minute.calls + 1 > callsPerMinute || session.calls + 1 > callsPerSession) return undefined;
    if (minute.tokens + tokens > tokensPerMinute || session.tokens + tokens > tokensPerSession)
      return undefined;
    for (const spent of [minute, session]) {
      spent.calls += 1;
      spent.tokens += tokens;
    }
    return used => {
      for (const spent of [minute, session]) spent.tokens += used - tokens;
    };
  }
}
