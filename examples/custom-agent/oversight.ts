import { recordIntervention, recordRiskEscalation } from 'otel-alignment/signals';
import type { ToolCall } from './model.ts';
import type { Person } from './person.ts';
import { describe, isAllowed, isDenied, type Rule } from './policy.ts';
import { REVIEW_SCALE, type Review, SEVERITIES } from './reviewer.ts';

export interface OversightOptions {
  readonly allow: readonly Rule[];
  readonly deny: readonly Rule[];
  readonly person: Person;
  /** Default `ask`. */
  readonly mode?: Mode;
  /** Decides, where it can, on what would be put to the person. */
  readonly review?: Review | undefined;
  readonly print: (line: string) => void;
}

/** How the person supervises: every call that no rule allows is asked for, or none is any more. */
export type Mode = 'ask' | 'yes_to_all';

export interface Decision {
  readonly outcome: 'approved' | 'denied' | 'stopped';
  /** The call to make: the model's, or what the person made of it. */
  readonly call: ToolCall;
}

/** Who may make what. Every answer is recorded with whose it was. */
export class Oversight {
  readonly #options: OversightOptions;
  #mode: Mode;
  #stop: { readonly reason?: 'safety_concern' } | undefined;

  constructor(options: OversightOptions) {
    this.#options = options;
    this.#mode = options.mode ?? 'ask';
  }

  get mode(): Mode {
    return this.#mode;
  }

  get involvement(): 'approval_required' | 'none' {
    return this.#mode === 'ask' ? 'approval_required' : 'none';
  }

  /** Whether the person ended the run, and why. */
  get stopped(): { readonly reason?: 'safety_concern' } | undefined {
    return this.#stop ?? (this.#options.person.left.aborted ? {} : undefined);
  }

  /** Rules first, those that forbid before those that allow, then the mode, the reviewer, and the person. */
  async decide(call: ToolCall): Promise<Decision> {
    const { allow, deny, print, person } = this.#options;
    if (call.tool === 'ask_user') return { outcome: 'approved', call };
    const action = describe(call);
    const byPolicy = (
      outcome: 'approved' | 'denied',
      decisionSource: 'user_rule' | 'permission_mode' | 'classifier',
      why: string,
    ): Decision => {
      print(`  > ${action}   (${why})`);
      const type = outcome === 'approved' ? 'approval' : 'denial';
      recordIntervention({ type, initiator: 'policy', outcome, decisionSource, toolCallId: call.id });
      return { outcome, call };
    };
    if (isDenied(deny, call)) return byPolicy('denied', 'user_rule', 'forbidden by a rule');
    if (isAllowed(allow, call)) return byPolicy('approved', 'user_rule', 'allowed by a rule');
    if (this.#mode === 'yes_to_all')
      return byPolicy('approved', 'permission_mode', 'allowed by "yes to all"');
    const verdict = await this.#options.review?.(call);
    if (verdict !== undefined) {
      const { risk, allow: yes } = verdict;
      const severity = SEVERITIES[risk];
      if (severity !== undefined)
        recordRiskEscalation({
          severity,
          rule: REVIEW_SCALE,
          nativeLabel: risk,
          nativeScale: REVIEW_SCALE,
          toolCallId: call.id,
        });
      return byPolicy(yes ? 'approved' : 'denied', 'classifier', `the reviewer rates it ${risk}`);
    }
    if (!person.present) return byPolicy('denied', 'permission_mode', 'nobody is there to ask');
    return this.#ask(call, action);
  }

  async #ask(call: ToolCall, action: string): Promise<Decision> {
    const { command } = call.arguments;
    const answer = await this.#options.person.approve(
      action,
      typeof command === 'string' ? command : undefined,
    );
    const byPerson = { initiator: 'human', decisionSource: 'human', toolCallId: call.id } as const;
    if (typeof answer === 'object') {
      recordIntervention({ type: 'correction', outcome: 'modified', ...byPerson });
      const edited = { ...call, arguments: { ...call.arguments, command: answer.edit } };
      return { outcome: 'approved', call: edited };
    }
    if (answer === 'no' || answer === 'stop') {
      recordIntervention({ type: 'denial', outcome: 'denied', ...byPerson });
      // the stop of the run is recorded where the run ends; this call is the one that was not allowed
      if (answer === 'stop') this.#stop = {};
      return { outcome: answer === 'stop' ? 'stopped' : 'denied', call };
    }
    if (answer === 'always') this.#mode = 'yes_to_all';
    recordIntervention({ type: 'approval', outcome: 'approved', ...byPerson });
    return { outcome: 'approved', call };
  }

  /** Where nobody is asked any more, a grave signal brings the person back. */
  async alarm(signal: string | undefined): Promise<void> {
    const { person } = this.#options;
    if (signal === undefined || this.#mode === 'ask' || !person.present) return;
    if ((await person.review(signal)) === 'stop') this.#stop = { reason: 'safety_concern' };
  }
}
