import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ran, run } from '../cli/run.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'otel-alignment-prio3-'));
  folders.push(folder);
});

// biome-ignore lint/suspicious/noExplicitAny: documents as they are
type Json = any;
const EPOCH = '2026-W47';
const CONTRIBUTORS = ['p1', 'p2', 'p3', 'p4'];
const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const json = (name: string): Json => JSON.parse(read(name));
const write = (name: string, value: unknown): void =>
  writeFileSync(at(name), typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o600 });
const prio3 = (...args: string[]): Ran => run(['sessions', 'prio3', ...args], '', folder);
const ok = (ran: Ran): Ran => {
  expect(ran).toMatchObject({ status: 0 });
  return ran;
};

const task = (...more: string[]): Ran =>
  prio3(
    'task',
    ...['a', 'b'].flatMap(name => ['--aggregator', name]),
    ...CONTRIBUTORS.flatMap(name => ['--contributor', name]),
    ...['--key-file', 'verify.key', '--out', 'task.json', ...more],
  );
const share = (contributor: string, ...more: string[]): Ran =>
  prio3(
    'share',
    ...['--task', 'task.json', '--contributor', contributor, '--epoch', EPOCH, '--out', contributor],
    ...more,
  );
const prepare = (aggregator: string, contributors: readonly string[], ...more: string[]): Ran =>
  prio3(
    'prepare',
    ...['--task', 'task.json', '--aggregator', aggregator, '--epoch', EPOCH, '--key-file', 'verify.key'],
    ...contributors.flatMap(name => ['--report', `${name}=${name}.${aggregator}.json`]),
    ...['--state', `${aggregator}.state`, '--out', `from-${aggregator}.json`, ...more],
  );
const aggregate = (aggregator: string, ...more: string[]): Ran =>
  prio3(
    'aggregate',
    ...[
      '--task',
      'task.json',
      '--aggregator',
      aggregator,
      '--epoch',
      EPOCH,
      '--state',
      `${aggregator}.state`,
    ],
    ...['--preparation', `from-${aggregator === 'a' ? 'b' : 'a'}.json`],
    ...['--ledger', `ledger-${aggregator}.json`, '--out', `half-${aggregator}.json`, ...more],
  );
const combine = (...files: string[]): Ran =>
  prio3(
    'combine',
    ...['--task', 'task.json', '--out', 'table.json'],
    ...files.flatMap(file => ['--in', file]),
  );

/** A task, and reports of 1,000, 2,000, … sessions of high risk that nobody watched; made once. */
let made: string | undefined;
function reported(): void {
  if (made === undefined) {
    ok(task());
    for (const [i, name] of CONTRIBUTORS.entries()) {
      write('counts.json', { cells: [{ risk: 'high', autonomy: 'observer', count: 1_000 * (i + 1) }] });
      ok(share(name, '--counts', 'counts.json'));
    }
    made = mkdtempSync(join(tmpdir(), 'otel-alignment-prio3-'));
    folders.push(made);
    cpSync(folder, made, { recursive: true });
  } else cpSync(made, folder, { recursive: true });
}

const RUN = '0199f000-0000-7000-8000-000000000000';
const session = (
  id: number,
  more: { home?: string; epoch?: string; conflict?: boolean; run?: string } = {},
): object => ({
  resourceSpans: [
    {
      resource: {
        attributes: [
          { key: 'service.name', value: { stringValue: 'asr/layer' } },
          { key: 'service.instance.id', value: { stringValue: more.run ?? RUN } },
        ],
      },
      scopeSpans: [
        {
          spans: [
            {
              traceId: id.toString(16).padStart(32, '1'),
              attributes: [
                { key: 'alignment.fragment.epoch', value: { stringValue: more.epoch ?? EPOCH } },
                { key: 'alignment.fragment.conflict', value: { boolValue: more.conflict ?? false } },
              ],
            },
          ],
        },
      ],
    },
    {
      resource: {
        attributes: [{ key: 'alignment.contributor.id', value: { stringValue: more.home ?? 'p1' } }],
      },
      scopeSpans: [
        {
          spans: [
            {
              traceId: id.toString(16).padStart(32, '1'),
              attributes: [
                { key: 'alignment.fragment.epoch', value: { stringValue: more.epoch ?? EPOCH } },
                { key: 'alignment.fragment.role', value: { stringValue: 'home' } },
                { key: 'alignment.fragment.risk_bucket', value: { intValue: '3' } },
                { key: 'alignment.autonomy.level', value: { stringValue: 'observer' } },
              ],
            },
          ],
        },
      ],
    },
  ],
});

describe('sessions prio3', () => {
  it('makes one table of what no aggregator has seen, with its statement, and spends at both', () => {
    reported();
    const mine = Array.from({ length: 500 }, (_, i) => JSON.stringify(session(0x2000 + i)));
    const others = [
      ...[session(0x3000, { home: 'p2' }), session(0x3001, { epoch: '2026-W46' }), session(0x2000)],
      session(0x3002, { conflict: true }),
    ];
    write('sessions.jsonl', `${[...mine, ...others.map(one => JSON.stringify(one))].join('\n')}\n`);
    expect(ok(share('p1', '--in', 'sessions.jsonl')).stderr).toContain(
      '500 sessions of 2026-W47 are counted; 1 were begun by others, 1 are of other weeks, 1 are in conflict, 0 state no risk or no autonomy, 1 came twice',
    );
    // a session of two runs of stitching would count twice
    const again = session(0x3003, { run: '0199f000-0000-7000-8000-000000000001' });
    write('twice.jsonl', `${JSON.stringify(session(0x2000))}\n${JSON.stringify(again)}\n`);
    expect(share('p1', '--in', 'twice.jsonl').stderr).toContain('are of two runs of stitching');
    rmSync(at('twice.jsonl'));
    for (const name of ['a', 'b']) ok(prepare(name, ['p1', 'p2', 'p3']));
    for (const name of ['a', 'b']) ok(aggregate(name));
    ok(combine('half-a.json', 'half-b.json'));
    const table = json('table.json');
    expect(table.cells).toHaveLength(30);
    const cell = table.cells.find((one: Json) => one.risk === 'high' && one.autonomy === 'observer');
    // 500, 2,000, 3,000 and two noises: further away once in 10¹⁰
    expect(Math.abs(cell.count - 5_500)).toBeLessThan(250);
    expect(table).toMatchObject({ epoch: EPOCH, contributors: 3, table: 'risk × autonomy' });
    expect(table.guarantee).toMatchObject({
      mode: 'prio3-2p',
      experimental: true,
      epsilon: 1,
      noise_scale: 8,
    });
    for (const name of ['a', 'b'])
      expect(json(`ledger-${name}.json`).entries).toMatchObject([
        { epoch: EPOCH, epsilon: 1, release: `risk × autonomy, prio3-2p, half of ${name}` },
      ]);
    for (const name of readdirSync(folder).filter(one => !['counts.json', 'sessions.jsonl'].includes(one)))
      expect([name, statSync(at(name)).mode & 0o777]).toEqual([name, 0o600]);

    // the other half of the table is needed to see anything, and the task to take it
    expect(combine('half-a.json', 'half-a.json').stderr).toContain('a table is made of two aggregates');
  });

  it('refuses what was tampered with, replayed or mixed up by name and reason; the others are summed', () => {
    reported();
    const p4 = json('p4.a.json');
    const bit = p4.input_share[13_000] === 'A' ? 'B' : 'A';
    write('p4.a.json', {
      ...p4,
      input_share: `${p4.input_share.slice(0, 13_000)}${bit}${p4.input_share.slice(13_001)}`,
    });
    const again = ['--report', 'p1=p1.a.json', '--report', 'p2=p1.a.json', '--report', 'p3=p3.b.json'];
    const ran = prepare('a', CONTRIBUTORS, ...again);
    expect(ran.status).toBe(1);
    for (const line of [
      'report of p1 is refused (duplicate): the contributor has reported already',
      'report of p2 is refused (wrong_sender): the report says that it is of somebody else',
      'report of p3 is refused (wrong_aggregator): the report is for the other aggregator',
      '4 of 7 reports are prepared: from-a.json',
    ])
      expect(ran.stderr).toContain(line);
    ok(prepare('b', CONTRIBUTORS));
    for (const name of ['a', 'b']) {
      const summed = aggregate(name);
      expect(summed.status).toBe(1);
      expect(summed.stderr).toContain('report of p4 is refused (invalid_proof)');
      expect(summed.stderr).toContain('3 contributors are in the sum');
    }
    ok(combine('half-a.json', 'half-b.json'));
    const cell = json('table.json').cells.find(
      (one: Json) => one.risk === 'high' && one.autonomy === 'observer',
    );
    expect(Math.abs(cell.count - 6_000)).toBeLessThan(250);
  });

  it('passes a broken file by, and refuses a report of last week', () => {
    reported();
    const old = json('p1.a.json');
    write('p1.a.json', { ...old, epoch: '2026-W46' });
    write('p2.a.json', '{"secret": ');
    const ran = prepare('a', CONTRIBUTORS);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('report of p1 is refused (wrong_epoch): the report is of another week');
    expect(ran.stderr).toContain(
      'report of p2 is refused (unreadable): the file is no report. p2.a.json: must be a JSON object',
    );
    expect(ran.stderr).not.toContain('secret');
    ok(prepare('b', CONTRIBUTORS));
    const few = aggregate('a');
    expect(few.status).toBe(2);
    expect(few.stderr).toContain(
      '2026-W47: reports of 2 contributors are good, the task asks for 3 (min_contributors). Nothing is released',
    );
    expect([existsSync(at('half-a.json')), existsSync(at('ledger-a.json'))]).toEqual([false, false]);
  });

  it('does each step once: reports are fixed when prepared, and a sum is written again as it was', () => {
    reported();
    for (const name of ['a', 'b']) ok(prepare(name, CONTRIBUTORS));
    const first = read('from-a.json');
    expect(prepare('a', CONTRIBUTORS).stderr).toContain(
      'a.state: 2026-W47 is prepared for a, and its reports are fixed',
    );
    unlinkSync(at('from-a.json'));
    expect(ok(prepare('a', [])).stderr).toContain('from-a.json: written again, the same');
    expect(read('from-a.json')).toBe(first);

    expect(aggregate('a', '--preparation', 'from-a.json').stderr).toContain(
      'from-a.json: aggregator: is of a, and that of b is wanted',
    );
    ok(aggregate('a'));
    const half = read('half-a.json');
    expect(ok(aggregate('a')).stderr).toContain(
      'half-a.json: written again, the same; nothing more is spent',
    );
    expect(read('half-a.json')).toBe(half);
    expect(json('ledger-a.json').entries).toHaveLength(1);
    // of single reports nothing is left
    expect(json('a.state').reports).toEqual([]);
    expect(prepare('a', []).stderr).toContain('the sum of 2026-W47 is made; its reports are forgotten');

    // somebody removes the state, to sum the same reports again: the ledger remembers
    unlinkSync(at('a.state'));
    ok(prepare('a', CONTRIBUTORS));
    const more = aggregate('a');
    expect(more.status).toBe(2);
    expect(more.stderr).toContain('ε 1 of 1 is spent; 1 more would be too much. Nothing is released');
    expect(read('half-a.json')).toBe(half);
  });

  it.each<[string, () => Ran, string]>([
    [
      'another key',
      () => prepare('a', CONTRIBUTORS, '--key-file', 'other.key'),
      'other.key: is not the key that the task commits to',
    ],
    [
      'a stranger as aggregator',
      () => prepare('c', CONTRIBUTORS),
      'there is no aggregator c in the task: a, b',
    ],
    [
      'a report without its sender',
      () => prepare('a', [], '--report', 'p1.a.json'),
      '--report p1.a.json: a contributor and its file',
    ],
    ['a missing report', () => prepare('a', ['p9']), 'p9.a.json: there is no such file'],
    ['no report', () => prepare('a', []), 'sessions prio3 prepare needs --report'],
    [
      'reports of which none is usable',
      () => prepare('a', [], '--report', 'p1=p2.a.json'),
      'no report is usable; nothing is written',
    ],
    [
      'another file in place of the task',
      () => prepare('a', [], '--task', 'p1.a.json'),
      'p1.a.json: type must be prio3-2p.task; another file was given',
    ],
    [
      'a state at work',
      () => prepare('a', CONTRIBUTORS, '--state', 'busy'),
      'busy.lock: another release is at work',
    ],
    ['no week', () => aggregate('a', '--epoch', 'now'), '--epoch now: an ISO week'],
    ['no state', () => aggregate('a'), 'a.state: there is no such file'],
    [
      'a contributor that the task does not name',
      () => share('p9', '--counts', 'counts.json'),
      'there is no contributor p9 in the task: p1, p2, p3, p4',
    ],
    [
      'counts and sessions',
      () => share('p1', '--counts', 'counts.json', '--in', 'x'),
      'needs either --in or --counts',
    ],
    ['a second task', () => task(), 'task.json: there is a task already'],
  ])('with %s writes nothing', (_, step, message) => {
    reported();
    write('other.key', 'f'.repeat(32));
    write('busy.lock', '');
    const before = readdirSync(folder).sort();
    const ran = step();
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain('    at ');
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it.each([
    [['--contributors', '2'], 'the task: min_contributors must be a whole number from 3 on'],
    [['--epsilon', 'much'], 'the task: epsilon must be a positive decimal number'],
    [['--k', 'x'], 'the task: k must be a whole number from 1 on'],
    [['--aggregator', 'c'], 'the task: aggregators must be two different names'],
  ])('makes no task with %j, and no key', (args, message) => {
    const ran = task(...args);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says how to install what it needs, and needs it for nothing else', () => {
    ok(task());
    write('counts.json', { cells: [] });
    const hide = `data:text/javascript,${encodeURIComponent(`
      import { registerHooks } from 'node:module';
      registerHooks({ resolve(specifier, context, next) {
        if (specifier === '@divviup/prio3') throw Object.assign(new Error('hidden'), { code: 'ERR_MODULE_NOT_FOUND' });
        return next(specifier, context);
      } });`)}`;
    const before = process.env['NODE_OPTIONS'];
    process.env['NODE_OPTIONS'] = `--import=${hide}`;
    try {
      const ran = share('p1', '--counts', 'counts.json');
      expect(ran.status).toBe(2);
      expect(ran.stderr).toContain('the mode prio3-2p needs @divviup/prio3: npm i @divviup/prio3@0.8.0');
      expect(existsSync(at('p1.a.json'))).toBe(false);
      write('sessions.jsonl', '');
      ok(
        run(
          [
            ...['sessions', 'release', '--trial', '--in', 'sessions.jsonl', '--epoch', EPOCH],
            ...['--ledger', 'l', '--out', 't'],
          ],
          '',
          folder,
        ),
      );
    } finally {
      if (before === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = before;
    }
  });
});
