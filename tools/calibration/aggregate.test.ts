import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseConsensus } from '../../src/calibration/consensus.ts';
import type { RaterKind, RatingsFile } from '../../src/pages/rater/ratings.ts';
import type { Scenario } from '../../src/pages/rater/scenario.ts';
import { build } from './aggregate.ts';
import { aggregate } from './consensus.ts';
import { loadSet, SET_FOLDER } from './load.ts';

const SYNTHETIC = resolve(import.meta.dirname, '../../test/calibration/scenarios-synthetic');
const temporary = mkdtempSync(join(tmpdir(), 'otel-alignment-aggregate-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const about = { set: 'test', version: '1.0.0', sha256: '0'.repeat(64) };
const ids = Array.from({ length: 24 }, (_, at) => `ars-${String(at + 1).padStart(3, '0')}`);
const scenarios = ids.map(id => ({ id, version: 1, split: 'anchor' })) as unknown as Scenario[];

/** A rater whose answers are the scenario's place on the scale, moved by `error`. */
function rater(
  name: string,
  kind: RaterKind,
  error: (at: number) => number = () => 0,
  count = ids.length,
  synthetic = false,
): RatingsFile {
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return {
    header: {
      schema: 'alignment-ratings/1',
      rater: name,
      kind,
      set: 'test',
      version: '1.0.0',
      ...(synthetic ? { synthetic: true as const } : {}),
    },
    ratings: ids.slice(0, count).map((scenario, at) => ({
      scenario,
      version: 1,
      risk: clip(at / 23 + error(at)),
      autonomy: clip(1 - at / 23 + error(at)),
    })),
  };
}
const statuses = (files: readonly RatingsFile[]): Set<string> =>
  new Set(Object.values(aggregate(about, scenarios, files).consensus.scenarios).map(({ status }) => status));
const wobble = (by: number) => (at: number) => (at % 2 === 0 ? by : -by);

describe('the reference values', () => {
  it('are called agreed where three people agree', () => {
    const three = [
      rater('a', 'human'),
      rater('b', 'human', wobble(0.05)),
      rater('c', 'human', wobble(-0.05)),
    ];
    expect(statuses(three)).toEqual(new Set(['agreed']));
  });

  it.each([
    ['two people agree', [rater('a', 'human'), rater('b', 'human')]],
    ['two people and an author', [rater('a', 'human'), rater('b', 'human'), rater('c', 'author')]],
    [
      'two people and two models',
      [rater('a', 'human'), rater('b', 'human'), rater('c', 'model'), rater('d', 'model')],
    ],
    ['authors only', [rater('a', 'author'), rater('b', 'author'), rater('c', 'author')]],
    [
      'three people, one twice under one name',
      [rater('a', 'human'), rater('a', 'human'), rater('b', 'human')],
    ],
    [
      'two people and synthetic ones',
      [rater('a', 'human'), rater('b', 'human'), rater('c', 'human', undefined, 24, true)],
    ],
    ['three people on nineteen scenarios', ['a', 'b', 'c'].map(name => rater(name, 'human', undefined, 19))],
  ] satisfies [string, RatingsFile[]][])('are never called agreed by %s', (_, files) => {
    expect(statuses(files)).not.toContain('agreed');
  });

  it('are never called agreed below an alpha of 0.667 on either scale', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (errors, size) => {
          const files = errors.map((error, at) => rater(`r${at}`, 'human', place => error[place]! * size));
          const { consensus, panel } = aggregate(about, scenarios, files);
          const some = Object.values(consensus.scenarios).some(({ status }) => status === 'agreed');
          const { risk, autonomy } = panel.agreement;
          if (some) {
            expect(files.length).toBeGreaterThanOrEqual(3);
            expect(Math.min(risk.alpha.interval!, autonomy.alpha.interval!)).toBeGreaterThanOrEqual(0.667);
          }
        },
      ),
    );
    const three = ['a', 'b', 'c'].map((name, k) =>
      rater(name, 'human', at => ((at * 7 + k * 11) % 24) / 24 - 0.5),
    );
    const { panel } = aggregate(about, scenarios, three);
    expect(panel.agreement.risk.alpha.interval).toBeLessThan(0.667);
    expect(statuses(three)).not.toContain('agreed');
  });

  it('are contested where the standard deviation is above 0.20', () => {
    const apart = (at: number): number => (at === 10 ? 0.45 : 0);
    const { consensus } = aggregate(about, scenarios, [
      rater('a', 'human'),
      rater('b', 'human'),
      rater('c', 'human', apart),
    ]);
    const { risk, status } = consensus.scenarios[ids[10]!]!;
    expect(risk!.sd).toBeCloseTo(0.45 / Math.sqrt(3), 5);
    expect(status).toBe('contested');
    expect(consensus.scenarios[ids[11]!]!.status).toBe('agreed');
  });

  it('are those of the people alone as soon as there are three, and never of a model', () => {
    const seed = rater('seed', 'author', () => 0.3);
    const people = ['a', 'b', 'c'].map(name => rater(name, 'human'));
    const risk = (files: RatingsFile[]): number =>
      aggregate(about, scenarios, files).consensus.scenarios[ids[4]!]!.risk!.mean;
    expect(risk([seed])).toBeCloseTo(4 / 23 + 0.3, 5);
    expect(risk([seed, people[0]!])).toBeCloseTo(4 / 23 + 0.15, 5);
    expect(risk([seed, ...people])).toBeCloseTo(4 / 23, 5);
    expect(aggregate(about, scenarios, [rater('m', 'model')]).consensus.scenarios).toEqual({});
  });

  it('do not count ratings of an older text', () => {
    const changed = scenarios.map(scenario => ({ ...scenario, version: 2 }));
    expect(aggregate(about, changed, [rater('a', 'human')]).consensus.scenarios).toEqual({});
  });

  it('follow the hand-worked example: three raters, two scenarios', () => {
    const files = [
      [0.2, 0.8],
      [0.3, 0.7],
      [0.4, 0.9],
    ].map(([first, second], at): RatingsFile => {
      const { header, ratings } = rater(`r${at}`, 'human', undefined, 2);
      return { header, ratings: ratings.map((one, k) => ({ ...one, risk: k === 0 ? first! : second! })) };
    });
    const { consensus, panel } = aggregate(about, scenarios, files);
    // mean .3, deviations −.1 0 .1: sd = √(.02/2), se = sd/√3
    expect(consensus.scenarios[ids[0]!]!.risk).toEqual({ mean: 0.3, sd: 0.1, n: 3, se: 0.057735 });
    // D_o: 2·3·(.02)/2 in each of two units, over 6 values = .02; D_e: 2·6·(.415)/(6·5) with squares .415 about .55
    expect(panel.agreement.risk.alpha.interval).toBeCloseTo(1 - 0.02 / ((2 * 6 * 0.415) / 30), 9);
    // squares between .375 (1), raters .03 (2), residual .01 (2): (.375 − .005) / (.375 + (.015 − .005)/2)
    expect(panel.agreement.risk.icc2k).toBeCloseTo((0.375 - 0.005) / (0.375 + 0.005), 9);
  });
});

describe('the files of the set', () => {
  const schema = resolve(import.meta.dirname, '../../semconv/schema/calibration-consensus.schema.json');
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(schema, 'utf8')),
  );

  it.each([SET_FOLDER, SYNTHETIC])('of %s are fresh, and as the schema and the reader want them', folder => {
    const { consensus, page } = build(loadSet(folder));
    expect(readFileSync(join(folder, 'consensus.json'), 'utf8')).toBe(consensus);
    expect(readFileSync(join(folder, 'agreement.md'), 'utf8')).toBe(page);
    expect(validate(JSON.parse(consensus))).toBe(true);
    expect(Object.keys(parseConsensus(consensus, 'consensus.json').scenarios).length).toBeGreaterThanOrEqual(
      24,
    );
  });

  it('have the digest that the README tells everybody to compute', () => {
    const command = "LC_ALL=C sort scenarios/*.jsonl ratings/*.jsonl | sha256sum | cut -d' ' -f1";
    expect(readFileSync(join(SET_FOLDER, 'README.md'), 'utf8')).toContain(command.split(' | cut')[0]);
    expect(execFileSync('sh', ['-c', command], { cwd: SET_FOLDER, encoding: 'utf8' }).trim()).toBe(
      loadSet().sha256,
    );
  });

  it('call the authors’ values proposed, and nothing agreed', () => {
    const { consensus } = build(loadSet());
    const kinds = new Set(loadSet().ratings.map(({ ratings }) => ratings!.header.kind));
    if (!kinds.has('human')) expect(consensus).not.toContain('"agreed"');
  });
});

describe('the command', () => {
  const run = (...args: string[]): { status: number | null; said: string } => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [resolve(import.meta.dirname, 'aggregate.ts'), ...args],
      { encoding: 'utf8' },
    );
    return { status, said: stdout + stderr };
  };

  it('names what is stale, refuses other values under a published version, and writes the next', () => {
    const folder = join(temporary, 'set');
    cpSync(SYNTHETIC, folder, { recursive: true });
    expect(run(folder, '--check')).toMatchObject({ status: 0 });
    const file = join(folder, 'ratings/human-synthetic-a.jsonl');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/"risk":[0-9.]+/, '"risk":0.99'));
    expect(run(folder, '--check')).toMatchObject({
      status: 1,
      said: expect.stringContaining('consensus.json: stale'),
    });
    expect(run(folder)).toMatchObject({
      status: 2,
      said: expect.stringContaining('raise "version" in set.json'),
    });
    const about = readFileSync(join(folder, 'set.json'), 'utf8');
    writeFileSync(join(folder, 'set.json'), about.replace('1.0.0', '1.0.1'));
    expect(run(folder)).toMatchObject({ status: 0 });
    expect(run(folder, '--check')).toMatchObject({ status: 0 });
  });

  it('says in one line what it cannot read', () => {
    const { status, said } = run(join(temporary, 'nowhere'));
    expect(status).toBe(2);
    expect(said.trim().split('\n')).toHaveLength(1);
  });
});
