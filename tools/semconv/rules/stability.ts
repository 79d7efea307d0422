import { type Context, holders, REFINEMENTS, refLists, SIGNALS } from '../context.ts';
import type { JsonMap } from '../load.ts';
import { isJsonMap, resolveRefs, text } from '../model.ts';
import { STABILITIES } from '../shapes.ts';

const rank = (stability: string): number => STABILITIES.indexOf(stability);

function raisedBy(item: JsonMap, base: string | undefined, name: string, report: Context['report']): void {
  const own = rank(text(item['stability']));
  if (own < 0 || base === undefined || rank(base) < 0 || own <= rank(base)) return;
  report(
    'stability-raised',
    item,
    'stability',
    `${name} is ${text(item['stability'])}, but what it refers to is ${base}`,
    'remove the line: stability may be lowered only',
  );
}

function renamed({ registry, upstream, report }: Context): void {
  const own = new Map(registry.items.attributes.map(item => [text(item['key']), item]));
  for (const item of registry.items.attributes) {
    const deprecated = item['deprecated'];
    const goal = isJsonMap(deprecated) ? text(deprecated['renamed_to']) : '';
    if (goal === '' || !isJsonMap(deprecated)) continue;
    const target = own.get(goal);
    if (target ? target['deprecated'] === undefined : upstream.keys.has(goal)) continue;
    report(
      'renamed-to',
      deprecated,
      'renamed_to',
      `\`${goal}\` does not exist or is deprecated itself`,
      'name the key that is used today',
    );
  }
}

/** Stability that is higher than what it rests on, and renamings that lead nowhere. */
export function stability(context: Context): void {
  const { registry, upstream, report } = context;
  const attributes = new Map([
    ...upstream.keys,
    ...registry.items.attributes.map(item => [text(item['key']), text(item['stability'])] as const),
  ]);
  for (const { item, name } of holders(registry)) {
    for (const ref of refLists(item).flat()) {
      raisedBy(
        ref,
        attributes.get(text(ref['ref'])),
        `the reference of ${name} to \`${text(ref['ref'])}\``,
        report,
      );
    }
  }
  for (const { section, base, nameKey } of REFINEMENTS) {
    const bases = new Map([
      ...upstream[base],
      ...registry.items[base].map(item => [text(item[nameKey]), text(item['stability'])] as const),
    ]);
    for (const item of registry.items[section]) {
      raisedBy(item, bases.get(text(item['ref'])), `the refinement \`${text(item['id'])}\``, report);
    }
  }
  for (const { section, nameKey, what } of SIGNALS) {
    for (const item of registry.items[section]) {
      const own = rank(text(item['stability']));
      if (own < 0) continue;
      for (const ref of resolveRefs(item, registry)) {
        const below = rank(attributes.get(ref.key) ?? '');
        if (ref.level === 'opt_in' || below < 0 || below >= own) continue;
        report(
          'signal-stability',
          item,
          'stability',
          `the ${what} \`${text(item[nameKey])}\` is ${text(item['stability'])}, but its attribute \`${ref.key}\` is ${attributes.get(ref.key)}`,
          'lower the stability of the signal, or make the attribute opt_in',
        );
      }
    }
  }
  renamed(context);
}
