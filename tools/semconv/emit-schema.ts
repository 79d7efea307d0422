import { type Attribute, readAttributes } from './definitions.ts';
import type { Json, JsonMap } from './load.ts';
import { isJsonMap, type RawRegistry, resolveRefs, text } from './model.ts';

/** Founding names of the document: attributes of ours that stand under a field of their own. */
const FIELDS: Readonly<Record<string, string>> = {
  signal_class: 'alignment.signal.class',
  severity: 'alignment.signal.severity',
  reversibility: 'alignment.action.reversibility',
  human_involvement: 'alignment.human.involvement',
};

/** Bounded in length, so that a matcher needs time in proportion to 64 characters at most. */
const TIMESTAMP: JsonMap = {
  type: 'string',
  maxLength: 64,
  pattern:
    '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$',
  description:
    'When it happened: an ISO 8601 date and time in UTC (`Z`) or with an offset, with as many fractional digits as the time needs. Nanoseconds are kept.',
  examples: ['2026-11-21T09:30:00.123456789Z', '2026-11-21T10:30:00+01:00'],
};

const hex = (digits: number, description: string): JsonMap => ({
  type: 'string',
  pattern: `^[0-9a-f]{${digits}}$`,
  not: { pattern: '^0+$' },
  description,
});
const name = (description: string): JsonMap => ({ type: 'string', minLength: 1, description });

function valueSchema(attribute: Attribute): JsonMap {
  const described = { description: attribute.brief };
  if (attribute.members.length > 0)
    return { enum: attribute.members.map(member => member.value), ...described };
  if (attribute.type === 'string[]') return { type: 'array', items: { type: 'string' }, ...described };
  if (attribute.type === 'int') return { type: 'integer', ...described };
  if (attribute.type === 'double') {
    const bounds = attribute.range ? { minimum: attribute.range[0], maximum: attribute.range[1] } : {};
    return { type: 'number', ...bounds, ...described };
  }
  const pattern = attribute.pattern ? { pattern: attribute.pattern } : {};
  return { type: attribute.type, ...pattern, ...described };
}

function attributeProperties(registry: RawRegistry, own: ReadonlyMap<string, Attribute>): JsonMap {
  const keys = new Set(
    registry.items.events.flatMap(event => resolveRefs(event, registry).map(ref => ref.key)),
  );
  const fields = new Set([FIELDS['signal_class'], FIELDS['severity']]);
  const properties = [...keys].sort().map((key): [string, Json] => {
    if (fields.has(key)) return [key, false];
    const attribute = own.get(key);
    return [key, attribute ? valueSchema(attribute) : { type: 'string' }];
  });
  return Object.fromEntries([...properties, ['service.name', { type: 'string' }]]);
}

/** The JSON Schema of the founding document, as text before formatting. */
export function emitSchema(registry: RawRegistry): string {
  const own = new Map(readAttributes(registry).map(attribute => [attribute.key, attribute]));
  const field = (key: string): JsonMap => {
    const attribute = own.get(FIELDS[key] ?? '');
    return attribute ? valueSchema(attribute) : {};
  };
  const attributes = attributeProperties(registry, own);
  const manifest = registry.manifest?.value;
  const url = new URL(isJsonMap(manifest ?? null) ? text((manifest as JsonMap)['schema_url']) : '');
  const version = url.pathname.split('/').at(-1) ?? '';
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${url.origin}/schemas/alignment-signal/${version}.json`,
    $comment: 'Generated from semconv/model. Do not edit; run npm run semconv:generate.',
    title: 'Alignment signal',
    description:
      'One alignment signal as a JSON document. The schema is for writers: it takes listed values only. A reader passes values and attributes that it does not know through.',
    type: 'object',
    required: ['event_type', 'signal_class', 'severity', 'context', 'timestamp'],
    additionalProperties: false,
    properties: {
      event_type: { const: 'alignment_signal' },
      signal_class: field('signal_class'),
      severity: field('severity'),
      context: {
        type: 'object',
        required: ['session_id'],
        additionalProperties: false,
        properties: {
          agent_id: name(
            'The agent: its id, else its name, else the name of the service. `attributes` says which.',
          ),
          session_id: name('The session: its id, else that of the conversation, else the trace id.'),
          tool_invocation: name(
            'The name of the tool, with `#` and the id of the call where it is known. Never arguments.',
          ),
          reversibility: field('reversibility'),
        },
      },
      human_involvement: field('human_involvement'),
      timestamp: TIMESTAMP,
      trace_id: hex(32, 'The trace that the signal belongs to, in lower-case hexadecimal digits.'),
      span_id: hex(16, 'The span that the signal belongs to, in lower-case hexadecimal digits.'),
      attributes: {
        type: 'object',
        description:
          'Every other key of the event, under its registry name. Of other conventions, any key of the namespace `gen_ai` is allowed.',
        propertyNames: { anyOf: [{ enum: Object.keys(attributes) }, { pattern: '^gen_ai[.]' }] },
        properties: attributes,
        additionalProperties: { $ref: '#/$defs/value' },
      },
    },
    $defs: {
      value: {
        description: 'A primitive, or an array of one primitive type.',
        anyOf: [
          { type: ['string', 'number', 'boolean'] },
          { type: 'array', items: { type: 'string' } },
          { type: 'array', items: { type: 'number' } },
          { type: 'array', items: { type: 'boolean' } },
        ],
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
