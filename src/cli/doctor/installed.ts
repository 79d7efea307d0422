import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** A package as it lies on the disk. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** Its real folder: two links to one folder are one copy. */
  readonly folder: string;
  /** The folder by which it was found. */
  readonly path: string;
}

/** Folders of packages that are looked into; more than any application has. */
const MAX_FOLDERS = 50_000;

/** The package that `import` finds from a folder. */
export function resolvePackage(from: string, name: string): Installed | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = readPackage(join(folder, 'node_modules', name));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The nearest folder, from this one upwards, with a package.json. */
export function packageRoot(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (readPackage(folder) !== undefined) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** What a package.json says of the package in a folder. */
export function readPackage(path: string): Installed | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
      name?: unknown;
      version?: unknown;
    };
    return {
      name: typeof name === 'string' ? name : '',
      version: typeof version === 'string' ? version : '0.0.0',
      folder: realpathSync(path),
      path,
    };
  } catch {
    return undefined;
  }
}

/**
 * Every copy of the named packages in the `node_modules` that an application loads from, each real folder once. What is linked
 * from elsewhere, such as another package of a workspace, has its own packages and is not looked into.
 *
 * @param reached packages that the application loads: a folder above it counts where one of them lies there
 * @returns `complete` is false where there were more folders than are looked into
 */
export function installedCopies(
  start: string,
  wanted: (name: string) => boolean,
  reached: readonly string[],
): { readonly copies: readonly Installed[]; readonly complete: boolean } {
  const copies = new Map<string, Installed>();
  const seen = new Set<string>();
  const queue = [...new Set([start, ...reached.map(name => resolvePackage(start, name)?.path ?? start)])].map(
    path => (path === start ? join(start, 'node_modules') : modulesOf(path)),
  );
  const read = new Set<string>();
  for (
    let modules = queue.shift();
    modules !== undefined && seen.size < MAX_FOLDERS;
    modules = queue.shift()
  ) {
    if (read.has(modules)) continue;
    read.add(modules);
    for (const { name, path } of packagesIn(modules)) {
      const folder = realOf(path);
      if (folder === undefined || seen.has(folder)) continue;
      seen.add(folder);
      if (wanted(name)) {
        const found = readPackage(path);
        if (found !== undefined && wanted(found.name)) copies.set(folder, { ...found, name });
      }
      if (folder.includes(MODULES)) queue.push(join(folder, 'node_modules'));
      // a store of pnpm: what a package depends on lies beside it
      if (folder.includes(`${sep}.pnpm${sep}`)) queue.push(modulesOf(folder));
    }
  }
  return { copies: [...copies.values()], complete: seen.size < MAX_FOLDERS };
}

function packagesIn(modules: string): { name: string; path: string }[] {
  return names(modules).flatMap(name => {
    const path = join(modules, name);
    if (!name.startsWith('@')) return name.startsWith('.') ? [] : [{ name, path }];
    return names(path).map(inner => ({ name: `${name}/${inner}`, path: join(path, inner) }));
  });
}

const MODULES = `${sep}node_modules${sep}`;
const modulesOf = (folder: string): string =>
  folder.slice(0, folder.lastIndexOf(MODULES) + MODULES.length - 1);

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
