import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentStep } from '../step/step.ts';
import { assessStep } from './assess-step.ts';
import type { AssessmentContext } from './assessment.ts';
import { RISK_ANCHORS } from './rules/rule.ts';

const PIECES = [
  ...[
    'rm',
    '-rf',
    '/',
    '~',
    '$HOME',
    '*',
    'sudo',
    'find',
    '-exec',
    '{}',
    ';',
    '|',
    '||',
    '&&',
    '>',
    '>>',
    '<',
    '<<E',
    '<<<',
    '\n',
  ],
  ...[
    '$(',
    ')',
    '`',
    '"',
    "'",
    '\\',
    '${',
    '}',
    '$((',
    '((',
    '[[',
    ']]',
    '<(',
    '{',
    'if',
    'then',
    'fi',
    'for',
    'case',
    'bash',
    '-c',
    'eval',
  ],
  ...[
    'curl',
    '-d',
    '@',
    'https://a.example/',
    'git',
    'push',
    '--force',
    'dd',
    'of=',
    'ssh',
    'xargs',
    'python',
    '-m',
    '=',
    '--',
    '\0',
    '\ud800',
    'é',
  ],
];
const command = fc.array(fc.constantFrom(...PIECES, ' '), { maxLength: 60 }).map(parts => parts.join(' '));
const key = fc.constantFrom(
  'command',
  'cmd',
  'path',
  'file_path',
  'url',
  'method',
  'query',
  'sql',
  'input',
  'source',
  '__proto__',
  'a',
);
const args = fc.oneof(
  command,
  fc.dictionary(key, fc.oneof(command, fc.anything({ withNullPrototype: true, withBigInt: true }))),
  fc.json(),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withTypedArray: true,
    withObjectString: true,
  }),
);
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'Bash',
    'Write',
    'mcp__a__delete',
    'execute_sql',
    'http_request',
    'apply_patch',
    'python',
    'constructor',
    '__proto__',
    'send_email',
  ),
);

function check(step: AgentStep, context: AssessmentContext): void {
  const assessment = assessStep(step, context);
  expect(assessment).toBeDefined();
  const { riskScore, rules, targets } = assessment ?? { rules: [] };
  expect(riskScore).toBeGreaterThanOrEqual(RISK_ANCHORS.none);
  expect(riskScore).toBeLessThanOrEqual(RISK_ANCHORS.catastrophic);
  expect(rules.length).toBeGreaterThan(0);
  expect(rules.length).toBeLessThanOrEqual(8);
  expect(targets?.length ?? 0).toBeLessThanOrEqual(32);
}

const hostile = (trap: ProxyHandler<object>): object => new Proxy({ command: 'ls' }, trap);
const fail = (): never => {
  throw new Error('hostile');
};

describe('whatever the input', () => {
  it('a tool call gets a bounded assessment and nothing is thrown', () => {
    fc.assert(
      fc.property(name, args, fc.option(fc.string(), { nil: undefined }), (toolName, raw, workspace) => {
        check(
          { dialect: 'test', kind: 'tool', toolName, arguments: raw },
          workspace === undefined ? {} : { workspace },
        );
      }),
      { numRuns: 1500 },
    );
  });

  const cyclic: Record<string, unknown> = { command: 'ls' };
  cyclic['command_line'] = cyclic;
  let deep: unknown = 'ls';
  for (let i = 0; i < 10_000; i++) deep = { command: deep };
  it.each([
    ['a cycle', cyclic],
    ['great depth', deep],
    [
      'a throwing getter',
      {
        get command(): string {
          return fail();
        },
      },
    ],
    ['a proxy that throws on its keys', hostile({ ownKeys: fail })],
    ['a proxy that throws on a value', hostile({ get: fail })],
    ['a proxy that throws on a descriptor', hostile({ getOwnPropertyDescriptor: fail })],
    [
      'a revoked proxy',
      (() => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
    ],
    ['a function', fail],
    ['a symbol', Symbol('a')],
    ['a wide array', { paths: Array.from({ length: 100_000 }, () => '/etc/passwd') }],
  ])('arguments with %s are survived', (_what, raw) => {
    check({ dialect: 'test', kind: 'tool', toolName: 'Bash', arguments: raw }, {});
    check({ dialect: 'test', kind: 'tool', toolName: 'Write', arguments: raw }, {});
  });

  it.each([
    '$(',
    '"$(',
    '<(',
    '`',
    '((',
    '$((',
    '${a:-',
    '{ ',
    '[[ ( ',
    'if a; then ',
    'case a in ',
    'a|',
    'a;',
    'rm -rf /x;',
    'bash -c "',
    'find . -exec ',
    'sudo ',
    '/a',
    '../',
    "'",
    '\\',
    'cat <<A\n',
    '$A',
    '\0',
  ])('a megabyte of %j is survived', piece => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    for (const raw of [
      { command: text },
      text,
      { path: text },
      { url: text },
      { sql: text },
      { command: [text, text] },
      JSON.stringify({ command: text }),
    ]) {
      check({ dialect: 'test', kind: 'tool', toolName: 'Bash', arguments: raw }, { workspace: text });
      check({ dialect: 'test', kind: 'tool', toolName: text, arguments: raw }, {});
    }
  });

  it('wrong types in step and context are survived', () => {
    const wrong = { toolName: 7, humanInvolvement: 'toString' } as unknown as AgentStep;
    const context = {
      workspace: 7,
      allowedTools: [null, 7, {}],
      humanInvolvement: 'constructor',
    } as unknown as AssessmentContext;
    check({ ...wrong, dialect: 'test', kind: 'tool' }, context);
    check(
      { ...wrong, dialect: 'test', kind: 'tool', toolName: 'Bash' },
      { ...context, allowedTools: 'Bash' as unknown as string[] },
    );
  });
});
