import { type Context, holders } from '../context.ts';
import type { Json } from '../load.ts';
import { isJsonMap, text } from '../model.ts';

function matches(pattern: string, names: Iterable<string>): boolean {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  return [...names].some(name => {
    if (rest.length === 0) return name === pattern;
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest.slice(0, -1)) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    const last = rest.at(-1) ?? '';
    return name.length - last.length >= at && name.endsWith(last);
  });
}

const words = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];

function entitiesIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(entitiesIn);
  return isJsonMap(value) ? Object.values(value).flatMap(entitiesIn) : [];
}

/** Imports that match nothing, and entities that are neither defined nor imported. */
export function imports({ registry, upstream, report }: Context): void {
  const sections = registry.files
    .map(file => (isJsonMap(file.value) ? file.value['imports'] : undefined))
    .filter(isJsonMap);
  for (const item of sections) {
    for (const section of ['attribute_groups', 'events', 'metrics', 'spans', 'entities'] as const) {
      const patterns = item[section];
      words(patterns).forEach((pattern, index) => {
        if (matches(pattern, upstream[section].keys())) return;
        report(
          'import-unmatched',
          patterns as Json[],
          index,
          `the import \`${pattern}\` matches no known ${section}`,
          'correct it, or add the name to semconv/upstream-keys.yaml',
        );
      });
    }
  }
  const known = [
    ...registry.items.entities.map(item => text(item['type'])),
    ...[...upstream.entities.keys()].filter(name =>
      sections.some(item => words(item['entities']).some(pattern => matches(pattern, [name]))),
    ),
  ];
  for (const { item, name } of holders(registry)) {
    for (const entity of entitiesIn(item['entity_associations'])) {
      if (known.includes(entity)) continue;
      report(
        'unknown-entity',
        item,
        'entity_associations',
        `${name} is associated with the unknown entity \`${entity}\``,
        'define it under `entities:`, or import it with `imports: {entities: [NAME]}`',
      );
    }
  }
}
