import { describe, expect, it } from 'vitest';
import { CODE_MARKERS } from '../../src/assess/rules/code.ts';
import { commandRules } from '../../src/assess/rules/commands.ts';
import { GENERAL } from '../../src/assess/rules/general.ts';
import { HTTP_RULES } from '../../src/assess/rules/http.ts';
import { PATH_RULES } from '../../src/assess/rules/paths.ts';
import { SQL_RULES } from '../../src/assess/rules/sql.ts';
import { toolRules } from '../../src/assess/rules/tools.ts';
import { ACTION_MEANINGS, anchorOf, REVERSIBILITY_MEANINGS } from '../../src/cli/explain/meanings.ts';
import { WORDED_RULES, wordsOf } from '../../src/cli/explain/rule-words.ts';
import { ATTRIBUTES } from '../../src/semconv/index.ts';
import { checkDocument } from '../../src/signals/index.ts';
import { run } from './run.ts';

const PUSH = 'git push --force origin main';

describe('explain', () => {
  it('says what a command does, what is at risk, why, and the signal', () => {
    const { status, stdout, stderr } = run(['explain', PUSH]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe(PUSH);
    expect(stdout).toMatch(/action +write +creates or changes/);
    expect(stdout).toMatch(/reversibility +conditionally_reversible +can be undone if/);
    expect(stdout).toMatch(/risk +0\.\d\d (medium|high) +nearest to \w+: /);
    expect(stdout).toContain(
      'It overwrites or deletes a branch on a remote repository that others work on. [git.push_force_shared]',
    );
    expect(stdout).toContain('"event_type": "alignment_signal"');
    // the bar is for terminals
    expect(stdout).not.toContain('█');
  });

  it('--json: one object, whose signals are good documents', () => {
    const { status, stdout } = run(['explain', PUSH, '--json']);
    expect(status).toBe(0);
    const explanation = JSON.parse(stdout) as { rules: object[]; signals: Record<string, unknown>[] };
    expect(explanation).toMatchObject({
      tool: 'Bash',
      action_type: 'write',
      reversibility: 'conditionally_reversible',
      rules: [{ id: 'git.push_force_shared' }],
    });
    expect(explanation.signals).toHaveLength(1);
    for (const signal of explanation.signals) {
      expect(checkDocument(signal)).toEqual([]);
      expect(signal).toMatchObject({ signal_class: 'risk_escalation', context: { tool_invocation: 'Bash' } });
      expect(JSON.stringify(signal)).not.toContain('origin');
    }
  });

  it('explains a tool call, and says where nothing would be signalled', () => {
    const { stdout } = run(['explain', '--tool', 'send_email', '{"to":"a@example.com"}']);
    expect(stdout).toMatch(/action +communicate/);
    const { stdout: harmless } = run(['explain', 'ls']);
    expect(harmless).toContain('Signal: none');
  });

  it('reads standard input, and takes the surroundings into account', () => {
    expect(run(['explain', '-', '--json'], `${PUSH}\n`).stdout).toContain('git.push_force_shared');
    const risk = (...args: string[]): number =>
      (JSON.parse(run(['explain', 'rm -rf build', '--json', ...args]).stdout) as { risk_score: number })
        .risk_score;
    expect(risk('--workspace', '/home/me/project')).toBeGreaterThan(0);
    const outside = JSON.parse(
      run(['explain', 'rm -rf /home/you/x', '--workspace', '/home/me', '--json']).stdout,
    );
    expect(outside).toMatchObject({ rules: [{ id: 'path.tree_outside' }] });
  });

  it('lets no command steer the terminal', () => {
    const { stdout } = run(['explain', 'echo \u001b[31m\u0007 x']);
    for (const control of ['\u001b', '\u0007']) expect(stdout).not.toContain(control);
  });

  it.each([
    [['explain'], /needs a command/],
    [['explain', '  '], /needs a command/],
    [['explain', 'git', 'push'], /quote the command/],
    [['explain', 'git', 'push', '--force'], /Unknown option '--force'.*Quote the command/],
    [['explain', '--tool', ''], /--tool needs a name/],
  ])('%j: one line, exit 2', (args, message) => {
    const { status, stdout, stderr } = run(args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('is listed in the help', () => {
    expect(run(['--help']).stdout).toMatch(/explain +say what[\s\S]*assess +assess/);
    expect(run(['explain', '--help']).stdout).toContain(`otel-alignment explain '${PUSH}'`);
  });
});

describe('the words', () => {
  it('are there for every rule that can judge a call', () => {
    const tables: readonly (readonly { readonly id: string }[])[] = [
      CODE_MARKERS,
      commandRules(),
      HTTP_RULES,
      PATH_RULES,
      SQL_RULES,
      toolRules(),
      Object.values(GENERAL),
    ];
    const ids = new Set(tables.flat().map(({ id }) => id));
    expect([...ids].filter(id => !WORDED_RULES.includes(id)).sort()).toEqual([]);
    expect(wordsOf('mine.own')).toBe('meets the rule mine.own');
  });

  it('are there for every value of the registry, and every score', () => {
    expect(Object.keys(ACTION_MEANINGS).sort()).toEqual(
      [...(ATTRIBUTES['alignment.action.type']?.values ?? [])].sort(),
    );
    expect(Object.keys(REVERSIBILITY_MEANINGS)).toEqual(ATTRIBUTES['alignment.action.reversibility']?.values);
    expect([0, 0.05, 0.1, 0.3, 0.55, 0.7, 0.95, 1].map(score => anchorOf(score).anchor)).toEqual([
      'none',
      'none',
      'trivial',
      'limited',
      'serious',
      'severe',
      'catastrophic',
      'catastrophic',
    ]);
  });
});
