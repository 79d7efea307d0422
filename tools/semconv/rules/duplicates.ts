import { type Context, holders, REFINEMENTS, refLists, SIGNALS } from '../context.ts';
import type { RuleId } from '../finding.ts';
import type { JsonMap } from '../load.ts';
import { position } from '../load.ts';
import { mapsIn, text } from '../model.ts';

const where = (item: JsonMap): string => {
  const { file, line } = position(item);
  return `${file}:${line}`;
};

function once(
  items: readonly JsonMap[],
  key: string,
  rule: RuleId,
  what: string,
  report: Context['report'],
): void {
  const seen = new Map<string, JsonMap>();
  for (const item of items) {
    const name = text(item[key]);
    const first = seen.get(name);
    if (name && first) {
      report(
        rule,
        item,
        key,
        `the ${what} \`${name}\` is defined at ${where(first)} already`,
        'keep one of the two',
      );
    }
    if (!first) seen.set(name, item);
  }
}

function refsOf(group: JsonMap | undefined): string[] {
  return mapsIn(group?.['attributes'])
    .map(ref => text(ref['ref']))
    .filter(Boolean);
}

function references({ registry, report }: Context): void {
  const groups = new Map(registry.items.attribute_groups.map(group => [text(group['id']), group]));
  for (const { item, name } of holders(registry)) {
    for (const refs of refLists(item)) {
      const seen = new Set<string>();
      const fromGroup = new Map<string, string>();
      for (const ref of refs) {
        const key = text(ref['ref']) || text(ref['ref_group']);
        const field = ref['ref'] === undefined ? 'ref_group' : 'ref';
        if (key && seen.has(key)) {
          report('duplicate-ref', ref, field, `${name} refers to \`${key}\` twice`, 'keep one of the two');
          continue;
        }
        seen.add(key);
        if (field === 'ref') continue;
        for (const grouped of refsOf(groups.get(key))) {
          const other = fromGroup.get(grouped);
          if (other !== undefined) {
            report(
              'duplicate-in-groups',
              ref,
              'ref_group',
              `the groups \`${other}\` and \`${key}\` both give ${name} the key \`${grouped}\``,
              'take the key out of one group, or refer to one group only',
            );
          }
          fromGroup.set(grouped, other ?? key);
        }
      }
    }
  }
}

/** Things that are there twice, and names that belong to an upstream registry. */
export function duplicates(context: Context): void {
  const { registry, upstream, report } = context;
  once(registry.items.attributes, 'key', 'duplicate-attribute', 'attribute', report);
  once(registry.items.attribute_groups, 'id', 'duplicate-group', 'attribute group', report);
  for (const { section, nameKey, what } of SIGNALS) {
    once(registry.items[section], nameKey, 'duplicate-signal', what, report);
  }
  const ids = REFINEMENTS.flatMap(({ section }) => registry.items[section]);
  once(ids, 'id', 'duplicate-refinement', 'refinement', report);
  for (const { section, base, nameKey, what } of REFINEMENTS) {
    const bases = new Set([
      ...registry.items[base].map(item => text(item[nameKey])),
      ...upstream[base].keys(),
    ]);
    for (const item of registry.items[section]) {
      const id = text(item['id']);
      if (!bases.has(id)) continue;
      report(
        'duplicate-refinement',
        item,
        'id',
        `\`${id}\` is the name of a ${what} already`,
        'give the refinement an id of its own',
      );
    }
  }
  for (const item of registry.items.attributes) {
    const key = text(item['key']);
    if (!upstream.keys.has(key) && !upstream.excluded.has(key)) continue;
    report(
      'own-upstream-key',
      item,
      'key',
      `\`${key}\` is a key of an upstream registry`,
      'refer to it with `- ref:`, or rename yours',
    );
  }
  for (const { section, nameKey, what } of SIGNALS) {
    for (const item of registry.items[section]) {
      const name = text(item[nameKey]);
      if (!upstream[section].has(name)) continue;
      report(
        'own-upstream-key',
        item,
        nameKey,
        `an upstream registry defines the ${what} \`${name}\``,
        'refine it, or rename yours',
      );
    }
  }
  references(context);
}
