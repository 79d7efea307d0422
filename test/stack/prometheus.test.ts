import { accessSync, constants, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePorts, ready, startChild, waitFor } from '../../tools/stack/processes.ts';
import { requireBinaries, Sandbox } from './harness.ts';
import { logsRequest, send, tracesRequest } from './otlp.ts';
import { idOf, recordWith, spanWith } from './signals.ts';

const binaries = requireBinaries('Prometheus', 'otelcol');

/** `$PROMETHEUS`, else on PATH. */
function findPrometheus(): string | undefined {
  const named = process.env['PROMETHEUS'];
  const candidates = named
    ? [named]
    : (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, 'prometheus'));
  return candidates.find(path => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const prometheus = findPrometheus();
if (prometheus === undefined) {
  const line =
    'Prometheus: skipped, prometheus is missing (apt-get install -y --no-install-recommends prometheus, or set PROMETHEUS to its path)';
  if (process.env['CI'] === 'true') throw new Error(line);
  console.warn(line);
}

describe.skipIf(!binaries || !prometheus)('Prometheus', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('scrapes counters that equal the events sent', async () => {
    const { collector } = await sandbox.pair(binaries!.otelcol);
    const folder = sandbox.folder();
    const config = join(folder, 'prometheus.yml');
    const target = new URL(collector.prometheus).host;
    // JSON is YAML
    writeFileSync(
      config,
      JSON.stringify({
        global: { scrape_interval: '200ms' },
        scrape_configs: [
          { job_name: 'collector', honor_labels: true, static_configs: [{ targets: [target] }] },
        ],
      }),
    );
    const [port] = await freePorts(1);
    const web = `http://127.0.0.1:${port}`;
    const child = startChild('Prometheus', prometheus!, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
    sandbox.defer(() => child.stop());
    await ready(child, `${web}/-/ready`);

    const jobs: (() => Promise<void>)[] = [];
    for (let i = 0; i < 300; i++) {
      const span = spanWith(idOf('a', i), {
        attributes: { 'alignment.risk.score': i % 3 === 0 ? 0.2 : 0.8 },
      });
      jobs.push(() => send(collector.otlpHttp, 'traces', tracesRequest([span, { name: 'plain' }])));
      if (i % 3 === 0)
        jobs.push(() => send(collector.otlpHttp, 'logs', logsRequest([recordWith(idOf('b', i))])));
    }
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let job = jobs.pop(); job; job = jobs.pop()) await job();
      }),
    );

    const query = async (expression: string): Promise<number> => {
      const answer = await fetch(`${web}/api/v1/query?${new URLSearchParams({ query: expression })}`);
      const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
      return data.result.length === 0 ? Number.NaN : Number(data.result[0]!.value[1]);
    };
    const expected = {
      'sum(alignment_signals_total)': 400,
      'sum(alignment_signals_total{alignment_intervention_type="denial", job="test"})': 400,
      'sum(alignment_span_max_severity_count)': 300,
      'sum(alignment_span_max_severity_bucket{le="0.4"})': 300,
      'sum(alignment_span_max_severity_bucket{le="0.1"})': 0,
      'sum(alignment_action_risk_count)': 300,
      'sum(alignment_action_risk_bucket{le="0.4"})': 100,
      'sum(alignment_action_risk_bucket{le="0.9"})': 300,
    };
    // the counters come in steps of a second: all of the last one
    await waitFor('the last signal', async () => {
      const values = await Promise.all(Object.keys(expected).map(query));
      return values.every((value, i) => value >= Object.values(expected)[i]!);
    });
    const found = Object.fromEntries(
      await Promise.all(Object.keys(expected).map(async text => [text, await query(text)] as const)),
    );
    expect(found).toEqual(expected);
    // the negative control of the queries
    expect(await query('sum(alignment_signals_total{alignment_intervention_type="approval"})')).toBeNaN();
  });
});
