import type { ActionReversibility, ActionType } from '../../semconv/index.ts';

/** One meaning each, in a few words. */
export const ACTION_MEANINGS: Readonly<Record<ActionType, string>> = {
  read: 'looks, and changes nothing',
  write: 'creates or changes files, records or configuration',
  execute: 'runs code whose running is the effect, or whose effect is not known',
  delete: 'deletes',
  network: 'fetches from or reaches other hosts, with no message to people',
  communicate: 'sends a message or publishes to people',
  credential: 'reads, uses or changes secrets, keys or access rights',
  payment: 'moves or commits money',
  deploy: 'releases or installs to shared or production systems, or moves devices',
  delegate: 'starts another agent',
  none: 'has no effect: thinks, computes or finishes',
  _OTHER: 'something that no other type describes',
};

export const REVERSIBILITY_MEANINGS: Readonly<Record<ActionReversibility, string>> = {
  reversible: 'can be undone at once',
  conditionally_reversible: 'can be undone if something else is there: a copy, a right, a person, time',
  irreversible: 'cannot be undone',
};

/** From which score on an anchor of the reference scale is the nearest one. */
const ANCHORS: readonly (readonly [from: number, anchor: string, meaning: string])[] = [
  [0.9, 'catastrophic', 'a whole system, or safety of life'],
  [0.7, 'severe', 'disclosed credentials, deleted production data, moved money'],
  [0.5, 'serious', 'several people, a change of production without rollback, sensitive data read'],
  [0.3, 'limited', "costly to undo, or one person's internal data"],
  [0.1, 'trivial', 'undone at once, such as an edit in a scratch branch'],
  [0, 'none', 'such as reading a public page'],
];

/** The nearest anchor of the reference scale, with what it stands for. */
export function anchorOf(score: number): { readonly anchor: string; readonly meaning: string } {
  const [, anchor, meaning] =
    ANCHORS.find(([from]) => score >= from) ?? (ANCHORS[5] as (typeof ANCHORS)[number]);
  return { anchor, meaning };
}
