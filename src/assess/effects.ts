import type { ActionReversibility } from '../semconv/index.ts';
import { GENERAL } from './rules/general.ts';
import type { Pointer, Rule } from './rules/rule.ts';
import { ENVIRONMENT_SHIFT } from './rules/supervision.ts';
import type { Environment } from './supervision.ts';
import type { Tables } from './tables.ts';

/** One effect of an action, by the rule that found it. */
interface Effect {
  readonly rule: Rule;
  /** The rule's risk, or a floor above it. Range [0.0, 1.0]. */
  readonly risk: number;
  /** True where the rule only raises the risk of others. */
  readonly floor?: boolean;
}

const MAX_TARGETS = 32;
const MAX_TARGET_LENGTH = 256;
const MAX_RULES = 8;
const PASSIVE_FLOOR = 0.05;

/**
 * What a type adds to a risk where several effects compete for being the main one: of equal risks a deletion is what the step is
 * about, and looking is so only where nothing else happens.
 */
const CONSEQUENCE: Readonly<Record<string, number>> = {
  delete: 0.2,
  payment: 0.1,
  communicate: 0.1,
  deploy: 0.1,
  credential: 0.1,
  delegate: 0.05,
  execute: 0.05,
  read: -0.3,
  none: -0.35,
};

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
  readonly tables: Tables;
  readonly targets: Set<string> = new Set();
  readonly secrets: Set<string> = new Set();
  readonly #byRule: Map<string, Effect> = new Map();
  readonly #pointers: Map<Pointer, Rule> = new Map();
  #sends = false;
  /** Counts what came from another host, so that a caller sees whether a part of a command added to it. */
  fetched = 0;
  /** Where effects on shared systems take place, as far as it is known. */
  environment: Environment | undefined;
  #shared = false;
  /** The system that the effect is on is a file of one's own. */
  local = false;

  constructor(tables: Tables) {
    this.tables = tables;
  }

  add(given: Rule, target?: string, floor?: Rule): void {
    const { overrides } = this.tables;
    let rule = given;
    if (overrides.size > 0) {
      const override = overrides.get(given.id);
      if (override === false) return;
      if (override !== undefined) rule = { ...given, ...override };
    }
    // looking with another user's rights, or on another machine, weighs little more than looking
    const least =
      floor === undefined
        ? 0
        : PASSIVE.has(rule.actionType)
          ? Math.min(floor.risk, PASSIVE_FLOOR)
          : floor.risk;
    const risk = Math.max(rule.risk, least);
    const known = this.#byRule.get(rule.id);
    if (known === undefined || known.risk < risk) this.#byRule.set(rule.id, { rule, risk });
    if (floor !== undefined && !this.#byRule.has(floor.id))
      this.#byRule.set(floor.id, { rule: floor, risk: 0, floor: true });
    if (rule.sends === true) this.#sends = true;
    if (rule.shared === true) this.#shared = true;
    if (rule.fetches === true) this.fetched += 1;
    if (rule.points !== undefined) this.#pointers.set(rule.points, rule);
    const bounded = target?.slice(0, MAX_TARGET_LENGTH);
    if (rule.secret === true && this.secrets.size < MAX_TARGETS) this.secrets.add(bounded ?? rule.id);
    if (bounded !== undefined && !PASSIVE.has(rule.actionType) && this.targets.size < MAX_TARGETS) {
      this.targets.add(bounded);
    }
  }

  /** True where an effect is on a system that others share. */
  get shared(): boolean {
    return this.#shared;
  }

  /** What the effects themselves point to. */
  get pointers(): ReadonlyMap<Pointer, Rule> {
    return this.#pointers;
  }

  get sends(): boolean {
    return this.#sends;
  }

  has(id: string): boolean {
    return this.#byRule.has(id);
  }

  /** True where code runs whose effect is not seen. */
  get executes(): boolean {
    return [...this.#byRule.values()].some(
      ({ rule, floor }) => floor !== true && rule.actionType === 'execute',
    );
  }

  /** True where an effect is more than trivial. */
  get isGrave(): boolean {
    return [...this.#byRule.values()].some(({ risk }) => risk >= 0.3);
  }

  get empty(): boolean {
    return this.#byRule.size === 0;
  }

  /** The gravest effect decides the risk, the most consequential one the type; reversibility is the worst that is known of any effect. */
  summary():
    | { top: Rule; risk: number; reversibility: ActionReversibility | undefined; rules: string[] }
    | undefined {
    if (this.#sends && this.secrets.size > 0) this.add(GENERAL.secretSent);
    if (this.#erases()) this.add(GENERAL.tracesErased);
    const effects = this.#inEnvironment().sort((a, b) => consequenceOf(b) - consequenceOf(a));
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
      risk: Math.max(...effects.map(effect => effect.risk)),
      reversibility,
      rules: effects.slice(0, MAX_RULES).map(e => e.rule.id),
    };
  }

  /** Two traces of what was done go in one step, or one goes and what keeps them stops. */
  #erases(): boolean {
    let deleted = 0;
    let all = 0;
    for (const { rule } of this.#byRule.values()) {
      if (rule.points !== 'oversight') continue;
      all += 1;
      if (rule.actionType === 'delete') deleted += 1;
    }
    return deleted > 0 && all > 1;
  }

  #inEnvironment(): Effect[] {
    const effects = [...this.#byRule.values()];
    const { environment } = this;
    if (environment === undefined) return effects;
    return effects.map(effect => {
      if (effect.rule.shared !== true || PASSIVE.has(effect.rule.actionType)) return effect;
      const { least, most } = ENVIRONMENT_SHIFT;
      const moved = Math.min(most, Math.max(least, effect.risk + ENVIRONMENT_SHIFT[environment]));
      const risk = environment === 'production' ? Math.max(moved, effect.risk) : Math.min(moved, effect.risk);
      return { rule: effect.rule, risk: Math.round(risk * 100) / 100 };
    });
  }
}

function consequenceOf({ rule, risk, floor }: Effect): number {
  if (floor === true) return -1;
  return risk + (CONSEQUENCE[rule.actionType] ?? 0);
}
