import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { emitDocs } from './emit-docs.ts';
import { emitSchema } from './emit-schema.ts';
import { emitTypeScript } from './emit-ts.ts';
import { formatFinding } from './finding.ts';
import { format } from './format.ts';
import { checkRegistry } from './run.ts';
import { loadUpstream } from './upstream.ts';

const ROOT: string = resolve(import.meta.dirname, '../..');
const SCHEMA = 'semconv/schema/alignment-signal.schema.json';

const HELP = `Generates src/semconv/*.ts, semconv/docs/*.md and the JSON Schema of a signal from the registry in semconv/model.

  npm run semconv:generate               write what changed
  npm run semconv:drift                  write nothing; name each stale file (option --check)

Exit code: 0 done or up to date, 1 stale files or a registry with problems, 2 the command itself is wrong.
`;

/** Every generated file with its text, by path from the project's root. Throws where the registry has problems. */
export function generated(): Map<string, string> {
  const upstream = loadUpstream();
  const { registry, findings } = checkRegistry(join(ROOT, 'semconv/model'), { upstream, root: ROOT });
  const [first] = findings;
  if (first) throw new Error(`the registry has problems; run npm run semconv:check\n${formatFinding(first)}`);
  const files = new Map<string, string>();
  for (const [name, source] of Object.entries(emitTypeScript(registry, upstream))) {
    const path = `src/semconv/${name}`;
    files.set(path, format(source, path));
  }
  for (const [name, page] of Object.entries(emitDocs(registry, upstream)))
    files.set(`semconv/docs/${name}`, page);
  files.set(SCHEMA, format(emitSchema(registry), SCHEMA));
  return files;
}

/** The files below `root` that are absent or differ from what is generated. */
export function staleFiles(files: ReadonlyMap<string, string>, root: string = ROOT): string[] {
  return [...files]
    .filter(([path, content]) => {
      const full = join(root, path);
      return !existsSync(full) || readFileSync(full, 'utf8') !== content;
    })
    .map(([path]) => path);
}

function run(args: readonly string[]): number {
  let check = false;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    check = values.check === true;
  } catch (error) {
    console.error(`semconv:generate: ${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  try {
    const files = generated();
    const stale = staleFiles(files);
    for (const path of stale) {
      if (check) {
        console.log(`${path}: stale; run npm run semconv:generate`);
        continue;
      }
      mkdirSync(dirname(join(ROOT, path)), { recursive: true });
      writeFileSync(join(ROOT, path), files.get(path) ?? '');
      console.log(`${path}: written`);
    }
    console.log(`${files.size} generated files, ${stale.length} ${check ? 'stale' : 'written'}`);
    return check && stale.length > 0 ? 1 : 0;
  } catch (error) {
    console.error(`semconv:generate: ${(error as Error).message}`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = run(process.argv.slice(2));
