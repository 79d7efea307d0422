import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { epochAt } from '../../src/sessions/index.ts';
import { loadVoprf } from '../../src/sessions/voprf/voprf.ts';
import { decode, type EpochDocument, type EvaluateAnswer } from '../../src/sessions/voprf/wire.ts';
import { type Ran, run } from '../cli/run.ts';
import { bodyOf, check, httpChecks } from './http-checks.ts';
import { type ServiceProcess, startService } from './service-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-evaluator-'));
const TOKEN = 'Zr4vYq8mKp2nXs6tWd9hJc3bLf7gRa1e';
const tokens = join(folder, 'tokens');
writeFileSync(tokens, `provider-a ${TOKEN}\n`, { mode: 0o600 });
const now = epochAt(Date.now());
const epoch = now.id;
const next = epochAt(now.end).id;
const started: ServiceProcess[] = [];
let states = 0;
const newState = (): string => join(folder, `state-${++states}`);

async function start(args: readonly string[]): Promise<ServiceProcess> {
  const one = await startService('evaluator', args);
  started.push(one);
  return one;
}
afterEach(async () => {
  for (const one of started.splice(0)) if (one.child.exitCode === null) await one.end();
});
afterAll(() => rmSync(folder, { recursive: true }));

const words = { epoch, next_epoch: next, token: TOKEN };

describe('the HTTP checks', () => {
  let evaluator: ServiceProcess;
  beforeAll(async () => {
    evaluator = await startService('evaluator', [
      ...['--id', 'evaluator-a', '--state', newState(), '--tokens', tokens, '--quota', '2048'],
    ]);
  });
  afterAll(async () => {
    expect(await evaluator.end()).toBe(0);
    // who asked, and what for, is nowhere
    expect(evaluator.stderr()).toBe(`evaluator-a: keys for ${evaluator.stderr().split('keys for ')[1]}`);
  });

  it.each(httpChecks.checks)('$name', async one => {
    const { request, expect: expected } = one;
    const answer = await check(one, evaluator.url, words);
    if (expected.document === true) {
      const document = answer as unknown as EpochDocument;
      expect(document).toMatchObject({ v: 'asr/1', suite: 'ristretto255-SHA512' });
      expect(Date.parse(document.late_until) - Date.parse(document.not_after)).toBe(48 * 3_600_000);
      expect(document.evaluators).toHaveLength(1);
      expect(decode(document.evaluators[0]!.public_key)).toBeDefined();
    }
    if (expected.elements !== undefined) {
      const document = (await (
        await fetch(`${evaluator.url}/asr/v1/epochs/${epoch}`)
      ).json()) as EpochDocument;
      const { elements, proof, evaluator: id } = answer as unknown as EvaluateAnswer;
      expect(id).toBe(document.evaluators[0]!.id);
      expect(elements).toHaveLength(expected.elements);
      const sent = (JSON.parse(bodyOf(request.body, words)) as { elements: string[] }).elements.map(
        one => decode(one)!,
      );
      (await loadVoprf()).verify(decode(document.evaluators[0]!.public_key)!, sent, {
        elements: elements.map(one => decode(one)!),
        proof: decode(proof, 64)!,
      });
    }
  });
});

it('its answers are pseudonyms for another implementation', async () => {
  const { url } = await start(['--id', 'evaluator-a', '--state', newState(), '--tokens', tokens]);
  const document = (await (await fetch(`${url}/asr/v1/epochs/${epoch}`)).json()) as EpochDocument;
  const publicKey = decode(document.evaluators[0]!.public_key)!;
  const { voprf } = ristretto255_oprf;
  const input = Buffer.from('x');
  const outputs: string[] = [];
  for (let i = 0; i < 2; i++) {
    const { blind, blinded } = voprf.blind(input);
    const response = await fetch(`${url}/asr/v1/evaluate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ v: 'asr/1', epoch, elements: [Buffer.from(blinded).toString('base64url')] }),
    });
    const { elements, proof } = (await response.json()) as EvaluateAnswer;
    const y = voprf.finalize(input, blind, decode(elements[0])!, blinded, publicKey, decode(proof, 64)!);
    outputs.push(Buffer.from(y).toString('hex'));
  }
  expect(outputs[0]).toBe(outputs[1]);
});

describe('the state folder', () => {
  const args = (state: string): string[] => ['--id', 'evaluator-a', '--state', state, '--tokens', tokens];
  const keyOf = async ({ url }: ServiceProcess): Promise<string> =>
    ((await (await fetch(`${url}/asr/v1/epochs/${epoch}`)).json()) as EpochDocument).evaluators[0]!
      .public_key;

  it('is private, keeps the keys over a restart, and holds no lock after it', async () => {
    const state = newState();
    const first = await start(args(state));
    const key = await keyOf(first);
    if (process.platform !== 'win32') {
      expect(statSync(state).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(state)) expect(statSync(join(state, name)).mode & 0o077).toBe(0);
    }
    const second = run(['sessions', 'evaluator', ...args(state)]);
    expect(second.status).toBe(2);
    expect(second.stderr).toContain(`the evaluator with process id ${first.child.pid} uses it`);
    expect(await first.end()).toBe(0);
    expect(existsSync(join(state, 'lock'))).toBe(false);
    const log = readFileSync(join(state, 'keys.log'), 'utf8');
    expect(log).toContain(`"event":"created"`);
    expect(await keyOf(await start(args(state)))).toBe(key);
    expect(readFileSync(join(state, 'keys.log'), 'utf8')).toBe(log);
  });

  it('is taken over from a process that was killed, budgets and all', async () => {
    const state = newState();
    const first = await start([...args(state), '--quota', '300']);
    const ask = async ({ url }: ServiceProcess): Promise<number> => {
      const element = Buffer.from((await loadVoprf()).randomElement()).toString('base64url');
      const response = await fetch(`${url}/asr/v1/evaluate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ v: 'asr/1', epoch, elements: Array.from({ length: 200 }, () => element) }),
      });
      return response.status;
    };
    expect(await ask(first)).toBe(200);
    first.child.kill('SIGKILL');
    await first.end();
    const second = await start([...args(state), '--quota', '300']);
    expect(await ask(second)).toBe(429);
  });

  it('is refused where others can read it, where it was changed, and under another id', async () => {
    const state = newState();
    await (await start(args(state))).end();
    expect(run(['sessions', 'evaluator', ...args(state).with(1, 'evaluator-b')]).stderr).toContain(
      'is the id the same?',
    );
    const log = readFileSync(join(state, 'keys.log'), 'utf8');
    for (const [changed, message] of [
      [log.replace('2', '3'), 'keys.log:2: the log was changed'],
      [log.split('\n').slice(1).join('\n'), 'keys.log:1: the log was changed'],
      [log.slice(0, -5), 'the last line is cut off'],
      ['x\n', 'keys.log:1: the log was changed'],
    ] as const) {
      writeFileSync(join(state, 'keys.log'), changed);
      const { status, stderr } = run(['sessions', 'evaluator', ...args(state)]);
      expect(status).toBe(2);
      expect(stderr).toContain(message);
    }
    writeFileSync(join(state, 'keys.log'), log);
    writeFileSync(join(state, 'budgets.json'), '[');
    expect(run(['sessions', 'evaluator', ...args(state)]).stderr).toContain('budgets.json: no JSON object');
    if (process.platform !== 'win32') {
      chmodSync(state, 0o755);
      expect(run(['sessions', 'evaluator', ...args(state)]).stderr).toContain(`chmod 700 ${state}`);
    }
  });

  it('never shows its seeds', async () => {
    const state = newState();
    const one = await start(args(state));
    await one.end();
    const seeds = readdirSync(state).filter(name => name.endsWith('.seed'));
    expect(seeds.length).toBeGreaterThan(1);
    for (const name of seeds) {
      const seed = readFileSync(join(state, name));
      expect(seed).toHaveLength(32);
      for (const shown of [one.stderr(), readFileSync(join(state, 'keys.log'), 'utf8')]) {
        expect(shown).not.toContain(seed.toString('hex'));
        expect(shown).not.toContain(seed.toString('base64url'));
      }
    }
    const lines = readFileSync(join(state, 'keys.log'), 'utf8').trimEnd().split('\n');
    expect((JSON.parse(lines[1]!) as { previous: string }).previous).toBe(
      createHash('sha256').update(lines[0]!).digest('hex'),
    );
  });
});

const openssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!openssl)('client certificates', () => {
  const pki = join(folder, 'pki');
  const file = (name: string): string => join(pki, name);
  const call = (...args: string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: pki, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const issue = (name: string, subject: string, extension: string): void => {
    writeFileSync(file(`${name}.ext`), extension);
    call(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${subject}`,
    );
    call(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.crt`,
    );
  };
  beforeAll(() => {
    mkdirSync(pki);
    call(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '2',
      '-subj',
      '/CN=test',
    );
    issue('server', 'evaluator', 'subjectAltName=IP:127.0.0.1');
    issue('client', 'provider-a', 'extendedKeyUsage=clientAuth');
    issue('person', 'A Person', 'extendedKeyUsage=clientAuth');
    for (const name of readdirSync(pki)) chmodSync(file(name), 0o600);
  });
  const tls = (): string[] => [
    '--tls-cert',
    file('server.crt'),
    '--tls-key',
    file('server.key'),
    '--client-ca',
    file('ca.crt'),
  ];

  it('name the contributor, from the directory to the fragment', async () => {
    const evaluators = [
      await start(['--id', 'evaluator-a', '--state', newState(), ...tls()]),
      await start(['--id', 'evaluator-b', '--state', newState(), ...tls(), '--tokens', tokens]),
    ];
    const as = (name: string): string[] => [
      '--ca',
      file('ca.crt'),
      '--client-cert',
      file(`${name}.crt`),
      '--client-key',
      file(`${name}.key`),
    ];
    const directory = file('directory.json');
    const pin = run([
      'sessions',
      'directory',
      ...evaluators.flatMap(({ url }) => ['--evaluator', url]),
      '--out',
      directory,
      ...as('client'),
    ]);
    expect(pin).toMatchObject({ status: 0, stderr: `${directory}: ${epoch}, ${next} of 2 evaluators\n` });
    const input = file('traces.jsonl');
    const time = `${now.start + 3_600_000}000000`;
    writeFileSync(
      input,
      JSON.stringify({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: [
                  {
                    traceId: 'ab'.repeat(16),
                    spanId: 'cd'.repeat(8),
                    name: 'x',
                    kind: 2,
                    startTimeUnixNano: time,
                    endTimeUnixNano: time,
                  },
                ],
              },
            ],
          },
        ],
      }),
    );
    const secret = file('token');
    writeFileSync(secret, `evaluator-b ${TOKEN}\n`, { mode: 0o600 });
    const fragment = (...more: string[]) =>
      run([
        'sessions',
        'fragment',
        '--in',
        input,
        '--out',
        file('fragments.jsonl'),
        '--evaluators',
        directory,
        '--contributor',
        'provider-a',
        ...more,
      ]);
    expect(fragment(...as('client'), '--token-file', secret)).toMatchObject({ status: 0 });
    expect(readFileSync(file('fragments.jsonl'), 'utf8')).not.toContain('abababab');
    rmSync(file('fragments.jsonl'));
    for (const [more, message] of [
      [as('client'), 'evaluator evaluator-b does not accept the token or certificate'],
      [[...as('person'), '--token-file', secret], 'does not accept the token or certificate'],
      [['--ca', file('ca.crt'), '--token-file', secret], 'cannot be reached'],
      [['--token-file', secret], 'cannot be reached'],
    ] as const) {
      const { status, stderr } = fragment(...more);
      expect(status).toBe(2);
      expect(stderr).toContain(message);
      expect(stderr).not.toContain(TOKEN);
      expect(existsSync(file('fragments.jsonl'))).toBe(false);
    }
  });

  it('are refused without a server certificate that fits its key', () => {
    const args = ['sessions', 'evaluator', '--id', 'a', '--state', newState(), '--client-ca', file('ca.crt')];
    expect(run(args).stderr).toContain('--client-ca needs --tls-cert');
    const wrong = run([...args, '--tls-cert', file('server.crt'), '--tls-key', file('client.key')]);
    expect(wrong).toMatchObject({ status: 2 });
    expect(wrong.stderr).toContain('no certificate and key that belong together');
  });
});

it('two contributors meet in one trace, and one session, without a shared key', async () => {
  const both = join(folder, 'both');
  const tokenOf = { 'provider-a': TOKEN, 'provider-b': [...TOKEN].reverse().join('') };
  writeFileSync(
    both,
    Object.entries(tokenOf)
      .map(line => line.join(' '))
      .join('\n'),
    { mode: 0o600 },
  );
  const evaluators = [
    await start(['--id', 'evaluator-a', '--state', newState(), '--tokens', both]),
    await start(['--id', 'evaluator-b', '--state', newState(), '--tokens', both]),
  ];
  const directory = join(folder, 'shared-directory.json');
  const urls = evaluators.flatMap(({ url }) => ['--evaluator', url]);
  expect(run(['sessions', 'directory', ...urls, '--out', directory]).status).toBe(0);
  // again: what is pinned stays
  expect(run(['sessions', 'directory', ...urls, '--out', directory]).status).toBe(0);
  const time = `${now.start + 3_600_000}000000`;
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const span = (spanId: string, parentSpanId: string, kind: number, flags: number): object => ({
    ...{
      traceId,
      spanId,
      parentSpanId,
      kind,
      flags,
      name: 'x',
      startTimeUnixNano: time,
      endTimeUnixNano: time,
    },
    attributes: [{ key: 'mcp.method.name', value: { stringValue: 'tools/call' } }],
  });
  const telemetry = {
    'provider-a': [span('b7ad6b7169203331', '', 1, 0), span('00f067aa0ba902b7', 'b7ad6b7169203331', 3, 0)],
    'provider-b': [span('53995c3f42cd8ad8', '00f067aa0ba902b7', 2, 0x300)],
  };
  const outputs = (['provider-a', 'provider-b'] as const).map(contributor => {
    const [input, output, token] = ['in', 'out', 'token'].map(name => join(folder, `${contributor}.${name}`));
    writeFileSync(
      input!,
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: telemetry[contributor] }] }] }),
    );
    writeFileSync(token!, tokenOf[contributor], { mode: 0o600 });
    const files = ['--in', input!, '--out', output!, '--evaluators', directory, '--token-file', token!];
    expect(run(['sessions', 'fragment', '--contributor', contributor, ...files])).toMatchObject({
      status: 0,
    });
    return output!;
  });
  const spansOf = (file: string): Record<string, string>[] =>
    JSON.parse(readFileSync(file, 'utf8')).resourceSpans[0].scopeSpans[0].spans;
  const [home, call] = spansOf(outputs[0]!);
  const [served] = spansOf(outputs[1]!);
  expect(served!['traceId']).toBe(home!['traceId']);
  expect(served!['traceId']).not.toBe(traceId);
  expect(served!['parentSpanId']).toBe(call!['spanId']);
  const sessions = join(folder, 'sessions.jsonl');
  const stitched = run([
    ...['sessions', 'stitch', '--erased', 'none', '--out', sessions],
    ...outputs.flatMap(file => ['--in', file]),
  ]);
  expect(stitched.status).toBe(0);
  expect(readFileSync(sessions, 'utf8').trimEnd().split('\n')).toHaveLength(1);
  expect(readFileSync(sessions, 'utf8')).toContain('alignment.fragment.corroborated');
});

it('a signed directory is taken by who pins its key, and no other', async () => {
  const evaluators = [
    await start(['--id', 'evaluator-a', '--state', newState(), '--tokens', tokens]),
    await start(['--id', 'evaluator-b', '--state', newState(), '--tokens', tokens]),
  ];
  const place = mkdtempSync(join(folder, 'signed-'));
  const file = (name: string): string => join(place, name);
  const write = (name: string, text: string): string => {
    writeFileSync(file(name), text, { mode: 0o600 });
    return file(name);
  };
  const pem = (): string =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const [key, otherKey] = [write('directory.key', pem()), write('other.key', pem())];
  const directory = file('directory.json');
  const pin = (...more: string[]): Ran =>
    run([
      ...['sessions', 'directory', '--out', directory],
      ...evaluators.flatMap(({ url }) => ['--evaluator', url]),
      ...more,
    ]);
  const signedWith = ({ stderr }: Ran): string =>
    /^signed; contributors pin --directory-key ([\w-]{43})$/m.exec(stderr)?.[1] ?? stderr;

  const time = `${now.start + 3_600_000}000000`;
  const span = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name: 'x', kind: 2 };
  const spans = [{ ...span, startTimeUnixNano: time, endTimeUnixNano: time }];
  write('traces', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
  write('token', TOKEN);
  const fragment = (...more: string[]): Ran =>
    run([
      ...[
        'sessions',
        'fragment',
        '--in',
        file('traces'),
        '--out',
        file('fragments'),
        '--contributor',
        'provider-a',
      ],
      ...['--evaluators', directory, '--token-file', file('token'), ...more],
    ]);
  const refuses = (ran: Ran, message: string): void => {
    expect(ran.stderr).toContain(message);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^otel-alignment: .*\n$/);
    expect(existsSync(file('fragments'))).toBe(false);
  };

  // not signed: whoever pins a key does not take it
  expect(pin().status).toBe(0);
  const someKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x!;
  refuses(fragment('--directory-key', someKey), 'directory.json: epochs[0].sig is missing');

  // signed: what was there is signed too, since the evaluators show it still
  const publicKey = signedWith(pin('--sign-key', key));
  expect(fragment('--directory-key', publicKey)).toMatchObject({ status: 0 });
  rmSync(file('fragments'));
  refuses(
    fragment('--directory-key', someKey),
    'directory.json: epochs[0].sig was not made of this document',
  );
  const signed = readFileSync(directory, 'utf8');
  write('directory.json', signed.replace('"quota": 1000000', '"quota": 1000001'));
  refuses(fragment('--directory-key', publicKey), 'epochs[0].sig was not made of this document');
  // what is not checked is no hindrance
  expect(fragment()).toMatchObject({ status: 0 });
  rmSync(file('fragments'));

  // without the key that signs nothing changes, and nothing is added
  write('directory.json', signed);
  expect(pin()).toMatchObject({ status: 0 });
  expect(readFileSync(directory, 'utf8')).toBe(signed);
  const one = { v: 'asr/1', epochs: (JSON.parse(signed) as { epochs: object[] }).epochs.slice(0, 1) };
  write('directory.json', JSON.stringify(one));
  refuses(
    pin(),
    `directory.json: it is signed; without the key that signs (--sign-key), contributors would refuse`,
  );

  // another key signs only what the key before it signed, where that is named
  refuses(pin('--sign-key', otherKey, '--epoch', next), 'epochs[0].sig is not of a key that is known');
  const another = signedWith(pin('--sign-key', otherKey, '--epoch', next, '--directory-key', publicKey));
  expect(another).not.toBe(publicKey);
  expect(fragment('--directory-key', another)).toMatchObject({ status: 0 });
  rmSync(file('fragments'));
  refuses(fragment('--directory-key', publicKey), 'epochs[0].sig was not made');
  expect(fragment('--directory-key', publicKey, '--directory-key', another)).toMatchObject({ status: 0 });
  rmSync(file('fragments'));

  refuses(pin('--sign-key', file('token')), 'no private Ed25519 key in PEM form; openssl genpkey');
  refuses(fragment('--directory-key', 'x'), "--directory-key: a directory's key is 43 characters");
});

it('without libsodium the line is said that installs it', () => {
  const hooks = join(folder, 'without.mjs');
  writeFileSync(
    hooks,
    `import { registerHooks } from 'node:module';
     registerHooks({ resolve(name, context, next) {
       if (name.startsWith('libsodium')) throw Object.assign(new Error(name), { code: 'ERR_MODULE_NOT_FOUND' });
       return next(name, context);
     } });`,
  );
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const command = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', hooks, main, 'sessions', ...args], { encoding: 'utf8' });
  const started = command('evaluator', '--id', 'a', '--state', newState(), '--tokens', tokens);
  expect(started.stderr).toContain('npm i libsodium-wrappers-sumo@^0.8.4');
  expect(started.stderr).not.toContain('    at ');
  expect(started.status).toBe(2);
  // and what does not need it, does not miss it
  expect(command('keygen', '--out', join(folder, 'keys')).status).toBe(0);
});

describe('the command line', () => {
  const base = ['sessions', 'evaluator', '--id', 'a', '--state', newState()];
  it.each([
    [['sessions', 'evaluator'], 'needs --id'],
    [base, 'needs --tokens or --client-ca'],
    [[...base, '--tokens', join(folder, 'none')], 'there is no such file'],
    [[...base, '--tokens', tokens, '--host', '0.0.0.0'], 'would send tokens in the clear'],
    [[...base, '--tokens', tokens, '--port', '70000'], '--port is a whole number'],
    [[...base, '--tokens', tokens, '--quota', '0'], '--quota is a whole number'],
    [[...base, '--tokens', tokens, '--url', 'http://a.example.org'], '--url must be https'],
    [[...base, '--tokens', tokens, '--tls-cert', tokens], 'belong together'],
    [[...base, '--tokens', tokens, '--tls-cert', tokens, '--tls-key', tokens], 'not in PEM form'],
    [base.with(3, 'A B').concat('--tokens', tokens), 'the id is lower-case letters'],
    [
      ['sessions', 'directory', '--evaluator', 'http://a.example.org', '--out', join(folder, 'd')],
      'is https',
    ],
  ])('%j is refused', (args, message) => {
    const { status, stderr } = run(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(2);
  });

  it('a port that is taken is said', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { status, stderr } = run([...base, '--tokens', tokens, '--port', String(port)]);
    server.close();
    expect(status).toBe(2);
    expect(stderr).toContain('cannot be listened on (EADDRINUSE)');
  });

  it('a token file is checked line by line, and no token quoted', () => {
    const file = join(folder, 'bad-tokens');
    for (const [text, message] of [
      ['', 'there is no contributor'],
      [`Provider ${TOKEN}`, ':1: the line must begin with a contributor'],
      ['provider-a short', ':1: behind provider-a must stand a random token'],
      [`a ${TOKEN}\nb ${TOKEN}`, ':2: this token stands twice'],
    ]) {
      writeFileSync(file, text!, { mode: 0o600 });
      const { status, stderr } = run([...base, '--tokens', file]);
      expect(stderr).toContain(message);
      expect(stderr).not.toContain(TOKEN);
      expect(status).toBe(2);
    }
  });
});
