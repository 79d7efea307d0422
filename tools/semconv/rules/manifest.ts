import { basename } from 'node:path';
import type { Context } from '../context.ts';
import type { JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, text } from '../model.ts';
import { DEPENDENCY_KEYS, MANIFEST_KEYS, STABILITIES } from '../shapes.ts';

const SCHEMA_URL = /^https?:\/\/[^/\s]+\/(?:[^/\s]+\/)*\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

function checkUrl(item: JsonMap, report: Context['report']): void {
  if (SCHEMA_URL.test(text(item['schema_url']))) return;
  report(
    'schema-url',
    item,
    'schema_url',
    `\`${text(item['schema_url'])}\` is no schema URL with a version`,
    'write `https://HOST/PATH/1.2.3`',
  );
}

function checkKeys(item: JsonMap, keys: readonly string[], report: Context['report']): void {
  for (const key of Object.keys(item).filter(name => !keys.includes(name))) {
    report(
      'manifest-key',
      item,
      key,
      `the manifest has no key \`${key}\` here`,
      `use one of ${keys.join(', ')}`,
    );
  }
}

/** The manifest: one, with known keys, versioned schema URLs and named dependencies. */
export function manifest({ registry, report }: Context): void {
  const file = registry.manifest;
  if (!file || !isJsonMap(file.value) || basename(file.path) !== 'manifest.yaml') {
    const at = file ?? registry;
    report(
      'manifest-missing',
      at,
      undefined,
      `${registry.folder} has no manifest.yaml`,
      'add one with `schema_url`, `description` and `stability`',
    );
    return;
  }
  checkKeys(file.value, MANIFEST_KEYS, report);
  checkUrl(file.value, report);
  const stability = file.value['stability'];
  if (stability !== undefined && !STABILITIES.includes(text(stability))) {
    report(
      'stability-value',
      file.value,
      'stability',
      `\`${text(stability)}\` is no stability`,
      `use one of ${STABILITIES.join(', ')}`,
    );
  }
  for (const dependency of mapsIn(file.value['dependencies'])) {
    checkKeys(dependency, DEPENDENCY_KEYS, report);
    if (text(dependency['schema_url'])) checkUrl(dependency, report);
    else {
      report(
        'dependency-schema-url',
        dependency,
        undefined,
        'a dependency states no schema URL',
        'add the `schema_url:` that its own manifest states',
      );
    }
  }
}
