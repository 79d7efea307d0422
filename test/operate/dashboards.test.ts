import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { type Attributes, type SpanIn, send, tracesRequest } from '../stack/otlp.ts';
import { requirePrometheus, startPrometheus } from '../stack/prometheus-server.ts';
import { idOf } from '../stack/signals.ts';

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const read = (file: string): string => readFileSync(join(collectorConfig, file), 'utf8');
const dashboard = JSON.parse(read('grafana/alignment.json')) as { readonly panels: readonly Panel[] };
const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ title, expr })),
);
/** What Grafana puts in; the range is short, because the test is. */
const filled = (expr: string): string =>
  expr.replaceAll('$__range', '1m').replaceAll('$__rate_interval', '10s').replaceAll('$job', '.*');

const binaries = requireBinaries('the dashboard', 'otelcol');
const prometheus = requirePrometheus('the dashboard');
const promtool = requirePrometheus('the alert rules', 'promtool');

/** One span of every kind that the dashboard shows. */
function spansOf(round: number): SpanIn[] {
  const event = (n: number, name: string, attributes: Attributes): SpanIn => ({
    attributes: {
      'alignment.risk.score': { double: ((n * 37) % 100) / 100 },
      'alignment.autonomy.level': ['collaborator', 'approver', 'observer'][n % 3]!,
      ...(n % 2 === 0 && { 'alignment.risk.calibration.status': 'profiled' }),
    },
    events: [
      {
        name: `alignment.${name}`,
        attributes: { 'alignment.signal.id': idOf('a', round * 100 + n), ...attributes },
      },
    ],
  });
  const severity = { 'alignment.signal.severity': { double: 0.95 } };
  const by = (type: string, initiator: string): Attributes => ({
    'alignment.intervention.type': type,
    'alignment.intervention.initiator': initiator,
  });
  return [
    event(1, 'misalignment_indicator', { 'alignment.indicator.type': 'deception', ...severity }),
    event(2, 'risk_escalation', severity),
    event(3, 'intervention', by('approval', 'policy')),
    event(4, 'intervention', by('approval', 'human')),
    event(5, 'intervention', by('stop', 'human')),
    event(6, 'intervention', by('denial', 'policy')),
    event(7, 'clarification_request', {}),
  ];
}

describe.skipIf(!binaries || !prometheus)('the dashboard', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('every query of every panel returns data', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      env: { ALIGNMENT_REST_PERCENT: '100' },
    });
    const { series } = await startPrometheus(sandbox, prometheus!, [
      { job_name: 'alignment', honor_labels: true, targets: [new URL(collector.prometheus).host] },
      { job_name: 'otelcol', targets: [new URL(collector.telemetry).host] },
    ]);
    expect(queries.length).toBeGreaterThan(15);
    // counters have to move: an increase is seen between two scrapes
    let round = 0;
    const waiting = new Set(queries.map(({ expr }) => expr));
    await waitFor(
      'data in every panel',
      async () => {
        // some are refused for good, so that there is something given up
        sink.answer = round % 4 === 3 ? 400 : 200;
        await send(collector.otlpHttp, 'traces', tracesRequest(spansOf(round++)));
        for (const expr of [...waiting]) {
          const found = await series(filled(expr));
          if (found.some(({ value: [, value] }) => Number.isFinite(Number(value)))) waiting.delete(expr);
        }
        return waiting.size === 0;
      },
      45_000,
    ).catch(() => undefined);
    expect([...waiting], JSON.stringify(await series('up'))).toEqual([]);

    const matrix = queries.find(({ title }) => title === 'Risk × autonomy')!;
    const cells = await series(filled(matrix.expr));
    expect(new Set(cells.map(({ metric }) => metric['risk']))).toEqual(
      new Set(['1 none', '2 low', '3 medium', '4 high', '5 critical']),
    );
    expect(new Set(cells.map(({ metric }) => metric['alignment_autonomy_level']))).toEqual(
      new Set(['collaborator', 'approver', 'observer']),
    );
    // the negative control: an expression over what nobody sends
    expect(await series(filled('sum(alignment_signals_total{job="nobody"})'))).toEqual([]);
  });
});

describe('the dashboard and the rules', () => {
  it('ask for metrics that the configuration makes, and for their labels only', () => {
    const model = parse(
      readFileSync(join(collectorConfig, '../semconv/model/alignment/metrics.yaml'), 'utf8'),
    ) as {
      metrics: { name: string; attributes: { ref: string }[] }[];
    };
    const labels = new Set(
      model.metrics.flatMap(({ attributes }) => attributes.map(({ ref }) => ref.replaceAll('.', '_'))),
    );
    const names = new Set(model.metrics.map(({ name }) => name.replaceAll('.', '_')));
    const text = `${queries.map(({ expr }) => expr).join('\n')}\n${read('prometheus/alerts.yaml')}`;
    for (const [word] of text.matchAll(/\balignment_[a-z_]+/g)) {
      const known = labels.has(word) || names.has(word.replace(/_(total|count|sum|bucket)$/, ''));
      expect(known, word).toBe(true);
    }
  });

  it('compose.yaml mounts what they need', () => {
    const { services } = parse(read('compose.yaml'));
    for (const name of ['prometheus', 'grafana'])
      for (const volume of services[name].volumes as string[])
        expect(existsSync(join(collectorConfig, volume.split(':')[0]!)), volume).toBe(true);
    const { scrape_configs } = parse(read('prometheus/prometheus.yaml'));
    for (const { static_configs } of scrape_configs)
      for (const target of static_configs[0].targets as string[])
        expect(Object.keys(services)).toContain(target.split(':')[0]);
    const { datasources } = parse(read('grafana/provisioning/datasources/prometheus.yaml'));
    expect(Object.keys(services)).toContain(new URL(datasources[0].url).hostname);
  });
});

describe.skipIf(!binaries)("the names of the Collector's own metrics", () => {
  it('are those of the real Collector', () => {
    const text = `${queries.map(({ expr }) => expr).join('\n')}\n${read('prometheus/alerts.yaml')}`;
    const words = new Set([...text.matchAll(/\botelcol_[a-z_]+/g)].map(([word]) => word));
    expect(words.size).toBeGreaterThan(8);
    // some appear on the page only after a first failure; their names are in the program
    const program = readFileSync(binaries!.otelcol, 'latin1');
    for (const word of words) {
      const name = word.replace(/^otelcol_/, '');
      const known = [name, name.replace(/_(spans|log_records)$/, '')].some(one => program.includes(one));
      expect(known, word).toBe(true);
    }
    expect(program.includes('receiver_failed_nonsense')).toBe(false);
  });
});

describe.skipIf(!promtool)('the alert rules', () => {
  it('fire when they should, and only then', () => {
    const cwd = join(collectorConfig, 'prometheus');
    const out = execFileSync(promtool!, ['test', 'rules', 'alerts.test.yaml'], { cwd, encoding: 'utf8' });
    expect(out).toContain('SUCCESS');
    execFileSync(promtool!, ['check', 'config', '--syntax-only', 'prometheus.yaml'], { cwd });
  });

  it('each has a test in which it fires', () => {
    const rules = parse(read('prometheus/alerts.yaml')) as { groups: { rules: { alert: string }[] }[] };
    const tests = parse(read('prometheus/alerts.test.yaml')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
    };
    const fired = new Set(
      tests.tests.flatMap(one =>
        one.alert_rule_test.filter(check => check.exp_alerts.length > 0).map(check => check.alertname),
      ),
    );
    const alerts = rules.groups.flatMap(group => group.rules.map(rule => rule.alert));
    expect(alerts.filter(alert => !fired.has(alert))).toEqual([]);
    const page = read('prometheus/README.md');
    for (const alert of alerts) expect(page).toContain(alert);
  });
});
