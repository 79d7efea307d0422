import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AgentProgram, findAgent, howToGetAgent } from '../../tools/agents/agents.ts';
import type { Aside, Turn } from './model.ts';

/**
 * How freely the agent may act. `asks` and `bypass`: every agent has a word of its own for them. `plans`: as `asks`, and it may ask questions
 * of its own (Codex). `reviewed`: a second model is asked in the person's place (Codex).
 */
export type Freedom = 'asks' | 'bypass' | 'plans' | 'reviewed';

export interface Place {
  readonly home: string;
  readonly cwd: string;
  readonly model: string;
  /** Base address of the Collector, OTLP over HTTP. */
  readonly otlp: string;
}

/** What a test needs to know of an agent. */
export interface LiveAgent {
  readonly name: AgentProgram;
  /** A turn that runs a command in the agent's shell tool. */
  readonly shell: (command: string) => Turn;
  /** Words that start it on one task, with nobody at a terminal. */
  readonly args: (freedom: Freedom, place: Place) => string[];
  readonly env: (place: Place) => Record<string, string>;
  /** Settings that a user would have, before the hook is installed. */
  readonly settle: (place: Place, words: readonly string[]) => void;
  /** Adds a hook of the user's own that denies every command with `word` in it. */
  readonly denying: (place: Place, word: string) => void;
  /** Whether that has to be done when ours is installed already. */
  readonly deniesAfter?: boolean;
  /** Adds a rule of the user's own that forbids every command that begins with `word`. */
  readonly forbidding?: (place: Place, word: string) => Record<string, string>;
  /** A turn that starts another agent, and what that agent does. */
  readonly subagent: { readonly turn: Turn; readonly aside: Aside };
  /** A turn that asks the person something. */
  readonly question: Turn;
  /** What the hook needs to be told. */
  readonly hookArgs: (freedom: Freedom) => string[];
}

const PROMPT = 'please do the task';
const BASE = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', TERM: 'dumb' };

const put = (file: string, content: string | object, mode = 0o644): void => {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  chmodSync(file, mode);
};

/** A hook that reads the event and answers `no` where the word is in it. */
const denyScript = (word: string, no: object): string =>
  `#!/bin/sh\nin=$(cat)\ncase "$in" in *'${word}'*) printf '%s' '${JSON.stringify(no)}';; esac\n`;

const OPTIONS = [
  { label: 'Postgres', description: 'a server' },
  { label: 'SQLite', description: 'a file' },
];
const ASKED = { header: 'DB', question: 'Which database?', options: OPTIONS };
const TASK = 'SUBTASK list the folder';
const aside = (...script: Turn[]): Aside => ({ about: 'SUBTASK', script: [...script, { say: 'Listed.' }] });

const claudeDenial = {
  hookSpecificOutput: {
    hookEventName: 'PreToolUse',
    permissionDecision: 'deny',
    permissionDecisionReason: 'not here',
  },
};

export const LIVE_AGENTS: Readonly<Record<AgentProgram, LiveAgent>> = {
  'claude-code': {
    name: 'claude-code',
    shell: command => ({ say: 'I run it.', call: { tool: 'Bash', input: { command, description: 'run' } } }),
    args: freedom => [
      '-p',
      PROMPT,
      ...['--output-format', 'json', '--model', 'claude-sonnet-4-5'],
      ...(freedom === 'bypass' ? ['--dangerously-skip-permissions'] : ['--permission-mode', 'default']),
    ],
    env: ({ home, model, otlp }) => ({
      ...BASE,
      HOME: home,
      IS_SANDBOX: '1',
      ANTHROPIC_BASE_URL: model,
      ANTHROPIC_API_KEY: 'sk-ant-none',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_ENABLE_TELEMETRY: '1',
      CLAUDE_CODE_ENHANCED_TELEMETRY_BETA: '1',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
    }),
    settle: () => {},
    denying({ home }, word) {
      const script = join(home, 'deny.sh');
      put(script, denyScript(word, claudeDenial), 0o755);
      put(join(home, '.claude/settings.json'), {
        hooks: { PreToolUse: [{ hooks: [{ type: 'command', command: script }] }] },
      });
    },
    forbidding({ home }, word) {
      put(join(home, '.claude/settings.json'), { permissions: { deny: [`Bash(${word}:*)`] } });
      return {};
    },
    subagent: {
      turn: {
        say: 'I hand it on.',
        call: {
          tool: 'Agent',
          input: {
            description: 'list',
            prompt: TASK,
            subagent_type: 'general-purpose',
            run_in_background: false,
          },
        },
      },
      aside: aside({ call: { tool: 'Bash', input: { command: 'ls', description: 'list' } } }),
    },
    question: {
      say: 'I ask.',
      call: { tool: 'AskUserQuestion', input: { questions: [{ ...ASKED, multiSelect: false }] } },
    },
    hookArgs: () => [],
  },
  codex: {
    name: 'codex',
    shell: cmd => ({ say: 'I run it.', call: { tool: 'exec_command', input: { cmd } } }),
    args: (freedom, { cwd }) => [
      'exec',
      '--json',
      '--skip-git-repo-check',
      ...['-C', cwd],
      '--dangerously-bypass-hook-trust',
      ...(freedom === 'bypass' ? ['--dangerously-bypass-approvals-and-sandbox'] : ['-s', 'read-only']),
      PROMPT,
    ],
    env: ({ home }) => ({
      ...BASE,
      HOME: home,
      NO_KEY: 'x',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_BLRP_SCHEDULE_DELAY: '100',
    }),
    settle({ home, model, otlp }) {
      const exporter = (name: string, signal: string): string =>
        `[otel.${name}.otlp-http]\nendpoint = "${otlp}/v1/${signal}"\nprotocol = "json"\n`;
      put(
        join(home, '.codex/config.toml'),
        [
          'model = "scripted"\nmodel_provider = "scripted"\ncheck_for_update_on_startup = false\n',
          `[model_providers.scripted]\nname = "scripted"\nbase_url = "${model}/v1"\nwire_api = "responses"\nenv_key = "NO_KEY"`,
          'request_max_retries = 0\nstream_max_retries = 0\nsupports_websockets = false\n[analytics]\nenabled = false\n[otel]\nlog_user_prompt = false',
          exporter('exporter', 'logs'),
          exporter('trace_exporter', 'traces'),
        ].join('\n'),
      );
    },
    denying({ home }, word) {
      const script = join(home, 'deny.sh');
      put(script, denyScript(word, claudeDenial), 0o755);
      put(join(home, '.codex/hooks.json'), {
        hooks: { PreToolUse: [{ hooks: [{ type: 'command', command: script }] }] },
      });
    },
    forbidding({ home }, word) {
      put(
        join(home, '.codex/rules/default.rules'),
        `prefix_rule(pattern=["${word}"], decision="forbidden")\n`,
      );
      return {};
    },
    subagent: {
      turn: {
        say: 'I hand it on.',
        call: { tool: 'spawn_agent', namespace: 'multi_agent_v1', input: { message: TASK } },
      },
      aside: aside(),
    },
    question: {
      say: 'I ask.',
      call: { tool: 'request_user_input', input: { questions: [{ ...ASKED, id: 'db' }] } },
    },
    hookArgs: () => [],
  },
  'gemini-cli': {
    name: 'gemini-cli',
    shell: command => ({
      say: 'I run it.',
      call: { tool: 'run_shell_command', input: { command, description: 'run' } },
    }),
    args: freedom => [
      ...['-m', 'gemini-2.5-flash', '--skip-trust'],
      ...(freedom === 'bypass' ? ['-y'] : []),
      ...['-p', PROMPT, '-o', 'json'],
    ],
    env: ({ home, model }) => ({
      ...BASE,
      HOME: home,
      GEMINI_API_KEY: 'none',
      GOOGLE_GEMINI_BASE_URL: model,
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
      OTEL_BSP_SCHEDULE_DELAY: '200',
      OTEL_BLRP_SCHEDULE_DELAY: '200',
    }),
    settle({ home, otlp }) {
      put(join(home, '.gemini/settings.json'), {
        security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
        privacy: { usageStatisticsEnabled: false },
        general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
        telemetry: {
          enabled: true,
          target: 'local',
          otlpEndpoint: otlp,
          otlpProtocol: 'http',
          logPrompts: false,
          traces: true,
        },
      });
    },
    denying({ home, otlp, ...rest }, word) {
      this.settle({ home, otlp, ...rest }, []);
      const script = join(home, 'deny.sh');
      put(script, denyScript(word, { decision: 'deny', reason: 'not here' }), 0o755);
      const file = join(home, '.gemini/settings.json');
      merge(file, {
        hooks: { BeforeTool: [{ hooks: [{ type: 'command', name: 'deny', command: script }] }] },
      });
    },
    forbidding({ home }, word) {
      const rule = `[[rule]]\ntoolName = "run_shell_command"\ncommandPrefix = "${word}"\n`;
      put(join(home, '.gemini/policies/own.toml'), `${rule}decision = "deny"\npriority = 900\n`);
      return {};
    },
    subagent: {
      turn: {
        say: 'I hand it on.',
        call: { tool: 'invoke_agent', input: { agent_name: 'generalist', prompt: TASK } },
      },
      aside: aside({ call: { tool: 'complete_task', input: { result: 'Listed.', response: 'Listed.' } } }),
    },
    question: {
      say: 'I ask.',
      call: {
        tool: 'ask_user',
        input: { questions: [{ ...ASKED, type: 'choice', multiSelect: false }] },
      },
    },
    hookArgs: () => [],
  },
  cline: {
    name: 'cline',
    shell: command => ({ say: 'I run it.', call: { tool: 'run_commands', input: { commands: [command] } } }),
    args: (freedom, { cwd }) => [
      '--json',
      ...(freedom === 'bypass' ? [] : ['--auto-approve', 'false']),
      ...['-c', cwd],
      PROMPT,
    ],
    env: ({ home }) => ({ ...BASE, HOME: home }),
    settle(place, words) {
      const [program = '', ...rest] = words;
      const login = ['auth', '--provider', 'openai-compatible', '--apikey', 'none', '--modelid', 'scripted'];
      spawnSync(program, [...rest, ...login, '--baseurl', `${place.model}/v1`], {
        cwd: place.cwd,
        env: this.env(place),
        timeout: 30_000,
      });
    },
    // one script an event: the user's own calls ours, as `install` advises
    deniesAfter: true,
    denying({ home }, word) {
      const file = join(home, '.cline/hooks/PreToolUse');
      const ours = readFileSync(file, 'utf8').replace(/^#!.*\n/, '');
      const inner = join(home, 'ours.sh');
      put(inner, `#!/bin/sh\n${ours}`, 0o755);
      const no = JSON.stringify({ cancel: true, errorMessage: 'not here' });
      const answer = `case "$in" in *'${word}'*) printf '%s' '${no}';; esac`;
      put(file, `#!/bin/sh\nin=$(cat)\nprintf '%s' "$in" | ${inner}\n${answer}\n`, 0o755);
    },
    forbidding: (_place, word) => ({
      CLINE_COMMAND_PERMISSIONS: JSON.stringify({ allow: ['ls*'], deny: [`${word}*`] }),
    }),
    subagent: {
      turn: {
        say: 'I hand it on.',
        call: { tool: 'spawn_agent', input: { systemPrompt: TASK, task: TASK } },
      },
      aside: aside({ call: { tool: 'run_commands', input: { commands: ['ls'] } } }),
    },
    question: {
      say: 'I ask.',
      call: { tool: 'ask_question', input: { question: 'Which database?', options: ['Postgres', 'SQLite'] } },
    },
    hookArgs: freedom => ['--mode', freedom === 'bypass' ? 'auto-approve' : 'ask'],
  },
};

function merge(file: string, more: object): void {
  put(file, { ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...more });
}

/** The command as a user has it: built. `$ALIGNMENT_CLI` names another one. */
export const cli: string =
  process.env['ALIGNMENT_CLI'] ?? fileURLToPath(new URL('../../dist/esm/cli/main.js', import.meta.url));

/** Installs the hook as a user would. */
export function installHook(agent: LiveAgent, freedom: Freedom, { home, otlp, cwd }: Place): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'hook', 'install', '--agent', agent.name, '--yes', ...agent.hookArgs(freedom)],
    { cwd, encoding: 'utf8', env: { PATH: BASE.PATH, HOME: home, OTEL_EXPORTER_OTLP_ENDPOINT: otlp } },
  );
  if (status !== 0) throw new Error(`hook install: ${status}\n${stdout}${stderr}`);
}

/**
 * The words that start the agent, or `undefined` where it is not installed: one line then says what is skipped, and
 * test/optional.json names it.
 */
export function requireAgent(agent: AgentProgram): string[] | undefined {
  const words = findAgent(agent);
  if (words !== undefined) return words;
  const line = `live tests of ${agent}: skipped, it is not installed (${howToGetAgent(agent)})`;
  if (process.env['CI'] === 'true') throw new Error(line);
  console.warn(line);
  return undefined;
}
