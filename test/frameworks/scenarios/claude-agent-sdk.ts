import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trace } from '@opentelemetry/api';
import { tapClaudeAgent } from '../../../src/taps/claude-agent-sdk/tap.ts';
import { waitFor } from '../../../tools/stack/processes.ts';
import { LIVE_AGENTS } from '../../agents/agents.ts';
import type { ScriptedModel, Turn } from '../../agents/model.ts';
import { claudeCode } from '../run-example.ts';
import type { Framework, Loose } from '../support.ts';
import { ASK, FEEDBACK, type Library, type Task, WAITS } from './task.ts';

/** Its commands are run: one that waits says that it has begun, and none fails for want of what it works on. */
function toldOf({ command = '' }: { command?: string }): string {
  if (command === WAITS) return `touch started; ${WAITS}`;
  return command.startsWith('unlink') ? `${command} || true` : command;
}

/** The script in the words of the agent's own tools. */
export const inItsWords = ({ call, ...turn }: Turn): Turn => {
  if (call === undefined) return turn;
  if (call.tool.startsWith('transfer')) return LIVE_AGENTS['claude-code'].subagent.turn;
  if (call.tool !== ASK)
    return { ...turn, call: { tool: 'Bash', input: { command: toldOf(call.input), description: 'run' } } };
  const options = ['one', 'two'].map(label => ({ label, description: label }));
  const questions = [{ question: 'Which one?', header: 'Which', multiSelect: false, options }];
  return { ...turn, call: { tool: 'AskUserQuestion', input: { questions } } };
};

export async function claudeAgentSdk(framework: Framework, otlp: string): Promise<Library> {
  const { query } = await framework.load<Loose>('@anthropic-ai/claude-agent-sdk');
  const program = claudeCode()?.CLAUDE_CODE;
  const tapped = tapClaudeAgent(query, { modeChanges: false });

  async function play(task: Task, endpoint: ScriptedModel): Promise<void> {
    const { rule, person, stop, free, steer, alone } = task;
    const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-sdk-'));
    const cwd = join(folder, 'project');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'notes.txt'), 'buy milk\n');
    let over = (): void => {};
    const ended = new Promise<void>(done => {
      over = done;
    });
    let begin = (): void => {};
    const begun = new Promise<void>(done => {
      begin = done;
    });
    const message = (content: string) => ({
      type: 'user',
      message: { role: 'user', content },
      parent_tool_use_id: null,
      session_id: '',
    });
    // modes can be changed, and runs interrupted, while the input is open
    async function* prompts() {
      await begun;
      yield message('go');
      if (steer === true) {
        await endpoint.reached(1);
        yield message('not so much');
      }
      await ended;
    }
    const allows = rule?.('') === 'allow';
    // a rule that denies whatever it is is one of the agent's own; one that looks is a hook
    const forbids = rule?.('') === 'deny';
    const [forbidden = ''] = toldOf(task.script[0]?.call?.input ?? {}).split(' ');
    const bypass = person === undefined && !allows && alone !== true;
    const canUseTool = async (tool: string, input: Loose) => {
      if (tool === 'AskUserQuestion')
        return { behavior: 'allow', updatedInput: { ...input, answers: { 'Which one?': 'one' } } };
      const word = person?.(input.command);
      if (word === 'no' || word === 'cancel' || word === undefined)
        return { behavior: 'deny', message: FEEDBACK, interrupt: word === 'cancel' };
      return {
        behavior: 'allow',
        updatedInput: typeof word === 'object' ? { ...input, command: word.edit } : input,
      };
    };
    const denying = async ({ tool_input }: Loose) =>
      rule?.(tool_input.command) === 'deny'
        ? {
            hookSpecificOutput: {
              hookEventName: 'PreToolUse',
              permissionDecision: 'deny',
              permissionDecisionReason: 'No.',
            },
          }
        : {};
    try {
      const run = tapped({
        prompt: prompts(),
        options: {
          cwd,
          ...(alone === true ? {} : { canUseTool }),
          settingSources: [],
          model: 'claude-sonnet-4-5',
          permissionMode: bypass ? 'bypassPermissions' : 'default',
          allowDangerouslySkipPermissions: true,
          ...(rule === undefined || forbids ? {} : { hooks: { PreToolUse: [{ hooks: [denying] }] } }),
          ...(forbids ? { disallowedTools: [`Bash(${forbidden}:*)`] } : {}),
          ...(allows ? { allowedTools: ['Bash'] } : {}),
          env: environment(folder, endpoint.url, otlp),
          ...(program === undefined ? {} : { pathToClaudeCodeExecutable: program }),
        },
      });
      if (stop === 'answer') void endpoint.reached(1).then(() => run.interrupt());
      if (stop === 'call')
        void waitFor('the tool', async () => existsSync(join(cwd, 'started'))).then(() => run.interrupt());
      if (free === 'first') await run.setPermissionMode('bypassPermissions');
      begin();
      for await (const { type } of run) {
        if (type === 'user' && free === 'later') await run.setPermissionMode('bypassPermissions');
        if (type === 'result') over();
      }
    } finally {
      begin();
      over();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { play, words: inItsWords, asides: [LIVE_AGENTS['claude-code'].subagent.aside] };
}

function environment(home: string, url: string, endpoint: string): Record<string, string> {
  const { traceId = '', spanId = '' } = trace.getActiveSpan()?.spanContext() ?? {};
  return {
    HOME: home,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    IS_SANDBOX: '1',
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'none',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    TRACEPARENT: `00-${traceId}-${spanId}-01`,
    CLAUDE_CODE_ENABLE_TELEMETRY: '1',
    CLAUDE_CODE_ENHANCED_TELEMETRY_BETA: '1',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  };
}
