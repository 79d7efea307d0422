import type { Report } from '../finding.ts';
import type { JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, type RawRegistry, text } from '../model.ts';

const membersOf = (attribute: JsonMap | undefined): JsonMap[] => {
  const type = attribute?.['type'];
  return isJsonMap(type) ? mapsIn(type['members']) : [];
};

/** What the baseline has and the registry no longer has. Findings stand at the line of the baseline. */
export function baseline(registry: RawRegistry, old: RawRegistry, report: Report): void {
  const now = new Map(registry.items.attributes.map(item => [text(item['key']), item]));
  for (const attribute of old.items.attributes) {
    const key = text(attribute['key']);
    const current = now.get(key);
    if (!current) {
      report(
        'removed-attribute',
        attribute,
        'key',
        `\`${key}\` is gone`,
        'keep it, with `deprecated:` and its reason',
      );
      continue;
    }
    const ids = new Set(membersOf(current).map(member => text(member['id'])));
    for (const member of membersOf(attribute)) {
      const id = text(member['id']);
      if (ids.has(id)) continue;
      report(
        'removed-member',
        member,
        'id',
        `the member \`${id}\` of \`${key}\` is gone`,
        'keep it, with `deprecated:` and its reason',
      );
    }
  }
  for (const [section, nameKey] of [
    ['events', 'name'],
    ['metrics', 'name'],
    ['spans', 'type'],
  ] as const) {
    const names = new Set(registry.items[section].map(item => text(item[nameKey])));
    for (const item of old.items[section]) {
      const name = text(item[nameKey]);
      if (names.has(name)) continue;
      report(
        'removed-signal',
        item,
        nameKey,
        `\`${name}\` is gone from ${section}`,
        'keep it, with `deprecated:` and its reason',
      );
    }
  }
}
