import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main, runHook, SILENT } from './hook-run.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'otel-alignment-install-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const at = (...parts: string[]): string => join(home, ...parts);
const read = (file: string): string => readFileSync(at(file), 'utf8');
function put(file: string, text: string): void {
  mkdirSync(dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
}
function install(agent: string, more: string[] = [], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, 'hook', 'install', '--agent', agent, ...more],
    { cwd: home, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: home, ...env } },
  );
  return { status, stdout, stderr };
}
/** Every file of the home and what is in it, without what the hook keeps for itself. */
function tree(folder = home): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => !join(entry.parentPath, entry.name).includes('otel-alignment/'))
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(file => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );
}

const PLACES: readonly [agent: string, file: string, event: string][] = [
  ['claude-code', '.claude/settings.json', 'PreToolUse'],
  ['codex', '.codex/hooks.json', 'PreToolUse'],
  ['gemini-cli', '.gemini/settings.json', 'BeforeTool'],
];
const ODD =
  '{\n\t"b": 1.5,\n\t"a": "ü\\u00fc\\/",\n\t"hooks": {"Other": [], "PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "mine.sh"}]}]}\n}';

describe('install', () => {
  it.each(PLACES)(
    '%s: adds its entries to %s, keeps the rest, and can take them back to the byte',
    (agent, file, event) => {
      put(file, ODD);
      chmodSync(at(file), 0o640);
      const done = install(agent, ['--yes']);
      expect(done).toMatchObject({ status: 0, stderr: '' });
      expect(done.stdout).toMatch(/^\+ .*hook --agent/m);
      const settings = JSON.parse(read(file));
      expect(settings).toMatchObject({ a: 'üü/', b: 1.5 });
      expect(settings.hooks.PreToolUse[0]).toEqual({
        matcher: 'Bash',
        hooks: [{ type: 'command', command: 'mine.sh' }],
      });
      expect(settings.hooks[event].at(-1).hooks[0]).toMatchObject({
        type: 'command',
        command: expect.stringContaining(`${process.execPath} ${main} hook --agent ${agent} <&3`),
      });
      expect(statSync(at(file)).mode & 0o777).toBe(0o640);
      expect(install(agent, ['--yes']).stdout).toContain('installed already');
      expect(install(agent, ['--yes', '--undo'])).toMatchObject({ status: 0 });
      expect(read(file)).toBe(ODD);
      expect(install(agent, ['--yes', '--undo']).stdout).toContain('no hook of ours');
    },
  );

  it.each([...PLACES.map(([agent]) => agent), 'cline'])(
    '%s: in an empty home it leaves nothing behind',
    agent => {
      install(agent, ['--yes']);
      expect(Object.keys(tree()).length).toBeGreaterThan(0);
      install(agent, ['--yes', '--undo']);
      expect(tree()).toEqual({});
      expect(existsSync(at(`.${agent.split('-')[0]}`))).toBe(false);
    },
  );

  it('after later changes of the user, undo takes only its own entries', () => {
    put('.claude/settings.json', ODD);
    install('claude-code', ['--yes']);
    const settings = JSON.parse(read('.claude/settings.json'));
    settings.added = true;
    settings.hooks.PreToolUse[1].hooks.push({ type: 'command', command: 'beside.sh' });
    put('.claude/settings.json', JSON.stringify(settings));
    install('claude-code', ['--yes', '--undo']);
    expect(JSON.parse(read('.claude/settings.json'))).toEqual({
      ...JSON.parse(ODD),
      added: true,
      hooks: {
        ...JSON.parse(ODD).hooks,
        PreToolUse: [
          ...JSON.parse(ODD).hooks.PreToolUse,
          { hooks: [{ type: 'command', command: 'beside.sh' }] },
        ],
      },
    });
  });

  it('a second installation replaces the first, and undo still finds the beginning', () => {
    put('.claude/settings.json', ODD);
    install('claude-code', ['--yes']);
    put('.claude/settings.json', read('.claude/settings.json').replaceAll(main, '/old/place/main.js'));
    install('claude-code', ['--yes']);
    expect(read('.claude/settings.json')).not.toContain('/old/place');
    expect(read('.claude/settings.json').match(/hook --agent claude-code/g)).toHaveLength(10);
    expect(install('claude-code', ['--yes', '--undo'])).toMatchObject({ status: 0 });
    expect(JSON.parse(read('.claude/settings.json'))).toEqual(JSON.parse(ODD));
  });

  it('another program, the settings changed, this program: undo leaves what is the user`s', () => {
    const other = at('other', 'main.ts');
    mkdirSync(dirname(other));
    writeFileSync(other, `await import(${JSON.stringify(main)});\n`);
    const first = spawnSync(process.execPath, [other, 'hook', 'install', '--agent', 'claude-code', '--yes'], {
      cwd: home,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home },
    });
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(read('.claude/settings.json')).toContain(other);
    put(
      '.claude/settings.json',
      JSON.stringify({ ...JSON.parse(read('.claude/settings.json')), model: 'x' }),
    );
    install('claude-code', ['--yes']);
    expect(read('.claude/settings.json')).not.toContain(other);
    expect(install('claude-code', ['--yes', '--undo']).stdout).toContain('Taken back.');
    expect(JSON.parse(read('.claude/settings.json'))).toEqual({ model: 'x' });
    expect(install('claude-code', ['--yes', '--undo']).stdout).toContain('no hook of ours');
  });

  it('a record of a former version, with hooks of ours in what was before', () => {
    put('.claude/settings.json', '{"model":"x"}');
    install('claude-code', ['--yes']);
    const records = at('.local/state/otel-alignment/hook/installed');
    const file = join(records, readdirSync(records)[0]!);
    const record = JSON.parse(readFileSync(file, 'utf8'));
    record.files[0].before = record.files[0].after.replaceAll(main, '/old/main.js');
    writeFileSync(file, JSON.stringify(record));
    install('claude-code', ['--yes', '--undo']);
    expect(JSON.parse(read('.claude/settings.json'))).toEqual({ model: 'x' });
  });

  describe('hooks of the former forms are known', () => {
    const command = '/old/node /old/main.js hook --agent';
    const aside = (agent: string): string =>
      `t="\${ALIGNMENT_HOOK_DIR:-\${XDG_STATE_HOME:-$HOME/.local/state}/otel-alignment/hook}/running/$$"; true 2>/dev/null >"$t"; exec 3<&0; ALIGNMENT_HOOK_TICKET=$t ${command} ${agent} <&3 >/dev/null 2>&1 &`;

    it.each(PLACES)('%s', (agent, file, event) => {
      const entry = (text: string): object => ({ hooks: [{ type: 'command', command: text, timeout: 10 }] });
      const old = { a: 1, hooks: { [event]: [entry(aside(agent))], Stop: [entry(`${command} ${agent}`)] } };
      put(file, JSON.stringify(old));
      install(agent, ['--yes', '--undo']);
      expect(JSON.parse(read(file))).toEqual({ a: 1 });
      put(file, JSON.stringify(old));
      install(agent, ['--yes']);
      expect(read(file)).not.toContain('/old/');
      install(agent, ['--yes', '--undo']);
      expect(JSON.parse(read(file))).toEqual({ a: 1 });
    });

    it('cline', () => {
      const head = '#!/bin/sh\n# Reports alignment signals over OTLP; answers nothing.\n';
      const old = (): void => {
        put('.cline/hooks/PreToolUse', `${head}${aside('cline')}\n`);
        put('.cline/hooks/SessionShutdown', `${head}exec ${command} cline --mode ask\n`);
      };
      old();
      install('cline', ['--yes', '--undo']);
      expect(tree()).toEqual({});
      old();
      expect(install('cline', ['--yes'])).toMatchObject({ status: 0 });
      expect(read('.cline/hooks/PreToolUse')).not.toContain('/old/');
      install('cline', ['--yes', '--undo']);
      expect(tree()).toEqual({});
    });

    it("cline: a script of the user's that calls ours is the user's", () => {
      const script = `#!/bin/sh\nin=$(cat)\necho "$in" >>log\nexec ${command} cline\n`;
      put('.cline/hooks/PreToolUse', script);
      expect(install('cline', ['--yes'])).toMatchObject({ status: 2 });
      install('cline', ['--yes', '--undo']);
      expect(tree()).toEqual({ '.cline/hooks/PreToolUse': script });
    });
  });

  it('writes nothing without a yes, and shows everything with --print', () => {
    put('.claude/settings.json', ODD);
    const asked = install('claude-code');
    expect(asked).toMatchObject({ status: 1, stdout: expect.stringContaining('Nothing was written') });
    const printed = install('claude-code', ['--print']);
    expect(printed).toMatchObject({ status: 0, stdout: expect.stringContaining('hook --agent claude-code') });
    expect(tree()).toEqual({ '.claude/settings.json': ODD });
  });

  it('no key of the settings is shown, and --print needs no settings that can be read', () => {
    const settings = {
      env: { ANTHROPIC_API_KEY: 'sk-77', PROXY: 'http://me:sk-77@proxy' },
      apiKeyHelper: 'sk-77',
    };
    for (const text of [JSON.stringify(settings), JSON.stringify(settings, null, 2)]) {
      put('.claude/settings.json', text);
      for (const more of [['--print'], [], ['--yes'], ['--undo', '--print'], ['--undo', '--yes']]) {
        const { stdout } = install('claude-code', more);
        expect({ more, stdout }).not.toMatchObject({ stdout: expect.stringContaining('sk-77') });
      }
      expect(JSON.parse(read('.claude/settings.json'))).toEqual(settings);
    }
    put('.claude/settings.json', '{ // sk-77');
    const { status, stdout } = install('claude-code', ['--print']);
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(stdout.slice(stdout.indexOf('{'))).hooks)).toHaveLength(10);
  });

  it('a link stays a link', () => {
    put('dotfiles/settings.json', '{}\n');
    mkdirSync(at('.claude'));
    symlinkSync(at('dotfiles/settings.json'), at('.claude/settings.json'));
    install('claude-code', ['--yes']);
    expect(lstatSync(at('.claude/settings.json')).isSymbolicLink()).toBe(true);
    expect(read('dotfiles/settings.json')).toContain('hook --agent');
    install('claude-code', ['--yes', '--undo']);
    expect(read('dotfiles/settings.json')).toBe('{}\n');
  });

  it.each([
    ['{ "a": 1, // mine\n}', 'is no JSON'],
    ['[]', 'is no JSON object'],
    ['{"hooks": []}', 'hooks: is no object'],
    ['{"hooks": {"PreToolUse": {}}}', 'hooks.PreToolUse: is no list'],
    ['{"a": 1, "a": 2}', 'repeated key'],
    ['{"a": 12345678901234567890}', 'number that would change'],
  ])('%s is refused: file, field, fix', (text, why) => {
    put('.claude/settings.json', text);
    const { status, stdout, stderr } = install('claude-code', ['--yes']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`${at('.claude/settings.json')}: `);
    expect(stderr).toContain(why);
    expect(stderr).toContain('--print');
    expect(read('.claude/settings.json')).toBe(text);
  });

  it("Cline: a script of the user's is not overwritten, and nothing else is written", () => {
    put('.cline/hooks/PreToolUse', '#!/bin/sh\necho mine\n');
    const { status, stderr } = install('cline', ['--yes']);
    expect(status).toBe(2);
    expect(stderr).toContain('PreToolUse: holds a hook already');
    expect(Object.keys(tree())).toEqual(['.cline/hooks/PreToolUse']);
  });

  it("a project's settings name the program by its name", () => {
    install('claude-code', ['--yes', '--scope', 'project']);
    const settings = JSON.parse(read('.claude/settings.json'));
    expect(settings.hooks.SessionEnd[0].hooks[0].command).toBe(
      'otel-alignment hook --agent claude-code 2>/dev/null || :',
    );
    expect(settings.hooks.PreToolUse[0].hooks[0].command).toContain(
      ' otel-alignment hook --agent claude-code <&3',
    );
    expect(install('cline', ['--yes', '--scope', 'project'])).toMatchObject({ status: 2 });
  });

  it.each([
    [['--agent', 'nobody']],
    [['--agent', 'codex', '--scope', 'x']],
    [['--agent', 'cline', '--mode', 'a b']],
    [['--wat']],
  ])('%j is a mistake', args => {
    const { status, stderr } = install('claude-code', args);
    expect(status).toBe(2);
    expect(stderr).toContain('See otel-alignment hook --help');
  });

  it('keeps where signals go for agents that hide it from their hooks, and shows no key', () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=secret-77',
    };
    const { stdout } = install('claude-code', ['--yes'], env);
    expect(stdout).not.toContain('secret-77');
    const file = at('.local/state/otel-alignment/hook/exporter.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(env);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    install('gemini-cli', ['--yes']);
    install('claude-code', ['--yes', '--undo']);
    expect(existsSync(file)).toBe(true);
    install('gemini-cli', ['--yes', '--undo']);
    expect(existsSync(file)).toBe(false);
  });

  it.each([...PLACES.map(([agent, file, event]) => [agent, file, event] as const)])(
    '%s: what was written runs, and answers nothing',
    async (agent, file, event) => {
      install(agent, ['--yes']);
      const command = JSON.parse(read(file)).hooks[event][0].hooks[0].command as string;
      const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
        input: '{}',
        encoding: 'utf8',
        env: { PATH: '/usr/bin:/bin', HOME: home },
      });
      expect({ status, stdout, stderr }).toEqual(SILENT);
    },
  );

  it("Cline's scripts run, and answer nothing", () => {
    install('cline', ['--yes', '--mode', 'auto-approve']);
    for (const name of readdirSync(at('.cline/hooks'))) {
      const { status, stdout, stderr } = spawnSync(at('.cline/hooks', name), {
        input: '{}',
        encoding: 'utf8',
        env: { PATH: '/usr/bin:/bin', HOME: home },
      });
      expect({ status, stdout, stderr }).toEqual(SILENT);
    }
  });
});

describe.each([
  ['sh', ['sh', '-c']],
  ['bash', ['bash', '-c']],
])('what was written, in %s', (_name, [shell = '', ...words]) => {
  const commands = (): [event: string, command: string][] => {
    const settings = JSON.parse(read('.claude/settings.json')) as {
      hooks: Record<string, { hooks: { command: string }[] }[]>;
    };
    return Object.entries(settings.hooks).map(([event, groups]) => [
      event,
      groups[0]?.hooks[0]?.command ?? '',
    ]);
  };
  const run = (command: string, stdin: 'closed' | 'empty') => {
    const text = stdin === 'closed' ? `exec <&-\n${command}` : command;
    const { status, stdout, stderr } = spawnSync(shell, [...words, text], {
      input: '',
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', HOME: home },
    });
    return { status, stdout, stderr };
  };

  it('says nothing and succeeds where there is no input, and leaves no ticket', () => {
    install('claude-code', ['--yes']);
    for (const [event, command] of commands())
      expect({ event, ...run(command, 'closed') }).toEqual({ event, ...SILENT });
    expect(readdirSync(at('.local/state/otel-alignment/hook/running'))).toEqual([]);
  });

  it('says nothing and succeeds where the program is gone, or cannot be found', () => {
    for (const gone of ['/nowhere/main.js', main]) {
      install('claude-code', ['--yes']);
      const text = read('.claude/settings.json');
      put('.claude/settings.json', text.replaceAll(gone === main ? process.execPath : main, '/nowhere/gone'));
      for (const [event, command] of commands())
        expect({ event, ...run(command, 'empty') }).toEqual({ event, ...SILENT });
      install('claude-code', ['--yes', '--undo']);
    }
  });
});

it("Cline's scripts say nothing and succeed where the program is gone", () => {
  install('cline', ['--yes']);
  for (const name of readdirSync(at('.cline/hooks'))) {
    put(`.cline/hooks/${name}`, read(`.cline/hooks/${name}`).replaceAll(main, '/nowhere/gone'));
    const { status, stdout, stderr } = spawnSync(at('.cline/hooks', name), {
      input: '{}',
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', HOME: home },
    });
    expect({ name, status, stdout, stderr }).toEqual({ name, ...SILENT });
  }
});

it('a folder with blanks and quotes in its name', async () => {
  const { quote } = await import('../../src/taps/hook/install/plan.ts');
  for (const word of ["it's", 'a b', '$(x)', '`x`', 'a"b', '', '*']) {
    const { stdout } = spawnSync('sh', ['-c', `printf %s ${quote(word)}`], { encoding: 'utf8' });
    expect(stdout).toBe(word);
  }
  expect(await runHook('{}', { env: { ALIGNMENT_HOOK_DIR: at('a b', "it's") } })).toEqual(SILENT);
});
