import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { validateFile } from '../../src/cli/validate.ts';
import { distinctSignals, readSignals } from '../../src/otlp/index.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { asRecordSignal, signalsOfRecord } from './expected.ts';
import { recordsIn, spansIn } from './otlp.ts';
import { CAPTURES, loadRecording } from './recordings.ts';

const script = resolve(import.meta.dirname, '../../tools/replay/replay.ts');
const binaries = requireBinaries('npm run replay', 'otelcol');
const sandbox = new Sandbox();
afterAll(() => sandbox.clean());

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function command(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  return new Promise(done => {
    execFile(
      process.execPath,
      [script, ...args],
      { env: { ...process.env, INIT_CWD: '', ...env } },
      (error, out, err) => done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe('npm run replay', () => {
  it('explains itself', async () => {
    const { code, out } = await command(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('npm run --silent replay -- DIR --out FILE');
  });

  it.each([
    [[], 'one folder and --out FILE are needed'],
    [['a'], 'one folder and --out FILE are needed'],
    [['a', 'b', '--out', 'c'], 'one folder and --out FILE are needed'],
    [['a', '--output', 'c'], "Unknown option '--output'"],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await command(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  const folder = (files: Readonly<Record<string, string>>): string => {
    const path = join(sandbox.folder(), 'recording');
    mkdirSync(path);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
    return path;
  };

  it.each<[string, Record<string, string>, string]>([
    ['nothing in it', {}, 'has neither logs.json nor traces.json'],
    ['no JSON', { 'logs.json': '{' }, 'logs.json:1: is no JSON'],
    ['a broken line', { 'logs.json': '{"resourceLogs":[]}\nx\n' }, 'logs.json:2: is no JSON'],
    ['another signal', { 'logs.json': '{"resourceSpans":[]}' }, 'logs.json:1: has no resourceLogs'],
    ['no object', { 'traces.json': 'null' }, 'traces.json:1: has no resourceSpans'],
  ])('names the file of a folder with %s', async (_, files, message) => {
    const out = join(sandbox.folder(), 'out.jsonl');
    const { code, err } = await command([folder(files), '--out', out]);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(existsSync(out)).toBe(false);
  });

  it('says so where there is no folder', async () => {
    const { code, err } = await command([join(sandbox.folder(), 'none'), '--out', 'x']);
    expect(code).toBe(1);
    expect(err).toContain('does not exist');
  });

  it('says how to get a Collector', async () => {
    const { code, err } = await command([join(CAPTURES, 'codex/human-decline'), '--out', 'x'], {
      OTELCOL: '',
      PATH: '',
      ALIGNMENT_CACHE: sandbox.folder(),
    });
    expect(code).toBe(1);
    expect(err).toContain('the Collector is missing: run `npm run stack:install`');
  });
});

describe.skipIf(!binaries)('npm run replay with a Collector', () => {
  it('writes all that came out, once, as JSON Lines', async () => {
    const base = sandbox.folder();
    const { code, out, err } = await command(
      [join(CAPTURES, 'codex/human-interrupt-tool'), '--out', 'out.jsonl'],
      {
        INIT_CWD: base, // as npm sets it: paths are the caller's
      },
    );
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: '' });
    const lines = readFileSync(join(base, 'out.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    const { records, spans } = await loadRecording('codex/human-interrupt-tool');
    const came = lines.flatMap(recordsIn);
    const signals = came.filter(({ eventName }) => eventName.startsWith('alignment.'));
    const byId = (a: { attributes: Record<string, unknown> }, b: typeof a): number =>
      String(a.attributes['alignment.signal.id']).localeCompare(String(b.attributes['alignment.signal.id']));
    expect(signals.map(asRecordSignal).sort(byId)).toEqual(records.flatMap(signalsOfRecord).sort(byId));
    expect(came).toHaveLength(records.length + signals.length);
    const spanIds = lines.flatMap(spansIn).map(({ spanId }) => spanId);
    expect(spanIds.sort()).toEqual(spans.map(({ spanId }) => spanId).sort());
  });

  it('what the Collector states on spans is read as a signal, once, and is valid', async () => {
    const out = join(sandbox.folder(), 'out.jsonl');
    expect((await command([join(CAPTURES, 'codex/human-interrupt-tool'), '--out', out])).code).toBe(0);
    const found = [];
    for await (const read of readSignals(out)) if (!('error' in read)) found.push(read);
    const stops = found.filter(({ signal }) => signal.attributes['alignment.intervention.type'] === 'stop');
    expect(stops.map(({ face }) => face)).toEqual(['span']);
    expect(distinctSignals(found)).toHaveLength(found.length);
    const { signals, problems } = await validateFile(out);
    expect({ signals, problems }).toEqual({ signals: found.length, problems: [] });
  });

  it.each([
    ['logs.json', 'claude-code/tui-permission-no'],
    ['traces.json', 'claude-code/tui-permission-no'],
  ])('is content with %s alone', async (file, name) => {
    const path = join(sandbox.folder(), 'recording');
    mkdirSync(path);
    writeFileSync(join(path, file), readFileSync(join(CAPTURES, name, file)));
    const out = join(path, 'out.jsonl');
    expect((await command([path, '--out', out])).code).toBe(0);
    const lines = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.flatMap(recordsIn).length > 0).toBe(file === 'logs.json');
    expect(lines.flatMap(spansIn).length > 0).toBe(file === 'traces.json');
  });

  it('names the file that the Collector refuses', async () => {
    const path = join(sandbox.folder(), 'recording');
    mkdirSync(path);
    const spans = [{ traceId: 'no hex', spanId: 7 }];
    writeFileSync(
      join(path, 'traces.json'),
      JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] }),
    );
    const { code, err } = await command([path, '--out', join(path, 'out.jsonl')]);
    expect(code).toBe(1);
    expect(err).toContain('traces.json: the Collector answered 400');
  });
});
