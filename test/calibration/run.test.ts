import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseNativeCsv } from '../../src/calibration/index.ts';
import { json } from '../monitor/scripted-endpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const SCALE = join(folder, 'scale.json');
writeFileSync(SCALE, JSON.stringify({ id: 'made-up', type: 'interval', min: 1, max: 10 }));

interface Asked {
  readonly path: string;
  readonly headers: Record<string, unknown>;
  readonly system: string;
  readonly user: string;
  readonly body: Record<string, unknown>;
  readonly document: Record<string, unknown>;
  /** Of the scenario that was asked about. */
  readonly id: string;
}

/** A model's endpoint that answers as the test says. */
const endpoint = {
  url: '',
  asked: [] as Asked[],
  answer: (_asked: Asked, _response: ServerResponse): void => undefined,
};
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const messages = body.messages as { role: string; content: string }[];
  const user = messages.find(({ role }) => role === 'user')!.content;
  const system = body.system ?? messages.find(({ role }) => role === 'system')?.content;
  const document = JSON.parse(user.slice('<scenario>\n'.length, -'\n</scenario>'.length));
  const asked = {
    path: request.url!,
    headers: request.headers,
    system,
    user,
    body,
    document,
    id: document.id,
  };
  endpoint.asked.push(asked);
  endpoint.answer(asked, response);
});
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  endpoint.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  endpoint.asked.length = 0;
  endpoint.answer = (_, response) => say(response, '{"score": 4}');
});
const say = (response: ServerResponse, content: string): void =>
  json(response, { choices: [{ finish_reason: 'stop', message: { content } }] });

function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [MAIN, 'calibration', 'run', ...args], {
      cwd: folder,
      env: { ...process.env, ALIGNMENT_RATER_API_KEY: 'the-secret-key', ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', text => (stdout += text));
    child.stderr.on('data', text => (stderr += text));
    child.on('close', status => resolve({ status, stdout, stderr }));
  });
}
const model = (out: string, ...more: string[]): string[] => [
  '--rater',
  'openai',
  '--model',
  'scripted',
  '--url',
  endpoint.url,
  '--scale',
  SCALE,
  '--out',
  out,
  ...more,
];
const ratings = (out: string) => parseNativeCsv(readFileSync(join(folder, out), 'utf8'), out);

describe('a model', () => {
  it('answers every scenario three times, blind', async () => {
    const { status, stdout, stderr } = await run(model('all.csv'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('240 answers to 80 scenarios of ars-scenarios/');
    expect(ratings('all.csv')).toHaveLength(240);
    expect(readFileSync(join(folder, 'all.csv'), 'utf8')).toMatch(
      /^scenario_id,score,repeat\nars-001,4,1\nars-001,4,2\nars-001,4,3\nars-002,4,1\n/,
    );
    expect(new Set(endpoint.asked.map(({ id }) => id)).size).toBe(80);
    const [first] = endpoint.asked;
    expect(first).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer the-secret-key' },
      body: { model: 'scripted' },
    });
    expect(first!.system).toContain('a number from 1 to 10, where 10 is the most');
    const shown = new Set(endpoint.asked.flatMap(({ document }) => Object.keys(document)));
    expect([...shown].sort()).toEqual(['action', 'context', 'environment', 'id', 'messages', 'outcome']);
  });

  it('is asked with its own instructions, over the other API, and its own field is read', async () => {
    writeFileSync(join(folder, 'prompt.txt'), 'You are the guardian.');
    endpoint.answer = (_, response) =>
      json(response, {
        content: [{ type: 'text', text: '```json\n{"risk_level":"High","outcome":"deny"}\n```' }],
        stop_reason: 'end_turn',
      });
    const { status, stderr } = await run([
      '--rater',
      'anthropic',
      '--model',
      'scripted',
      '--url',
      endpoint.url,
      '--scale',
      'codex.guardian',
      '--field',
      'risk_level',
      '--prompt',
      'prompt.txt',
      '--repeats',
      '1',
      '--only',
      'control',
      '--body',
      '{"temperature":0}',
      '--out',
      'guardian.csv',
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(ratings('guardian.csv')).toHaveLength(12);
    expect(new Set(ratings('guardian.csv').map(({ score }) => score))).toEqual(new Set(['high']));
    expect(endpoint.asked[0]).toMatchObject({
      path: '/v1/v1/messages',
      system: 'You are the guardian.',
      headers: { 'x-api-key': 'the-secret-key' },
      body: { temperature: 0 },
    });
    const about = readFileSync(join(folder, 'guardian.csv.run.json'), 'utf8');
    expect(JSON.parse(about)).toMatchObject({
      model: 'scripted',
      rater: 'anthropic',
      prompt_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(about).not.toContain('the-secret-key');
  });

  it('that stops in the middle is gone on with', async () => {
    endpoint.answer = (_, response) =>
      endpoint.asked.length <= 10 ? say(response, '7') : json(response, { error: 'gone' }, 400);
    const broken = await run(model('resumed.csv', '--repeats', '1', '--concurrency', '1'));
    expect(broken.status).toBe(2);
    expect(broken.stderr).toMatch(/: HTTP 400\n$/);
    expect(ratings('resumed.csv')).toHaveLength(10);
    // as a kill in the middle of a line leaves it
    appendFileSync(join(folder, 'resumed.csv'), 'ars-011,');
    endpoint.asked.length = 0;
    endpoint.answer = (_, response) => say(response, '8');
    const rest = await run(model('resumed.csv', '--repeats', '1'));
    expect({ status: rest.status, stderr: rest.stderr }).toEqual({ status: 0, stderr: '' });
    expect(endpoint.asked).toHaveLength(70);
    const scores = ratings('resumed.csv').map(({ score }) => score);
    expect(scores).toEqual([...Array(10).fill('7'), ...Array(70).fill('8')]);
  });

  it('that is another one does not go into the same file', async () => {
    await run(model('mine.csv', '--repeats', '1', '--only', 'control'));
    const other = await run([
      '--rater',
      'openai',
      '--model',
      'another',
      '--url',
      endpoint.url,
      '--scale',
      SCALE,
      '--out',
      'mine.csv',
    ]);
    expect(other).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('mine.csv holds answers of another run (model: scripted, now another)'),
    });
    for (const more of [
      ['--body', '{"temperature":1}'],
      ['--url', endpoint.url.replace('/v1', '/v2')],
      ['--field', 'level'],
    ]) {
      const changed = await run(model('mine.csv', '--repeats', '2', ...more));
      expect(changed, more[0]).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(
          /mine\.csv holds answers of another run \(--url, --body or --field, digest: [0-9a-f]{64}, now /,
        ),
      });
    }
    writeFileSync(join(folder, 'theirs.csv'), 'scenario_id,score\n');
    const theirs = await run(model('theirs.csv'));
    expect(theirs).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('theirs.csv is there and was not written by calibration run'),
    });
    expect(readFileSync(join(folder, 'theirs.csv'), 'utf8')).toBe('scenario_id,score\n');
  });

  it('with the same request in other words goes on', async () => {
    const body = (text: string): string[] =>
      model('same.csv', '--repeats', '1', '--only', 'control', '--body', text);
    expect((await run(body('{"a":{"x":1,"y":[2]},"b":3}'))).status).toBe(0);
    const again = await run(body('{ "b": 3, "a": { "y": [2], "x": 1 } }'));
    expect({ status: again.status, stderr: again.stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('that talks around the score is asked again, and then left out and named', async () => {
    endpoint.answer = ({ id }, response) =>
      say(response, id === 'ars-001' ? 'I would say 7 of 10.' : id === 'ars-002' ? '11' : '3');
    const { status, stderr } = await run(model('prose.csv', '--repeats', '1'));
    expect(status).toBe(1);
    expect(stderr).toContain('2 answers had no score on the scale: ars-001 (1), ars-002 (1)');
    expect(ratings('prose.csv')).toHaveLength(78);
    expect(endpoint.asked.filter(({ id }) => id === 'ars-001')).toHaveLength(3);
  });

  it('that is busy is asked again', async () => {
    endpoint.answer = (_, response) =>
      endpoint.asked.length % 2 === 1 ? json(response, {}, 429, { 'retry-after': '0' }) : say(response, '3');
    const { status } = await run(
      model('busy.csv', '--repeats', '1', '--only', 'control', '--concurrency', '1'),
    );
    expect(status).toBe(0);
    expect(endpoint.asked).toHaveLength(24);
  });

  it('that refuses the key ends the run with a word about the key, and never the key', async () => {
    endpoint.answer = (_, response) => json(response, { error: 'bad key the-secret-key' }, 401);
    const { status, stderr } = await run(model('refused.csv'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/HTTP 401; is the key right\? \(ALIGNMENT_RATER_API_KEY\)\n$/);
    expect(stderr).not.toContain('the-secret-key');
  });
});

describe('a command', () => {
  const script = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const command = (out: string, path: string, ...more: string[]): string[] => [
    '--rater',
    'command',
    '--scale',
    SCALE,
    '--repeats',
    '1',
    '--out',
    out,
    ...more,
    '--',
    process.execPath,
    path,
    '--help',
  ];

  it('reads a scenario and prints a score', async () => {
    const rater = script(
      'rater.mjs',
      `let text = ''; for await (const part of process.stdin) text += part; const { id, action } = JSON.parse(text); if (!action.tool || process.argv[2] !== '--help') process.exit(1); console.log((Number(id.slice(4)) % 10) + 1);`,
    );
    const { status, stderr } = await run(command('command.csv', rater));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(
      ratings('command.csv')
        .slice(0, 3)
        .map(({ score }) => score),
    ).toEqual(['2', '3', '4']);
  });

  it('that fails gives no score, and one that is not there is named', async () => {
    const failing = script('failing.mjs', 'console.log(5); process.exit(3)');
    const failed = await run(command('failing.csv', failing, '--only', 'control'));
    expect(failed).toMatchObject({ status: 1, stderr: expect.stringContaining('12 answers had no score') });
    const absent = await run([
      '--rater',
      'command',
      '--scale',
      SCALE,
      '--out',
      'absent.csv',
      '--',
      join(folder, 'no-such-program'),
    ]);
    expect(absent).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('cannot be started (ENOENT)'),
    });
  });

  it('that never answers is stopped', async () => {
    const silent = script('silent.mjs', 'setInterval(() => undefined, 1000)');
    const stopped = await run(
      command('silent.csv', silent, '--only', 'control', '--timeout', '1', '--concurrency', '12'),
    );
    expect(stopped).toMatchObject({ status: 1, stderr: expect.stringContaining('12 answers had no score') });
  });

  it('may be our own assessment', async () => {
    const { status, stderr } = await run([
      '--rater',
      'command',
      '--input',
      'steps',
      '--field',
      'risk_score',
      '--scale',
      'otel-alignment.risk_score',
      '--repeats',
      '1',
      '--only',
      'control',
      '--out',
      'own.csv',
      '--',
      process.execPath,
      MAIN,
      'assess',
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(ratings('own.csv')).toHaveLength(12);
    expect(existsSync(join(folder, 'own.csv.new'))).toBe(false);
  });
});

describe('a command line that cannot be used', () => {
  it.each([
    [
      ['--rater', 'oracle', '--scale', SCALE, '--out', 'x.csv'],
      /--rater is openai, anthropic or command, not oracle/,
    ],
    [['--rater', 'openai', '--scale', SCALE, '--out', 'x.csv'], /--rater openai needs --model/],
    [['--rater', 'command', '--scale', SCALE, '--out', 'x.csv'], /needs a program/],
    [
      ['--rater', 'openai', '--model', 'm', '--url', 'ftp://x', '--scale', SCALE, '--out', 'x.csv'],
      /--url must be http or https/,
    ],
    [
      ['--rater', 'openai', '--model', 'm', '--body', '[]', '--scale', SCALE, '--out', 'x.csv'],
      /--body is a JSON object/,
    ],
    [
      ['--rater', 'openai', '--model', 'm', '--repeats', '0', '--scale', SCALE, '--out', 'x.csv'],
      /--repeats is a whole number/,
    ],
    [
      ['--rater', 'openai', '--model', 'm', '--set', 'nowhere', '--scale', SCALE, '--out', 'x.csv'],
      /set\.json: cannot be used \(ENOENT\)/,
    ],
  ])('%s', async (args, message) => {
    const { status, stderr } = await run(args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
    expect(existsSync(join(folder, 'x.csv'))).toBe(false);
  });
});
