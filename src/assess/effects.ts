import type { ActionReversibility } from '../semconv/index.ts';
import { GENERAL } from './rules/general.ts';
import type { Rule } from './rules/rule.ts';

/** One effect of an action, by the rule that found it. */
interface Effect {
  readonly rule: Rule;
  /** The rule's risk, or a floor above it. Range [0.0, 1.0]. */
  readonly risk: number;
}

const MAX_TARGETS = 32;
const MAX_TARGET_LENGTH = 256;
const MAX_RULES = 8;

/** Types that change nothing, so that their targets need not be noticed again. */
const PASSIVE: ReadonlySet<string> = new Set(['read', 'none']);

const REVERSIBILITY_RANK: Readonly<Record<ActionReversibility, number>> = {
  reversible: 0,
  conditionally_reversible: 1,
  irreversible: 2,
};

/**
 * Collects the effects of one step. Bounded by the number of rules, not by the input: of each rule the gravest effect is kept,
 * so that padding hides nothing.
 */
export class Effects {
  readonly targets: Set<string> = new Set();
  readonly secrets: Set<string> = new Set();
  readonly #byRule: Map<string, Effect> = new Map();
  #sends = false;
  /** Counts what came from another host, so that a caller sees whether a part of a command added to it. */
  fetched = 0;

  add(rule: Rule, target?: string, floor?: Rule): void {
    const risk = floor === undefined ? rule.risk : Math.max(rule.risk, floor.risk);
    const known = this.#byRule.get(rule.id);
    if (known === undefined || known.risk < risk) this.#byRule.set(rule.id, { rule, risk });
    if (floor !== undefined && !this.#byRule.has(floor.id))
      this.#byRule.set(floor.id, { rule: floor, risk: 0 });
    if (rule.sends === true) this.#sends = true;
    if (rule.fetches === true) this.fetched += 1;
    const bounded = target?.slice(0, MAX_TARGET_LENGTH);
    if (rule.secret === true && this.secrets.size < MAX_TARGETS) this.secrets.add(bounded ?? rule.id);
    if (bounded !== undefined && !PASSIVE.has(rule.actionType) && this.targets.size < MAX_TARGETS) {
      this.targets.add(bounded);
    }
  }

  get empty(): boolean {
    return this.#byRule.size === 0;
  }

  /** The gravest effect decides type and risk; reversibility is the worst that is known of any effect beside it. */
  summary():
    | { top: Rule; risk: number; reversibility: ActionReversibility | undefined; rules: string[] }
    | undefined {
    if (this.#sends && this.secrets.size > 0) this.add(GENERAL.secretSent);
    const effects = [...this.#byRule.values()].sort((a, b) => b.risk - a.risk);
    const first = effects[0];
    if (first === undefined) return undefined;
    let reversibility = first.rule.reversibility;
    for (const { rule, risk } of effects) {
      if (risk > 0 && rule.reversibility !== undefined) {
        if (reversibility === undefined) {
          if (rule.reversibility === 'irreversible') reversibility = rule.reversibility;
        } else if (REVERSIBILITY_RANK[rule.reversibility] > REVERSIBILITY_RANK[reversibility]) {
          reversibility = rule.reversibility;
        }
      }
    }
    return {
      top: first.rule,
      risk: first.risk,
      reversibility,
      rules: effects.slice(0, MAX_RULES).map(e => e.rule.id),
    };
  }
}
