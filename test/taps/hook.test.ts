import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSignal, fromLogRecord, type Signal, signalId } from '../../src/signals/index.ts';
import { line, recorded } from '../../src/taps/hook/testing/replay.ts';
import { Sandbox } from '../stack/harness.ts';
import type { LogOut } from '../stack/sink.ts';
import { runHook, SILENT, startHook } from './hook-run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'otel-alignment-hook-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});
const sandbox = new Sandbox();
afterEach(() => sandbox.clean());

const NOWHERE = 'http://127.0.0.1:9';
const env = (endpoint: string = NOWHERE): Record<string, string> => ({
  ALIGNMENT_HOOK_DIR: join(folder, 'state'),
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
});
const state = (...parts: string[]): string => join(folder, 'state', ...parts);
const list = (name: string): string[] => (existsSync(state(name)) ? readdirSync(state(name)) : []);
const event = (name: string, more: object = {}): string =>
  JSON.stringify({
    session_id: 's1',
    cwd: '/workspace',
    permission_mode: 'default',
    hook_event_name: name,
    ...more,
  });
const danger = (id: string, command = 'rm -rf / --no-preserve-root'): string =>
  event('PreToolUse', { tool_name: 'Bash', tool_use_id: id, tool_input: { command } });
const signalOf = (log: LogOut): Signal =>
  fromLogRecord({
    eventName: log.eventName,
    timestamp: [Number(log.time.slice(0, -9)), Number(log.time.slice(-9))],
    attributes: log.attributes as Record<string, string>,
    ...(log.traceId === '' ? {} : { traceId: log.traceId, spanId: log.spanId }),
  })!;
const linesOf = (logs: readonly LogOut[]): string[] => logs.map(log => line(signalOf(log)));

describe('signals', () => {
  it('go out as valid log records of the agent, without a trace where the agent hands none on', async () => {
    const sink = await sandbox.sink();
    expect(await runHook(danger('t1'), { env: env(sink.url) })).toEqual(SILENT);
    expect(linesOf(sink.logs)).toContain('risk_escalation risk.high');
    for (const log of sink.logs) {
      const signal = signalOf(log);
      expect(checkSignal(signal)).toEqual([]);
      expect(log.resource['service.name']).toBe('claude-code');
      expect(signal.traceId).toBeUndefined();
      expect(signal.attributes['alignment.signal.id']).toBe(signalId(signal, 's1', 't1'));
    }
    expect(list('spool')).toEqual([]);
  });

  it('stand on the span that TRACEPARENT names', async () => {
    const sink = await sandbox.sink();
    await runHook(danger('t1'), {
      env: { ...env(sink.url), TRACEPARENT: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    });
    expect(sink.logs[0]).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    });
  });

  it('follow the address that install kept, where the agent hides the variables from its hooks', async () => {
    const sink = await sandbox.sink();
    mkdirSync(state(), { mode: 0o700 });
    writeFileSync(state('exporter.json'), JSON.stringify({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url }));
    await runHook(danger('t1'), { env: { ALIGNMENT_HOOK_DIR: state() } });
    expect(sink.logs.length).toBeGreaterThan(0);
  });

  it('a recorded run, one process an event, gives what the table says', async () => {
    const sink = await sandbox.sink();
    for (const item of recorded('cline/hooks-observe')) {
      const ended = await runHook(JSON.stringify(item), {
        env: env(sink.url),
        agent: 'cline',
        more: ['--mode', 'auto-approve'],
      });
      expect(ended).toEqual(SILENT);
    }
    expect(linesOf(sink.logs)).toEqual([
      'autonomy_boundary bypass auto-approve',
      'intervention approval policy approved permission_mode',
    ]);
  });
});

describe('bad input', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half of it', danger('t1').slice(0, 40)],
    ['a list', '[]'],
    ['null', 'null'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ['no session', JSON.stringify({ hook_event_name: 'PreToolUse' })],
    [
      'fields of wrong types',
      event('PreToolUse', { session_id: 's', tool_name: { a: 1 }, tool_input: 7, cwd: [] }),
    ],
    ['a number for a name', event('PreToolUse', { hook_event_name: 7 })],
    ['a name of the prototype', event('constructor')],
  ])('%s', async (_what, input) => {
    expect(await runHook(input, { env: env() })).toEqual(SILENT);
  });

  it('an event of a later version passes and is counted', async () => {
    await runHook(event('TeammateIdle'), { env: env() });
    await runHook(event('TeammateIdle'), { env: env() });
    const ended = await runHook('', { env: env(), args: ['status'] });
    expect(ended.stdout).toContain('unknown_event claude-code:TeammateIdle ×2');
  });

  it.each([
    ['http://someone:pass-77@127.0.0.1:9', 'endpoint  http://…@127.0.0.1:9/v1/logs\n'],
    ['http://127.0.0.1:9/?api_key=pass-77', 'endpoint  http://127.0.0.1:9/v1/logs?…\n'],
    ['http://127.0.0.1:9', 'endpoint  http://127.0.0.1:9/v1/logs\n'],
  ])('status shows no password of %s', async (endpoint, expected) => {
    const { stdout } = await runHook('', { env: env(endpoint), args: ['status'] });
    expect(stdout).toContain(expected);
    expect(stdout).not.toContain('pass-77');
  });

  it('a name that is no word is not kept', async () => {
    await runHook(event('please, my secret plan'), { env: env() });
    expect(readFileSync(state('notes.log'), 'utf8')).toBe('unknown_event _OTHER\n');
  });

  it('an unknown agent or option', async () => {
    for (const args of [['--agent', 'nobody'], ['--agent', 'claude-code', '--future'], [], ['wat']]) {
      const { status, stdout } = await runHook(danger('t1'), { env: env(), args });
      expect({ args, status, stdout }).toEqual({ args, status: 0, stdout: '' });
    }
  });

  it('a tool input of 5 MB is assessed', async () => {
    const sink = await sandbox.sink();
    const command = `rm -rf / --no-preserve-root # ${'x'.repeat(5 * 1024 * 1024)}`;
    expect(await runHook(danger('t1', command), { env: env(sink.url) })).toEqual(SILENT);
    expect(sink.logs.length).toBeGreaterThan(0);
    expect(sink.raw.join('').length).toBeLessThan(10_000);
  });

  it('40 MB are read to the end and passed over', async () => {
    const huge = Buffer.alloc(40 * 1024 * 1024, 'x');
    expect(await runHook(huge, { env: env() })).toEqual(SILENT);
  });

  it('output that nobody reads, and an input that breaks off', async () => {
    const child = startHook({ env: env() });
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.stdin?.write(danger('t1').slice(0, 30));
    child.stdin?.end();
    expect(await new Promise(done => child.once('exit', done))).toBe(0);
  });

  it('anything at all', async () => {
    const words = fc.constantFrom(
      'session_id',
      'hook_event_name',
      'tool_name',
      'tool_input',
      'permission_mode',
      'hookName',
    );
    const values = fc.oneof(
      fc.constantFrom('PreToolUse', 'PostToolUse', 'tool_call', 'Stop', 's', '__proto__'),
      fc.json().map(text => JSON.parse(text) as unknown),
    );
    const inputs = fc.oneof(
      fc.dictionary(words, values).map(object => Buffer.from(JSON.stringify(object))),
      fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(
        inputs,
        fc.constantFrom('claude-code', 'codex', 'gemini-cli', 'cline'),
        async (input, agent) => {
          expect(await runHook(input, { env: env(), agent })).toEqual(SILENT);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('an endpoint that is away', () => {
  it('the signals wait on disk, without content, and go with a later call', async () => {
    const canary = 'canary-9f21';
    await runHook(danger('t1', `rm -rf / --no-preserve-root ${canary}`), { env: env() });
    await runHook(event('UserPromptSubmit', { prompt: canary }), { env: env() });
    expect(list('spool')).toHaveLength(1);
    const kept = [
      ...list('spool').map(name => state('spool', name)),
      ...list('sessions').map(name => state('sessions', name)),
    ];
    expect(kept.length).toBeGreaterThan(1);
    for (const file of kept) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).not.toContain(canary);
      expect(readFileSync(file, 'utf8')).not.toMatch(/preserve|rm -rf/);
    }
    const sink = await sandbox.sink();
    // an event that has no signal of its own carries them along
    await runHook(event('Stop'), { env: env(sink.url) });
    expect(linesOf(sink.logs)).toContain('risk_escalation risk.high');
    expect(list('spool')).toEqual([]);
  });

  it('a refusal for now keeps them, a refusal for good does not', async () => {
    const sink = await sandbox.sink();
    sink.answer = 503;
    await runHook(danger('t1'), { env: env(sink.url) });
    expect(list('spool')).toHaveLength(1);
    sink.answer = 400;
    await runHook(event('Stop'), { env: env(sink.url) });
    expect(list('spool')).toEqual([]);
    expect(readFileSync(state('notes.log'), 'utf8')).toBe('refused http_400\n');
  });

  it('one that never answers is asked once, then left alone for a while', async () => {
    let asked = 0;
    const server = createServer(() => {
      asked += 1;
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    sandbox.defer(() => {
      server.close();
      server.closeAllConnections();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const slow = { ...env(url), OTEL_EXPORTER_OTLP_TIMEOUT: '100' };
    await runHook(danger('t1'), { env: slow });
    await runHook(danger('t2', 'mkfs.ext4 /dev/sda1'), { env: slow });
    expect(asked).toBe(1);
    expect(list('spool')).toHaveLength(2);
  });

  it('many processes at once send each signal once', async () => {
    for (const n of [1, 2, 3, 4]) {
      await runHook(danger(`t${n}`).replace('"s1"', `"s${n}"`), { env: env() });
    }
    const kept = list('spool').length;
    expect(kept).toBe(4);
    const sink = await sandbox.sink();
    await Promise.all([1, 2, 3, 4].map(() => runHook(event('Stop'), { env: env(sink.url) })));
    const ids = sink.logs.map(log => log.attributes['alignment.signal.id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(sink.logs.map(log => log.attributes['gen_ai.conversation.id'])).size).toBe(4);
  });
});

describe('the memory of a session', () => {
  it('says a thing once, in however many processes, and ends with the session', async () => {
    const sink = await sandbox.sink();
    await runHook(danger('t1'), { env: env(sink.url) });
    const first = sink.logs.length;
    await runHook(danger('t2'), { env: env(sink.url) });
    expect(sink.logs.length).toBe(first);
    expect(list('sessions').filter(name => name.endsWith('.json'))).toHaveLength(1);
    await runHook(event('SessionEnd'), { env: env(sink.url) });
    expect(list('sessions')).toEqual([]);
  });

  it('two processes of one session at once lose nothing and say it once', async () => {
    const sink = await sandbox.sink();
    await Promise.all(Array.from({ length: 6 }, (_, n) => runHook(danger(`t${n}`), { env: env(sink.url) })));
    expect(linesOf(sink.logs).filter(text => text === 'risk_escalation risk.high')).toHaveLength(1);
    const [file] = list('sessions').filter(name => name.endsWith('.json'));
    const { calls } = JSON.parse(readFileSync(state('sessions', file!), 'utf8')) as { calls: unknown[] };
    expect(calls).toHaveLength(6);
  });

  it('two agents with one session id have two memories', async () => {
    const sink = await sandbox.sink();
    await runHook(danger('t1'), { env: env(sink.url), agent: 'claude-code' });
    await runHook(danger('t1'), { env: env(sink.url), agent: 'codex' });
    expect(linesOf(sink.logs).filter(text => text === 'risk_escalation risk.high')).toHaveLength(2);
    expect(list('sessions').filter(name => name.endsWith('.json'))).toHaveLength(2);
  });

  it('is forgotten after a day', async () => {
    const sink = await sandbox.sink();
    await runHook(danger('t1'), { env: env(sink.url) });
    const [file] = list('sessions');
    const past = new Date(Date.now() - 25 * 3600 * 1000);
    utimesSync(state('sessions', file!), past, past);
    const first = sink.logs.length;
    await runHook(danger('t2'), { env: env(sink.url) });
    expect(sink.logs.length).toBe(first * 2);
  });

  it('sessions that never said that they ended are swept away', async () => {
    await runHook(event('UserPromptSubmit'), { env: env() });
    const [file] = list('sessions');
    const past = new Date(Date.now() - 25 * 3600 * 1000);
    utimesSync(state('sessions', file!), past, past);
    utimesSync(state('swept'), past, past);
    await runHook(event('UserPromptSubmit', { session_id: 'other' }), { env: env() });
    expect(list('sessions')).not.toContain(file);
  });

  it('a broken or foreign file is as none', async () => {
    const sink = await sandbox.sink();
    await runHook(event('UserPromptSubmit'), { env: env(sink.url) });
    const [file] = list('sessions');
    writeFileSync(state('sessions', file!), '{"v":1,"calls":[{');
    expect(await runHook(danger('t1'), { env: env(sink.url) })).toEqual(SILENT);
    expect(sink.logs.length).toBeGreaterThan(0);
  });

  it('a lock that a killed process left is broken', async () => {
    await runHook(event('UserPromptSubmit'), { env: env() });
    const lock = `${list('sessions')[0]}.lock`;
    writeFileSync(state('sessions', lock), '');
    const past = new Date(Date.now() - 60_000);
    utimesSync(state('sessions', lock), past, past);
    await runHook(danger('t1'), { env: env() });
    expect(list('sessions')).not.toContain(lock);
    expect(readFileSync(state('sessions', list('sessions')[0]!), 'utf8')).toContain('"t1"');
  });

  it('never holds more than 64 KiB', async () => {
    for (let n = 0; n < 4; n++) {
      const command = Array.from({ length: 300 }, (_, i) => `rm -rf /data/${n}/${i}`).join(' && ');
      await runHook(danger(`t${n}`.padEnd(190, 'x'), command), { env: env() });
    }
    for (const file of list('sessions')) {
      expect(statSync(state('sessions', file)).size).toBeLessThanOrEqual(64 * 1024);
    }
  });
});

describe('a folder that cannot be used', () => {
  it('a file in its place: no memory, and the signals go out all the same', async () => {
    const sink = await sandbox.sink();
    writeFileSync(state(), 'x');
    expect(await runHook(danger('t1'), { env: env(sink.url) })).toEqual(SILENT);
    expect(sink.logs.length).toBeGreaterThan(0);
    expect(await runHook(danger('t1'), { env: env() })).toEqual(SILENT);
  });

  it('a file where a folder of it should be', async () => {
    const sink = await sandbox.sink();
    mkdirSync(state(), { mode: 0o700 });
    writeFileSync(state('sessions'), 'x');
    writeFileSync(state('spool'), 'x');
    expect(await runHook(danger('t1'), { env: env(sink.url) })).toEqual(SILENT);
    expect(sink.logs.length).toBeGreaterThan(0);
    expect(await runHook(danger('t1'), { env: env() })).toEqual(SILENT);
  });

  it('no write permission', async () => {
    const sink = await sandbox.sink();
    chmodSync(folder, 0o500);
    // the superuser may write everywhere
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    expect(await runHook(danger('t1'), { env: env(sink.url), uid })).toEqual(SILENT);
    expect(sink.logs.length).toBeGreaterThan(0);
    expect(existsSync(state())).toBe(false);
  });

  describe('what follows from earlier events is not said at each event anew', () => {
    const bypassed = (name: string, more: object = {}): string =>
      event(name, { permission_mode: 'bypassPermissions', ...more });
    const tool = { tool_name: 'Bash', tool_use_id: 't1', tool_input: { command: 'ls' } };
    const EVENTS = [
      bypassed('UserPromptSubmit', { prompt: 'x' }),
      bypassed('PreToolUse', tool),
      bypassed('PostToolUse', { ...tool, tool_response: '' }),
      bypassed('PreToolUse', { ...tool, tool_use_id: 't2' }),
      bypassed('PostToolUse', { ...tool, tool_use_id: 't2', tool_response: '' }),
      bypassed('Stop'),
      bypassed('SessionEnd'),
    ];
    const bypasses = async (more: { uid?: number | undefined } = {}): Promise<number> => {
      const sink = await sandbox.sink();
      for (const input of EVENTS)
        expect(await runHook(input, { env: env(sink.url), ...more })).toEqual(SILENT);
      return linesOf(sink.logs).filter(text => text.startsWith('autonomy_boundary bypass')).length;
    };
    // the superuser may write everywhere
    const uid = process.getuid?.() === 0 ? 65534 : undefined;

    it('where all can be kept it is said once', async () => {
      expect(await bypasses()).toBe(1);
    });

    it('a folder under a file', async () => {
      writeFileSync(state(), 'x');
      expect(await bypasses()).toBe(0);
    });

    it('no write permission', async () => {
      chmodSync(folder, 0o500);
      expect(await bypasses({ uid })).toBe(0);
    });

    it('a memory that nothing can be written to, and no lock', async () => {
      mkdirSync(state(), { mode: 0o700 });
      writeFileSync(state('sessions'), 'x');
      expect(await bypasses()).toBe(0);
    });

    it('a memory that can be locked and not written', async () => {
      await runHook(EVENTS[0]!.replace('"s1"', '"s2"'), { env: env() });
      const sink = await sandbox.sink();
      // a folder in the place of the session's file: it can be locked beside, and nothing replaces it
      await runHook(EVENTS[0]!, { env: env() });
      const files = list('sessions').filter(name => name.endsWith('.json'));
      for (const name of files) {
        rmSync(state('sessions', name));
        mkdirSync(state('sessions', name, 'x'), { recursive: true });
      }
      for (const input of EVENTS.slice(0, 3)) await runHook(input, { env: env(sink.url) });
      const ids = sink.logs
        .filter(log => log.attributes['alignment.boundary.type'] === 'bypass')
        .filter(log => log.attributes['gen_ai.tool.call.id'] === undefined);
      // the two of the first events, which could be kept, were waiting to be sent
      expect(ids).toHaveLength(2);
    });
  });

  it('is made private, and so is its key', async () => {
    mkdirSync(state(), { mode: 0o755 });
    await runHook(event('UserPromptSubmit'), { env: env() });
    expect(statSync(state()).mode & 0o777).toBe(0o700);
    expect(statSync(state('key')).mode & 0o777).toBe(0o600);
    expect(statSync(state('key')).size).toBe(32);
  });

  it('a relative or empty home', async () => {
    for (const home of ['', '/dev/null']) {
      expect(
        await runHook(danger('t1'), {
          env: { HOME: home, TMPDIR: folder, OTEL_EXPORTER_OTLP_ENDPOINT: NOWHERE },
          cwd: folder,
        }),
      ).toEqual(SILENT);
    }
    const [temporary] = readdirSync(folder);
    expect(temporary).toMatch(/^otel-alignment-hook-/);
    expect(readdirSync(join(folder, temporary!))).toContain('spool');
  });
});
