import type { Report } from './finding.ts';
import type { JsonMap } from './load.ts';
import { mapsIn, type RawRegistry, text } from './model.ts';
import type { Upstream } from './upstream.ts';

/** What every rule gets. */
export interface Context {
  readonly registry: RawRegistry;
  readonly upstream: Upstream;
  /** Absolute folder that the paths of producers start from. */
  readonly root: string;
  readonly report: Report;
}

export type Rule = (context: Context) => void;

/** Signals that carry attributes, with the key that names each. */
export const SIGNALS = [
  { section: 'events', nameKey: 'name', what: 'event' },
  { section: 'metrics', nameKey: 'name', what: 'metric' },
  { section: 'spans', nameKey: 'type', what: 'span' },
  { section: 'entities', nameKey: 'type', what: 'entity' },
] as const;

export const REFINEMENTS = [
  { section: 'event_refinements', base: 'events', nameKey: 'name', what: 'event' },
  { section: 'metric_refinements', base: 'metrics', nameKey: 'name', what: 'metric' },
  { section: 'span_refinements', base: 'spans', nameKey: 'type', what: 'span' },
  { section: 'entity_refinements', base: 'entities', nameKey: 'type', what: 'entity' },
] as const;

/** The lists of references that a definition holds. */
export const refLists = (item: JsonMap): JsonMap[][] =>
  ['attributes', 'identity', 'description'].map(key => mapsIn(item[key])).filter(list => list.length > 0);

/** Everything that holds references: signals, refinements and groups, with a name for messages. */
export function holders(registry: RawRegistry): { readonly item: JsonMap; readonly name: string }[] {
  const { items } = registry;
  const named = (list: readonly JsonMap[], key: string, what: string) =>
    list.map(item => ({ item, name: `${what} \`${text(item[key])}\`` }));
  return [
    ...SIGNALS.flatMap(({ section, nameKey, what }) => named(items[section], nameKey, what)),
    ...REFINEMENTS.flatMap(({ section, what }) => named(items[section], 'id', `${what} refinement`)),
    ...named(items.attribute_groups, 'id', 'group'),
  ];
}
