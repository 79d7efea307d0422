import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { epochAt } from '../../src/sessions/index.ts';
import {
  type Child,
  freePorts,
  retryOnPortConflict,
  startChild,
  waitFor,
} from '../../tools/stack/processes.ts';
import { jsonLines, run } from '../cli/run.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { post } from '../stack/otlp.ts';

const binaries = requireBinaries('collector-config/sessions', 'otelcol');
const sandbox = new Sandbox();
afterAll(() => sandbox.clean());

const WEEK = 7 * 86_400_000;
const vectors = JSON.parse(
  readFileSync(new URL('../../semconv/sessions/fragment-vectors.json', import.meta.url), 'utf8'),
) as { epoch: string; contributors: { output: object }[] };
/** The fragments of a contributor of the vectors, as if of this week or one long ago. */
const fragments = (contributor: number, weeksAgo: number): object =>
  JSON.parse(
    JSON.stringify(vectors.contributors[contributor]!.output).replaceAll(
      vectors.epoch,
      epochAt(Date.now() - weeksAgo * WEEK).id,
    ),
  );

/** Whatever it answers: it takes requests. */
const answers = (child: Child, url: string): Promise<unknown> =>
  waitFor(`an answer of ${url}`, async () => {
    if (!child.running()) throw new Error(child.output());
    return (await fetch(url)).status;
  });

it.skipIf(!binaries)(
  'what a Collector writes can be purged under a new name, and nothing is lost',
  async () => {
    const folder = sandbox.folder();
    const file = join(folder, 'fragments.jsonl');
    const renamed = join(folder, 'fragments-1.jsonl');
    const spans = (path: string): number =>
      existsSync(path)
        ? (
            jsonLines(readFileSync(path, 'utf8')) as unknown as {
              resourceSpans: { scopeSpans: { spans: unknown[] }[] }[];
            }[]
          )
            .flatMap(line => line.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
            .reduce((sum, scope) => sum + scope.spans.length, 0)
        : 0;
    const written = (path: string, count: number): Promise<unknown> =>
      waitFor(`${count} spans in ${path}`, () => Promise.resolve(spans(path) === count));
    const { url, collector } = await retryOnPortConflict(async () => {
      const [port] = (await freePorts(1)) as [number];
      const config = {
        receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
        exporters: { file: { path: file } },
        service: {
          telemetry: { metrics: { level: 'none' } },
          pipelines: { traces: { receivers: ['otlp'], exporters: ['file'] } },
        },
      };
      // JSON is YAML
      writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config));
      const child = startChild('collector', binaries!.otelcol, ['--config', join(folder, 'config.yaml')]);
      sandbox.defer(() => child.stop());
      await answers(child, `http://127.0.0.1:${port}`);
      return { url: `http://127.0.0.1:${port}`, collector: child };
    });

    await post(url, 'traces', fragments(0, 0));
    await post(url, 'traces', fragments(0, 3));
    await written(file, 8);
    renameSync(file, renamed);
    // what comes now is in the old file still
    await post(url, 'traces', fragments(1, 0));
    await written(renamed, 10);
    process.kill(collector.pid, 'SIGHUP');
    await waitFor('the new file', () => Promise.resolve(existsSync(file)));
    await answers(collector, url);
    const purged = run(['sessions', 'purge', '--in', renamed]);
    expect(purged.stderr).toBe(
      `${renamed}: 0 erased fragments, 4 fragments and 0 sessions past their time removed\n`,
    );
    expect(purged.status).toBe(0);
    await post(url, 'traces', fragments(1, 0));
    await written(file, 2);
    expect(spans(renamed)).toBe(6);
  },
);
