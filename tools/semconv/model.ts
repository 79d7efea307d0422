import { basename, join } from 'node:path';
import {
  type Json,
  type JsonMap,
  loadFile,
  placeAt,
  printedPath,
  type SourceFile,
  yamlFiles,
} from './load.ts';

export const SECTIONS = [
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
] as const;
export type Section = (typeof SECTIONS)[number];

/** A registry as it stands on disk: nothing is resolved and nothing is checked. */
export interface RawRegistry {
  readonly folder: string;
  readonly manifest: SourceFile | undefined;
  readonly files: readonly SourceFile[];
  readonly items: Readonly<Record<Section, readonly JsonMap[]>>;
}

export const isJsonMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const mapsIn = (value: Json | undefined): JsonMap[] =>
  Array.isArray(value) ? value.filter(isJsonMap) : [];
export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Loads every definition file below `folder`. Throws where the folder cannot be read. */
export function loadRegistry(folder: string): RawRegistry {
  const all = yamlFiles(folder).map(path => ({ path, file: loadFile(path) }));
  const isManifest = (path: string): boolean =>
    ['manifest.yaml', 'registry_manifest.yaml'].includes(basename(path));
  const files = all.filter(entry => !isManifest(entry.path)).map(entry => entry.file);
  const items = Object.fromEntries(
    SECTIONS.map(section => [
      section,
      files.flatMap(file => (isJsonMap(file.value) ? mapsIn(file.value[section]) : [])),
    ]),
  ) as Record<Section, JsonMap[]>;
  const manifest = all.find(entry => isManifest(entry.path))?.file;
  const registry: RawRegistry = { folder, manifest, files, items };
  placeAt(registry, printedPath(join(folder, 'manifest.yaml')));
  return registry;
}

export interface ResolvedRef {
  readonly key: string;
  /** The attribute's level on this signal. */
  readonly level: 'required' | 'recommended' | 'conditionally_required' | 'opt_in';
  /** The condition that goes with the level, if there is one. */
  readonly condition: string;
}

function readLevel(level: Json | undefined): Omit<ResolvedRef, 'key'> {
  if (isJsonMap(level)) {
    const [name, condition] = Object.entries(level)[0] ?? ['recommended', ''];
    return { level: name as ResolvedRef['level'], condition: text(condition).trim() };
  }
  return { level: (text(level) || 'recommended') as ResolvedRef['level'], condition: '' };
}

/** The attributes of a signal with its groups expanded. A `ref` on the signal wins over one in a group. */
export function resolveRefs(signal: JsonMap, registry: RawRegistry): ResolvedRef[] {
  const groups = new Map(registry.items.attribute_groups.map(group => [text(group['id']), group]));
  const resolved = new Map<string, ResolvedRef>();
  const expand = (owner: JsonMap, path: readonly string[]): void => {
    for (const entry of mapsIn(owner['attributes'])) {
      const group = groups.get(text(entry['ref_group']));
      if (group && !path.includes(text(group['id']))) expand(group, [...path, text(group['id'])]);
    }
    for (const entry of mapsIn(owner['attributes'])) {
      const key = text(entry['ref']);
      if (key) resolved.set(key, { key, ...readLevel(entry['requirement_level']) });
    }
  };
  expand(signal, []);
  return [...resolved.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
