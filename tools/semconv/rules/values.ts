import { type Context, holders, refLists } from '../context.ts';
import { ours } from '../definitions.ts';
import type { Json, JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, text } from '../model.ts';

type Report = Context['report'];

export const SIMPLE_TYPE: RegExp = /^(?:string|int|double|boolean)(?:\[\])?$/;

/** The value of a member: its id where it states none. */
export const memberValue = (member: JsonMap): Json => member['value'] ?? member['id'] ?? null;

export const isInteger = (value: Json | undefined): boolean => Number.isInteger(value);

/** The type of the values of an attribute: of an enum, that of its first member; of a template, the inner one. */
export function valueType(type: Json | undefined): string {
  if (!isJsonMap(type)) return /^template\[(.+)\]$/.exec(text(type))?.[1] ?? text(type);
  const [first] = mapsIn(type['members']);
  return first && typeof memberValue(first) === 'number' ? 'int' : 'string';
}

function fits(value: Json, type: string): boolean {
  if (type.endsWith('[]')) return Array.isArray(value) && value.every(item => fits(item, type.slice(0, -2)));
  if (type === 'int') return isInteger(value);
  if (type === 'double') return typeof value === 'number';
  return typeof value === type;
}

/** Examples of an attribute: there are some, and each has its type. */
export function checkExamples(attribute: JsonMap, type: string, isEnum: boolean, report: Report): void {
  const examples = attribute['examples'];
  const list = Array.isArray(examples)
    ? examples
    : examples === undefined || examples === null
      ? []
      : [examples];
  const key = text(attribute['key']);
  if (list.length === 0) {
    if (isEnum || type === 'boolean' || attribute['deprecated'] !== undefined) return;
    report(
      'example-missing',
      attribute,
      'examples',
      `\`${key}\` has no example`,
      'add `examples: [VALUE, …]`',
    );
    return;
  }
  exampleTypes(attribute, key, type, report);
}

function exampleTypes(holder: JsonMap, key: string, type: string, report: Report): void {
  const examples = holder['examples'];
  const list = Array.isArray(examples)
    ? examples
    : examples === undefined || examples === null
      ? []
      : [examples];
  list.forEach((example, index) => {
    if (fits(example, type)) return;
    report(
      'example-type',
      Array.isArray(examples) ? examples : holder,
      Array.isArray(examples) ? index : 'examples',
      `the example ${JSON.stringify(example)} of \`${key}\` is no ${type}`,
      type.endsWith('[]')
        ? 'write each example as a list: `examples: [[a, b]]`'
        : `write a value of the type ${type}`,
    );
  });
}

/** The examples of references have the type of the attribute that they refer to. */
export function checkRefExamples({ registry, upstream, report }: Context): void {
  const types = new Map([
    ...[...upstream.attributes.values()].map(attribute => [attribute.key, attribute.type] as const),
    ...registry.items.attributes.map(item => [text(item['key']), valueType(item['type'])] as const),
  ]);
  for (const { item } of holders(registry)) {
    for (const ref of refLists(item).flat()) {
      const type = types.get(text(ref['ref']));
      if (type && SIMPLE_TYPE.test(type)) exampleTypes(ref, text(ref['ref']), type, report);
    }
  }
}

const SCORE = /(?:^|[._])(?:score|severity|confidence)$/;

/** Scores are doubles, and doubles state their range. */
export function checkScore(attribute: JsonMap, type: string, report: Report): void {
  const key = text(attribute['key']);
  if (SCORE.test(key) && (type === 'int' || type === 'string')) {
    report(
      'score-type',
      attribute,
      'type',
      `the score \`${key}\` is of the type ${type}`,
      'use the type double',
    );
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
