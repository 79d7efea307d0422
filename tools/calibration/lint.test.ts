import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRatings } from '../../src/pages/rater/ratings.ts';
import { RULES } from './finding.ts';
import { lint } from './lint.ts';
import { type CalibrationSet, loadSet, SET_FOLDER } from './load.ts';

const fixtures = resolve(import.meta.dirname, '../../test/calibration/scenarios-broken');
const json = <T>(name: string): T => JSON.parse(readFileSync(join(fixtures, name), 'utf8')) as T;

const set = loadSet();

interface Broken {
  readonly rule: string;
  readonly name: string;
  readonly changes: readonly {
    /** An id, `*` for all, or `set`. */
    readonly scenario: string;
    readonly path: string;
    /** `{$copy: id}`: what stands at the same place of another scenario. */
    readonly value: unknown;
  }[];
}

type Tree = Record<string, unknown>;

function at(tree: Tree, path: readonly string[]): Tree {
  return path.reduce((inner, key) => inner[key] as Tree, tree);
}

function changed({ changes }: Broken): CalibrationSet {
  const copy = structuredClone(set);
  const scenario = (id: string): Tree =>
    copy.scenarios.find(placed => placed.scenario.id === id)!.scenario as unknown as Tree;
  const values = changes.map(({ path, value }) => {
    const from = (value as { $copy?: string } | null)?.$copy;
    return from === undefined ? value : structuredClone(at(scenario(from), path.split('.')));
  });
  const targets = changes.map(({ scenario: id }) =>
    id === 'set'
      ? [copy as unknown as Tree]
      : id === '*'
        ? copy.scenarios.map(placed => placed.scenario as unknown as Tree)
        : [scenario(id)],
  );
  for (const [index, { path }] of changes.entries())
    for (const target of targets[index]!) {
      const keys = path.split('.');
      at(target, keys.slice(0, -1))[keys.at(-1)!] = values[index];
    }
  return copy;
}

const broken = json<Broken[]>('scenarios.json');
const brokenRatings = json<Record<string, string>>('ratings.json');

function withRatings(name: string): CalibrationSet {
  const file = `ratings/${name}.jsonl`;
  const { file: ratings, problems } = readRatings(readFileSync(join(fixtures, file), 'utf8'));
  // the fixture whose header names another rater than the file does
  const placed = name === 'human-renamed' ? 'ratings/human-other.jsonl' : file;
  return { ...set, ratings: [...set.ratings, { file: placed, ratings, problems }] };
}

describe('the linter', () => {
  it('finds nothing wrong with the set', () => expect(lint(set)).toEqual([]));

  it.each(broken)('refuses $name: $rule', fixture => {
    const findings = lint(changed(fixture));
    expect(findings.map(({ rule }) => rule)).toContain(fixture.rule);
    for (const { message, fix, line } of findings) expect(message && fix && line).toBeTruthy();
  });

  it.each(Object.entries(brokenRatings))('of a contribution %s says: %s', (name, rule) => {
    const found = lint(withRatings(name)).map(finding => finding.rule);
    if (rule === '') expect(found).toEqual([]);
    else expect(new Set(found)).toEqual(new Set([rule]));
  });

  it('has a broken fixture for each of its rules', () => {
    const shown = new Set([...broken.map(({ rule }) => rule), ...Object.values(brokenRatings)]);
    expect(Object.keys(RULES).filter(rule => !shown.has(rule))).toEqual([]);
  });
});

describe('the command', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'otel-alignment-lint-'));
  afterAll(() => rmSync(temporary, { recursive: true }));
  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [resolve(import.meta.dirname, 'lint.ts'), ...args], { encoding: 'utf8' });

  it('is content with the set, and names the file, line and rule of what is wrong with a contribution', () => {
    expect(run()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('no problems') });
    for (const name of ['set.json', 'scenarios', 'ratings'])
      cpSync(join(SET_FOLDER, name), join(temporary, name), { recursive: true });
    const contribution = 'ratings/human-off-the-scale.jsonl';
    cpSync(join(fixtures, contribution), join(temporary, contribution));
    const { status, stdout } = run(temporary);
    expect(status).toBe(1);
    expect(stdout).toContain(
      `${contribution}:23: ratings: risk is 7, not a number from 0 to 1; see the schema`,
    );
  });

  it('says in one line what it cannot read', () => {
    const { status, stderr } = run(join(temporary, 'nowhere'));
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
