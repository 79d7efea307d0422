import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { checkDialect, checkOrder } from './check.ts';
import { readCoverage } from './coverage.ts';
import { emitCollector } from './emit-collector.ts';
import { emitDocs } from './emit-docs.ts';
import { emitSources } from './emit-sources.ts';
import { emitSteps } from './emit-steps.ts';
import { emitTables } from './emit-tables.ts';
import { type Fault, load } from './load.ts';
import { type DialectFile, type OrderFile, toTable } from './model.ts';

const ROOT: string = resolve(import.meta.dirname, '../..');

const OTHERS: ReadonlySet<string> = new Set(['order.yaml', 'coverage.yaml']);

/** What the tables in a folder give: the files to write, by path below the project's root, or what is wrong. */
export interface Generated {
  readonly faults: readonly Fault[];
  readonly files: ReadonlyMap<string, string>;
}

/** Reads and checks all tables of a folder. Throws where the folder or its `order.yaml` cannot be read. */
export function generate(folder: string = join(ROOT, 'semconv/dialects')): Generated {
  const names = readdirSync(folder).filter(name => name.endsWith('.yaml') && !OTHERS.has(name));
  const shown = (name: string): string => relative(ROOT, join(folder, name));
  const order = load(join(folder, 'order.yaml'), shown('order.yaml'));
  const sources = names.sort().map(name => load(join(folder, name), shown(name)));
  const faults = sources.flatMap(checkDialect);
  faults.push(
    ...checkOrder(
      order,
      names.map(name => name.slice(0, -'.yaml'.length)),
    ),
  );
  if (faults.length > 0) return { faults, files: new Map() };
  const { order: items } = order.value as OrderFile;
  const files = items.map(
    item =>
      sources.find(source => (source.value as DialectFile).dialect === item.dialect)!.value as DialectFile,
  );
  return {
    faults,
    files: new Map([
      ['src/dialects/tables.generated.ts', emitTables(files.map(toTable))],
      ['src/dialects/steps.generated.ts', emitSteps(files.map(toTable))],
      ['semconv/docs/dialects.md', emitDocs(order.value as OrderFile, files)],
      ...files.flatMap(file => {
        const source = emitCollector(file);
        return source === undefined
          ? []
          : [[`collector-config/sources/${file.dialect}.yaml`, source] as const];
      }),
      ...(existsSync(join(folder, 'coverage.yaml'))
        ? [['collector-config/sources/README.md', emitSources(files, readCoverage(folder))] as const]
        : []),
    ]),
  };
}

function main(args: readonly string[]): number {
  const unknown = args.find(arg => arg !== '--check');
  if (unknown !== undefined) {
    console.error(`unknown argument ${unknown}; use: node tools/dialects/generate.ts [--check]`);
    return 2;
  }
  const { faults, files } = generate();
  for (const { path, line, field, message } of faults) {
    console.error(`${path}:${line}: ${field === '' ? '' : `${field} `}${message}`);
  }
  if (faults.length > 0) return 1;
  let stale = 0;
  for (const [path, text] of files) {
    const target = join(ROOT, path);
    if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
    if (args.includes('--check')) {
      console.error(`${path} is stale: run node tools/dialects/generate.ts`);
      stale += 1;
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    console.log(`wrote ${path}`);
  }
  return stale === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
