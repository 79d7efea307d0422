import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkAgents } from '../../src/cli/doctor/agents.ts';
import { readToml } from '../../src/cli/doctor/toml.ts';
import type { HookAgentName } from '../../src/taps/hook/event.ts';
import { runHook } from '../taps/hook-run.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'otel-alignment-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
};
const env = (more: Record<string, string> = {}): Record<string, string> => ({
  HOME: home,
  PATH: '',
  ...more,
});
const found = (agents: HookAgentName[], more: Record<string, string> = {}): string[] =>
  checkAgents(agents, env(more), home).map(({ status, check }) => `${status} ${check}`);

const CLAUDE = {
  CLAUDE_CODE_ENABLE_TELEMETRY: '1',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
  OTEL_TRACES_EXPORTER: 'otlp',
  CLAUDE_CODE_ENHANCED_TELEMETRY_BETA: '1',
};
const install = (agent: HookAgentName, ...more: string[]) =>
  runHook('', { env: env(), cwd: home, args: ['install', '--agent', agent, '--yes', ...more] });

describe('command-line agents', () => {
  it('are passed over where there are none, and only named where nobody began', () => {
    expect(found([])).toEqual(['note agents']);
    mkdirSync(join(home, '.codex'));
    expect(found([])).toEqual(['note codex.unobserved']);
  });

  it('Claude Code: each switch that is missing is named, and how to set it', () => {
    expect(found(['claude-code'])).toEqual([
      'problem claude-code.CLAUDE_CODE_ENABLE_TELEMETRY',
      'problem claude-code.OTEL_LOGS_EXPORTER',
      'problem claude-code.OTEL_EXPORTER_OTLP_LOGS_PROTOCOL',
      'problem claude-code.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
      'warning claude-code.OTEL_TRACES_EXPORTER',
      'warning claude-code.CLAUDE_CODE_ENHANCED_TELEMETRY_BETA',
      'warning claude-code.hook',
    ]);
    const [first] = checkAgents(['claude-code'], env(), home);
    expect(first?.mend).toContain('export CLAUDE_CODE_ENABLE_TELEMETRY=1');
  });

  it.each([
    ['the environment', () => CLAUDE],
    [
      "the user's settings",
      () => {
        write('.claude/settings.json', JSON.stringify({ env: CLAUDE }));
        return {};
      },
    ],
  ])('Claude Code: switches in %s count', (_, given) => {
    const more = given() as Record<string, string>;
    expect(found(['claude-code'], more)).toEqual(['ok claude-code.switches', 'warning claude-code.hook']);
  });

  it("Claude Code: a project's settings do not count, and that is said", () => {
    const project = join(home, 'project');
    write('project/.claude/settings.json', JSON.stringify({ env: CLAUDE }));
    const checks = checkAgents(['claude-code'], env(), project).map(({ check }) => check);
    expect(checks).toContain('claude-code.project-settings');
    expect(checks).toContain('claude-code.CLAUDE_CODE_ENABLE_TELEMETRY');
  });

  it('never shows a value that may be a secret', () => {
    write(
      '.claude/settings.json',
      JSON.stringify({ env: { ...CLAUDE, OTEL_EXPORTER_OTLP_HEADERS: 'a=hunter2' } }),
    );
    write('.codex/config.toml', '[otel.exporter.otlp-http]\nendpoint = "https://u:hunter2@host/"\n');
    expect(JSON.stringify(checkAgents(['claude-code', 'codex'], env(), home))).not.toContain('hunter2');
  });

  it('Codex: the whole address is needed', () => {
    write(
      '.codex/config.toml',
      '[otel]\nexporter = { otlp-http = { endpoint = "http://h:4318", protocol = "binary" } }\n',
    );
    expect(found(['codex'])).toContain('problem codex.otel.exporter.otlp-http.endpoint');
    write(
      '.codex/config.toml',
      [
        'model = "x" # a comment',
        '[otel]',
        'log_user_prompt = false',
        '[otel.exporter.otlp-http]',
        'endpoint = "http://127.0.0.1:4318/v1/logs"',
        '[otel.trace_exporter.otlp-http]',
        "endpoint = 'http://127.0.0.1:4318/v1/traces'",
      ].join('\n'),
    );
    expect(found(['codex'])).toEqual(['ok codex.switches', 'warning codex.hook']);
  });

  it('Gemini CLI: settings with comments, and variables', () => {
    const telemetry = {
      enabled: true,
      target: 'local',
      otlpEndpoint: 'http://127.0.0.1:4318',
      otlpProtocol: 'http',
      logPrompts: false,
    };
    write('.gemini/settings.json', `// mine\n${JSON.stringify({ telemetry }, null, 2)} /* end */`);
    expect(found(['gemini-cli'])).toEqual(['ok gemini-cli.switches', 'warning gemini-cli.hook']);
    expect(found(['gemini-cli'], { GEMINI_TELEMETRY_ENABLED: 'false' })).toContain(
      'problem gemini-cli.GEMINI_TELEMETRY_ENABLED',
    );
  });

  it('says that settings cannot be read', () => {
    write('.gemini/settings.json', '{ "telemetry": ');
    expect(found(['gemini-cli'])[0]).toBe('problem gemini-cli.settings');
  });

  it.each([['claude-code'], ['codex'], ['gemini-cli']] as const)(
    '%s: the hook that install writes is found',
    async agent => {
      const { status, stderr } = await install(agent);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(found([agent], CLAUDE)).toContain(`ok ${agent}.hook`);
    },
  );

  it('Cline: the hook is all there is, and a mode belongs to it', async () => {
    expect(found(['cline'])).toEqual(['problem cline.hook']);
    await install('cline');
    expect(found(['cline'])).toEqual(['warning cline.hook']);
    expect(found(['cline'], { ALIGNMENT_HOOK_MODE: 'ask' })).toEqual(['ok cline.hook']);
  });

  it('finds a hook whose program is gone, and one that is not everywhere', async () => {
    await install('claude-code');
    const file = join(home, '.claude/settings.json');
    const { readFileSync } = await import('node:fs');
    const text = readFileSync(file, 'utf8');
    const settings = JSON.parse(text);
    write('.claude/settings.json', text.replaceAll(/[^" ]*main\.ts/g, '/no/such/main.ts'));
    expect(found(['claude-code'], CLAUDE)).toContain('problem claude-code.hook');
    delete settings.hooks.PreToolUse;
    write('.claude/settings.json', JSON.stringify(settings));
    expect(found(['claude-code'], CLAUDE)).toContain('warning claude-code.hook');
  });
});

describe('TOML of settings', () => {
  it('reads tables, inline tables, quoted keys and scalars, and passes over the rest', () => {
    const text = [
      'top = 1',
      '# comment = 2',
      '[a."b.c"]',
      'x = true # yes',
      'y = { z = "1, 2", "q" = { r = \'s\' } }',
      '[[list]]',
      'name = "one"',
      'broken',
      'list = [1, 2]',
      '[d]',
      'e.f = "g"',
    ].join('\r\n');
    expect(readToml(text)).toEqual({
      top: '1',
      'a.b.c.x': 'true',
      'a.b.c.y.z': '1, 2',
      'a.b.c.y.q.r': 's',
      '[[]].name': 'one',
      'd.e.f': 'g',
    });
  });

  const token = fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    '=',
    '.',
    ',',
    '"',
    "'",
    '#',
    '\n',
    ' ',
    'otel',
    'exporter',
    '"a"',
  );
  const text = fc
    .array(fc.oneof(token, fc.string({ maxLength: 4 })), { maxLength: 60 })
    .map(parts => parts.join(''));

  it('survives any text', () => {
    fc.assert(
      fc.property(text, given => void readToml(given)),
      { numRuns: 1_000 },
    );
  });

  it('reads back what was written as tables', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
    const plain = fc.stringMatching(/^[ -!#-&(-~]{0,12}$/);
    fc.assert(
      fc.property(fc.dictionary(word, fc.dictionary(word, plain, { minKeys: 1 })), tables => {
        const written = Object.entries(tables).flatMap(([table, values]) => [
          `[${table}]`,
          ...Object.entries(values).map(([key, value]) => `${key} = "${value}"`),
        ]);
        const expected = Object.entries(tables).flatMap(([table, values]) =>
          Object.entries(values).map(([key, value]) => [`${table}.${key}`, value]),
        );
        expect(readToml(written.join('\n'))).toEqual(Object.fromEntries(expected));
      }),
    );
  });

  it('settings that are anything at all are never thrown at, and nothing of them is shown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('.claude/settings.json', '.gemini/settings.json', '.codex/config.toml'),
        text,
        (file, given) => {
          write(file, `${given}hunter2`);
          const found = checkAgents(['claude-code', 'gemini-cli', 'codex'], env(), home);
          expect(JSON.stringify(found)).not.toContain('hunter2');
        },
      ),
      { numRuns: 60 },
    );
  });
});
