import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../../src/semconv/index.ts';
import { epochAt, epochOf } from '../../src/sessions/index.ts';
import { newRun } from '../../src/sessions/stitch/run.ts';
import { jsonLines, type Ran, run } from '../cli/run.ts';
import { recordings, strings } from './captured.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'otel-alignment-sessions-'));
  folders.push(folder);
});

const EPOCH = '2026-W47';
const at = (name: string): string => join(folder, name);
const write = (name: string, ...lines: (string | object)[]): string => {
  writeFileSync(
    at(name),
    `${lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`,
  );
  return at(name);
};
const read = (name: string): string => readFileSync(at(name), 'utf8');
const mode = (name: string): number => statSync(at(name)).mode & 0o777;
const sessions = (...args: string[]): Ran => run(['sessions', ...args], '', folder);
const keygen = (epoch = EPOCH, weeks = '1'): Ran =>
  sessions('keygen', '--out', 'keys', '--epoch', epoch, '--weeks', weeks);
/** Of weeks that are long over by the clock. */
const fragment = (input: string, ...more: string[]): Ran =>
  sessions(
    'fragment',
    ...[
      '--trial',
      '--in',
      input,
      '--out',
      'fragments.jsonl',
      '--key-file',
      'keys',
      '--contributor',
      'provider-a',
    ],
    ...more,
  );

const TIME = String(Date.parse('2026-11-18T10:20:30Z'));
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const span = (more: object = {}): object => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'secret-service' } }] },
      scopeSpans: [
        {
          scope: { name: 'secret-scope' },
          spans: [
            {
              traceId: TRACE,
              spanId: '00f067aa0ba902b7',
              name: 'secret-name',
              kind: 1,
              startTimeUnixNano: `${TIME}000000`,
              endTimeUnixNano: `${TIME}000001`,
              ...more,
            },
          ],
        },
      ],
    },
  ],
});

describe('sessions keygen', () => {
  it('writes a file that its owner alone can read, and keeps the keys that are there', () => {
    expect(keygen(EPOCH, '2')).toMatchObject({ status: 0, stdout: '' });
    expect(mode('keys')).toBe(0o600);
    const before = read('keys');
    expect(before).toMatch(/^2026-W47 [0-9a-f]{64}\n2026-W48 [0-9a-f]{64}\n$/);
    expect(keygen('2026-W48', '2').status).toBe(0);
    expect(read('keys').startsWith(before)).toBe(true);
    expect(read('keys').split('\n')).toHaveLength(4);
    // and no key is said
    expect(keygen().stderr).not.toMatch(/[0-9a-f]{64}/);
  });

  it.each([
    [['--epoch', '2026-W60'], '--epoch 2026-W60: an ISO week'],
    [['--weeks', '0'], '--weeks is a number from 1 to 53'],
    [['--weeks', 'many'], '--weeks is a number from 1 to 53'],
  ])('refuses %j', (args, message) => {
    const ran = sessions('keygen', '--out', 'keys', ...args);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(existsSync(at('keys'))).toBe(false);
  });

  it('adds a line of its own where nothing ends the last one', () => {
    writeFileSync(at('keys'), `${EPOCH} ${randomKey()}`, { mode: 0o600 });
    expect(keygen('2026-W48').status).toBe(0);
    expect(read('keys')).toMatch(/^2026-W47 [0-9a-f]{64}\n2026-W48 [0-9a-f]{64}\n$/);
  });

  it('destroys the keys of weeks that are closed, and touches nothing else', () => {
    const week = epochAt(Date.now()).id;
    const line = `${week} ${randomKey()}`;
    write('keys', '# ours', `2026-W30 ${randomKey()}`, line, '', `2025-W01 ${randomKey()}`);
    symlinkSync('keys', at('link'));
    const ran = sessions('keygen', '--out', 'link', '--prune');
    expect(ran).toMatchObject({ status: 0, stdout: '' });
    expect(ran.stderr).toContain('keys of 2025-W01, 2026-W30 destroyed');
    expect(read('keys')).toBe(`# ours\n${line}\n`);
    expect([mode('keys'), readdirSync(folder).sort()]).toEqual([0o600, ['keys', 'link']]);
    expect(sessions('keygen', '--out', 'keys', '--prune').stderr).toContain(
      'no key of a week that is closed',
    );
    expect(sessions('keygen', '--out', 'keys', '--prune', '--weeks', '2').status).toBe(2);
  });

  it('leaves a file alone that is no key file', () => {
    write('keys', 'something else');
    const ran = keygen();
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('keys:1: the line must begin with an ISO week');
    expect(read('keys')).toBe('something else\n');
  });
});

describe('sessions fragment', () => {
  it('without a key file says how to make one, and writes nothing', () => {
    write('in.jsonl', span());
    const ran = fragment('in.jsonl');
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(
      'keys: there is no such key file. otel-alignment sessions keygen --out keys',
    );
    expect(ran.stderr).not.toContain('    at ');
    expect(readdirSync(folder)).toEqual(['in.jsonl']);
  });

  it.each([
    ['2026-W47 short', 'keys:1: behind 2026-W47 must stand 64 hex digits'],
    [`2026-W47 ${'ab'.repeat(32)}`, 'keys:1: this key is not random'],
    ['# all deleted', 'keys: there is no key in it'],
  ])('with a key file that cannot be used (%#) writes nothing and quotes no key', (line, message) => {
    write('keys', line);
    write('in.jsonl', span());
    const ran = fragment('in.jsonl');
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain('abababab');
    expect(readdirSync(folder).sort()).toEqual(['in.jsonl', 'keys']);
  });

  it('refuses, counts and reports spans of a week without a key: other weeks are used', () => {
    keygen();
    const week = 7 * 86_400_000;
    write(
      'in.jsonl',
      span(),
      span({ traceId: 'b'.repeat(32), startTimeUnixNano: `${Number(TIME) + week}000000` }),
      span({ traceId: 'c'.repeat(32), startTimeUnixNano: `${Number(TIME) + week}000000` }),
    );
    const ran = fragment('in.jsonl');
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('3 spans and records, 1 fragments');
    expect(ran.stderr).toContain('refused: 2 × no key for epoch 2026-W48');
    expect(mode('fragments.jsonl')).toBe(0o600);
    // a key whose line is deleted is gone: the same input, another result
    write('keys', read('keys').replace(/^.*$/m, '# destroyed'), `2026-W46 ${randomKey()}`);
    expect(fragment('in.jsonl').stderr).toContain('refused: 1 × no key for epoch 2026-W47');
    expect(read('fragments.jsonl')).toBe('');
  });

  it('refuses a week whose key must be destroyed, and one that has not begun, though the keys are there', () => {
    const [closed, later] = ['2026-W30', epochAt(Date.now() + 15 * 86_400_000).id];
    write('keys', `${closed} ${randomKey()}`, `${later} ${randomKey()}`);
    const inWeek = (epoch: string, traceId: string): object =>
      span({ traceId, startTimeUnixNano: `${epochOf(epoch)!.start + 86_400_000}000000` });
    write('in.jsonl', inWeek(closed, TRACE), inWeek(later, 'b'.repeat(32)));
    const ran = sessions(
      ...['fragment', '--in', 'in.jsonl', '--out', 'out.jsonl', '--key-file', 'keys', '--contributor', 'a'],
    );
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain(
      `keys has keys of weeks that are closed (${closed}); otel-alignment sessions keygen`,
    );
    expect(ran.stderr).toContain(`refused: 1 × epoch ${closed} is closed: its key must be destroyed`);
    expect(ran.stderr).toContain(`refused: 1 × epoch ${later} has not begun`);
    expect(read('out.jsonl')).toBe('');
  });

  it('lets at most so many sessions of a user through, and says of nobody who it was', () => {
    keygen();
    const attributes = (user: string | undefined, session: string): object[] => [
      { key: 'session.id', value: { stringValue: session } },
      ...(user === undefined ? [] : [{ key: 'user.id', value: { stringValue: user } }]),
    ];
    const id = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
    // two traces a session; only the first names the user
    const lines = ['CANARY-jane', 'CANARY-joe', undefined].flatMap((user, u) =>
      Array.from({ length: u === 1 ? 3 : 20 }, (_, i) => [
        span({ traceId: id(`${u} ${i} a`), attributes: attributes(user, id(`${u} ${i}`)) }),
        span({ traceId: id(`${u} ${i} b`), attributes: attributes(undefined, id(`${u} ${i}`)) }),
      ]).flat(),
    );
    write('in.jsonl', ...lines);
    const ran = fragment('in.jsonl', '--user-attribute', 'user.id');
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('left out by the sample: 24 spans and records');
    expect(ran.stderr).toContain('refused: 40 × a span of a session that names no user');
    expect(ran.stderr + read('fragments.jsonl')).not.toContain('CANARY');
    const made = read('fragments.jsonl');
    const stitched = sessions('stitch', '--in', 'fragments.jsonl', '--out', 'sessions.jsonl', '--trial');
    expect(stitched.stderr).toContain('22 fragments, 11 sessions');
    // with the key of the week the same telemetry gives the same sample
    fragment('in.jsonl', '--user-attribute', 'user.id');
    expect(read('fragments.jsonl')).toBe(made);
    for (const [more, message] of [
      [['--max-sessions', '3'], '--max-sessions needs --user-attribute'],
      [['--user-attribute', 'user.id', '--max-sessions', '0'], '--max-sessions is a whole number'],
    ] as const)
      expect(fragment('in.jsonl', ...more).stderr).toContain(message);
  });

  it('says once who can read the key file', () => {
    write('keys', `${EPOCH} ${randomKey()}`);
    write('in.jsonl', span());
    expect(fragment('in.jsonl').stderr).toContain('keys can be read by others; chmod 600 keys');
  });

  it('survives truncated and hostile lines: they are counted by line, never quoted', () => {
    keygen();
    const deep = `${'['.repeat(100_000)}"CANARY"${']'.repeat(100_000)}`;
    const hostile: (string | object)[] = [
      JSON.stringify(span()).slice(0, 200),
      'CANARY',
      '\0\0\0',
      '',
      '42',
      'null',
      '[]',
      '{"resourceSpans":"CANARY"}',
      '{"resourceSpans":[null,1,{"scopeSpans":{"CANARY":1}}],"resourceLogs":[[]]}',
      '{"__proto__":{"resourceSpans":[]},"constructor":"CANARY"}',
      deep,
      span({ traceId: '0'.repeat(32) }),
      span({ traceId: 'CANARY' }),
      span({ spanId: null }),
      span({ startTimeUnixNano: 'CANARY' }),
      span({ startTimeUnixNano: '99999999999999999999999' }),
      span({ kind: 'CANARY', flags: {}, events: 'CANARY', links: [7], attributes: { CANARY: 1 } }),
      span({
        spanId: '00f067aa0ba902b8',
        attributes: [
          { key: '__proto__', value: { stringValue: 'CANARY' } },
          { key: 'alignment.autonomy.level', value: { stringValue: 'CANARY' } },
          { key: 'alignment.risk.score', value: { doubleValue: 1e308 } },
          { key: 'alignment.risk.score', value: { stringValue: 'CANARY' } },
        ],
        events: [{ name: 'alignment.intervention' }, { name: 'alignment.CANARY' }, { name: 'CANARY' }],
        status: { message: 'CANARY' },
        traceState: 'CANARY=1',
      }),
    ];
    write('in.jsonl', ...hostile);
    const ran = fragment('in.jsonl');
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('in.jsonl:1: no JSON; the line is skipped');
    expect(ran.stderr).toContain('in.jsonl:3: no JSON; the line is skipped');
    expect(ran.stderr).toContain('3 × a span without a valid id');
    expect(ran.stderr).toContain('2 × a span without a start time');
    expect(ran.stderr + read('fragments.jsonl')).not.toMatch(/CANARY|secret|0af76519| {4}at /);
    // what was good is there, and the layer takes it
    const stitched = sessions('stitch', '--in', 'fragments.jsonl', '--out', 'sessions.jsonl', '--trial');
    expect(stitched).toMatchObject({ status: 0 });
    expect(stitched.stderr).toContain('2 fragments, 1 sessions');
  });

  it.each([
    [['--contributor', 'Jane Doe'], '--contributor "Jane Doe": lower-case letters'],
    [['--bucket', '7'], '--bucket is a number of minutes'],
    [['--bucket', '1'], '--bucket is a number of minutes'],
    [['--in', 'missing.jsonl'], 'missing.jsonl: cannot be used (ENOENT)'],
    [['--out', 'no/such/folder'], 'no/such/folder'],
    [['--colour'], "Unknown option '--colour'"],
  ])('refuses %j and leaves nothing behind', (args, message) => {
    keygen();
    write('in.jsonl', span());
    const ran = fragment('in.jsonl', ...args);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain('    at ');
    expect(readdirSync(folder).sort()).toEqual(['in.jsonl', 'keys']);
  });
});

describe('sessions stitch', () => {
  it('refuses what does not fit the schema, by reason, and keeps the rest', () => {
    keygen();
    write('in.jsonl', span());
    fragment('in.jsonl');
    const [good] = jsonLines(read('fragments.jsonl'));
    const bad = JSON.stringify(good).replace('"alignment.session"', '"CANARY"');
    write('mixed.jsonl', good!, bad, '{"truncated":', span());
    const ran = sessions(
      ...['stitch', '--in', 'mixed.jsonl', '--in', 'fragments.jsonl', '--out', 'out.jsonl', '--trial'],
    );
    expect(ran.status).toBe(1);
    // the same fragment from two files counts once
    expect(ran.stderr).toContain('1 sessions');
    expect(ran.stderr).toContain('refused: 1 × a fragment that does not fit the schema: name');
    expect(ran.stderr).toContain('refused: 1 × a line that is no JSON');
    expect(ran.stderr).toContain('refused: 1 × a fragment that does not fit the schema: resource');
    expect(ran.stderr + read('out.jsonl')).not.toMatch(/CANARY|secret/);
    expect(mode('out.jsonl')).toBe(0o600);
  });

  it('wants to know what was erased, and takes nothing that is past its time', () => {
    keygen('2025-W47');
    write('in.jsonl', span({ startTimeUnixNano: `${Date.parse('2025-11-19T10:20:30Z')}000000` }));
    fragment('in.jsonl');
    write('old.jsonl', ...read('fragments.jsonl').trimEnd().split('\n'));
    const stitch = (...more: string[]): Ran =>
      sessions('stitch', '--in', 'old.jsonl', '--out', 'out.jsonl', ...more);
    expect(stitch()).toMatchObject({ status: 2 });
    expect(stitch().stderr).toContain('sessions stitch needs --erased');
    expect(stitch('--erased', 'none', '--erased', 'x').stderr).toContain('--erased none stands alone');
    expect(existsSync(at('out.jsonl'))).toBe(false);
    expect(stitch('--erased', 'none').stderr).toContain('refused: 1 × a fragment past its time');
    expect(read('out.jsonl')).toBe('');
    expect(stitch('--trial').stderr).toContain('1 fragments, 1 sessions');
  });

  it('keeps what was there where it cannot finish', () => {
    write('out.jsonl', 'before');
    const ran = sessions('stitch', '--in', 'missing.jsonl', '--out', 'out.jsonl', '--erased', 'none');
    expect(ran.status).toBe(2);
    expect(read('out.jsonl')).toBe('before\n');
  });
});

describe('sessions release', () => {
  const release = (...more: string[]): Ran =>
    sessions(
      ...['release', '--trial'],
      ...['--in', 'sessions.jsonl', '--epoch', EPOCH, '--ledger', 'ledger.json', '--out', 'table.json'],
      ...more,
    );

  it('spends once: a second table of the same week is refused, and nothing is written', () => {
    write('sessions.jsonl');
    expect(release().status).toBe(0);
    expect([mode('ledger.json'), mode('table.json')]).toEqual([0o600, 0o600]);
    const table = JSON.parse(read('table.json'));
    expect(table.cells).toHaveLength(30);
    expect(table.guarantee).toMatchObject({ epsilon: 1, delta: 0, sensitivity: 8, noise_scale: 8 });
    const before = [read('ledger.json'), read('table.json')];
    const again = release();
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('ε 1 of 1 is spent; 1 more would be too much. Nothing is released');
    expect([read('ledger.json'), read('table.json')]).toEqual(before);
    // another week has a budget of its own
    expect(release('--epoch', '2026-W46').status).toBe(0);
    expect(JSON.parse(read('ledger.json')).entries).toHaveLength(2);
  });

  it.each([
    ['{', 'ledger.json: no JSON'],
    ['{"version":2}', 'ledger.json: version must be 1'],
    ['{"version":1,"budget":-1,"entries":[]}', 'ledger.json: budget must be a positive number'],
    [
      '{"version":1,"budget":9,"entries":[{"epoch":"2026-W47","epsilon":-8,"release":"x","time":"x"}]}',
      'ledger.json: entries[0] needs epoch, epsilon > 0',
    ],
  ])('with the ledger %j releases nothing', (ledger, message) => {
    write('sessions.jsonl');
    write('ledger.json', ledger);
    const ran = release();
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(read('ledger.json')).toBe(`${ledger}\n`);
    expect(existsSync(at('table.json'))).toBe(false);
  });

  it.each([
    [['--epoch', 'yesterday'], '--epoch yesterday: an ISO week'],
    [['--epsilon', '-1'], '--epsilon'],
    [['--epsilon', '0'], '--epsilon is a positive decimal number'],
    [['--k', '0'], '--k is a whole number from 1 on'],
    [['--budget', 'all'], '--budget is a positive number'],
    [['--in', 'missing.jsonl'], 'missing.jsonl: cannot be used (ENOENT)'],
  ])('refuses %j before anything is spent', (args, message) => {
    write('sessions.jsonl');
    const ran = release(...args);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(readdirSync(folder)).toEqual(['sessions.jsonl']);
  });

  it('waits for no other release: with the ledger locked nothing is released', () => {
    write('sessions.jsonl');
    write('ledger.json.lock');
    const ran = release();
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('ledger.json.lock: another release is at work');
    expect(readdirSync(folder).sort()).toEqual(['ledger.json.lock', 'sessions.jsonl']);
  });

  const key = (name: string, value: object): object => ({ key: name, value });
  const session = (traceId: string, run: string, conflict = false): object => ({
    resourceSpans: [
      {
        resource: {
          attributes: [
            key('service.name', { stringValue: 'asr/layer' }),
            key('service.instance.id', { stringValue: run }),
          ],
        },
        scopeSpans: [
          {
            spans: [
              {
                traceId,
                attributes: [
                  key('alignment.fragment.epoch', { stringValue: EPOCH }),
                  key('alignment.fragment.conflict', { boolValue: conflict }),
                ],
              },
            ],
          },
        ],
      },
      {
        resource: { attributes: [key('alignment.contributor.id', { stringValue: 'provider-a' })] },
        scopeSpans: [
          {
            spans: [
              {
                traceId,
                attributes: [
                  key('alignment.fragment.risk_bucket', { intValue: '1' }),
                  key('alignment.autonomy.level', { stringValue: 'observer' }),
                ],
              },
            ],
          },
        ],
      },
    ],
  });
  const RUN = newRun(Date.parse('2026-11-26T00:00:00Z'));

  it('counts a session once, however often it comes, and none of which stitching took parts off', () => {
    write(
      'sessions.jsonl',
      ...[session(TRACE, RUN), session('b'.repeat(32), RUN), session(TRACE, RUN)],
      session('c'.repeat(32), RUN, true),
    );
    expect(release().stderr).toContain(
      '2 sessions of 2026-W47 are counted; 0 are of other weeks, 1 are in conflict, 0 state no risk or no autonomy, 1 came twice',
    );
  });

  it('refuses what is no stitched session, and the same week from two runs of stitching', () => {
    const lines = (...from: (string | object)[]): string => {
      write('sessions.jsonl', ...from);
      const ran = release();
      expect(ran.status).toBe(2);
      expect(readdirSync(folder)).toEqual(['sessions.jsonl']);
      return ran.stderr;
    };
    const fragmentVectors = JSON.parse(
      readFileSync(new URL('../../semconv/sessions/fragment-vectors.json', import.meta.url), 'utf8'),
    );
    expect(lines(fragmentVectors.contributors[0].output)).toContain(
      'sessions.jsonl: holds something that is no stitched session',
    );
    expect(lines(span())).toContain('no stitched session');
    expect(lines(session(TRACE, RUN), session('b'.repeat(32), newRun(Date.now())))).toContain(
      'sessions of 2026-W47 are of two runs of stitching',
    );
    expect(lines(session(TRACE, 'some-run'))).toContain('does not say which run of stitching made it');
  });

  it('releases nothing of a week that is not closed, or was stitched before', () => {
    const strict = (epoch: string): Ran =>
      sessions(
        ...['release', '--in', 'sessions.jsonl', '--epoch', epoch, '--ledger', 'ledger.json'],
        ...['--out', 'table.json'],
      );
    const week = epochAt(Date.now());
    write('sessions.jsonl');
    expect(strict(week.id).stderr).toContain(`--epoch ${week.id}: is not closed before`);
    const lastYear = (time: string): string => {
      write(
        'sessions.jsonl',
        JSON.stringify(session(TRACE, newRun(Date.parse(time)))).replaceAll(EPOCH, '2025-W47'),
      );
      return strict('2025-W47').stderr;
    };
    expect(lastYear('2025-11-25T23:59:59Z')).toContain('was stitched before 2025-W47 was closed');
    expect(readdirSync(folder)).toEqual(['sessions.jsonl']);
    expect(lastYear('2025-11-26T00:00:00Z')).toContain('1 sessions of 2025-W47 are counted');
    expect(JSON.parse(read('table.json')).trial).toBeUndefined();
    expect(release().status).toBe(0);
    expect(JSON.parse(read('table.json')).trial).toBe(true);
  });
});

describe('recorded sessions of real agents, from end to end', () => {
  const AGENTS = ['claude-code', 'claude-agent-sdk', 'codex', 'gemini-cli', 'cline-sdk'];

  it('become fragments and sessions in which nothing of theirs is left', () => {
    const lines = recordings(AGENTS);
    write('recorded.jsonl', ...lines);
    expect(run(['assess', '--otlp', at('recorded.jsonl'), '--out', at('assessed.jsonl')]).status).toBe(0);
    expect(keygen('2026-W40', '53').status).toBe(0);
    const ran = fragment('assessed.jsonl');
    expect(ran.stderr).toMatch(/^\d+ spans and records, \d+ fragments/m);
    const stitched = sessions('stitch', '--in', 'fragments.jsonl', '--out', 'sessions.jsonl', '--trial');
    expect(stitched).toMatchObject({ status: 0 });

    // every string of the recordings that is not a word of the vocabulary is a secret
    const public_ = new Set(Object.values(ATTRIBUTES).flatMap(rule => rule.values ?? []));
    const secrets = new Set<string>();
    for (const line of [...lines, ...read('assessed.jsonl').trim().split('\n')])
      for (const text of strings(JSON.parse(line)))
        if (text.length >= 8 && !/^(?:[0-9]{1,9}|alignment\.[a-z_]+)$/.test(text) && !public_.has(text))
          secrets.add(text);
    expect(secrets.size).toBeGreaterThan(1_000);
    for (const name of ['fragments.jsonl', 'sessions.jsonl']) {
      const left = new Set(jsonLines(read(name)).flatMap(line => [...strings(line)]));
      expect([...left].filter(text => secrets.has(text))).toEqual([]);
    }

    const out = jsonLines(read('sessions.jsonl'));
    const events = [...read('sessions.jsonl').matchAll(/"name":"(alignment\.[a-z_]+)"/g)].map(
      ([, name]) => name,
    );
    expect(out.length).toBeGreaterThan(50);
    expect(new Set(events)).toEqual(
      new Set([
        'alignment.session',
        'alignment.step',
        'alignment.intervention',
        'alignment.clarification_request',
        'alignment.risk_escalation',
        'alignment.autonomy_boundary',
        'alignment.misalignment_indicator',
      ]),
    );
  });
});

const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(32))].map(b => b.toString(16).padStart(2, '0')).join('');
