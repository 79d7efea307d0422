import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { validateFile } from '../../src/cli/validate.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};
const put = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

const value = (item: unknown): object =>
  typeof item === 'string'
    ? { stringValue: item }
    : Array.isArray(item)
      ? { arrayValue: { values: item.map(value) } }
      : Number.isInteger(item)
        ? { intValue: String(item) }
        : { doubleValue: item };
const pairs = (attributes: object) =>
  Object.entries(attributes).map(([key, item]) => ({ key, value: value(item) }));
const trace = (span: object, event: object, name = 'alignment.intervention') => ({
  resourceSpans: [
    {
      resource: { attributes: [] },
      scopeSpans: [
        {
          scope: { name: 'x' },
          spans: [
            {
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: 'b7ad6b7169203331',
              name: 'execute_tool x',
              attributes: pairs(span),
              events: [{ timeUnixNano: '1763719200000000000', name, attributes: pairs(event) }],
            },
          ],
        },
      ],
    },
  ],
});
/** A span that states a signal itself, as the Collector's sources write it. */
const stating = (span: object) => {
  const request = trace({ ...mirror, ...denial, ...span }, {});
  for (const one of request.resourceSpans[0]?.scopeSpans[0]?.spans ?? []) one.events = [];
  return request;
};
const mirror = {
  'alignment.signal.count': 1,
  'alignment.signal.classes': ['intervention'],
  'alignment.signal.max_severity': 0.4,
};
const denial = {
  'alignment.signal.class': 'intervention',
  'alignment.signal.severity': 0.4,
  'alignment.signal.id': '0af7651916cd43dd8448eb211c80319c',
  'alignment.source.type': 'instrumentation',
  'alignment.intervention.type': 'denial',
};
const document = {
  event_type: 'alignment_signal',
  signal_class: 'intervention',
  severity: 0.4,
  context: { session_id: 's' },
  timestamp: '2026-01-31T12:00:00Z',
  attributes: { 'alignment.intervention.type': 'denial', 'alignment.source.type': 'human' },
};

describe('what is good passes', () => {
  it.each([
    ['a document', JSON.stringify(document)],
    ['a document over many lines', JSON.stringify(document, null, 2)],
    ['an array', JSON.stringify([document, document], null, 2)],
    [
      'one a line, with a byte order mark and blank lines',
      `\uFEFF${JSON.stringify(document)}\n\n${JSON.stringify(document)}\n`,
    ],
    ['OTLP traces', JSON.stringify(trace(mirror, denial))],
    ['a span that states a signal', JSON.stringify(stating({}))],
    [
      'metrics beside traces',
      `${JSON.stringify({ resourceMetrics: [] })}\n${JSON.stringify(trace(mirror, denial))}`,
    ],
  ])('%s', (name, content) => {
    const { status, stdout } = run('validate', put(`${name}.json`, content));
    expect(stdout).toContain('all good');
    expect(status).toBe(0);
  });
});

describe('what is wrong is named with line, field and fix', () => {
  it.each([
    [
      'a score out of range',
      { ...document, severity: 7 },
      /1: severity: 7 is no score; give a number in \[0\.0, 1\.0\]/,
    ],
    [
      'an unlisted value',
      { ...document, human_involvement: 'maybe' },
      /human_involvement: unlisted value "maybe"; use one of none, /,
    ],
    ['a missing session', { ...document, context: {} }, /context\.session_id: missing; /],
    ['another thing', { hello: 1 }, /neither an alignment signal nor an OTLP/],
    [
      'a mirror that counts too little',
      trace({ ...mirror, 'alignment.signal.count': 0 }, denial),
      /signal\.count"\]: is 0, the span has 1/,
    ],
    [
      'a span that states a class of no registry',
      stating({ 'alignment.signal.class': 'mood' }),
      /spans\[0\]\.attributes\["alignment\.signal\.class"\]: alignment\.mood is no event of the registry/,
    ],
    [
      'a span that states a score out of range',
      stating({ 'alignment.signal.severity': 7.5 }),
      /signal\.severity"\]: 7\.5 is outside \[0, 1\]/,
    ],
    ['no array', { resourceSpans: 7 }, /resourceSpans: is no array/],
    [
      'a mirror that lacks a class',
      trace({ ...mirror, 'alignment.signal.classes': ['risk_escalation'] }, denial),
      /signal\.classes"\]: lacks intervention/,
    ],
    [
      'a class that is not the name',
      trace(mirror, { ...denial, 'alignment.signal.class': 'x' }),
      /does not equal the event name; write intervention/,
    ],
    [
      'a made-up event',
      trace(mirror, denial, 'alignment.nope'),
      /alignment\.nope is no event of the registry/,
    ],
    [
      'an unknown key',
      trace({ ...mirror, 'alignment.mood': 'good' }, denial),
      /alignment\.mood"\]: unknown key/,
    ],
    [
      'a type',
      trace(mirror, { ...denial, 'alignment.signal.severity': 'high' }),
      /a string, expected double/,
    ],
  ])('%s', (name, content, message) => {
    const { status, stdout } = run('validate', put(`${name}.json`, JSON.stringify(content)));
    expect(stdout).toMatch(message);
    expect(stdout).not.toContain('all good');
    expect(status).toBe(1);
  });

  it('the five fields of the founding document are enough; what its event would lack is a warning', () => {
    const { status, stdout } = run(
      'validate',
      put('founding.json', JSON.stringify({ ...document, attributes: undefined })),
    );
    expect(stdout).toMatch(
      /founding\.json:1: warning: attributes\["alignment\.intervention\.type"\]: missing; /,
    );
    expect(stdout).toContain('1 signal: all good');
    expect(status).toBe(0);
  });

  it('a line that is no JSON, by its number, and the others are still read', () => {
    const { status, stdout } = run('validate', put('cut.jsonl', `${JSON.stringify(document)}\n{"event_\n`));
    expect(stdout).toMatch(/cut\.jsonl:2: not JSON: /);
    expect(stdout).toContain('1 signal: 1 problem');
    expect(status).toBe(1);
  });

  it('as JSON', () => {
    const { stdout } = run(
      'validate',
      '--json',
      put('bad.json', JSON.stringify({ ...document, severity: 7 })),
    );
    expect(JSON.parse(stdout)).toMatchObject({ signals: 1, problems: [{ line: 1, path: 'severity' }] });
  });
});

describe('the published examples', () => {
  const examples = new URL('../../semconv/schema/examples/', import.meta.url);
  const of = (kind: string) =>
    readdirSync(new URL(`${kind}/`, examples)).map(name =>
      fileURLToPath(new URL(`${kind}/${name}`, examples)),
    );

  it.each(of('valid'))('%s passes', async file => {
    expect((await validateFile(file)).problems).toEqual([]);
  });

  // a file may hold an array of documents, a document may not be one
  it.each(of('invalid').filter(file => !file.includes('not-an-object')))('%s is refused', async file => {
    expect((await validateFile(file)).problems).not.toEqual([]);
  });
});

describe('mistakes of the user are one line, without a stack', () => {
  it.each([
    [['nope'], /There is no command nope/],
    [['validate'], /needs a file/],
    [['validate', '--wat'], /--wat/],
    [['validate', 'missing.json'], /missing\.json: cannot be read \(ENOENT\)/],
    [['validate', '.'], /cannot be read \(EISDIR\)/],
  ])('%j', (args, message) => {
    const { status, stderr } = run(...args);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });
});

it('teaches', () => {
  expect(run('--help').stdout).toContain('validate');
  expect(run('validate', '--help').stdout).toContain('Examples:');
  expect(run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(run()).toMatchObject({ status: 2 });
});

describe('any JSON is answered, never an exception', () => {
  const file = join(folder, 'fuzz.json');
  it('arbitrary documents', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async json => {
        writeFileSync(file, JSON.stringify(json));
        const { problems } = await validateFile(file);
        expect(Array.isArray(problems)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a good document with one part replaced', async () => {
    const paths = [
      ['severity'],
      ['context'],
      ['context', 'session_id'],
      ['attributes'],
      ['timestamp'],
      ['signal_class'],
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async ([first, second], json) => {
        const changed = structuredClone(document) as Record<string, unknown>;
        if (second === undefined) changed[first as string] = json;
        else (changed[first as string] as Record<string, unknown>)[second] = json;
        writeFileSync(file, JSON.stringify(changed));
        expect((await validateFile(file)).signals).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});

it('`npm run --silent cli` reads paths from the caller’s folder and prints nothing of its own', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  put('mine.json', JSON.stringify(document));
  const stdout = execFileSync(
    'npm',
    ['--prefix', root, 'run', '--silent', 'cli', '--', 'validate', 'mine.json'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: folder },
    },
  );
  expect(stdout).toBe('mine.json: 1 signal: all good\n');
});

describe('version', () => {
  it('is the one of package.json', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(run('--version').stdout.trim()).toBe(version);
  });
});
