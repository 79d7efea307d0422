import type { Section } from './model.ts';

/** Which keys a kind of definition has. `what` names the kind in messages. */
export interface Shape {
  readonly what: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const SIGNAL_OPTIONAL = [
  'note',
  'requirement_level',
  'attributes',
  'entity_associations',
  'deprecated',
  'annotations',
];
const REFINEMENT_OPTIONAL = [
  'brief',
  'note',
  'stability',
  'attributes',
  'entity_associations',
  'deprecated',
  'annotations',
];

/** The table of the definition format, version 2. Every kind is closed. */
export const SHAPES: Readonly<Record<Exclude<Section, 'attribute_groups'>, Shape>> = {
  attributes: {
    what: 'an attribute',
    required: ['key', 'type', 'brief', 'stability'],
    optional: ['note', 'examples', 'deprecated', 'annotations'],
  },
  events: { what: 'an event', required: ['name', 'brief', 'stability'], optional: SIGNAL_OPTIONAL },
  event_refinements: { what: 'an event refinement', required: ['id', 'ref'], optional: REFINEMENT_OPTIONAL },
  spans: {
    what: 'a span',
    required: ['type', 'kind', 'name', 'brief', 'stability'],
    optional: SIGNAL_OPTIONAL,
  },
  span_refinements: {
    what: 'a span refinement',
    required: ['id', 'ref'],
    optional: ['name', ...REFINEMENT_OPTIONAL],
  },
  metrics: {
    what: 'a metric',
    required: ['name', 'instrument', 'unit', 'brief', 'stability'],
    optional: SIGNAL_OPTIONAL,
  },
  metric_refinements: { what: 'a metric refinement', required: ['id', 'ref'], optional: REFINEMENT_OPTIONAL },
  entities: {
    what: 'an entity',
    required: ['type', 'identity', 'brief', 'stability'],
    optional: ['description', 'note', 'requirement_level', 'deprecated', 'annotations'],
  },
  entity_refinements: {
    what: 'an entity refinement',
    required: ['id', 'ref'],
    optional: ['identity', 'description', 'brief', 'note', 'stability', 'deprecated', 'annotations'],
  },
};

export const INTERNAL_GROUP: Shape = {
  what: 'an internal attribute group',
  required: ['id', 'visibility', 'attributes'],
  optional: [],
};
export const PUBLIC_GROUP: Shape = {
  what: 'a public attribute group',
  required: ['id', 'visibility', 'brief', 'stability', 'attributes'],
  optional: ['note', 'deprecated', 'annotations'],
};
export const MEMBER: Shape = {
  what: 'a member',
  required: ['id'],
  optional: ['value', 'brief', 'note', 'stability', 'deprecated', 'annotations'],
};
export const REF: Shape = {
  what: 'a reference',
  required: ['ref'],
  optional: ['brief', 'note', 'examples', 'requirement_level', 'annotations', 'stability', 'deprecated'],
};
export const SPAN_REF: Shape = { ...REF, optional: [...REF.optional, 'sampling_relevant'] };
export const GROUP_REF: Shape = { what: 'a group reference', required: ['ref_group'], optional: [] };
export const FILE: Shape = {
  what: 'a definition file',
  required: [],
  optional: [
    'file_format',
    'attributes',
    'attribute_groups',
    'spans',
    'span_refinements',
    'events',
    'event_refinements',
    'metrics',
    'metric_refinements',
    'entities',
    'entity_refinements',
    'imports',
  ],
};
export const IMPORTS: Shape = {
  what: 'an imports section',
  required: [],
  optional: ['attribute_groups', 'entities', 'events', 'metrics', 'spans'],
};
export const MANIFEST_KEYS: readonly string[] = [
  'name',
  'schema_url',
  'description',
  'stability',
  'dependencies',
];
export const DEPENDENCY_KEYS: readonly string[] = ['name', 'schema_url', 'registry_path'];

export const STABILITIES: readonly string[] = ['development', 'alpha', 'beta', 'release_candidate', 'stable'];
export const PRIMITIVES: readonly string[] = ['string', 'int', 'double', 'boolean'];
export const INSTRUMENTS: readonly string[] = ['counter', 'updowncounter', 'gauge', 'histogram'];
export const SPAN_KINDS: readonly string[] = ['client', 'server', 'producer', 'consumer', 'internal'];
/** What each reason of a deprecation needs beside itself. */
export const DEPRECATION_NEEDS: Readonly<Record<string, string>> = {
  renamed: 'renamed_to',
  obsoleted: 'note',
  uncategorized: 'note',
};
