import type { Json, JsonMap } from './load.ts';
import { isJsonMap, mapsIn, type RawRegistry, text } from './model.ts';

export interface Member {
  readonly id: string;
  readonly value: string;
  readonly brief: string;
  /** Files that produce the value. */
  readonly producers: readonly string[];
  /** Folders that a producer is planned for. */
  readonly planned: readonly string[];
}

/** An attribute of our own as the generators need it. */
export interface Attribute {
  readonly key: string;
  readonly brief: string;
  readonly note: string;
  readonly stability: string;
  readonly type: string;
  readonly members: readonly Member[];
  readonly examples: readonly Json[];
  readonly open: boolean;
  readonly range: readonly [number, number] | undefined;
  /** What values of a string match, as a regular expression. */
  readonly pattern: string;
  readonly defaultSet: readonly string[];
  readonly deprecated: string;
}

/** What stands under `annotations.alignment` of a definition. */
export function ours(item: JsonMap): JsonMap {
  const annotations = item['annotations'];
  const alignment = isJsonMap(annotations) ? annotations['alignment'] : undefined;
  return isJsonMap(alignment) ? alignment : {};
}

/** Strings in an annotation that holds a list. */
export const strings = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];

/** The producers that a member of an enum names, whatever their form. */
export const producersOf = (member: JsonMap): JsonMap[] => mapsIn(ours(member)['producers']);

const textsOf = (member: JsonMap, key: string): string[] =>
  producersOf(member)
    .map(producer => text(producer[key]))
    .filter(Boolean);

function readMember(member: JsonMap): Member {
  const id = text(member['id']);
  return {
    id,
    value: text(member['value']) || id,
    brief: text(member['brief']).trim(),
    producers: textsOf(member, 'by'),
    planned: textsOf(member, 'planned'),
  };
}

function readDeprecated(value: Json | undefined): string {
  if (!isJsonMap(value)) return '';
  return text(value['renamed_to'])
    ? `Replaced by \`${text(value['renamed_to'])}\`.`
    : text(value['note']).trim();
}

function readAttribute(item: JsonMap): Attribute {
  const type = item['type'];
  const examples = item['examples'];
  const range = ours(item)['range'];
  return {
    key: text(item['key']),
    brief: text(item['brief']).trim(),
    note: text(item['note']).trim(),
    stability: text(item['stability']),
    type: isJsonMap(type) ? 'string' : text(type),
    members: isJsonMap(type) ? mapsIn(type['members']).map(readMember) : [],
    examples: Array.isArray(examples)
      ? examples
      : examples === undefined || examples === null
        ? []
        : [examples],
    open: ours(item)['open'] === true,
    range: Array.isArray(range) && range.length === 2 ? [Number(range[0]), Number(range[1])] : undefined,
    pattern: text(ours(item)['pattern']),
    defaultSet: strings(ours(item)['default_set']),
    deprecated: readDeprecated(item['deprecated']),
  };
}

/** The registry's own attributes, sorted by key. */
export function readAttributes(registry: RawRegistry): Attribute[] {
  return registry.items.attributes.map(readAttribute).sort((a, b) => (a.key < b.key ? -1 : 1));
}
