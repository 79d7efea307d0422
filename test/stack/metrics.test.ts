import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../tools/stack/processes.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from './harness.ts';
import { logsRequest, send, tracesRequest } from './otlp.ts';
import { samples, scrape, sum } from './prometheus.ts';

const binaries = requireBinaries('the metrics', 'otelcol');

describe.skipIf(!binaries)('the metrics', () => {
  const sandbox = new Sandbox();
  let collector: Collector;
  beforeAll(async () => {
    ({ collector } = await sandbox.pair(binaries!.otelcol));
  });
  afterAll(() => sandbox.clean());

  it('count each signal once, whatever the sender, the face and the concurrency', async () => {
    const signal = {
      name: 'alignment.intervention',
      attributes: { 'alignment.intervention.type': 'denial', 'alignment.intervention.initiator': 'human' },
    };
    const span = {
      attributes: {
        'alignment.risk.score': 0.5,
        'alignment.action.reversibility': 'irreversible',
        'alignment.autonomy.level': 'observer',
      },
      events: [signal, { name: 'other' }],
    };
    const jobs: (() => Promise<void>)[] = [];
    for (let i = 0; i < 400; i++) {
      // two processes of one service: they share the series
      const resource = { 'process.pid': i % 2, 'service.instance.id': `instance-${i % 2}` };
      jobs.push(() => send(collector.otlpHttp, 'traces', tracesRequest([span], { resource })));
      if (i % 4 === 0) {
        const log = { eventName: 'alignment.clarification_request' };
        jobs.push(() => send(collector.otlpHttp, 'logs', logsRequest([log], { resource })));
      }
    }
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let job = jobs.pop(); job; job = jobs.pop()) await job();
      }),
    );
    const metrics = await waitFor('500 signals', async () => {
      const all = await scrape(collector.prometheus);
      return (
        sum(all, 'alignment_signals_total') >= 500 && sum(all, 'alignment_action_risk_count') >= 400 && all
      );
    });
    expect(sum(metrics, 'alignment_signals_total')).toBe(500);
    const series = metrics.filter(one => one.name === 'alignment_signals_total');
    expect(series.map(one => [one.labels['alignment_signal_class'], one.value]).sort()).toEqual([
      ['clarification_request', 100],
      ['intervention', 400],
    ]);
    expect(series.find(one => one.labels['alignment_signal_class'] === 'intervention')!.labels).toMatchObject(
      {
        alignment_intervention_type: 'denial',
        alignment_intervention_initiator: 'human',
        alignment_action_reversibility: 'irreversible',
        alignment_human_involvement: 'unknown',
        job: 'test',
      },
    );
    expect(sum(metrics, 'alignment_span_max_severity_count')).toBe(400);
    expect(sum(metrics, 'alignment_span_max_severity_bucket', { le: '0.1' })).toBe(0);
    expect(sum(metrics, 'alignment_span_max_severity_bucket', { le: '0.4' })).toBe(400);
    expect(sum(metrics, 'alignment_action_risk_count')).toBe(400);
    expect(sum(metrics, 'alignment_action_risk_sum')).toBeCloseTo(200);
    expect(
      sum(metrics, 'alignment_action_risk_count', {
        alignment_autonomy_level: 'observer',
        alignment_risk_calibration_status: 'declared',
      }),
    ).toBe(400);
    const names = new Set(metrics.map(one => one.name.replace(/_(bucket|count|sum|total)$/, '')));
    names.delete('target_info');
    expect([...names].sort()).toEqual([
      'alignment_action_risk',
      'alignment_signals',
      'alignment_span_max_severity',
    ]);
  });

  it('put values that nobody knows into one series, and nonsense into none', async () => {
    const resource = { 'service.name': 'hostile' };
    const events = Array.from({ length: 20 }, (_, i) => ({
      name: `alignment.made_up_${i}`,
      attributes: { 'alignment.intervention.type': `type-${i}`, 'alignment.human.involvement': `human-${i}` },
    }));
    const scores = [{ double: 'NaN' as unknown as number }, 7, -1, 'high'];
    const spans = [{ events }, ...scores.map(score => ({ attributes: { 'alignment.risk.score': score } }))];
    await send(
      collector.otlpHttp,
      'traces',
      tracesRequest(
        [...spans, { attributes: { 'alignment.risk.score': 0.2, 'alignment.autonomy.level': 'made up' } }],
        { resource },
      ),
    );
    const job = { job: 'hostile' };
    const metrics = await waitFor('20 signals', async () => {
      const all = await scrape(collector.prometheus);
      return (
        sum(all, 'alignment_signals_total', job) >= 20 &&
        sum(all, 'alignment_action_risk_count', job) > 0 &&
        all
      );
    });
    const series = metrics.filter(
      one => one.name === 'alignment_signals_total' && one.labels['job'] === 'hostile',
    );
    expect(series).toHaveLength(1);
    expect(series[0]!.value).toBe(20);
    expect(series[0]!.labels).toMatchObject({
      alignment_signal_class: '_OTHER',
      alignment_intervention_type: '_OTHER',
      alignment_human_involvement: '_OTHER',
    });
    expect(sum(metrics, 'alignment_action_risk_count', job)).toBe(1);
    expect(sum(metrics, 'alignment_action_risk_count', { ...job, alignment_autonomy_level: '_OTHER' })).toBe(
      1,
    );
    expect(sum(metrics, 'alignment_action_risk_sum', job)).toBeCloseTo(0.2);
  });

  it("include the Collector's own: queue and refusals", async () => {
    const own = samples(await (await fetch(collector.telemetry)).text()).map(one => one.name);
    expect(own).toContain('otelcol_exporter_queue_size');
    expect(own).toContain('otelcol_exporter_queue_capacity');
  });
});
