import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type BinaryName = 'otelcol' | 'otelcol-tiers' | 'jaeger' | 'otel-desktop-viewer' | 'chromium';

/** A program that the stack can build, and how. `module` programs are built in the folder of their own module. */
export interface Recipe {
  readonly kind: 'builder' | 'module';
  readonly module: string;
  readonly version: string;
  /** Arguments of `go build`, without `-o`. */
  readonly build: readonly string[];
  /** What the build takes with empty caches, as printed before it starts. */
  readonly cost: string;
  /** Needs a C compiler. */
  readonly cgo?: boolean;
  /** Of the Collector's builder: the manifest, in `collector-config`. */
  readonly manifest?: string;
  /** Built when it is named, or all are: most people do not need it. */
  readonly onDemand?: boolean;
}

interface Source {
  /** The variable that names the program. */
  readonly variable: string;
  /** Names looked up on PATH, in this order. */
  readonly onPath: readonly string[];
  readonly recipe?: Recipe;
}

export const collectorConfig: string = fileURLToPath(new URL('../../collector-config', import.meta.url));

export const SOURCES: Readonly<Record<BinaryName, Source>> = {
  otelcol: {
    variable: 'OTELCOL',
    onPath: ['otelcol-contrib'],
    recipe: {
      kind: 'builder',
      module: 'go.opentelemetry.io/collector/cmd/builder',
      version: 'v0.159.0',
      build: [],
      cost: 'about 3 minutes on two cores',
      manifest: 'builder.yaml',
    },
  },
  'otelcol-tiers': {
    variable: 'OTELCOL_TIERS',
    onPath: ['otelcol-contrib'],
    recipe: {
      kind: 'builder',
      module: 'go.opentelemetry.io/collector/cmd/builder',
      version: 'v0.158.0',
      build: [],
      cost: 'about 4 minutes on two cores',
      manifest: 'builder-tiers.yaml',
      onDemand: true,
    },
  },
  jaeger: {
    variable: 'JAEGER',
    onPath: ['jaeger'],
    recipe: {
      kind: 'module',
      module: 'github.com/jaegertracing/jaeger',
      version: 'v1.76.0',
      build: ['-trimpath', './cmd/jaeger'],
      cost: 'about 3 minutes on two cores, 2 GB of memory',
    },
  },
  'otel-desktop-viewer': {
    variable: 'OTEL_DESKTOP_VIEWER',
    onPath: ['otel-desktop-viewer'],
    recipe: {
      kind: 'module',
      module: 'github.com/CtrlSpice/otel-desktop-viewer',
      version: 'v0.4.1',
      build: ['-trimpath', '.'],
      cost: 'about 2 minutes on two cores',
      cgo: true,
    },
  },
  chromium: { variable: 'CHROMIUM', onPath: ['chromium', 'chromium-browser', 'google-chrome'] },
};

/** Where programs that were built here stand: `$ALIGNMENT_CACHE`, else the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['ALIGNMENT_CACHE']) return resolve(env['ALIGNMENT_CACHE']);
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'otel-alignment');
}

/** Where a program that is built here belongs. The folder's name changes with anything that the build depends on. */
export function builtPath(name: BinaryName, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { recipe } = SOURCES[name];
  if (recipe === undefined) return undefined;
  const hash = createHash('sha256').update(JSON.stringify([recipe.module, recipe.version, recipe.build]));
  if (recipe.manifest !== undefined) hash.update(readFileSync(join(collectorConfig, recipe.manifest)));
  return join(cacheFolder(env), 'bin', `${name}-${hash.digest('hex').slice(0, 12)}`, name);
}

export interface Found {
  readonly path: string;
  readonly from: 'variable' | 'path' | 'cache';
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The program, from its variable, else from PATH, else from the cache.
 *
 * @throws where the variable is set and names no program: using another one instead would test something else
 */
export function findBinary(name: BinaryName, env: NodeJS.ProcessEnv = process.env): Found | undefined {
  const { variable, onPath } = SOURCES[name];
  const named = env[variable];
  if (named) {
    const path = resolve(named);
    if (!isProgram(path)) throw new Error(`$${variable} is ${named}, which is no program that can be run`);
    return { path, from: 'variable' };
  }
  for (const candidate of onPath) {
    for (const folder of (env['PATH'] ?? '').split(delimiter)) {
      const path = join(folder, candidate);
      if (folder !== '' && isProgram(path)) return { path, from: 'path' };
    }
  }
  const path = builtPath(name, env);
  return path !== undefined && isProgram(path) ? { path, from: 'cache' } : undefined;
}

/** How a person gets the program, in one sentence. */
export function howToGet(name: BinaryName): string {
  const { variable, onPath, recipe } = SOURCES[name];
  const own = `set ${variable} to its path or put ${onPath[0]} on PATH`;
  const install = `npm run stack:install${recipe?.onDemand ? ` -- --only ${name}` : ''}`;
  return recipe === undefined ? own : `run \`${install}\`, or ${own}`;
}
