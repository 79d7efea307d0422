import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentProgram } from '../../tools/agents/agents.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { cli, type Freedom, installHook, LIVE_AGENTS, type Place, requireAgent } from './agents.ts';
import { lines, type Stack, signalsSince, startStack } from './live.ts';
import { type ScriptedModel, startModel, type Turn } from './model.ts';
import { startWire, type Wire } from './wire.ts';

// A person's decisions, given by a client over each agent's own protocol: the same core as in a terminal, without the keys.
const binaries = requireBinaries('live tests of decisions', 'otelcol');
const PROMPT = 'please do the task';

describe.skipIf(!binaries)('decisions of people', () => {
  const sandbox = new Sandbox();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(sandbox, binaries!.otelcol);
  });
  afterAll(() => sandbox.clean());

  interface Session {
    readonly wire: Wire;
    readonly place: Place;
    readonly model: ScriptedModel;
    /** Ends the agent and returns what the backend got, once the expected lines are there. */
    readonly end: (expected: readonly string[]) => Promise<string[]>;
  }

  async function open(
    name: AgentProgram,
    words: readonly string[],
    script: readonly Turn[],
    { hook = false, freedom = 'asks' }: { hook?: boolean; freedom?: Freedom } = {},
  ): Promise<Session> {
    const agent = LIVE_AGENTS[name];
    const folder = sandbox.folder();
    const model = await startModel(script);
    sandbox.defer(() => model.close());
    const place: Place = {
      home: join(folder, 'home'),
      cwd: join(folder, 'work'),
      model: model.url,
      otlp: stack.collector.otlpHttp,
    };
    mkdirSync(place.home);
    mkdirSync(place.cwd);
    agent.settle(place, words);
    if (hook) installHook(agent, freedom, place);
    const since = stack.sink.logs.length;
    const wire = startWire(words, place.cwd, {
      ...agent.env(place),
      OTEL_EXPORTER_OTLP_ENDPOINT: place.otlp,
    });
    sandbox.defer(() => void wire.child.kill('SIGKILL'));
    return {
      wire,
      place,
      model,
      async end(expected) {
        await wire.end();
        await model.close();
        return lines(await signalsSince(stack, since, expected));
      },
    };
  }

  const claude = requireAgent('claude-code');
  describe.skipIf(claude === undefined)('claude-code', () => {
    const { shell } = LIVE_AGENTS['claude-code'];
    const start = async (script: Turn[], mode = 'default'): Promise<Session> => {
      const session = await open(
        'claude-code',
        [
          ...claude!,
          ...['-p', '--verbose', '--model', 'claude-sonnet-4-5', '--permission-mode', mode],
          ...['--input-format', 'stream-json', '--output-format', 'stream-json'],
          ...['--permission-prompt-tool', 'stdio'],
        ],
        script,
        { hook: true },
      );
      session.wire.send({ type: 'user', message: { role: 'user', content: PROMPT } });
      return session;
    };
    const decide = async ({ wire }: Session, behavior: 'allow' | 'deny'): Promise<void> => {
      const { request_id, request } = await wire.next(
        'the question',
        m => m.type === 'control_request' && m.request.subtype === 'can_use_tool',
      );
      const response =
        behavior === 'allow' ? { behavior, updatedInput: request.input } : { behavior, message: 'not now' };
      wire.send({ type: 'control_response', response: { subtype: 'success', request_id, response } });
    };
    const result = ({ wire }: Session): Promise<unknown> => wire.next('the end', m => m.type === 'result');

    it('approval', async () => {
      const session = await start([shell('touch made.txt'), { say: 'Done.' }]);
      await decide(session, 'allow');
      await result(session);
      const expected = ['harness: intervention approval human approved human'];
      expect(await session.end(expected)).toEqual(expected);
    });

    it('denial', async () => {
      const session = await start([shell('touch made.txt'), { say: 'I did not.' }]);
      await decide(session, 'deny');
      await result(session);
      const expected = ['harness: intervention denial human denied human'];
      expect(await session.end(expected)).toEqual(expected);
    });

    it('stop while a tool runs', async () => {
      const session = await start([shell('touch started; tail -f /dev/null'), { say: 'never said' }]);
      await decide(session, 'allow');
      await waitFor('the tool', async () =>
        (await import('node:fs')).existsSync(join(session.place.cwd, 'started')),
      );
      session.wire.send({ type: 'control_request', request_id: 'stop', request: { subtype: 'interrupt' } });
      await result(session);
      const expected = [
        'harness: intervention approval human approved human',
        'instrumentation: intervention stop human stopped',
      ];
      expect(await session.end(expected)).toEqual(expected);
    });

    it('change of mode', async () => {
      const session = await start([shell('touch made.txt'), { say: 'Done.' }]);
      await decide(session, 'allow');
      await result(session);
      session.wire.send({
        type: 'control_request',
        request_id: 'mode',
        request: { subtype: 'set_permission_mode', mode: 'acceptEdits' },
      });
      await session.wire.next('the answer', m => m.type === 'control_response');
      const expected = [
        'harness: autonomy_boundary mode_change default acceptEdits',
        'harness: intervention approval human approved human',
      ];
      expect(await session.end(expected)).toEqual(expected);
    });
  });

  const codex = requireAgent('codex');
  describe.skipIf(codex === undefined)('codex, through the proxy', () => {
    const { shell } = LIVE_AGENTS.codex;
    const start = async (script: Turn[], policy = 'untrusted', sandboxMode = 'read-only') => {
      const words = [
        process.execPath,
        cli,
        'acp',
        '--protocol',
        'codex',
        '--agent',
        'codex',
        '--',
        ...codex!,
        'app-server',
      ];
      const session = await open('codex', words, script);
      const { wire, place } = session;
      await wire.ask('initialize', {
        clientInfo: { name: 'test', title: 'test', version: '0' },
        capabilities: { experimentalApi: true },
      });
      wire.send({ method: 'initialized' });
      const { thread } = await wire.ask('thread/start', {
        cwd: place.cwd,
        approvalPolicy: policy,
        sandbox: sandboxMode,
      });
      const turn = (more: object = {}): Promise<Message> =>
        wire.ask('turn/start', {
          threadId: thread.id,
          input: [{ type: 'text', text: PROMPT, text_elements: [] }],
          ...more,
        });
      const { turn: first } = await turn();
      return { ...session, turn, threadId: thread.id as string, turnId: first.id as string };
    };
    type Message = Awaited<ReturnType<Wire['ask']>>;
    const decide = async ({ wire }: Session, decision: string): Promise<void> => {
      const { id } = await wire.next('the question', m => m.method?.endsWith('/requestApproval') === true);
      wire.send({ id, result: { decision } });
    };
    const ended = ({ wire }: Session): Promise<Message> =>
      wire.next('the end of the turn', m => m.method === 'turn/completed');

    it.each([
      ['accept', ['harness: intervention approval human approved human', 'harness: autonomy_boundary scope']],
      ['decline', ['harness: intervention denial human denied human']],
      [
        'cancel',
        [
          'instrumentation: intervention denial human denied human',
          'instrumentation: intervention stop human stopped',
        ],
      ],
    ])('%s', async (decision, expected) => {
      const session = await start([shell('touch made.txt'), { say: 'Done.' }]);
      await decide(session, decision);
      await ended(session);
      expect(await session.end(expected)).toEqual([...expected].sort());
    });

    it("stop while the model answers: left to the agent's own traces", async () => {
      const session = await start([{ say: 'I think', hang: true }]);
      await session.model.reached(1);
      await session.wire.ask('turn/interrupt', { threadId: session.threadId, turnId: session.turnId });
      await ended(session);
      const seen = await session.end([]);
      expect(seen.filter(line => line.startsWith('instrumentation'))).toEqual([]);
    });

    it('change of policy to one that asks nobody', async () => {
      const session = await start([{ say: 'Done.' }]);
      await ended(session);
      await session.turn({ approvalPolicy: 'never', sandboxPolicy: { type: 'dangerFullAccess' } });
      await ended(session);
      const expected = [
        'instrumentation: autonomy_boundary bypass untrusted+read-only never+danger-full-access',
      ];
      expect(await session.end(expected)).toEqual(expected);
    });
  });

  const gemini = requireAgent('gemini-cli');
  describe.skipIf(gemini === undefined)('gemini-cli, through the proxy', () => {
    const { shell } = LIVE_AGENTS['gemini-cli'];
    const start = async (script: Turn[]) => {
      const words = [
        ...[process.execPath, cli, 'acp', '--agent', 'gemini-cli', '--'],
        ...gemini!,
        ...['--acp', '-m', 'gemini-2.5-flash', '--skip-trust'],
      ];
      const session = await open('gemini-cli', words, script);
      const { wire, place } = session;
      await wire.ask('initialize', {
        protocolVersion: 1,
        clientCapabilities: { fs: { readTextFile: false, writeTextFile: false } },
        clientInfo: { name: 'test', version: '0' },
      });
      await wire.ask('authenticate', { methodId: 'gemini-api-key' });
      const { sessionId } = await wire.ask('session/new', { cwd: place.cwd, mcpServers: [] });
      const done = wire.ask('session/prompt', { sessionId, prompt: [{ type: 'text', text: PROMPT }] });
      return { ...session, sessionId: sessionId as string, done };
    };
    const decide = async ({ wire }: Session, kind: RegExp): Promise<void> => {
      const { id, params } = await wire.next('the question', m => m.method === 'session/request_permission');
      const { optionId } = params.options.find((option: { kind: string }) => kind.test(option.kind));
      wire.send({ jsonrpc: '2.0', id, result: { outcome: { outcome: 'selected', optionId } } });
    };

    it.each([
      [/allow_once/, ['instrumentation: intervention approval human approved human']],
      [/reject/, ['harness: intervention denial human denied human']],
    ])('%s', async (kind, expected) => {
      const session = await start([shell('touch made.txt'), { say: 'Done.' }]);
      await decide(session, kind);
      await session.done;
      expect(await session.end(expected)).toEqual(expected);
    });
  });
});
