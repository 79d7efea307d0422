import type { Context } from '../context.ts';
import { ours } from '../definitions.ts';
import type { Json, JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, text } from '../model.ts';
import { constantName } from '../names.ts';

type Report = Context['report'];

const valueOf = (member: JsonMap): Json => member['value'] ?? member['id'] ?? null;
const isInteger = (value: Json | undefined): boolean => Number.isInteger(value);

function memberTypes(attribute: JsonMap, members: readonly JsonMap[], report: Report): void {
  const kinds = new Set<string>();
  for (const member of members) {
    const value = valueOf(member);
    if (typeof value === 'string' || isInteger(value)) {
      kinds.add(typeof value);
      continue;
    }
    report(
      'member-type',
      member,
      'value',
      `the value ${JSON.stringify(value)} of \`${text(member['id'])}\` is neither a string nor an integer`,
      'quote it, or model the attribute as a double or a boolean',
    );
  }
  if (kinds.size < 2) return;
  report(
    'member-type',
    attribute,
    'type',
    `the values of \`${text(attribute['key'])}\` are strings and integers`,
    'give all members values of one type',
  );
}

function memberUniqueness(attribute: JsonMap, members: readonly JsonMap[], report: Report): void {
  const ids = new Set<string>();
  const values = new Set<Json>();
  for (const member of members) {
    const id = text(member['id']);
    if (ids.has(constantName(id)) && members.some(other => other !== member && other['id'] === id)) {
      report('duplicate-member', member, 'id', `\`${text(attribute['key'])}\` has two members \`${id}\``, 'keep one of them');
    } else if (values.has(valueOf(member))) {
      report(
        'duplicate-member',
        member,
        'value',
        `two members of \`${text(attribute['key'])}\` have the value \`${String(valueOf(member))}\``,
        'keep one of them',
      );
    }
    ids.add(constantName(id));
    values.add(valueOf(member));
  }
}

function otherMember(attribute: JsonMap, members: readonly JsonMap[], report: Report): void {
  const open = ours(attribute)['open'] === true;
  const key = text(attribute['key']);
  const other = members.find(member => valueOf(member) === '_OTHER');
  if (other && !open) {
    report('other-member', other, undefined, `\`${key}\` is not open, so no writer needs \`_OTHER\``, 'remove the member, or annotate the attribute with `alignment: {open: true}`');
  } else if (open && !other) {
    report('other-member', attribute, 'type', `\`${key}\` is open but has no \`_OTHER\``, 'add the member `{id: other, value: _OTHER}`');
  } else if (other && text(other['id']) !== 'other' && text(other['id']) !== '_OTHER') {
    report('other-member', other, 'id', `the id of \`_OTHER\` is \`${text(other['id'])}\``, 'write `{id: other, value: _OTHER}`');
  }
}

function checkEnum(attribute: JsonMap, members: readonly JsonMap[], report: Report): void {
  if (members.length === 0) {
    report('empty-enum', attribute, 'type', `the enum \`${text(attribute['key'])}\` has no members`, 'add members, or use the type string');
    return;
  }
  for (const member of members) {
    if (member['stability'] !== undefined) continue;
    report('member-stability', member, undefined, `the member \`${text(member['id'])}\` states no stability`, 'add `stability: development`');
  }
  memberTypes(attribute, members, report);
  memberUniqueness(attribute, members, report);
  otherMember(attribute, members, report);
}

function fits(value: Json, type: string): boolean {
  if (type.endsWith('[]')) return Array.isArray(value) && value.every(item => fits(item, type.slice(0, -2)));
  if (type === 'int') return isInteger(value);
  if (type === 'double') return typeof value === 'number';
  return typeof value === type;
}

function checkExamples(attribute: JsonMap, type: string, isEnum: boolean, report: Report): void {
  const examples = attribute['examples'];
  const list = Array.isArray(examples) ? examples : examples === undefined || examples === null ? [] : [examples];
  const key = text(attribute['key']);
  if (list.length === 0) {
    if (isEnum || type === 'boolean' || attribute['deprecated'] !== undefined) return;
    report('example-missing', attribute, 'examples', `\`${key}\` has no example`, 'add `examples: [VALUE, …]`');
    return;
  }
  list.forEach((example, index) => {
    if (fits(example, type)) return;
    report(
      'example-type',
      Array.isArray(examples) ? examples : attribute,
      Array.isArray(examples) ? index : 'examples',
      `the example ${JSON.stringify(example)} of \`${key}\` is no ${type}`,
      type.endsWith('[]') ? 'write each example as a list: `examples: [[a, b]]`' : `write a value of the type ${type}`,
    );
  });
}

const SCORE = /(?:^|[._])(?:score|severity|confidence)$/;

function checkScore(attribute: JsonMap, type: string, report: Report): void {
  const key = text(attribute['key']);
  if (SCORE.test(key) && (type === 'int' || type === 'string')) {
    report('score-type', attribute, 'type', `the score \`${key}\` is of the type ${type}`, 'use the type double');
    return;
  }
  if (type !== 'double') return;
  const range = ours(attribute)['range'];
  const stated = `${text(attribute['brief'])} ${text(attribute['note'])}`;
  if (range === 'unbounded') return;
  if (Array.isArray(range) && range.length === 2 && Number(range[0]) < Number(range[1])) {
    const bounds = /\[\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\]/.exec(stated);
    if (bounds && Number(bounds[1]) === Number(range[0]) && Number(bounds[2]) === Number(range[1])) return;
  }
  report(
    'score-range',
    attribute,
    'key',
    `the range of \`${key}\` is not stated in both places`,
    'write "Range [0.0, 1.0]." in the note and `annotations: {alignment: {range: [0.0, 1.0]}}`, or `range: unbounded`',
  );
}

/** Types of attributes, their members, examples and ranges. */
export function types({ registry, report }: Context): void {
  for (const attribute of registry.items.attributes) {
    const type = attribute['type'];
    if (isJsonMap(type)) {
      const members = mapsIn(type['members']);
      if (Array.isArray(type['members'])) checkEnum(attribute, members, report);
      const first = members[0] ? valueOf(members[0]) : null;
      checkExamples(attribute, typeof first === 'number' ? 'int' : 'string', true, report);
      continue;
    }
    const inner = /^template\[(.+)\]$/.exec(text(type))?.[1] ?? text(type);
    if (inner === 'any' || inner === 'any[]') {
      report('any-type', attribute, 'type', `\`${text(attribute['key'])}\` has the type any`, 'flatten it into attributes of plain types');
    } else if (/^(?:string|int|double|boolean)(?:\[\])?$/.test(inner)) {
      checkExamples(attribute, inner, false, report);
      checkScore(attribute, inner, report);
    }
  }
}
