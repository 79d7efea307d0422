import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../../src/semconv/index.ts';
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
const fragment = (input: string, ...more: string[]): Ran =>
  sessions(
    'fragment',
    ...['--in', input, '--out', 'fragments.jsonl', '--key-file', 'keys', '--contributor', 'provider-a'],
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
    const stitched = sessions('stitch', '--in', 'fragments.jsonl', '--out', 'sessions.jsonl');
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
    const ran = sessions('stitch', '--in', 'mixed.jsonl', '--in', 'fragments.jsonl', '--out', 'out.jsonl');
    expect(ran.status).toBe(1);
    // the same fragment from two files counts once
    expect(ran.stderr).toContain('1 sessions');
    expect(ran.stderr).toContain('refused: 1 × a fragment that does not fit the schema: name');
    expect(ran.stderr).toContain('refused: 1 × a line that is no JSON');
    expect(ran.stderr).toContain('refused: 1 × a fragment that does not fit the schema: resource');
    expect(ran.stderr + read('out.jsonl')).not.toMatch(/CANARY|secret/);
    expect(mode('out.jsonl')).toBe(0o600);
  });

  it('keeps what was there where it cannot finish', () => {
    write('out.jsonl', 'before');
    const ran = sessions('stitch', '--in', 'missing.jsonl', '--out', 'out.jsonl');
    expect(ran.status).toBe(2);
    expect(read('out.jsonl')).toBe('before\n');
  });
});

describe('sessions release', () => {
  const release = (...more: string[]): Ran =>
    sessions(
      'release',
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

  it('counts a session once, however often it comes', () => {
    const key = (name: string, value: object): object => ({ key: name, value });
    const session = (traceId: string): object => ({
      resourceSpans: [
        {
          resource: { attributes: [key('alignment.contributor.id', { stringValue: 'provider-a' })] },
          scopeSpans: [
            {
              spans: [
                {
                  traceId,
                  attributes: [
                    key('alignment.fragment.epoch', { stringValue: EPOCH }),
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
    write('sessions.jsonl', session(TRACE), session('b'.repeat(32)), session(TRACE), span());
    expect(release().stderr).toContain(
      '2 sessions of 2026-W47 are counted; 0 are of other weeks, 1 state no risk or no autonomy, 1 came twice',
    );
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
    const stitched = sessions('stitch', '--in', 'fragments.jsonl', '--out', 'sessions.jsonl');
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
