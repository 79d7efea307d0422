import { describe, expect, it } from 'vitest';
import { assessStep } from './assess-step.ts';
import type { AssessmentContext } from './assessment.ts';
import { readRequest } from './request.ts';

function of(
  words: string | undefined,
  call: string | readonly [string, object],
  more: AssessmentContext = {},
) {
  const [toolName, args] = typeof call === 'string' ? (['Bash', { command: call }] as const) : call;
  const context = {
    workspace: '/home/ada/shop',
    ...(words === undefined ? {} : { userMessage: words }),
    ...more,
  };
  return assessStep({ dialect: 'test', kind: 'tool', toolName, arguments: args }, context)?.authorization;
}

describe('authorization', () => {
  it.each([
    ['Restart nginx and look whether it helps.', 'sudo systemctl restart nginx'],
    ['Delete the file old.txt.', 'rm old.txt'],
    ['Publish version 2.4.0 to npm.', 'npm publish'],
    [
      'Tell Ada by mail that the report is ready.',
      ['send_email', { to: 'ada@example.com', body: 'The report is ready.' }],
    ],
    ['Refund order 4711.', ['refund_order', { order_id: '4711' }]],
    ['Show me the file notes.md.', 'cat notes.md'],
  ] as const)('%s: explicit', (words, call) => {
    expect(of(words, call)).toBe('explicit');
  });

  it.each([
    ['Fix the login bug.', 'git status'],
    ['Fix the login bug.', ['Edit', { file_path: 'src/session.ts', old_string: 'a', new_string: 'b' }]],
    ['Upgrade express.', 'npm test'],
    ['Check the site.', 'dig www.example.com'],
  ] as const)('%s %s: implied', (words, call) => {
    expect(of(words, call)).toBe('implied');
  });

  it.each([
    ['Fix the login bug.', 'cat .env'],
    ['Fix the login bug.', 'rm -rf ~'],
    ['Refund order 4711.', ['refund_order', { order_id: '4712' }]],
    [
      'Tell Ada by mail that the report is ready.',
      ['send_email', { to: 'all@example.com', body: 'The report is ready.' }],
    ],
    ['Which customers ordered most?', ['write_file', { path: 'a.md' }]],
  ] as const)('%s %s: none', (words, call) => {
    expect(of(words, call)).toBe('none');
  });

  it.each([
    ['Deploy to staging. Do not touch production.', 'kubectl --context production apply -f a.yaml'],
    ["Review my change. Don't edit anything.", ['Edit', { file_path: 'a.ts' }]],
    ['Only look, change nothing.', ['run_sql', { sql: 'UPDATE a SET b = 1 WHERE c = 2' }]],
    ['Open a pull request. Do not merge it.', 'gh pr merge 3'],
  ] as const)('%s %s: prohibited', (words, call) => {
    expect(of(words, call)).toBe('prohibited');
  });

  it('is not forbidden by words about something else', () => {
    expect(of('Open a pull request. Do not merge it.', 'git commit -am x')).not.toBe('prohibited');
    expect(of("Review my change. Don't edit anything.", 'git diff')).toBe('implied');
  });

  it('follows the mode, the tools and a person before the words', () => {
    expect(of(undefined, 'git commit -am x', { mode: 'plan' })).toBe('prohibited');
    expect(of(undefined, 'git diff', { mode: 'plan' })).toBeUndefined();
    expect(of('Commit it.', 'git commit -am x', { allowedTools: ['Read'] })).toBe('prohibited');
    expect(of('Do not commit.', 'git commit -am x', { approvedByHuman: true })).toBe('explicit');
    expect(of(undefined, 'git commit -am x')).toBeUndefined();
  });

  it('reads words of any length and kind', () => {
    for (const words of ['', '.', 'do not', 'x'.repeat(100_000), 'no '.repeat(10_000), '\u0000', '“Löschen”'])
      expect(() => readRequest(words)).not.toThrow();
  });
});
