import type { Context } from '../context.ts';
import { ours } from '../definitions.ts';
import type { Json, JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, text } from '../model.ts';
import {
  checkExamples,
  checkRefExamples,
  checkScore,
  isInteger,
  memberValue,
  SIMPLE_TYPE,
  valueType,
} from './values.ts';

type Report = Context['report'];

function memberTypes(attribute: JsonMap, members: readonly JsonMap[], report: Report): void {
  const kinds = new Set<string>();
  for (const member of members) {
    const value = memberValue(member);
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
    if (ids.has(id)) {
      report(
        'duplicate-member',
        member,
        'id',
        `\`${text(attribute['key'])}\` has two members \`${id}\``,
        'keep one of them',
      );
    } else if (values.has(memberValue(member))) {
      report(
        'duplicate-member',
        member,
        'value',
        `two members of \`${text(attribute['key'])}\` have the value \`${String(memberValue(member))}\``,
        'keep one of them',
      );
    }
    ids.add(id);
    values.add(memberValue(member));
  }
}

function otherMember(attribute: JsonMap, members: readonly JsonMap[], report: Report): void {
  const open = ours(attribute)['open'] === true;
  const key = text(attribute['key']);
  const other = members.find(member => memberValue(member) === '_OTHER');
  if (other && !open) {
    report(
      'other-member',
      other,
      undefined,
      `\`${key}\` is not open, so no writer needs \`_OTHER\``,
      'remove the member, or annotate the attribute with `alignment: {open: true}`',
    );
  } else if (open && !other) {
    report(
      'other-member',
      attribute,
      'type',
      `\`${key}\` is open but has no \`_OTHER\``,
      'add the member `{id: other, value: _OTHER}`',
    );
  } else if (other && text(other['id']) !== 'other' && text(other['id']) !== '_OTHER') {
    report(
      'other-member',
      other,
      'id',
      `the id of \`_OTHER\` is \`${text(other['id'])}\``,
      'write `{id: other, value: _OTHER}`',
    );
  }
}

function checkEnum(attribute: JsonMap, members: readonly JsonMap[], report: Report): void {
  if (members.length === 0) {
    report(
      'empty-enum',
      attribute,
      'type',
      `the enum \`${text(attribute['key'])}\` has no members`,
      'add members, or use the type string',
    );
    return;
  }
  for (const member of members) {
    if (member['stability'] !== undefined) continue;
    report(
      'member-stability',
      member,
      undefined,
      `the member \`${text(member['id'])}\` states no stability`,
      'add `stability: development`',
    );
  }
  memberTypes(attribute, members, report);
  memberUniqueness(attribute, members, report);
  otherMember(attribute, members, report);
}

/** Types of attributes, their members, examples and ranges. */
export function types(context: Context): void {
  const { registry, report } = context;
  for (const attribute of registry.items.attributes) {
    const type = attribute['type'];
    const inner = valueType(type);
    if (isJsonMap(type)) {
      if (Array.isArray(type['members'])) checkEnum(attribute, mapsIn(type['members']), report);
      checkExamples(attribute, inner, true, report);
    } else if (inner === 'any' || inner === 'any[]') {
      report(
        'any-type',
        attribute,
        'type',
        `\`${text(attribute['key'])}\` has the type any`,
        'flatten it into attributes of plain types',
      );
    } else if (SIMPLE_TYPE.test(inner)) {
      checkExamples(attribute, inner, false, report);
      checkScore(attribute, inner, report);
    }
  }
  checkRefExamples(context);
}
