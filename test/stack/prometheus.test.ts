import { afterAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../tools/stack/processes.ts';
import { requireBinaries, Sandbox } from './harness.ts';
import { logsRequest, send, tracesRequest } from './otlp.ts';
import { requirePrometheus, startPrometheus } from './prometheus-server.ts';
import { idOf, recordWith, spanWith } from './signals.ts';

const binaries = requireBinaries('Prometheus', 'otelcol');

const prometheus = requirePrometheus('Prometheus');

describe.skipIf(!binaries || !prometheus)('Prometheus', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('scrapes counters that equal the events sent', async () => {
    const { collector } = await sandbox.pair(binaries!.otelcol);
    const { query } = await startPrometheus(sandbox, prometheus!, [
      { job_name: 'collector', honor_labels: true, targets: [new URL(collector.prometheus).host] },
    ]);

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
