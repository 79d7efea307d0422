import { resolve } from 'node:path';
import * as stable from '@opentelemetry/semantic-conventions';
import * as incubating from '@opentelemetry/semantic-conventions/incubating';
import { loadFile } from './load.ts';
import { isJsonMap, mapsIn, text } from './model.ts';

export interface UpstreamAttribute {
  readonly key: string;
  readonly type: string;
  readonly stability: string;
  readonly brief: string;
  readonly docs: string;
}

/** What is known of the registries that ours depends on. Maps of names go from name to stability. */
export interface Upstream {
  /** The hand-kept list of the keys that we refer to. */
  readonly attributes: ReadonlyMap<string, UpstreamAttribute>;
  /** Every key that is known, the package's included. */
  readonly keys: ReadonlyMap<string, string>;
  readonly spans: ReadonlyMap<string, string>;
  readonly events: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, string>;
  readonly entities: ReadonlyMap<string, string>;
  readonly attribute_groups: ReadonlyMap<string, string>;
  /** Keys that a registry excludes from what its dependents can refer to. */
  readonly excluded: ReadonlySet<string>;
}

export const UPSTREAM_FILE: string = resolve(import.meta.dirname, '../../semconv/upstream-keys.yaml');

/** Names of one kind in the npm package of the core conventions, with their stability. */
export function packaged(prefix: 'ATTR_' | 'EVENT_' | 'METRIC_'): Map<string, string> {
  const namesIn = (constants: object): string[] =>
    Object.entries(constants)
      .filter(([name, value]) => name.startsWith(prefix) && typeof value === 'string')
      .map(([, value]) => value as string);
  return new Map([
    ...namesIn(incubating).map(name => [name, 'development'] as const),
    ...namesIn(stable).map(name => [name, 'stable'] as const),
  ]);
}

/** Reads the list and adds the names of the npm package. Throws where the file is not well-formed. */
export function loadUpstream(path: string = UPSTREAM_FILE): Upstream {
  const { value, errors } = loadFile(path);
  if (!isJsonMap(value)) throw new Error(`${path}: ${errors[0]?.message ?? 'not a mapping'}`);
  const registries = isJsonMap(value['registries']) ? value['registries'] : {};
  const docsOf = (name: string): string => {
    const registry = registries[name];
    return isJsonMap(registry) ? text(registry['docs']) : '';
  };
  const stabilities = (section: string, nameKey: string): [string, string][] =>
    mapsIn(value[section]).map(item => [text(item[nameKey]), text(item['stability'])]);
  const attributes = mapsIn(value['attributes']).map(item => ({
    key: text(item['key']),
    type: text(item['type']),
    stability: text(item['stability']),
    brief: text(item['brief']),
    docs: docsOf(text(item['registry'])),
  }));
  const excluded = Array.isArray(value['excluded']) ? value['excluded'].map(key => text(key)) : [];
  return {
    attributes: new Map(attributes.map(attribute => [attribute.key, attribute])),
    keys: new Map([...packaged('ATTR_'), ...stabilities('attributes', 'key')]),
    spans: new Map(stabilities('spans', 'type')),
    events: new Map([...packaged('EVENT_'), ...stabilities('events', 'name')]),
    metrics: new Map([...packaged('METRIC_'), ...stabilities('metrics', 'name')]),
    entities: new Map(stabilities('entities', 'type')),
    attribute_groups: new Map(stabilities('attribute_groups', 'id')),
    excluded: new Set(excluded),
  };
}
