import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { stale } from '../../tools/stack/generate-config.ts';
import { hasComponent, requireBinaries, Sandbox } from './harness.ts';

const run = promisify(execFile);
const read = (file: string): string => readFileSync(join(collectorConfig, file), 'utf8');
const overlays = readdirSync(join(collectorConfig, 'overlays')).map(file => file.replace('.yaml', ''));
const sources = readdirSync(join(collectorConfig, 'sources'))
  .filter(file => file.endsWith('.yaml'))
  .map(file => `sources/${file.replace('.yaml', '')}`);

/** Every subset, in the order of the list. */
const subsets = ([first, ...rest]: string[]): string[][] =>
  first === undefined ? [[]] : subsets(rest).flatMap(set => [set, [first, ...set]]);
/** What README.md says: every overlay with every other, but for the two that are two answers to one question. */
const COMBINATIONS = [
  ...subsets(overlays).filter(set => !(set.includes('logs-to-file') && set.includes('logs-to-spans'))),
  ['pseudonyms', 'strict'],
  ...sources.map(source => [source]),
  sources,
  [...sources, 'strict', 'pseudonyms', 'logs-to-file'],
  ['strict', 'pseudonyms', 'logs-to-file', ...sources],
];

// biome-ignore lint/suspicious/noExplicitAny: YAML as it comes
type Yaml = any;
const configs = ['alignment.yaml', ...overlays.map(name => `overlays/${name}.yaml`)];

/** Variables and their defaults in a configuration's text. */
function variables(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, fallback] of text.matchAll(/\$\{env:(\w+)(?::-([^}]*))?\}/g))
    found.set(name!, fallback ?? '');
  return found;
}

describe('the files of collector-config', () => {
  it('hold the key lists of keys.yaml and of the registry', () => {
    expect([...stale().keys()]).toEqual([]);
  });

  it.each(configs)('%s: every list of statements names its context', file => {
    const processors: Record<string, Yaml> = parse(read(file)).processors ?? {};
    for (const [name, config] of Object.entries(processors)) {
      if (!name.startsWith('transform/')) continue;
      for (const kind of ['log_statements', 'trace_statements', 'metric_statements']) {
        for (const group of config[kind] ?? []) expect(group.context, `${name} ${kind}`).toBeTypeOf('string');
      }
    }
  });

  it('put nothing that forgets between the receiver and the disk queue', () => {
    const { service, exporters } = parse(read('alignment.yaml'));
    for (const file of configs) {
      const pipelines: Record<string, Yaml> = parse(read(file)).service.pipelines;
      for (const lane of [
        'traces/in',
        'traces/complete',
        'traces/measured',
        'traces/signals',
        'logs/in',
        'logs/complete',
        'logs/signals',
      ]) {
        const processors: string[] = pipelines[lane]?.processors ?? [];
        expect(
          processors.filter(name => /^(batch|tail_sampling|groupbytrace|queuebatch)/.test(name)),
        ).toEqual([]);
      }
    }
    expect(service.pipelines['traces/signals'].exporters).toEqual(['otlp_http/signals']);
    expect(exporters['otlp_http/signals']).toMatchObject({
      retry_on_failure: { max_elapsed_time: '0s' },
      sending_queue: { storage: 'file_storage', block_on_overflow: true },
    });
  });

  it('README.md lists every variable with its default', () => {
    const rows = new Map(
      [...read('README.md').matchAll(/^\| `(ALIGNMENT_\w+)` \| (?:`([^`]*)`|[^|`]*) \|/gm)].map(
        ([, name, fallback]) => [name!, fallback ?? ''],
      ),
    );
    const used = new Map(configs.flatMap(file => [...variables(read(file))]));
    expect(Object.fromEntries([...rows].sort())).toEqual(Object.fromEntries([...used].sort()));
  });

  it('compose.yaml mounts files that exist and sets variables that are read', () => {
    const { services, volumes } = parse(read('compose.yaml'));
    const { dist } = parse(read('builder.yaml'));
    expect(services.collector.image).toBe(`otel/opentelemetry-collector-contrib:${dist.version}`);
    const readBy: Record<string, Set<string>> = {
      collector: new Set(configs.flatMap(file => [...variables(read(file)).keys()])),
      jaeger: new Set(variables(read('jaeger.yaml')).keys()),
    };
    for (const name of ['collector', 'jaeger'] as const) {
      const service = services[name];
      for (const variable of Object.keys(service.environment))
        expect(readBy[name], variable).toContain(variable);
      const mounted = (service.volumes as string[]).map(volume => volume.split(':'));
      for (const [from] of mounted) {
        if (from!.startsWith('./')) expect(existsSync(join(collectorConfig, from!)), from).toBe(true);
        else expect(Object.keys(volumes)).toContain(from);
      }
      const targets = mounted.map(([, to]) => to);
      for (const argument of service.command as string[]) {
        expect(targets).toContain(argument.replace('--config=', ''));
      }
    }
    const backend = new URL(services.collector.environment.ALIGNMENT_BACKEND);
    expect(Object.keys(services)).toContain(backend.hostname);
    expect(services.jaeger.environment.JAEGER_OTLP_HTTP).toBe(`0.0.0.0:${backend.port}`);
    for (const name of ['collector', 'jaeger']) {
      for (const port of services[name].ports as string[]) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });
});

const binaries = requireBinaries('the validation of the configurations', 'otelcol');

describe.skipIf(!binaries)('validate', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  const validate = (names: string[], env: NodeJS.ProcessEnv): Promise<unknown> =>
    run(
      binaries!.otelcol,
      [
        'validate',
        ...['alignment', ...names.map(name => (name.includes('/') ? name : `overlays/${name}`))].flatMap(
          name => ['--config', join(collectorConfig, `${name}.yaml`)],
        ),
      ],
      { env: { PATH: process.env['PATH'], ...env } },
    );
  const env = (): NodeJS.ProcessEnv => {
    const folder = sandbox.folder();
    return {
      ALIGNMENT_BACKEND: 'http://127.0.0.1:4318',
      ALIGNMENT_STATE_DIR: join(folder, 'state'),
      ALIGNMENT_LOGS_FILE: join(folder, 'signals.jsonl'),
      ALIGNMENT_HMAC_KEY: 'k'.repeat(32),
    };
  };

  const lifting = (names: string[]): boolean => names.includes('logs-to-spans');
  it.each(COMBINATIONS.filter(names => !lifting(names)).map(names => ({ names })))(
    'accepts alignment.yaml with $names',
    async ({ names }) => {
      await validate(names, env());
    },
  );
  // the Collector that is built from builder.yaml has no such connector
  it
    .skipIf(!binaries || !hasComponent(binaries.otelcol, 'otlpjson'))
    .each(COMBINATIONS.filter(lifting).map(names => ({ names })))(
    'accepts alignment.yaml with $names, which need the otlpjson connector',
    async ({ names }) => {
      await validate(names, env());
    },
  );

  it('accepts headers from the environment', async () => {
    await validate([], { ...env(), ALIGNMENT_BACKEND_HEADERS: '{authorization: Bearer x}' });
  });

  it('refuses a missing backend, and a short key for pseudonyms', async () => {
    await expect(validate([], { ...env(), ALIGNMENT_BACKEND: '' })).rejects.toThrow(/endpoint/);
    await expect(validate(['pseudonyms'], { ...env(), ALIGNMENT_HMAC_KEY: 'short' })).rejects.toThrow(
      /hmac/i,
    );
  });
});

const jaeger = requireBinaries('the validation of jaeger.yaml', 'jaeger');

describe.skipIf(!jaeger)('validate', () => {
  it('accepts jaeger.yaml', async () => {
    await run(jaeger!.jaeger, ['validate', '--config', join(collectorConfig, 'jaeger.yaml')]);
  });
});
