import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded, openServer, parseAddress, type SqlEngine } from '../../src/analysis/sql/index.ts';
import {
  CAPS,
  type Caps,
  fragmentsRequest,
  type ReceivedFragment,
  type Session,
  Stitcher,
} from '../../src/sessions/index.ts';
import { SqlStitcher, type SqlStitcherOptions } from '../../src/sessions/stitch/sql-stitcher.ts';
import { ENGINE_FOLDER, requireEmbedded } from '../analysis/sql-engine.ts';
import { standIn } from '../analysis/stand-in.ts';
import { type Ran, run } from '../cli/run.ts';
import { fragmentsOf, STITCH_VECTORS, writtenSessions } from './stitch-vectors.ts';

const embedded = requireEmbedded('stitching by SQL');
const HOUR = 3_600_000;
/** Wednesday; the border of epochs is Monday, the 23rd at midnight. */
const START = Date.UTC(2026, 10, 18, 10);

const TYPES = [
  ...[
    'alignment.session',
    'w3c.trace_id',
    'w3c.span_link',
    'vendor.session',
    'llm.request_id',
    'a2a.task_id',
  ],
  ...['mcp.session', 'payload.digest'],
];
const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
const tagOf = (number: number): string => String(number).padStart(22, 'A');
const uptoInt = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

/** Small pools, so that ids, tags and places meet. */
const fragment: fc.Arbitrary<ReceivedFragment> = fc
  .record({
    contributor: fc.constantFrom('a', 'b', 'c', 'd-e.f'),
    name: fc.constantFrom('alignment.session', 'alignment.edge', 'alignment.step'),
    trace: uptoInt(14),
    span: uptoInt(5),
    parent: fc.option(uptoInt(6), { nil: undefined }),
    kind: uptoInt(5),
    hours: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ max: 6, min: 0 }) },
      fc.integer({ min: 7, max: 130 }),
    ),
    ordinal: fc.integer({ min: 0, max: 3 }),
    tags: fc.array(fc.tuple(fc.constantFrom(...TYPES), uptoInt(4)), { maxLength: 3 }),
    events: fc.integer({ min: 0, max: 2 }),
  })
  .map(
    ({ contributor, name, trace, span, parent, kind, hours, ordinal, tags, events }): ReceivedFragment => ({
      contributor,
      name: name as ReceivedFragment['name'],
      // the ranges in which SQL works go by how ids begin
      traceId: hex(trace * 4_500, 4).padEnd(32, '1'),
      spanId: hex(span, 16),
      ...(parent !== undefined && { parentSpanId: hex(parent, 16) }),
      kind,
      startMs: START + hours * HOUR + ordinal,
      attributes: {
        'alignment.fragment.version': 'asr/1',
        'alignment.fragment.epoch': '2026-W47',
        'alignment.fragment.role': 'home',
        'alignment.fragment.ordinal': ordinal,
        ...(name === 'alignment.edge' && { 'alignment.fragment.edge': 'mcp' }),
        ...(tags.length > 0 && {
          'alignment.join.tags': tags.map(([, value]) => tagOf(value)),
          'alignment.join.types': tags.map(([type]) => type),
        }),
      },
      events: Array.from({ length: events }, () => ({
        name: 'alignment.intervention',
        attributes: { 'alignment.intervention.type': 'stop', 'alignment.fragment.severity_bucket': kind - 1 },
      })),
    }),
  );

/** Fragments of which some come again, now and then with another content. */
const delivered = fc
  .tuple(
    fc.array(fragment, { maxLength: 60, size: 'max' }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fragment), { maxLength: 12 }),
  )
  .map(([list, again]) => {
    const all = [...list];
    for (const [which, where, other] of again) {
      const one = all[which % Math.max(all.length, 1)];
      if (one === undefined) continue;
      const { contributor, traceId, spanId } = one;
      const copy = where % 2 === 0 ? one : { ...other, contributor, traceId, spanId };
      all.splice(where % (all.length + 1), 0, copy);
    }
    return all;
  });

const limits = fc.record({
  caps: fc.constantFrom<Caps>(CAPS, { traces: 4, contributors: 2, hours: 5 }, { ...CAPS, traces: 2 }),
  maxPerTrace: fc.constantFrom(2, 4, 4_096),
  bucketMs: fc.constantFrom(HOUR, 24 * HOUR),
});

/** With the same secret the ids are the same, too. */
const SECRET = '5ec2e7'.repeat(10);

describe.skipIf(!embedded)('stitching by SQL', () => {
  let engine: SqlEngine;
  beforeAll(() => {
    engine = openEmbedded(ENGINE_FOLDER);
  });
  afterAll(() => engine?.close());

  const both = async (
    fragments: readonly ReceivedFragment[],
    options: SqlStitcherOptions = {},
    settings: readonly string[] = [],
    on: SqlEngine = engine,
  ) => {
    const bySql = await SqlStitcher.open(on, { ...options, secret: SECRET });
    for (const setting of settings) await engine.run(`SET ${setting}`);
    const byMemory = new Stitcher({ ...options, secret: SECRET });
    for (const one of fragments) {
      await bySql.add(one);
      byMemory.add(one);
    }
    const sessions = { bySql: [] as Session[], byMemory: [...byMemory.sessions()] };
    for await (const session of bySql.sessions()) sessions.bySql.push(session);
    expect(sessions.bySql).toEqual(sessions.byMemory);
    expect([...bySql.refusals]).toEqual([...byMemory.refusals]);
    return sessions.byMemory;
  };

  it('gives the sessions that memory gives, of anything', async () => {
    const seen = { conflicts: 0, merged: 0, links: 0, corroborated: 0 };
    await fc.assert(
      fc.asyncProperty(delivered, limits, fc.boolean(), async (fragments, options, cut) => {
        // pages and blocks of a few rows: what depends on where they end shows
        const sessions = await both(fragments, cut ? { ...options, pageRows: 3 } : options, [
          `max_block_size = ${cut ? 3 : 16_384}`,
        ]);
        for (const session of sessions) {
          if (session.conflict) seen.conflicts += 1;
          if (session.traces > 1) seen.merged += 1;
          if (session.links.length > 0) seen.links += 1;
          if (session.spans.some(span => span.corroborated)) seen.corroborated += 1;
        }
      }),
      { numRuns: Number(process.env['SQL_RUNS'] ?? 40) },
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(0);
  }, 600_000);

  it.each(STITCH_VECTORS.cases)('gives the sessions of the vectors: $what', async one => {
    const bucketMs = (one.bucket_minutes ?? 60) * 60_000;
    expect(writtenSessions(await both(fragmentsOf(one), { bucketMs }), one.sessions)).toEqual(one.sessions);
  });

  it('no tag and no derived id is in a statement, and nothing is left of them in the end', async () => {
    const statements: string[] = [];
    const told: SqlEngine = {
      ...engine,
      async run(sql) {
        statements.push(sql);
        await engine.run(sql);
      },
      async rows(sql) {
        statements.push(sql);
        return engine.rows(sql);
      },
    };
    const fragments = fc.sample(fragment, { numRuns: 120, seed: 9 });
    const stitcher = await SqlStitcher.open(told, { pageRows: 3, secret: SECRET });
    for (const one of fragments) await stitcher.add(one);
    let sessions = 0;
    for await (const _ of stitcher.sessions()) sessions += 1;
    expect(sessions).toBeGreaterThan(3);
    const text = statements.join('\n');
    expect(text).toContain('log_queries = 0');
    const tags = fragments.flatMap(({ attributes }) => attributes['alignment.join.tags'] ?? []) as string[];
    expect(tags.length).toBeGreaterThan(20);
    for (const secret of [SECRET, ...tags, ...fragments.map(({ traceId }) => traceId)])
      expect(text).not.toContain(secret);
    await stitcher.close();
    const left = await engine.rows<{ name: string }>(
      "SELECT name FROM system.tables WHERE is_temporary AND startsWith(name, 'asr_')",
    );
    expect(left).toEqual([]);
  });

  it('of nothing', async () => {
    expect(await both([])).toEqual([]);
  });

  it('of one tag that all have, with little memory for a statement', async () => {
    const [one] = fc.sample(fragment, { numRuns: 1, seed: 1 });
    const many = Array.from({ length: 900 }, (_, i) => ({
      ...one!,
      traceId: hex(i + 1, 32),
      attributes: {
        ...one!.attributes,
        'alignment.join.tags': [tagOf(i % 3 === 0 ? 1 : i + 10)],
        'alignment.join.types': ['vendor.session'],
      },
    }));
    const sessions = await both(many, {}, [
      ...['group_by', 'sort'].map(what => `max_bytes_before_external_${what} = 10000`),
      'max_bytes_in_join = 20000',
    ]);
    const parts = sessions.filter(session => session.traces > 1);
    expect(parts.map(session => session.traces).sort()).toEqual([44, 64, 64, 64, 64]);
    expect(sessions.filter(session => session.conflict).sort()).toEqual(parts.sort());
  });

  it('of a server, over a stand-in for it that asks the engine in this process', async () => {
    const server = standIn(engine).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = openServer(parseAddress(`clickhouse://127.0.0.1:${port}/alignment`));
    const sessions = await both(fc.sample(fragment, { numRuns: 60, seed: 5 }), {}, [], client);
    expect(sessions.some(session => session.traces > 1)).toBe(true);
    server.close();
  });

  it('of a replay and a flood', async () => {
    const [one] = fc.sample(fragment, { numRuns: 1, seed: 1 });
    const flood = Array.from({ length: 9_000 }, (_, i) => ({ ...one!, spanId: hex((i % 6_000) + 1, 16) }));
    const stitcher = await SqlStitcher.open(engine);
    for (const each of flood) await stitcher.add(each);
    const found: Session[] = [];
    for await (const session of stitcher.sessions()) found.push(session);
    expect(found.map(session => session.spans.length)).toEqual([4_096]);
    // the rest of the first round, and of the second what was not among those that were taken
    expect([...stitcher.refusals]).toEqual([
      ['more than 4096 fragments of one contributor and trace', 1_904],
    ]);
    await both(flood);
  });
});

describe('sessions stitch --engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-stitch-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  const stitch = (cwd: string, ...args: string[]): Ran =>
    run(['sessions', 'stitch', '--trial', ...args], '', cwd);

  it.skipIf(!embedded)('says and writes what memory does, of lines good and bad', () => {
    const fragments = fc.sample(fragment, { numRuns: 200, seed: 3 });
    const lines = fragments.map(one =>
      JSON.stringify(
        fragmentsRequest(
          [
            {
              ...one,
              startMs:
                Math.floor(one.startMs / HOUR) * HOUR + Number(one.attributes['alignment.fragment.ordinal']),
            },
          ],
          one.contributor,
        ),
      ),
    );
    lines[20] = '{"truncated":';
    lines[40] = lines[40]!.replace('"asr/1"', '"SELECT 1; DROP TABLE asr_fragments"');
    lines[60] = lines[60]!.replace('"traceId":"', '"traceId":"\'; DROP ');
    writeFileSync(at('in.jsonl'), `${lines.join('\n')}\n`);
    const made = ['memory', 'sql'].map(engine => {
      const ran = stitch(ENGINE_FOLDER, '--in', at('in.jsonl'), '--out', at(engine), '--engine', engine);
      return { ...ran, stderr: ran.stderr.replace(at(engine), 'OUT') };
    });
    expect(made[0]).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('refused: 1 × a line that is no JSON'),
    });
    expect(made[1]).toEqual(made[0]);
    // ids are random, and so is which of those that are alike has the links: what is left is as long
    const lengths = (name: string): number[] =>
      readFileSync(at(name), 'utf8')
        .trim()
        .split('\n')
        .map(
          line =>
            JSON.stringify(JSON.parse(line), (key, value) => (key === 'links' ? undefined : value)).length,
        )
        .sort((a, b) => a - b);
    expect(lengths('sql')).toEqual(lengths('memory'));
    expect(readFileSync(at('sql'), 'utf8')).not.toContain('alignment.join');
    expect(readdirSync(folder).sort()).toEqual(['in.jsonl', 'memory', 'sql']);
  });

  it.skipIf(!embedded)('removes what it made where it is interrupted', async () => {
    const [temporary, input] = [at('temporary'), at('input')];
    mkdirSync(temporary);
    execFileSync('mkfifo', [input]);
    const main = join(import.meta.dirname, '../../src/cli/main.ts');
    const watcher = watch(temporary);
    const made = once(watcher, 'change');
    const args = ['sessions', 'stitch', '--trial', '--in', input, '--out', at('never'), '--engine', 'sql'];
    const child = spawn(process.execPath, [main, ...args], {
      cwd: ENGINE_FOLDER,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', chunk => (said += chunk));
    // it waits for lines meanwhile
    const lines = createWriteStream(input);
    await Promise.all([made, once(lines, 'open')]);
    watcher.close();
    child.kill('SIGTERM');
    lines.end();
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(said).toBe('otel-alignment: interrupted; nothing was written\n');
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(folder)).not.toContain('never');
    rmSync(temporary, { recursive: true });
    rmSync(input);
  });

  it.each([
    [['--engine', 'duck'], '--engine must be memory, sql or the address of a ClickHouse server'],
    [['--engine', 'clickhouse://h:9000/x'], "port 9000 is ClickHouse's native one"],
    [['--engine', 'clickhouse://h/x?since=2026-01-01'], 'since and until are for a report'],
    [['--engine', 'clickhouse://u:secret@127.0.0.1:1/x'], '127.0.0.1:1/x does not answer ('],
    [['--engine', 'sql'], 'npm i chdb@3.4.0'],
  ])('%j is refused in one line, and nothing is written', (args, reason) => {
    writeFileSync(at('in.jsonl'), '');
    const ran = stitch(folder, '--in', 'in.jsonl', '--out', 'never', ...args);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(reason);
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.stderr).not.toContain('secret');
    expect(readdirSync(folder)).not.toContain('never');
  });
});
