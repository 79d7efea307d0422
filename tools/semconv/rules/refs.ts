import { type Context, holders, REFINEMENTS, refLists, SIGNALS } from '../context.ts';
import type { JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, text } from '../model.ts';

type Registry = 'core' | 'genai';

/** Which upstream registry a name belongs to. */
const homeOf = (name: string): Registry => (/^(?:gen_ai|mcp|openai|a2a)\./.test(name) ? 'genai' : 'core');

/** Whether the manifest declares the registry. Unknown hosts may hold anything, so they count as a yes. */
function declares({ registry }: Context, home: Registry): boolean {
  const value = registry.manifest?.value;
  const urls = mapsIn(isJsonMap(value) ? value['dependencies'] : undefined).map(item =>
    text(item['schema_url']),
  );
  return urls.some(
    url => !/^https?:\/\/opentelemetry\.io\//.test(url) || url.includes('/gen-ai') === (home === 'genai'),
  );
}

function attributeRefs(context: Context): void {
  const { registry, upstream, report } = context;
  const own = new Set(registry.items.attributes.map(item => text(item['key'])));
  for (const { item, name } of holders(registry)) {
    for (const ref of refLists(item).flat()) {
      const key = text(ref['ref']);
      if (key === '' || own.has(key)) continue;
      if (upstream.excluded.has(key)) {
        report(
          'excluded-ref',
          ref,
          'ref',
          `${name} refers to \`${key}\`, which its registry excludes`,
          'use the key that replaced it',
        );
      } else if (!upstream.keys.has(key)) {
        report(
          'dangling-ref',
          ref,
          'ref',
          `${name} refers to \`${key}\`, which is not defined`,
          'define it under `attributes:`; a key of a dependency belongs in semconv/upstream-keys.yaml',
        );
      } else if (!declares(context, homeOf(key))) {
        report(
          'undeclared-dependency',
          ref,
          'ref',
          `${name} refers to \`${key}\`, but the manifest does not depend on the registry that defines it`,
          'add that registry to `dependencies:` in manifest.yaml',
        );
      }
    }
  }
}

function groupRefs({ registry, report }: Context): void {
  const groups = new Map(registry.items.attribute_groups.map(group => [text(group['id']), group]));
  const groupsOf = (item: JsonMap | undefined): string[] =>
    mapsIn(item?.['attributes'])
      .map(ref => text(ref['ref_group']))
      .filter(Boolean);
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    groupsOf(groups.get(from)).some(next => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, goal, seen);
    });
  for (const { item, name } of holders(registry)) {
    for (const ref of mapsIn(item['attributes'])) {
      const id = text(ref['ref_group']);
      if (id === '' || groups.has(id)) continue;
      report(
        'dangling-group',
        ref,
        'ref_group',
        `${name} refers to the group \`${id}\`, which is not defined here`,
        'define it under `attribute_groups:`; groups of a dependency cannot be used',
      );
    }
  }
  for (const [id, group] of groups) {
    if (id === '' || !reaches(id, id, new Set())) continue;
    report(
      'group-cycle',
      group,
      'id',
      `the group \`${id}\` contains itself`,
      'take one reference out of the circle',
    );
  }
}

function refinements(context: Context): void {
  const { registry, upstream, report } = context;
  for (const { section, base, nameKey, what } of REFINEMENTS) {
    const own = new Set(registry.items[base].map(item => text(item[nameKey])));
    for (const item of registry.items[section]) {
      const ref = text(item['ref']);
      if (ref === '' || own.has(ref)) continue;
      if (!upstream[base].has(ref)) {
        report(
          'dangling-refinement',
          item,
          'ref',
          `there is no ${what} \`${ref}\` to refine`,
          `name a ${what} of this registry or of semconv/upstream-keys.yaml, without a prefix such as \`${what}.\``,
        );
      } else if (!declares(context, homeOf(ref))) {
        report(
          'undeclared-dependency',
          item,
          'ref',
          `\`${ref}\` is refined, but the manifest does not depend on the registry that defines it`,
          'add that registry to `dependencies:` in manifest.yaml',
        );
      }
    }
  }
}

function unused({ registry, report }: Context): void {
  const groups = new Map(registry.items.attribute_groups.map(group => [text(group['id']), group]));
  const used = new Set<string>();
  const visited = new Set<string>();
  const visit = (item: JsonMap): void => {
    for (const ref of refLists(item).flat()) {
      used.add(text(ref['ref']));
      const id = text(ref['ref_group']);
      const group = groups.get(id);
      if (group && !visited.has(id)) {
        visited.add(id);
        visit(group);
      }
    }
  };
  for (const { section } of [...SIGNALS, ...REFINEMENTS]) registry.items[section].forEach(visit);
  for (const item of registry.items.attributes) {
    const key = text(item['key']);
    if (key === '' || used.has(key) || item['deprecated'] !== undefined) continue;
    report(
      'unused-attribute',
      item,
      'key',
      `no signal uses \`${key}\``,
      'refer to it from a signal, or remove it',
    );
  }
}

/** References that lead nowhere, and attributes that nothing leads to. */
export function refs(context: Context): void {
  attributeRefs(context);
  groupRefs(context);
  refinements(context);
  unused(context);
}
