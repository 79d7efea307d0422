import type { Context } from '../context.ts';
import { isJsonMap } from '../model.ts';

/** Files that are no YAML or no definition files. */
export function syntax({ registry, report }: Context): void {
  const all = [...registry.files, ...(registry.manifest ? [registry.manifest] : [])];
  for (const file of all) {
    for (const error of file.errors) {
      report(
        'yaml-syntax',
        file,
        error.line,
        error.message,
        'quote text that contains a colon followed by a space, and keep each key once',
      );
    }
  }
  for (const file of registry.files) {
    if (file.errors.length > 0) continue;
    if (!isJsonMap(file.value) || file.value['file_format'] !== 'definition/2') {
      report(
        'file-format',
        isJsonMap(file.value) ? file.value : file,
        isJsonMap(file.value) ? 'file_format' : 1,
        'this is not a definition file of version 2',
        'start it with `file_format: definition/2`, or move it out of the registry folder',
      );
    }
  }
}
