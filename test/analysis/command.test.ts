import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figures } from '../../src/analysis/index.ts';
import { call, intervention, traces } from '../../src/analysis/testing/requests.ts';
import { folder, jsonLines, type Run, runDemo } from '../report/run-report.ts';
import { ENGINE_FOLDER, inMemory, openTestEngine, requireEmbedded, type TestEngine } from './sql-engine.ts';
import { standIn } from './stand-in.ts';

const cli = join(fileURLToPath(new URL('../..', import.meta.url)), 'src/cli/main.ts');
const embedded = requireEmbedded('otel-alignment report by SQL');
const place = folder();
afterAll(() => place.remove());

/** Beside the test's own server: the event loop is free. */
async function report(
  args: readonly string[],
  cwd = ENGINE_FOLDER,
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const child = spawn(process.execPath, [cli, 'report', ...args], { cwd, env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  child.stdout.on('data', chunk => (out += chunk));
  child.stderr.on('data', chunk => (err += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

describe.skipIf(!embedded)('report FILE --engine sql', () => {
  it('says what the report of the same file in memory says', async () => {
    const file = join(place.path, 'demo.jsonl');
    runDemo(file);
    const [bySql, byMemory] = [
      await report([file, '--json', '--engine', 'sql']),
      await report([file, '--json']),
    ];
    expect(bySql).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(bySql.out)).toEqual(JSON.parse(byMemory.out));
  });

  it('tells of a cut file and of --fail-on as ever', async () => {
    const request = traces([{ id: 'a', attributes: call('rm', 0.9, 'observer') }]);
    const file = place.file('cut.jsonl', `${jsonLines([request])}{"resourceSpans":[`);
    const { code, err } = await report([file, '--json', '--engine', 'sql', '--fail-on', 'upper_right>0']);
    expect(code).toBe(1);
    expect(err).toContain('the last line (2) is cut off');
    expect(err).toContain('--fail-on upper_right>0: it is 1');
  });
});

describe('a wrong command', () => {
  it.each([
    [['x.jsonl', '--json', '--engine', 'duck'], '--engine must be memory or sql'],
    [['x.jsonl', '--json', '--engine', 'sql', '--assess'], '--assess reads content'],
    [['clickhouse://h/otel', 'x.jsonl', '--json'], 'of files or of one ClickHouse server'],
    [['clickhouse://h:9000/otel', '--json'], "port 9000 is ClickHouse's native one"],
    [['clickhouse://h/otel/more', '--json'], 'the path of the address is the database alone'],
    [['clickhouse://h/otel?since=soon', '--json'], 'since=soon is no time'],
    [['clickhouse://h/otel?password=x', '--json'], 'unknown part password'],
    [['clickhouse://u:secret@127.0.0.1:1/otel', '--json'], '127.0.0.1:1/otel does not answer ('],
  ])('%j is refused in one line', async (args, reason) => {
    const { code, err } = await report(args);
    expect(code).toBe(2);
    expect(err).toContain(reason);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).not.toContain('secret');
  });

  it('without the engine says how to get it', async () => {
    const file = place.file('one.jsonl', jsonLines([traces([{ id: 'a' }])]));
    const { code, err } = await report([file, '--json', '--engine', 'sql'], place.path);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('npm i chdb@3.4.0') });
  });
});

describe.skipIf(!embedded)('report clickhouse://… over a stand-in for the server', () => {
  let test: TestEngine;
  let server: Server;
  let address: string;
  const seen: { user?: string; key?: string; database?: string }[] = [];
  const requests = [
    traces([
      {
        id: 'a',
        attributes: { 'session.id': 's', ...call('rm', 0.9, 'observer') },
        events: [intervention('stop', 'human', { at: 0.2 })],
      },
    ]),
  ];

  beforeAll(async () => {
    test = openTestEngine();
    server = standIn(test.engine, ({ url, headers }) => {
      const database = new URL(url ?? '/', 'http://x').searchParams.get('database') ?? '';
      const { 'x-clickhouse-user': user, 'x-clickhouse-key': key } = headers;
      seen.push({ user: String(user), key: String(key), database });
      return key === 'secret';
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `clickhouse://reader:secret@127.0.0.1:${(server.address() as AddressInfo).port}/alignment`;
  });
  afterAll(async () => {
    server.close();
    await test.engine.close();
  });

  it('has the figures, and shows host and database without the password', async () => {
    await test.reset();
    await test.load(requests);
    const { code, out, err } = await report([address, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(await inMemory(requests))));
    expect(seen[0]).toEqual({ user: 'reader', key: 'secret', database: 'alignment' });
    const page = await report([address, '--format', 'md']);
    expect(page.out).not.toContain('secret');
    expect(page.err).not.toContain('secret');
  });

  it('takes the password from the environment, and says that a user is refused', async () => {
    await test.reset();
    await test.load(requests);
    const open = address.replace(':secret@', '@');
    expect(
      (await report([open, '--json'], ENGINE_FOLDER, { ALIGNMENT_CLICKHOUSE_PASSWORD: 'secret' })).code,
    ).toBe(0);
    const { code, err } = await report([open, '--json']);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('refuses the user reader') });
  });

  it('leaves out what is not of the stretch of time', async () => {
    await test.reset();
    await test.load(requests);
    const { out } = await report([`${address}?until=2020-01-01`, '--json']);
    expect((JSON.parse(out) as Figures).totals).toMatchObject({ spans: 0, sessions: 0 });
  });

  it('says what is wrong with the tables', async () => {
    await test.reset();
    await test.engine.run('DROP TABLE alignment_span_facts');
    const { code, err } = await report([address, '--json']);
    expect(code).toBe(2);
    expect(err).toContain('has no alignment_span_facts: run collector-config/clickhouse/facts.sql');
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
