import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkRegistry } from '../run.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'producers-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** The rules that a registry with one enum member breaks, given what its producers are. */
function check(producers: string, attribute = ''): string[] {
  put('model/manifest.yaml', 'schema_url: https://example.com/schemas/al/0.1.0\n');
  put(
    'model/al.yaml',
    `file_format: definition/2
attributes:
  - key: al.kind
    type:
      members:
        - {id: denial, value: denial, stability: development, annotations: {alignment: {producers: ${producers}}}}
    stability: development
    brief: A key.
${attribute}events:
  - {name: al.e, brief: An event., stability: development, requirement_level: opt_in, attributes: [{ref: al.kind}]}
`,
  );
  return checkRegistry(join(root, 'model'), { root }).findings.map(finding => finding.rule);
}

const BY = '[{by: src/assess/rules.ts, test: src/assess/rules.test.ts}]';

describe('producers', () => {
  it.each([
    ['the value as a literal', "const kind = 'denial';", 'expect(kind).toBe("denial")'],
    ['the constant', 'set(AL_KIND_VALUE_DENIAL);', 'expect(x).toBe(AL_KIND_VALUE_DENIAL)'],
  ])('are proved by %s', (_, source, test) => {
    put('src/assess/rules.ts', source);
    put('src/assess/rules.test.ts', test);
    expect(check(BY)).toEqual([]);
  });

  it.each([
    ['a comment', "// 'denial'\n/* 'denial' */ export {};"],
    ['a longer word', "const kind = 'denial_of_service';"],
    ['a longer constant', 'set(AL_KIND_VALUE_DENIALS);'],
  ])('are not proved by %s', (_, source) => {
    put('src/assess/rules.ts', source);
    put('src/assess/rules.test.ts', "'denial'");
    expect(check(BY)).toEqual(['producer-proof']);
  });

  it('need a test that contains the value as well', () => {
    put('src/assess/rules.ts', "'denial'");
    put('src/assess/rules.test.ts', 'expect(true).toBe(true)');
    expect(check(BY)).toEqual(['producer-proof']);
  });

  it.each([
    ['a scalar of a dialect', 'set:\n  kind: denial\n', []],
    ['a statement of a collector configuration', `- 'set(attributes["al.kind"], "denial")'\n`, []],
    ['a comment of a dialect', '# denial\nset: {}\n', ['producer-proof']],
  ])('may be YAML: %s', (_, source, expected) => {
    put('semconv/dialects/x.yaml', source);
    put('src/dialects/x.test.ts', "'denial'");
    expect(check('[{by: semconv/dialects/x.yaml, test: src/dialects/x.test.ts}]')).toEqual(expected);
  });

  it.each([
    ['the generic emitters', '[{by: src/signals/emitters.ts, test: src/signals/emitters.ts}]'],
    ['the generated constants', '[{by: src/semconv/attributes.ts, test: src/semconv/attributes.ts}]'],
    ['a folder that climbs out of its room', '[{by: src/assess/../signals/x.ts, test: src/signals/x.ts}]'],
    ['a plan for a folder that is no room', '[{planned: src/signals}]'],
  ])('are not %s', (_, producers) => {
    expect(check(producers)).toEqual(['producer-room']);
  });

  it.each([['[]'], ['[{by: src/assess/rules.ts}]'], ['[{planned: src/taps, by: src/taps/x.ts}]']])(
    'have one of two forms: %s has neither',
    producers => {
      expect(check(producers)).toEqual(['member-producer']);
    },
  );

  it('may be planned', () => {
    expect(check('[{planned: collector-config}]')).toEqual([]);
  });

  it('are not asked of given words', () => {
    expect(check('[]', '    annotations: {alignment: {given: [denial]}}\n')).toEqual([]);
  });
});
