import type { Context } from '../context.ts';
import type { RuleId } from '../finding.ts';
import type { JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, type Section, text } from '../model.ts';
import { constantName, memberConstant } from '../names.ts';

const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+|\.[a-z][a-z0-9]*)*$/;
const MEMBER_ID = /^[a-z][a-z0-9]*(?:[._][a-z0-9]+)*$/;
const GRAMMAR =
  'use lower-case words of letters and digits, joined by single `.` and `_`; a letter comes first, also after a dot';

interface Named {
  readonly item: JsonMap;
  readonly key: string;
  readonly name: string;
}

const named = (items: readonly JsonMap[], key: string): Named[] =>
  items.map(item => ({ item, key, name: text(item[key]) })).filter(entry => entry.name !== '');

function grammar({ registry, report }: Context): void {
  for (const { item, name } of named(registry.items.attributes, 'key')) {
    if (!NAME.test(name)) {
      report('attribute-name', item, 'key', `\`${name}\` is no well-formed key`, GRAMMAR);
    } else if (!name.includes('.')) {
      report(
        'attribute-namespace',
        item,
        'key',
        `\`${name}\` has no namespace`,
        'put a namespace and a dot before it',
      );
    }
    const type = item['type'];
    for (const member of isJsonMap(type) ? mapsIn(type['members']) : []) {
      const id = text(member['id']);
      if (id === '' || MEMBER_ID.test(id)) continue;
      const fix = id === '_OTHER' ? 'write `{id: other, value: _OTHER}`' : GRAMMAR;
      report('member-id', member, 'id', `\`${id}\` is no well-formed id of a member`, fix);
    }
  }
  const signals: [Section, string][] = [
    ['events', 'name'],
    ['metrics', 'name'],
    ['spans', 'type'],
    ['entities', 'type'],
  ];
  for (const [section, key] of signals) {
    for (const { item, name } of named(registry.items[section], key)) {
      if (!NAME.test(name)) report('signal-name', item, key, `\`${name}\` is no well-formed name`, GRAMMAR);
    }
  }
}

function prefixes(entries: readonly Named[], rule: RuleId, what: string, report: Context['report']): void {
  const names = new Set(entries.map(entry => entry.name));
  for (const { item, key, name } of entries) {
    const parts = name.split('.');
    for (let length = 1; length < parts.length; length++) {
      const prefix = parts.slice(0, length).join('.');
      if (!names.has(prefix)) continue;
      const fix = `rename one, for example \`${prefix}\` to \`${prefix}.${what === 'key' ? 'value' : 'total'}\``;
      report(rule, item, key, `the ${what} \`${prefix}\` is the namespace of \`${name}\``, fix);
    }
  }
}

function constants(entries: readonly Named[], report: Context['report'], constant = constantName): void {
  const seen = new Map<string, string>();
  for (const { item, key, name } of entries) {
    const other = seen.get(constant(name));
    if (other !== undefined && other !== name) {
      report(
        'constant-collision',
        item,
        key,
        `\`${name}\` and \`${other}\` give the same constant ${constant(name)}`,
        'rename one of them',
      );
    }
    seen.set(constant(name), other ?? name);
  }
}

function memberConstants({ registry, report }: Context): void {
  const seen = new Map<string, string>();
  for (const attribute of registry.items.attributes) {
    const type = attribute['type'];
    const ids = new Set<string>();
    for (const member of isJsonMap(type) ? mapsIn(type['members']) : []) {
      const id = text(member['id']);
      if (id === '' || !MEMBER_ID.test(id) || ids.has(id)) continue;
      ids.add(id);
      const constant = memberConstant(text(attribute['key']), id);
      const place = `${text(attribute['key'])}: ${id}`;
      const other = seen.get(constant);
      if (other !== undefined && other !== place) {
        report(
          'constant-collision',
          member,
          'id',
          `the members \`${place}\` and \`${other}\` give the same constant ${constant}`,
          'rename one of them',
        );
      }
      seen.set(constant, other ?? place);
    }
  }
}

/** Grammar of names, namespaces that are names, and constants that two names share. */
export function names(context: Context): void {
  const { registry, report } = context;
  grammar(context);
  const attributes = named(registry.items.attributes, 'key');
  const events = named(registry.items.events, 'name');
  const metrics = named(registry.items.metrics, 'name');
  prefixes(attributes, 'attribute-prefix', 'key', report);
  prefixes(events, 'event-prefix', 'event name', report);
  prefixes(metrics, 'metric-prefix', 'metric name', report);
  const wellFormed = attributes.filter(entry => NAME.test(entry.name));
  constants(wellFormed, report);
  for (const signals of [events, metrics, named(registry.items.spans, 'type')]) constants(signals, report);
  memberConstants(context);
  const keys = new Set(attributes.map(entry => entry.name));
  for (const { item, key, name } of [...events, ...metrics]) {
    if (!keys.has(name)) continue;
    report('shared-name', item, key, `\`${name}\` is also the key of an attribute`, 'rename one of them');
  }
}
