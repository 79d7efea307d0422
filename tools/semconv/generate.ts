import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { emitTypeScript } from './emit-ts.ts';
import { formatTypeScript } from './format.ts';
import { loadRegistry } from './model.ts';
import { loadUpstream } from './upstream.ts';

const ROOT: string = resolve(import.meta.dirname, '../..');
const registry = loadRegistry(resolve(ROOT, 'semconv/model'));
for (const [name, source] of Object.entries(emitTypeScript(registry, loadUpstream()))) {
  const path = resolve(ROOT, 'src/semconv', name);
  mkdirSync(dirname(path), { recursive: true });
  const formatted = formatTypeScript(source, `src/semconv/${name}`);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== formatted) writeFileSync(path, formatted);
}
