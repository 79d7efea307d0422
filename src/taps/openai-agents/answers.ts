/** What was answered to a call that waited. */
export interface Answer {
  readonly toolName: string;
  readonly callId: string;
  /** JSON text, as the model wrote it. */
  readonly arguments: string;
  readonly approved: boolean;
  /** Holds for every later call of the tool in the run. */
  readonly always: boolean;
  /** The run's state, on which it was given. */
  readonly state?: object;
}

/** Answers whose call has not gone on, and tools that were approved for a whole run. Both are bounds against a leak. */
const MAX_WAITING = 256;
const MAX_STANDING = 256;

/** Answers between the moment they are given and the moment the run goes on with them. */
export class Answers {
  readonly #waiting: Answer[] = [];
  readonly #standing = new Set<string>();

  add(answer: Answer): void {
    this.#waiting.push(answer);
    if (this.#waiting.length > MAX_WAITING) this.#waiting.shift();
  }

  /** The denial of a call, which the SDK names by its id. */
  takeDenial(callId: string): Answer | undefined {
    return this.#take(answer => !answer.approved && answer.callId === callId);
  }

  /** Denials with which a run never went on, because it was stopped. */
  takeDenials(state: unknown): Answer[] {
    const denials = this.#waiting.filter(answer => !answer.approved && answer.state === state);
    for (const denial of denials) this.#waiting.splice(this.#waiting.indexOf(denial), 1);
    return denials;
  }

  /**
   * The approval of a call that ran, which the SDK names by its tool and, unless told not to, its arguments.
   * @param run the SDK's trace id, the same before and after an answer
   * @returns the answer, `'standing'` where an earlier one holds, or `undefined` where nobody was asked
   */
  takeApproval(run: string, toolName: string, args: string): Answer | 'standing' | undefined {
    const standing = `${run} ${toolName}`;
    const found = this.#take(
      answer => answer.approved && answer.toolName === toolName && (args === '' || answer.arguments === args),
    );
    if (found?.always && this.#standing.size < MAX_STANDING) this.#standing.add(standing);
    return found ?? (this.#standing.has(standing) ? 'standing' : undefined);
  }

  #take(fits: (answer: Answer) => boolean): Answer | undefined {
    const index = this.#waiting.findIndex(fits);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }
}
