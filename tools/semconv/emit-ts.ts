import { type Attribute, readAttributes } from './definitions.ts';
import type { JsonMap } from './load.ts';
import { mapsIn, type RawRegistry, resolveRefs, text } from './model.ts';
import { attributeConstant, eventConstant, memberConstant, metricConstant, typeName } from './names.ts';
import type { Upstream, UpstreamAttribute } from './upstream.ts';

const HEADER = '// Generated from semconv/model. Do not edit; run `npm run semconv:generate`.\n';
const EXPERIMENTAL =
  '@experimental This name is experimental and may change in a minor release of `otel-alignment`.';
const KEYWORDS = /\b(MUST NOT|MUST|SHOULD NOT|SHOULD|MAY)\b/g;

const quote = (value: unknown): string => JSON.stringify(value).replaceAll(/^"|"$/g, "'");

function docComment(parts: readonly string[], indent = ''): string {
  const body = parts
    .filter(Boolean)
    .join('\n\n')
    .replaceAll('*/', '*\\/')
    .replaceAll(KEYWORDS, '**$1**')
    .split('\n')
    .map(line => `${indent} * ${line}`.trimEnd());
  return `${indent}/**\n${body.join('\n')}\n${indent} */\n`;
}

const notes = (note: string): string => (note ? `@note ${note}` : '');
const examples = (attribute: Attribute): string[] =>
  attribute.examples.map(
    example => `@example ${typeof example === 'string' ? example : JSON.stringify(example)}`,
  );
const deprecation = (attribute: Attribute): string =>
  attribute.deprecated ? `@deprecated ${attribute.deprecated}` : '';

function tsType(attribute: Attribute): string {
  if (attribute.members.length > 0) return typeName(attribute.key);
  if (attribute.type.endsWith('[]')) return `readonly ${tsPrimitive(attribute.type.slice(0, -2))}[]`;
  return tsPrimitive(attribute.type);
}

const tsPrimitive = (type: string): string => (type === 'int' || type === 'double' ? 'number' : type);

function attributeBlock(attribute: Attribute): string {
  const { key, members } = attribute;
  const doc = docComment([
    attribute.brief,
    examples(attribute).join('\n'),
    notes(attribute.note),
    EXPERIMENTAL,
    deprecation(attribute),
  ]);
  const constants = members.map(
    member =>
      `${docComment([
        `Enum value ${quote(member.value)} for {@link ${attributeConstant(key)}}: ${member.brief}`,
        EXPERIMENTAL,
      ])}export const ${memberConstant(key, member.id)} = ${quote(member.value)} as const;\n`,
  );
  const union =
    members.length === 0
      ? ''
      : `/** A value of {@link ${attributeConstant(key)}} that this version knows. Readers pass others through. */\n` +
        `export type ${typeName(key)} = ${members.map(member => quote(member.value)).join(' | ')};\n`;
  return [`${doc}export const ${attributeConstant(key)} = ${quote(key)} as const;\n`, ...constants, union]
    .filter(Boolean)
    .join('\n');
}

/** Keys of other registries that our signals refer to, sorted. */
export function reusedAttributes(registry: RawRegistry, upstream: Upstream): UpstreamAttribute[] {
  const { spans, span_refinements, events, metrics } = registry.items;
  const signals = [...spans, ...span_refinements, ...events, ...metrics];
  const keys = new Set(signals.flatMap(signal => resolveRefs(signal, registry).map(ref => ref.key)));
  return [...upstream.attributes.values()]
    .filter(attribute => keys.has(attribute.key))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function attributesFile(registry: RawRegistry, upstream: Upstream): string {
  const own = readAttributes(registry);
  const reused = reusedAttributes(registry, upstream);
  const reusedBlocks = reused.map(
    attribute =>
      docComment([`${attribute.brief} Reused, never redefined.`, `@see ${attribute.docs}`]) +
      `export const ${attributeConstant(attribute.key)} = ${quote(attribute.key)} as const;\n`,
  );
  const members = [
    ...own.map(
      attribute =>
        `  /** ${attribute.brief} */\n  readonly ${quote(attribute.key)}?: ${tsType(attribute)};\n`,
    ),
    ...reused.map(attribute => `  /** ${attribute.brief} */\n  readonly ${quote(attribute.key)}?: string;\n`),
  ];
  return [
    HEADER,
    own.map(attributeBlock).join('\n'),
    reusedBlocks.join('\n'),
    '/** The attributes of the registry and the reused ones, by key. What is unknown is left out. */\n' +
      `export interface AlignmentAttributes {\n${members.join('')}}\n`,
  ].join('\n');
}

function namesFile(
  items: readonly JsonMap[],
  constant: (name: string) => string,
  describe: (item: JsonMap) => string,
): string {
  const blocks = [...items]
    .sort((a, b) => (text(a['name']) < text(b['name']) ? -1 : 1))
    .map(
      item =>
        `${docComment([
          text(item['brief']).trim(),
          describe(item),
          notes(text(item['note']).trim()),
          EXPERIMENTAL,
        ])}export const ${constant(text(item['name']))} = ${quote(item['name'])} as const;\n`,
    );
  return [HEADER, ...blocks].join('\n');
}

function eventsFile(registry: RawRegistry): string {
  const names = registry.items.events.map(event => text(event['name'])).sort();
  const union = `/** The name of an alignment event. */\nexport type EventName = ${names.map(quote).join(' | ')};\n`;
  return [namesFile(registry.items.events, eventConstant, () => ''), union].join('\n');
}

const metricsFile = (registry: RawRegistry): string =>
  namesFile(
    registry.items.metrics,
    metricConstant,
    metric => `Instrument: ${text(metric['instrument'])}. Unit: ${quote(metric['unit'])}.`,
  );

function registryFile(registry: RawRegistry, upstream: Upstream): string {
  const rows = [
    ...readAttributes(registry).map(attribute => {
      const fields = [`type: ${quote(attribute.type)}`];
      if (attribute.members.length > 0)
        fields.push(`values: [${attribute.members.map(member => quote(member.value)).join(', ')}]`);
      if (attribute.open) fields.push('open: true');
      if (attribute.range) fields.push(`range: [${attribute.range.join(', ')}]`);
      return `  ${quote(attribute.key)}: { ${fields.join(', ')} },\n`;
    }),
    ...reusedAttributes(registry, upstream).map(
      ({ key, type }) => `  ${quote(key)}: { type: ${quote(type)} },\n`,
    ),
  ];
  const events = [...registry.items.events]
    .sort((a, b) => (text(a['name']) < text(b['name']) ? -1 : 1))
    .map(event => {
      const requirements = resolveRefs(event, registry).map(
        ref => `      ${quote(ref.key)}: ${quote(ref.level)},\n`,
      );
      const name = text(event['name']);
      return `  ${quote(name)}: {\n    class: ${quote(name.replace(/^alignment\./, ''))},\n    requirements: {\n${requirements.join('')}    },\n  },\n`;
    });
  const levels = ['required', 'recommended', 'conditionally_required', 'opt_in'].map(quote).join(' | ');
  return `${HEADER}
import type { SignalClass } from './attributes.ts';
import type { EventName } from './events.ts';

/** What a value of an attribute may be. \`values\` are those that a writer uses; readers pass others through. */
export interface AttributeRule {
  readonly type: 'string' | 'int' | 'double' | 'boolean' | 'string[]';
  readonly values?: readonly string[];
  /** The enum has the value \`_OTHER\` for what no other value describes. */
  readonly open?: boolean;
  /** Inclusive bounds. */
  readonly range?: readonly [min: number, max: number];
}

export type RequirementLevel = ${levels};

/** Every attribute of the registry and every reused one, by key. It inherits nothing, so that a key from outside is safe to look up. */
export const ATTRIBUTES: Readonly<Record<string, AttributeRule>> = {
  __proto__: null as never,
${rows.join('')}};

/** Every event, by name: its class, and the level at which it carries each attribute. */
export const EVENTS: Readonly<
  Record<EventName, { readonly class: SignalClass; readonly requirements: Readonly<Record<string, RequirementLevel>> }>
> = {
${events.join('')}};

/** The schema URL of this version of the conventions. */
export const ALIGNMENT_SCHEMA_URL = ${quote(schemaUrl(registry))} as const;
`;
}

function schemaUrl(registry: RawRegistry): string {
  const [manifest] = mapsIn([registry.manifest?.value ?? null]);
  return text(manifest?.['schema_url']);
}

const INDEX = `${HEADER}
export * from './attributes.ts';
export * from './events.ts';
export * from './metrics.ts';
export * from './registry.ts';
`;

/** The TypeScript files that stand for a registry, by file name, before formatting. */
export function emitTypeScript(registry: RawRegistry, upstream: Upstream): Record<string, string> {
  return {
    'attributes.ts': attributesFile(registry, upstream),
    'events.ts': eventsFile(registry),
    'metrics.ts': metricsFile(registry),
    'registry.ts': registryFile(registry, upstream),
    'index.ts': INDEX,
  };
}
