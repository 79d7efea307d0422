import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { THRESHOLDS } from '../../src/analysis/index.ts';
import { factsSql, readSql, rollupsSql, statementsOf } from '../../src/analysis/sql/files.ts';
import { checkDatabase, type SqlEngine, sqlSource, stageViews } from '../../src/analysis/sql/index.ts';
import { REPORT_VIEWS } from '../../src/analysis/sql/schema.ts';
import { call, intervention, logs, traces } from '../../src/analysis/testing/requests.ts';
import { readRecording } from '../../tools/replay/recording.ts';
import { replay } from '../../tools/replay/run.ts';
import { exporterTables } from '../clickhouse/exporter-tables.ts';
import { captured, runDemo } from '../report/run-report.ts';
import { requireBinaries } from '../stack/harness.ts';
import { recorded } from './arbitrary.ts';
import { inMemory, openTestEngine, requireEmbedded, type TestEngine } from './sql-engine.ts';

const embedded = requireEmbedded('analysis by SQL');
const binaries = requireBinaries('analysis by SQL of what the Collector writes', 'otelcol');

/** Requests of files: one a line, or one a file. */
const requestsOf = (files: readonly string[]): unknown[] =>
  files.flatMap(file => {
    const text = readFileSync(file, 'utf8');
    try {
      return [JSON.parse(text)];
    } catch {
      return text
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line));
    }
  });

describe.skipIf(!embedded)('analysis by SQL', () => {
  let test: TestEngine;
  let engine: SqlEngine;
  let folder: string;
  let tables: string[] | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'otel-alignment-sql-test-'));
    test = openTestEngine();
    engine = test.engine;
    const [{ version } = { version: '' }] = await engine.rows<{ version: string }>(
      'SELECT version() AS version',
    );
    tables = exporterTables('alignment', version);
    if (tables === undefined)
      process.stderr.write("skipped: the exporter's own tables need Go and its module proxy\n");
  });
  afterAll(async () => {
    await engine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const same = async (requests: readonly unknown[]): Promise<void> => {
    await test.reset(tables);
    await test.load(requests);
    expect(await test.figures()).toEqual(await inMemory(requests));
  };

  describe('gives the figures that the reader of files gives', () => {
    it('of the demo', async () => {
      const file = join(folder, 'demo.jsonl');
      runDemo(file);
      const requests = requestsOf([file]);
      await same(requests);
      expect((await inMemory(requests)).totals.upperRightSessions).toBe(1);
    });

    it.each(['claude-code', 'claude-agent-sdk', 'codex', 'gemini-cli', 'langgraph', 'vercel-ai-sdk'])(
      'of captured sessions: %s',
      async agent => {
        await same(requestsOf(captured(agent)));
      },
    );

    it.skipIf(!binaries).each(['claude-code/tui-permission-no', 'codex/human-interrupt-tool'])(
      'of what the Collector makes of %s',
      async name => {
        const requests = await replay(
          binaries!.otelcol,
          await readRecording(join(import.meta.dirname, '../fixtures/captures', name)),
        );
        await same(requests);
        expect((await inMemory(requests)).totals.signals).toBeGreaterThan(0);
      },
    );

    it('of a long recording', async () => {
      const file = join(folder, 'long.jsonl');
      const recordings = new URL('../../bench/lib/recorded.mjs', import.meta.url).href;
      const { writeRecording } = (await import(recordings)) as {
        writeRecording(to: string, spans: number): Promise<unknown>;
      };
      await writeRecording(file, 30_000);
      const requests = requestsOf([file]);
      await same(requests);
      expect((await inMemory(requests)).totals).toMatchObject({ sessions: 300, upperRightSessions: 3 });
    });

    it('of anything', async () => {
      await fc.assert(
        fc.asyncProperty(recorded, async requests => {
          await test.reset();
          await test.load(requests);
          const [bySql, byMemory] = [await test.figures(), await inMemory(requests)];
          // agents with as many signals and steps have no order
          const ordered = (figures: typeof bySql) => ({
            ...figures,
            agents: [...figures.agents].sort((a, b) => (a.agent < b.agent ? -1 : 1)),
          });
          expect(ordered(bySql)).toEqual(ordered(byMemory));
        }),
        { numRuns: Number(process.env['SQL_RUNS'] ?? 25) },
      );
    }, 600_000);
  });

  it('counts a fact once that came as an event, on its span and as a record', async () => {
    const stop = (severity: number) =>
      intervention('stop', 'human', { severity, attributes: { 'alignment.signal.id': 'f'.repeat(32) } });
    const stated = {
      'alignment.signal.class': 'intervention',
      'alignment.signal.severity': 0.6,
      'alignment.signal.id': 'f'.repeat(32),
      'alignment.intervention.type': 'stop',
      'session.id': 's',
    };
    await test.reset();
    await test.load([
      traces([{ id: 'a', attributes: stated, events: [stop(0.5)] }]),
      logs([{ ...stop(0.7), trace: 'a'.repeat(32), span: 'a' }]),
    ]);
    const { totals, sessions } = await test.figures();
    expect(totals).toMatchObject({ signals: 1, duplicates: 2 });
    expect(sessions).toMatchObject([{ session: 's', severity: 0.7, stops: { human: 1 } }]);
  });

  it('finds the session over ancestors that were delivered many times', async () => {
    const chain = Array.from({ length: 20 }, (_, i) =>
      traces([
        {
          id: `n${i}`,
          ...(i === 0 ? {} : { parent: `n${i - 1}` }),
          ...(i === 0 ? { attributes: { 'session.id': 'far' } } : {}),
          ...(i === 19 ? { attributes: call('x', 0.1, 'operator') } : {}),
        },
      ]),
    );
    await test.reset();
    await test.load(Array.from({ length: 12 }, () => chain).flat());
    const { sessions } = await test.figures();
    expect(sessions).toMatchObject([{ session: 'far', steps: 12 }]);
  });

  it('shows hostile names as they are', async () => {
    const name = `'); DROP TABLE otel_traces; -- \\' \u0000 {x:String} <script>`;
    const request = traces([{ id: 'a', attributes: { 'session.id': name, ...call(name, 0.9, 'observer') } }]);
    await same([request]);
    const { sessions, timelines } = await test.figures();
    expect(sessions).toMatchObject([{ session: name }]);
    expect(timelines[0]?.items).toMatchObject([{ tool: name }]);
  });

  it('takes a stretch of time', async () => {
    const at = (second: number) => Date.UTC(2026, 8, 21, 14, 13, 20) + second * 1000;
    await test.reset();
    await test.load([
      traces(
        [0, 10, 20].map(second => ({
          id: `t${second}`,
          at: second,
          attributes: { 'session.id': `s${second}`, ...call('x', 0.1, 'operator') },
          events: [intervention('stop', 'human', { at: second })],
        })),
      ),
    ]);
    await test.forget();
    const stretch = { since: at(10), until: at(20) };
    await stageViews(engine, stretch);
    const source = sqlSource(engine, stretch);
    expect(await source.totals()).toMatchObject({ spans: 1, signals: 1, duplicates: 0, sessions: 1 });
    expect((await source.sessions(10)).map(row => row.session)).toEqual(['s10']);
  });

  it('says nothing of nothing', async () => {
    await same([]);
  });

  describe('the shipped files', () => {
    const shipped = (name: string): string =>
      readFileSync(join(import.meta.dirname, '../../collector-config/clickhouse', name), 'utf8');

    it('are what the tables of the dialects say', () => {
      expect(shipped('facts.sql')).toBe(factsSql());
      expect(shipped('rollups.sql')).toBe(rollupsSql());
    });

    it('have the thresholds of the quadrant', () => {
      expect(shipped('views.sql')).toContain(
        `Risk >= ${THRESHOLDS.risk} AND Autonomy >= ${THRESHOLDS.autonomy}`,
      );
    });

    it('run as they are, over facts that are read or kept, with the same result', async () => {
      const requests = [
        traces([
          {
            id: 'a',
            attributes: { 'session.id': 's', ...call('rm', 0.9, 'observer') },
            events: [intervention('approval', 'policy')],
          },
        ]),
        logs([{ ...intervention('stop', 'human', { at: 1 }), trace: 'a'.repeat(32), span: 'a' }]),
      ];
      await test.reset(tables);
      await test.load(requests);
      await test.forget();
      const make = async () => {
        for (const statement of statementsOf(shipped('views.sql'))) await engine.run(statement);
        // each when those that it reads are there
        for (const name of REPORT_VIEWS) await engine.run(`SYSTEM WAIT VIEW ${name}`);
      };
      await make();
      const read = async () => ({
        sessions: await engine.rows('SELECT * FROM alignment_sessions ORDER BY Session'),
        steps: await engine.rows('SELECT * FROM alignment_steps ORDER BY StepKey'),
        signals: await engine.rows('SELECT * FROM alignment_signals ORDER BY Time'),
        rates: await engine.rows('SELECT * FROM alignment_approval_rates'),
        agents: await engine.rows('SELECT * FROM alignment_agents'),
      });
      const kept = await read();
      expect(kept).toMatchObject({
        sessions: [{ Session: 's', UpperRight: 1, Ends: [1, 0, 0, 0, 0], Approvals: [0, 1, 0, 0, 0] }],
        rates: [{ Approvals: 1, AutoApprovals: 1, AutoApprovalRate: 1, Stops: 1 }],
        agents: [{ Class: 'intervention', Signals: 2 }],
      });
      expect(
        await engine.rows(
          'SELECT Type, uniqMerge(Signals) AS n FROM alignment_hours GROUP BY Type ORDER BY Type',
        ),
      ).toEqual([
        { Type: 'approval', n: 1 },
        { Type: 'stop', n: 1 },
      ]);
      for (const name of ['alignment_span_facts', 'alignment_signal_facts', 'alignment_hours'])
        await engine.run(`DROP TABLE ${name}`);
      for (const view of [
        'alignment_span_facts_fill',
        'alignment_signal_facts_fill',
        'alignment_signal_facts_of_logs',
        'alignment_hours_fill',
      ])
        await engine.run(`DROP VIEW ${view}`);
      for (const name of [...REPORT_VIEWS].reverse()) await engine.run(`DROP VIEW ${name} SYNC`);
      for (const statement of statementsOf(shipped('facts.sql'))) await engine.run(statement);
      await make();
      expect(await read()).toEqual(kept);
      expect(readSql('views.sql')).toBe(shipped('views.sql'));
    });

    it('drop what is older than the retention', async () => {
      await test.reset(tables);
      await test.load([
        traces([{ id: 'a', at: -86_400 * 200, attributes: call('x', 0.9, 'observer') }]),
        traces([{ id: 'b', at: 86_400 * 3000, attributes: call('x', 0.9, 'observer') }]),
      ]);
      for (const statement of statementsOf(shipped('retention.sql'))) await engine.run(statement);
      await engine.run('OPTIMIZE TABLE alignment_span_facts FINAL');
      expect(await engine.rows('SELECT count() AS n FROM alignment_span_facts')).toEqual([{ n: 1 }]);
    });
  });

  describe('a database', () => {
    const failure = async (): Promise<string> => {
      try {
        await checkDatabase(engine, 'db.example:8123/otel');
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };

    it("of the exporter's own tables is accepted", async ctx => {
      if (tables === undefined) return ctx.skip();
      await test.reset(tables);
      expect(await failure()).toBe('');
    });

    it.each([
      ['DROP TABLE otel_logs', 'has no table otel_logs: name the database'],
      ['ALTER TABLE otel_logs DROP COLUMN EventName', 'otel_logs has no column EventName'],
      ['ALTER TABLE otel_logs MODIFY COLUMN LogAttributes String', 'LogAttributes is String and not Map'],
      [
        'DROP TABLE alignment_signal_facts',
        'has no alignment_signal_facts: run collector-config/clickhouse/facts.sql',
      ],
    ])('after %s is refused with the reason', async (change, reason) => {
      await test.reset();
      await engine.run('DROP VIEW alignment_signal_facts_of_logs');
      await engine.run(change);
      const message = await failure();
      expect(message).toContain('db.example:8123/otel');
      expect(message).toContain(reason);
    });
  });
});
