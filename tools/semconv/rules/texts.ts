import { type Context, holders, refLists } from '../context.ts';
import type { JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, text } from '../model.ts';

/** Briefs that say nothing, and briefs of metrics that do not end. */
export function texts({ registry, report }: Context): void {
  const check = (item: JsonMap, what: string): void => {
    const brief = item['brief'];
    if (typeof brief !== 'string' || brief.trim() !== '') return;
    report('empty-brief', item, 'brief', `the brief of ${what} is empty`, 'say in one sentence what it is');
  };
  for (const attribute of registry.items.attributes) {
    check(attribute, `\`${text(attribute['key'])}\``);
    const type = attribute['type'];
    for (const member of isJsonMap(type) ? mapsIn(type['members']) : [])
      check(member, `\`${text(member['id'])}\``);
  }
  for (const { item, name } of holders(registry)) {
    check(item, name);
    for (const ref of refLists(item).flat()) check(ref, `the reference to \`${text(ref['ref'])}\``);
  }
  for (const metric of registry.items.metrics) {
    const brief = text(metric['brief']).trim();
    if (brief === '' || brief.endsWith('.')) continue;
    report(
      'metric-brief',
      metric,
      'brief',
      `the brief of \`${text(metric['name'])}\` does not end with a period`,
      'add the period',
    );
  }
}
