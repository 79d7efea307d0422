import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../stack/harness.ts';
import { main } from './hook-run.ts';

const sandbox = new Sandbox();
afterEach(() => sandbox.clean());

interface Ended {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Starts an agent of a few lines behind the proxy. */
function start(
  agent: string,
  endpoint: string,
): { child: ChildProcessWithoutNullStreams; ended: Promise<Ended> } {
  const folder = sandbox.folder();
  const script = join(folder, 'agent.mjs');
  writeFileSync(script, agent);
  const child = spawn(process.execPath, [main, 'acp', '--', process.execPath, script], {
    env: {
      PATH: process.env['PATH'],
      ALIGNMENT_HOOK_DIR: join(folder, 'state'),
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', chunk => out.push(chunk as Buffer));
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>(done =>
    child.once('close', status => done({ status, stdout: Buffer.concat(out), stderr })),
  );
  return { child, ended };
}

function run(agent: string, input: Buffer | string): Promise<Ended> {
  const { child, ended } = start(agent, 'http://127.0.0.1:9');
  child.stdin.end(input);
  return ended;
}

const ECHO = 'process.stdin.pipe(process.stdout);';
/** Asks for permission at the first line, and ends at the answer. */
const ASKS = `
let lines = 0;
process.stdin.on('data', chunk => {
  for (const line of String(chunk).split('\\n')) {
    if (line === '' || ++lines !== 1) continue;
    console.log(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'session/request_permission', params: { sessionId: 's1',
      options: [{ optionId: 'no', kind: 'reject_once' }], toolCall: { toolCallId: 'c1', title: 'canary-3b1' } } }));
  }
});
process.stdin.on('end', () => process.exit(7));`;
const ANSWER = '{"jsonrpc":"2.0","id":0,"result":{"outcome":{"outcome":"selected","optionId":"no"}}}\n';

describe('the proxy', () => {
  it('passes every byte on, both ways', async () => {
    const input = Buffer.concat([randomBytes(3_000_000), Buffer.from('\n{"half'), randomBytes(10)]);
    const { status, stdout, stderr } = await run(ECHO, input);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.equals(input)).toBe(true);
  });

  it('ends as the agent ends', async () => {
    expect((await run('process.exit(3);', '')).status).toBe(3);
    expect((await run("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);", '')).status).toBe(
      143,
    );
  });

  it('reports what was answered, and lets no words out', async () => {
    const sink = await sandbox.sink();
    const { child, ended } = start(ASKS, sink.url);
    child.stdin.write('{"jsonrpc":"2.0","method":"x"}\n');
    await new Promise(asked => child.stdout.once('data', asked));
    child.stdin.end(ANSWER);
    expect((await ended).status).toBe(7);
    expect(sink.logs.map(log => log.attributes)).toMatchObject([
      {
        'alignment.intervention.type': 'denial',
        'alignment.intervention.initiator': 'human',
        'gen_ai.conversation.id': 's1',
        'gen_ai.tool.call.id': 'c1',
      },
    ]);
    expect(sink.raw.join('')).not.toContain('canary');
  });

  it('an endpoint that is away holds nothing up', async () => {
    const { child, ended } = start(ASKS, 'http://127.0.0.1:9');
    child.stdin.write('{"jsonrpc":"2.0","method":"x"}\n');
    await new Promise(asked => child.stdout.once('data', asked));
    child.stdin.end(ANSWER);
    expect((await ended).status).toBe(7);
  });

  it('says what is wrong with the command line, and where the agent cannot be started', async () => {
    const tried = (...args: string[]): Promise<{ status: number | null; stderr: string }> =>
      new Promise(done => {
        const child = spawn(process.execPath, [main, 'acp', ...args], {
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        let stderr = '';
        child.stderr.on('data', chunk => {
          stderr += chunk;
        });
        child.once('close', status => done({ status, stderr }));
      });
    expect(await tried()).toMatchObject({ status: 2, stderr: expect.stringContaining('needs a command') });
    expect(await tried('--protocol', 'x', '--', 'a')).toMatchObject({ status: 2 });
    expect(await tried('--', '/nowhere/agent')).toMatchObject({
      status: 127,
      stderr: 'otel-alignment acp: /nowhere/agent: ENOENT\n',
    });
  });
});
