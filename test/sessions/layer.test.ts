import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { epochAt, epochOf } from '../../src/sessions/index.ts';
import { LAYER_PROBLEMS } from '../../src/sessions/layer/problems.ts';
import { jsonLines, type Ran, run } from '../cli/run.ts';
import { check, httpChecks } from './http-checks.ts';
import { type ServiceProcess, startService } from './service-process.ts';

const root = mkdtempSync(join(tmpdir(), 'otel-alignment-layer-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder = root;
let folders = 0;
beforeEach(() => {
  folder = join(root, String(++folders));
  mkdirSync(folder);
});
const started: ServiceProcess[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) if (one.child.exitCode === null) await one.end();
});

const DAY = 86_400_000;
const now = epochAt(Date.now());
const TOKEN_A = 'Zr4vYq8mKp2nXs6tWd9hJc3bLf7gRa1e';
const TOKEN_B = [...TOKEN_A].reverse().join('');
const TRACES = ['0af7651916cd43dd8448eb211c80319c', '4bf92f3577b34da6a3ce929d0e0e4736'] as const;

const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const write = (name: string, text: string): string => {
  writeFileSync(at(name), text, { mode: 0o600 });
  return at(name);
};
const sessions = (...args: string[]): Ran => run(['sessions', ...args], '', folder);
/** Tokens of two contributors. */
const tokens = (): string => write('tokens', `provider-a ${TOKEN_A}\nprovider-b ${TOKEN_B}\n`);

async function layer(...args: string[]): Promise<ServiceProcess> {
  const one = await startService('layer', ['--state', at('layer'), ...args]);
  started.push(one);
  return one;
}

describe('the HTTP checks of the layer', () => {
  const words = { epoch: now.id, token: TOKEN_A, contributor: 'provider-a' };
  const state = mkdtempSync(join(root, 'checks-'));
  let service: ServiceProcess;
  beforeAll(async () => {
    const file = join(state, 'tokens');
    writeFileSync(file, `provider-a ${TOKEN_A}\n`, { mode: 0o600 });
    service = await startService('layer', [
      ...['--state', join(state, 'layer'), '--tokens', file, '--quota', '1000'],
    ]);
  });
  afterAll(async () => {
    expect(await service.end()).toBe(0);
    // who asked, and what for, is in the record alone
    expect(service.stderr()).toBe(`${join(state, 'layer')}: what is to be erased is written here\n`);
  });

  it.each(httpChecks.layer.checks)('$name', async one => {
    const answer = await check(one, service.url, words);
    const { accepted } = one.expect;
    if (accepted !== undefined)
      expect(answer).toEqual({ v: 'asr/1', epoch: now.id, contributor: 'provider-a', accepted });
  });
});

/** Fragments of two contributors of the same two traces, made with one key. */
function contribute(): void {
  const started = now.start + 3_600_000;
  expect(sessions('keygen', '--out', 'keys', '--epoch', now.id).status).toBe(0);
  const ids = { 'provider-a': 'b7ad6b7169203331', 'provider-b': '53995c3f42cd8ad8' };
  for (const [contributor, spanId] of Object.entries(ids)) {
    const spans = TRACES.map(traceId => ({
      ...{ traceId, spanId, kind: contributor === 'provider-a' ? 3 : 2, name: 'x' },
      ...(contributor === 'provider-b' && { parentSpanId: ids['provider-a'], flags: 0x300 }),
      ...{ startTimeUnixNano: `${started}000000`, endTimeUnixNano: `${started}000001` },
    }));
    write(`${contributor}.in`, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
    const ran = sessions(
      ...['fragment', '--in', `${contributor}.in`, '--out', `${contributor}.jsonl`, '--key-file', 'keys'],
      ...['--contributor', contributor],
    );
    expect(ran.stderr).toContain('2 spans and records, 2 fragments');
  }
}

const erase = (url: string, token: string, ...args: string[]): Ran => {
  write('token', `${token}\n`);
  return sessions(
    ...['erase', '--layer', url, '--epoch', now.id, '--key-file', 'keys', '--layer-token', 'token'],
    ...args,
  );
};
/** How many fragments each contributor has in a file. */
const fragmentsIn = (name: string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const line of jsonLines(read(name)) as {
    resourceSpans: {
      resource: { attributes: { key: string; value: { stringValue: string } }[] };
      scopeSpans: { spans: unknown[] }[];
    }[];
  }[])
    for (const { resource, scopeSpans } of line.resourceSpans) {
      const id = resource.attributes.find(({ key }) => key === 'alignment.contributor.id');
      const who = id?.value.stringValue ?? 'layer';
      for (const { spans } of scopeSpans) counts[who] = (counts[who] ?? 0) + spans.length;
    }
  return counts;
};
const stitch = (...more: string[]): Ran =>
  sessions(
    ...['stitch', '--in', 'provider-a.jsonl', '--in', 'provider-b.jsonl', '--out', 'sessions.jsonl'],
    ...more,
  );

describe('a contributor', () => {
  it('has its own fragments of a trace erased, and nobody else’s', async () => {
    contribute();
    const { url } = await layer('--tokens', tokens());
    expect(erase(url, TOKEN_A, '--trace', TRACES[0])).toMatchObject({
      status: 0,
      stderr: `${url}: 1 traces of ${now.id} will be erased for provider-a\n`,
    });
    // the layer is told no original id
    const record = `layer/${now.id}.erased.jsonl`;
    expect(read(record)).not.toContain(TRACES[0]);
    expect(statSync(at(record)).mode & 0o777).toBe(0o600);
    const [line] = jsonLines(read(record));
    expect(line).toMatchObject({ epoch: now.id, contributor: 'provider-a' });

    const stitched = stitch('--erased', 'layer');
    expect(stitched).toMatchObject({ status: 0 });
    expect(stitched.stderr).toContain('3 fragments, 2 sessions, 1 of several contributors');
    expect(stitched.stderr).toContain('left out: 1 fragments that their contributors had erased');
    expect(fragmentsIn('sessions.jsonl')).toEqual({ layer: 2, 'provider-a': 1, 'provider-b': 2 });
    // sessions of one week alone
    const other = epochAt(now.end).id;
    expect(stitch('--erased', 'none', '--epoch', now.id).stderr).toContain('4 fragments, 2 sessions');
    expect(stitch('--erased', 'none', '--epoch', other).stderr).toContain('4 fragments, 0 sessions');
    expect(stitch('--epoch', 'now').stderr).toContain('--epoch now: an ISO week');
    expect(stitch('--erased', 'layer').status).toBe(0);
    // without the record nothing is left out, and a file of it does what its folder does
    expect(stitch('--erased', 'none').stderr).toContain('4 fragments');
    expect(stitch('--erased', record).stderr).toContain('3 fragments');

    const dry = sessions(
      ...['purge', '--in', 'provider-a.jsonl', '--in', 'provider-b.jsonl', '--in', 'sessions.jsonl'],
      ...['--erased', 'layer', '--dry-run'],
    );
    expect(dry).toMatchObject({ status: 0, stdout: '' });
    expect(dry.stderr).toContain(
      'provider-a.jsonl: 1 erased fragments, 0 fragments and 0 sessions past their time would be removed',
    );
    expect(fragmentsIn('provider-a.jsonl')).toEqual({ 'provider-a': 2 });
    const untouched = statSync(at('provider-b.jsonl')).ino;
    const purge = sessions(
      ...['purge', '--in', 'provider-a.jsonl', '--in', 'provider-b.jsonl', '--in', 'sessions.jsonl'],
      ...['--erased', 'layer'],
    );
    expect(purge).toMatchObject({ status: 0, stdout: '' });
    expect(purge.stderr).toBe(
      ['provider-a.jsonl: 1', 'provider-b.jsonl: 0', 'sessions.jsonl: 0']
        .map(one => `${one} erased fragments, 0 fragments and 0 sessions past their time removed\n`)
        .join(''),
    );
    expect(fragmentsIn('provider-a.jsonl')).toEqual({ 'provider-a': 1 });
    expect(fragmentsIn('provider-b.jsonl')).toEqual({ 'provider-b': 2 });
    expect(statSync(at('provider-b.jsonl')).ino).toBe(untouched);
    expect(statSync(at('provider-a.jsonl')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter(name => name.includes('.part'))).toEqual([]);
  });

  it('asks for many at once, again, and over a restart and a crash of the layer', async () => {
    contribute();
    const first = await layer('--tokens', tokens(), '--quota', '600');
    write('traces', `${Array.from({ length: 500 }, (_, i) => `7${i}`.padStart(32, '0')).join('\n')}\n\n`);
    expect(erase(first.url, TOKEN_B, '--traces', 'traces').stderr).toContain('500 traces');
    first.child.kill('SIGKILL');
    await first.end();
    // a line that was being written then
    appendFileSync(at(`layer/${now.id}.erased.jsonl`), '{"time":"2026');
    expect(stitch('--erased', 'layer').stderr).toContain(
      `layer/${now.id}.erased.jsonl: the last line is cut off`,
    );
    const second = await layer('--tokens', tokens(), '--quota', '600');
    expect(erase(second.url, TOKEN_B, '--traces', 'traces', '--trace', TRACES[1]).stderr).toContain(
      '501 traces',
    );
    expect(stitch('--erased', 'layer').stderr).toContain('left out: 1 fragments');
    write('more', Array.from({ length: 100 }, (_, i) => `8${i}`.padStart(32, '0')).join('\n'));
    expect(erase(second.url, TOKEN_B, '--traces', 'more').stderr).toContain(
      'has erased as much as it may for this contributor in this epoch; its operator can raise the quota',
    );
    // each has a quota of its own
    expect(erase(second.url, TOKEN_A, '--traces', 'more')).toMatchObject({ status: 0 });
    expect(await second.end()).toBe(0);
    expect(existsSync(at('layer/lock'))).toBe(false);
  });

  it('hears in one line what was wrong, and nothing of its ids or token', async () => {
    contribute();
    const { url } = await layer('--tokens', tokens());
    const asked = (...args: string[]): Ran => erase(url, TOKEN_A, '--trace', TRACES[0], ...args);
    for (const [ran, message] of [
      [asked('--epoch', '2020-W10'), 'there is no key for 2020-W10: it is destroyed 48 hours after the week'],
      [erase(url, TOKEN_A.slice(1), '--trace', TRACES[0]), 'does not accept the token or certificate'],
      [erase(`${url}/elsewhere`, TOKEN_A, '--trace', TRACES[0]), 'refused'],
      [erase('http://127.0.0.1:9', TOKEN_A, '--trace', TRACES[0]), 'cannot be reached'],
      [erase('http://layer.example.org', TOKEN_A, '--trace', TRACES[0]), '--layer must be https'],
      [erase(url, TOKEN_A), 'needs --trace, --traces or --session'],
      [erase(url, TOKEN_A, '--trace', 'CANARY'), '--trace: a trace id has 32 hex digits'],
      [erase(url, TOKEN_A, '--session', 'CANARY'), '--session: no fragment is made under such an id'],
      [erase(url, TOKEN_A, '--traces', write('ids', `${TRACES[0]}\nCANARY`)), 'ids:2: a trace id has'],
      [asked('--evaluators', 'x'), 'needs --key-file or --evaluators, and not both'],
      [asked('--epoch', 'now'), '--epoch now: an ISO week'],
    ] as const) {
      expect(ran.stderr).toContain(message);
      expect(ran.status).toBe(2);
      expect(ran.stderr).toMatch(/^otel-alignment: .*\n$/);
      expect(ran.stderr).not.toMatch(new RegExp(`CANARY|${TRACES[0]}|${TOKEN_A}|${TOKEN_A.slice(1)}`));
    }
    // a key that was kept too long erases nothing either: the layer has closed the week
    const old = epochAt(now.start - 8 * DAY).id;
    expect(sessions('keygen', '--out', 'keys', '--epoch', old).status).toBe(0);
    expect(asked('--epoch', old).stderr).toContain(
      'erases nothing of this epoch: its 48 hours after the week are over',
    );
    expect(readdirSync(at('layer'))).toEqual(['lock']);
  });
});

const openssl = spawnSync('openssl', ['version']).status === 0;

it.skipIf(!openssl)('with client certificates, the certificate says whose fragments go', async () => {
  contribute();
  const call = (...args: string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  call('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=test');
  write('ext', 'subjectAltName=IP:127.0.0.1\n');
  for (const name of ['layer', 'provider-b']) {
    call('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    call(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-days', '2', '-out', `${name}.crt`, '-extfile', 'ext'],
    );
  }
  const { url } = await layer(
    ...['--tls-cert', at('layer.crt'), '--tls-key', at('layer.key'), '--client-ca', at('ca.crt')],
  );
  const asked = (...args: string[]): Ran =>
    sessions(
      ...['erase', '--layer', url, '--epoch', now.id, '--key-file', 'keys', '--trace', TRACES[0]],
      ...['--ca', 'ca.crt', ...args],
    );
  expect(asked().stderr).toContain('cannot be reached');
  expect(asked('--client-cert', 'provider-b.crt', '--client-key', 'provider-b.key').stderr).toContain(
    '1 traces',
  );
  expect(read(`layer/${now.id}.erased.jsonl`)).toContain('"contributor":"provider-b"');
});

describe('sessions purge', () => {
  /** The fragments of the vectors, as if of another week. */
  const vectors = JSON.parse(
    readFileSync(new URL('../../semconv/sessions/fragment-vectors.json', import.meta.url), 'utf8'),
  ) as { epoch: string; contributors: { output: object }[] };
  const fragmentsOf = (epoch: string): string => {
    const later = BigInt(epochOf(epoch)!.start - epochOf(vectors.epoch)!.start) * 1_000_000n;
    return vectors.contributors
      .map(({ output }) =>
        JSON.stringify(output)
          .replaceAll(vectors.epoch, epoch)
          .replaceAll(/"(\d{19})"/g, (_, nanos: string) => `"${BigInt(nanos) + later}"`),
      )
      .map(line => `${line}\n`)
      .join('');
  };
  const weeksAgo = (weeks: number): string => epochAt(now.start - weeks * 7 * DAY).id;

  it('keeps what the weeks allow: fragments 9 days, sessions 30', () => {
    write('fresh.jsonl', fragmentsOf(now.id) + fragmentsOf(weeksAgo(1)));
    write('old.jsonl', fragmentsOf(weeksAgo(3)));
    write('all.jsonl', read('fresh.jsonl') + read('old.jsonl'));
    for (const weeks of [1, 3, 6]) {
      write('one.jsonl', fragmentsOf(weeksAgo(weeks)));
      expect(sessions('stitch', '--trial', '--in', 'one.jsonl', '--out', `${weeks}.jsonl`).status).toBe(0);
    }
    write('sessions.jsonl', read('1.jsonl') + read('3.jsonl') + read('6.jsonl'));
    const { status, stderr } = sessions('purge', '--in', 'all.jsonl', '--in', 'sessions.jsonl');
    expect(status).toBe(0);
    expect(stderr).toContain(
      'all.jsonl: 0 erased fragments, 6 fragments and 0 sessions past their time removed',
    );
    expect(stderr).toContain(
      'sessions.jsonl: 0 erased fragments, 0 fragments and 1 sessions past their time removed',
    );
    // what stays is as it was, byte for byte
    expect(read('all.jsonl')).toBe(read('fresh.jsonl'));
    expect(read('sessions.jsonl')).toBe(read('1.jsonl') + read('3.jsonl'));
    const again = sessions('purge', '--in', 'all.jsonl', '--in', 'sessions.jsonl');
    expect(again.stderr.match(/0 fragments and 0 sessions/g)).toHaveLength(2);
  });

  it('a week past its time is not stitched where erasures count, since their record is gone', () => {
    write('old.jsonl', fragmentsOf(weeksAgo(3)));
    mkdirSync(at('layer'), { mode: 0o700 });
    const record = `layer/${weeksAgo(3)}.erased.jsonl`;
    write(record, '');
    write(`layer/${now.id}.erased.jsonl`, '');
    const stitched = sessions('stitch', '--in', 'old.jsonl', '--out', 'out.jsonl', '--erased', 'layer');
    expect(stitched.status).toBe(1);
    expect(stitched.stderr).toContain('refused: 6 × a fragment past its time, which sessions purge removes');
    expect(sessions('purge', '--in', 'out.jsonl', '--erased', 'layer').stderr).toContain(
      `layer: records of ${weeksAgo(3)} removed`,
    );
    expect(existsSync(at(record))).toBe(false);
    expect(existsSync(at(`layer/${now.id}.erased.jsonl`))).toBe(true);
  });

  it('keeps what it cannot judge, and says so', () => {
    const telemetry = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"x","name":"CANARY"}]}]}]}';
    const others = ['CANARY', telemetry, '{"resourceLogs":[]}', '[]', '', '\ufeff{}', '{"a":"\u2028"}\r'];
    write('mixed.jsonl', `${others.join('\n')}\n${fragmentsOf(weeksAgo(3))}`);
    const { status, stderr } = sessions('purge', '--in', 'mixed.jsonl');
    expect(status).toBe(1);
    expect(stderr).toContain('mixed.jsonl: 6 spans or lines are neither a fragment nor a session; they stay');
    expect(stderr).not.toContain('CANARY');
    expect(read('mixed.jsonl')).toBe(`${others.join('\n')}\n`);
  });

  it('changes nothing where a file of it cannot be used', () => {
    write('old.jsonl', fragmentsOf(weeksAgo(3)));
    const before = read('old.jsonl');
    for (const [text, message] of [
      ['{"epoch":"2026-W47"', 'erased:1: no JSON'],
      ['7', 'erased:1: no JSON object'],
      ['{"epoch":"2026-W99"}', 'erased:1: epoch is no ISO week'],
      ['{"epoch":"2026-W47","contributor":"A B"}', 'erased:1: contributor is no name of one'],
      ['{"epoch":"2026-W47","contributor":"a","trace_ids":["x"]}', 'erased:1: trace_ids must be a list'],
    ] as const) {
      write('erased', `${text}\n`);
      const { status, stderr } = sessions('purge', '--in', 'old.jsonl', '--erased', 'erased');
      expect(stderr).toContain(message);
      expect(status).toBe(2);
    }
    for (const args of [
      ['--in', 'missing.jsonl'],
      ['--in', '.'],
      ['--in', 'old.jsonl', '--erased', 'none'],
    ]) {
      const { status, stderr } = sessions('purge', ...args);
      expect(stderr).toMatch(/^otel-alignment: (missing\.jsonl|\.|none): cannot be used \(E\w+\)\n$/);
      expect(status).toBe(2);
    }
    expect(read('old.jsonl')).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(['erased', 'old.jsonl']);
  });
});

it('erasure.md shows every refusal', () => {
  const page = readFileSync(new URL('../../semconv/sessions/erasure.md', import.meta.url), 'utf8');
  for (const [code, [status]] of Object.entries(LAYER_PROBLEMS)) {
    expect(page).toContain(`\`${code}\``);
    expect(page).toContain(String(status));
  }
});

describe('the command line of the layer', () => {
  it('is refused in one line where it cannot be', async () => {
    const file = tokens();
    for (const [args, message] of [
      [[], 'sessions layer needs --state'],
      [['--state', 'layer'], 'sessions layer needs --tokens or --client-ca'],
      [['--state', 'layer', '--tokens', file, '--host', '0.0.0.0'], 'would send tokens in the clear'],
      [['--state', 'layer', '--tokens', file, '--quota', 'many'], '--quota is a whole number'],
    ] as const) {
      const { status, stderr } = sessions('layer', ...args);
      expect(stderr).toContain(message);
      expect(stderr).toMatch(/^otel-alignment: .*\n$/);
      expect(status).toBe(2);
    }
    const { child } = await layer('--tokens', file);
    expect(sessions('layer', '--state', 'layer', '--tokens', file).stderr).toContain(
      `the layer with process id ${child.pid} uses it`,
    );
    await started.splice(0)[0]!.end();
    // a record that was changed by hand is not served on
    write(`layer/${now.id}.erased.jsonl`, '{}\n');
    expect(sessions('layer', '--state', 'layer', '--tokens', file).stderr).toContain(
      `${now.id}.erased.jsonl:1: epoch is no ISO week`,
    );
  });
});
