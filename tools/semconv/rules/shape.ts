import type { Context } from '../context.ts';
import type { Json, JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, SECTIONS, type Section, text } from '../model.ts';
import {
  DEPRECATION_NEEDS,
  FILE,
  GROUP_REF,
  IMPORTS,
  INSTRUMENTS,
  INTERNAL_GROUP,
  MEMBER,
  PRIMITIVES,
  PUBLIC_GROUP,
  REF,
  SHAPES,
  type Shape,
  SPAN_KINDS,
  SPAN_REF,
  STABILITIES,
} from '../shapes.ts';

type Report = Context['report'];

const list = (words: readonly string[]): string => words.map(word => `\`${word}\``).join(', ');
const allowed = (shape: Shape): string => list([...shape.required, ...shape.optional]);

function checkKeys(item: JsonMap, shape: Shape, report: Report): void {
  for (const key of Object.keys(item)) {
    if (shape.required.includes(key) || shape.optional.includes(key)) continue;
    report(
      'unknown-key',
      item,
      key,
      `${shape.what} has no key \`${key}\``,
      `remove it or use one of ${allowed(shape)}; what the format has no key for goes under \`annotations\``,
    );
  }
  for (const key of shape.required) {
    if (item[key] !== undefined && item[key] !== null) continue;
    report('missing-key', item, undefined, `${shape.what} needs the key \`${key}\``, `add \`${key}:\``);
  }
}

const LISTS = ['attributes', 'identity', 'description', 'entity_associations', 'examples'];
const TEXTS = [
  'key',
  'brief',
  'note',
  'stability',
  'id',
  'ref',
  'ref_group',
  'visibility',
  'instrument',
  'unit',
  'kind',
];

function checkValues(item: JsonMap, report: Report): void {
  for (const [key, value] of Object.entries(item)) {
    if (value === null) continue;
    if (TEXTS.includes(key) && typeof value !== 'string') {
      report('wrong-shape', item, key, `\`${key}\` is not text`, 'quote it');
    } else if (LISTS.includes(key) && key !== 'examples' && !Array.isArray(value)) {
      report('wrong-shape', item, key, `\`${key}\` is not a list`, 'start each entry with `- `');
    } else if (key === 'annotations' && !isJsonMap(value)) {
      report('wrong-shape', item, key, '`annotations` is not a mapping', 'write `annotations: {name: {…}}`');
    }
  }
  checkStability(item, report);
  checkDeprecated(item, report);
}

function checkStability(item: JsonMap, report: Report): void {
  const stability = item['stability'];
  if (typeof stability !== 'string' || STABILITIES.includes(stability)) return;
  report(
    'stability-value',
    item,
    'stability',
    `\`${stability}\` is no stability`,
    `use one of ${list(STABILITIES)}`,
  );
}

function checkDeprecated(item: JsonMap, report: Report): void {
  const deprecated = item['deprecated'];
  if (deprecated === undefined || deprecated === null) return;
  const reason = isJsonMap(deprecated) ? text(deprecated['reason']) : '';
  const needed = DEPRECATION_NEEDS[reason];
  if (needed && isJsonMap(deprecated) && text(deprecated[needed])) return;
  report(
    'deprecated-shape',
    item,
    'deprecated',
    'a deprecation is a mapping with a reason',
    'write `{reason: renamed, renamed_to: KEY}`, `{reason: obsoleted, note: TEXT}` or `{reason: uncategorized, note: TEXT}`',
  );
}

function checkRequirement(ref: JsonMap, report: Report): void {
  const level = ref['requirement_level'];
  if (level === undefined || level === null) return;
  if (typeof level === 'string') {
    if (['required', 'recommended', 'opt_in'].includes(level)) return;
    const bare = level === 'conditionally_required';
    report(
      'requirement-level',
      ref,
      'requirement_level',
      bare ? '`conditionally_required` needs its condition' : `\`${level}\` is no requirement level`,
      bare
        ? 'write `conditionally_required: If ….` below `requirement_level:`'
        : 'use required, recommended, opt_in or `conditionally_required: If ….`',
    );
    return;
  }
  const [name, condition, ...others] = isJsonMap(level)
    ? [...Object.entries(level).flat(), ...Object.keys(level).slice(1)]
    : [];
  const known = ['conditionally_required', 'recommended', 'opt_in'].includes(String(name));
  if (!known || typeof condition !== 'string' || others.length > 0) {
    report(
      'requirement-level',
      ref,
      'requirement_level',
      'this is no requirement level',
      'write one of conditionally_required, recommended and opt_in with its text',
    );
  } else if (!/^[A-Z]/.test(condition.trim()) || !/\.$/.test(condition.trim())) {
    report(
      'requirement-text',
      level as JsonMap,
      String(name),
      `"${condition.trim()}" is not a sentence`,
      'begin it with a capital letter and end it with a period',
    );
  }
}

/** Entries of a list of mappings that are no mappings. */
function checkEntries(value: Json | undefined, what: string, report: Report): void {
  if (!Array.isArray(value)) return;
  value.forEach((entry, index) => {
    if (isJsonMap(entry)) return;
    report(
      'wrong-shape',
      value,
      index,
      `this entry of \`${what}\` is not a mapping`,
      'write `- name: value` pairs',
    );
  });
}

function checkRefs(owner: JsonMap, key: string, ownerSection: Section, report: Report): void {
  checkEntries(owner[key], key, report);
  for (const ref of mapsIn(owner[key])) {
    if (ref['key'] !== undefined) {
      report(
        'inline-attribute',
        ref,
        'key',
        `the attribute \`${text(ref['key'])}\` is defined inside of a signal or group`,
        'define it under `attributes:` of a file and write `- ref:` here',
      );
      continue;
    }
    const onSpan = ownerSection === 'spans' || ownerSection === 'span_refinements';
    const isGroup = ref['ref_group'] !== undefined;
    checkKeys(ref, isGroup ? GROUP_REF : onSpan ? SPAN_REF : REF, report);
    checkValues(ref, report);
    checkRequirement(ref, report);
  }
}

function checkType(attribute: JsonMap, report: Report): void {
  const type = attribute['type'];
  if (type === undefined || type === null) return;
  if (isJsonMap(type)) {
    for (const key of Object.keys(type).filter(name => name !== 'members')) {
      report('unknown-key', type, key, `an enum has no key \`${key}\``, 'keep `members` alone');
    }
    if (!Array.isArray(type['members'])) {
      report(
        'wrong-shape',
        attribute,
        'type',
        'an enum has no list of members',
        'write `type: {members: [{id: …}]}`',
      );
    }
    checkEntries(type['members'], 'members', report);
    for (const member of mapsIn(type['members'])) {
      checkKeys(member, MEMBER, report);
      checkValues(member, report);
    }
    return;
  }
  if (type === 'any' || isPlainType(text(type))) return;
  report(
    'attribute-type',
    attribute,
    'type',
    `\`${String(type)}\` is no type`,
    'use string, int, double or boolean, one of them with `[]`, `template[…]`, or members',
  );
}

function isPlainType(type: string): boolean {
  const inner = /^template\[(.+)\]$/.exec(type)?.[1] ?? type;
  return PRIMITIVES.includes(inner.endsWith('[]') ? inner.slice(0, -2) : inner);
}

function checkWord(
  item: JsonMap,
  key: string,
  words: readonly string[],
  rule: 'instrument' | 'span-kind',
  report: Report,
): void {
  const value = item[key];
  if (typeof value !== 'string' || words.includes(value)) return;
  report(rule, item, key, `\`${value}\` is no ${key} of this format`, `use one of ${list(words)}`);
}

function checkItem(item: JsonMap, section: Section, report: Report): void {
  const shape =
    section !== 'attribute_groups'
      ? SHAPES[section]
      : item['visibility'] === 'public'
        ? PUBLIC_GROUP
        : INTERNAL_GROUP;
  checkKeys(item, shape, report);
  checkValues(item, report);
  for (const key of ['attributes', 'identity', 'description']) checkRefs(item, key, section, report);
  if (section === 'attributes') checkType(item, report);
  if (section === 'metrics') checkWord(item, 'instrument', INSTRUMENTS, 'instrument', report);
  if (section === 'spans') checkWord(item, 'kind', SPAN_KINDS, 'span-kind', report);
  if (section === 'events' || section === 'metrics' || section === 'spans')
    checkSignalLevel(item, section, report);
  if (section === 'spans' && item['name'] !== undefined && !noteOf(item['name'])) {
    report('wrong-shape', item, 'name', 'the name of a span is not described', 'write `name: {note: …}`');
  }
  if (section === 'attribute_groups' && !['internal', 'public', ''].includes(text(item['visibility']))) {
    report(
      'wrong-shape',
      item,
      'visibility',
      'a group is internal or public',
      'write `visibility: internal`',
    );
  }
}

const noteOf = (name: Json | undefined): string => (isJsonMap(name) ? text(name['note']) : '');

function checkSignalLevel(item: JsonMap, section: Section, report: Report): void {
  const level = item['requirement_level'];
  if (level === 'recommended' || level === 'opt_in') return;
  const given = isJsonMap(level) ? Object.keys(level)[0] : undefined;
  if (given === 'recommended' || given === 'opt_in') return;
  report(
    'signal-requirement-level',
    item,
    'requirement_level',
    `this ${section.slice(0, -1)} is neither recommended nor opt_in`,
    'add `requirement_level: recommended` or `requirement_level: opt_in`',
  );
}

/** What the closed shapes of the format demand of every definition. */
export function shape({ registry, report }: Context): void {
  for (const file of registry.files) {
    if (!isJsonMap(file.value)) continue;
    checkKeys(file.value, FILE, report);
    for (const section of SECTIONS) {
      const items = file.value[section];
      if (items !== undefined && !Array.isArray(items)) {
        report(
          'wrong-shape',
          file.value,
          section,
          `\`${section}\` is not a list`,
          'start each definition with `- `',
        );
      }
      checkEntries(items, section, report);
      for (const item of mapsIn(items)) checkItem(item, section, report);
    }
    const imports = file.value['imports'];
    if (isJsonMap(imports)) checkKeys(imports, IMPORTS, report);
  }
}
