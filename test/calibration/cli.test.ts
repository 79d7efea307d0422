import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noise, PROVIDERS } from '../../src/calibration/testing/simulate.ts';
import { readSet } from '../../src/cli/calibration/material.ts';
import { jsonLines, run } from '../cli/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => join(folder, name);
const write = (name: string, value: unknown): string => {
  writeFileSync(file(name), typeof value === 'string' ? value : JSON.stringify(value));
  return file(name);
};
const calibration = (...args: string[]) => run(['calibration', ...args], '', folder);
const map = (input: string, profile = 'profile.json') =>
  run(['calibration', 'map', '--profile', profile], input, folder);

const SET = JSON.parse(
  readFileSync(new URL('../../semconv/calibration/consensus.json', import.meta.url), 'utf8'),
) as { scenarios: Record<string, { risk: { mean: number }; autonomy: { mean: number }; split: string }> };
const IDS = Object.keys(SET.scenarios);

/** Answers of a made-up provider to the set that is shipped, three to a scenario. */
function answers(provider = PROVIDERS[1]!, ids = IDS, signal: 'risk' | 'autonomy' = 'risk'): string {
  const from = noise(9);
  const rows = ids.flatMap(id =>
    [1, 2, 3].map(repeat => `${id},${provider.rate(SET.scenarios[id]![signal].mean, from)},${repeat}`),
  );
  return `scenario_id,score,repeat\n${rows.join('\n')}\n`;
}
const SCALE = { ...PROVIDERS[1]!.scale, id: 'acme.risk' };

describe('from ratings to comparable numbers', () => {
  beforeAll(() => {
    write('native.csv', answers());
    write('scale.json', SCALE);
  });

  it('fits, draws, maps and verifies', () => {
    const fit = calibration(
      'fit',
      '--ratings',
      'native.csv',
      '--scale',
      'scale.json',
      '--out',
      'profile.json',
      '--plot',
      'profile.svg',
    );
    expect(fit).toMatchObject({ status: 0, stderr: '' });
    expect(fit.stdout).toMatch(/^acme\.risk@\d{4}-\d{2}#1: grade [ABC], licenses ranking.*; until /);
    expect(fit.stdout).toContain('the reference values are proposed by their authors');
    expect(fit.stdout).toMatch(/\nwritten: profile\.json\nwritten: profile\.svg\n$/);
    expect(readFileSync(file('profile.svg'), 'utf8')).toMatch(/^<svg /);

    const mapped = map('3\n7\n10\n"7"\n\n');
    expect(mapped).toMatchObject({ status: 0, stderr: '' });
    const [three, seven, ten, text, ...rest] = jsonLines(mapped.stdout) as unknown as {
      native: unknown;
      score: number;
      interval: [number, number];
      status: string;
    }[];
    expect(rest).toEqual([]);
    expect(Object.keys(three!)).toEqual(['native', 'score', 'interval', 'status']);
    expect([three!.native, text!.native]).toEqual([3, '7']);
    expect(text!.score).toBe(seven!.score);
    expect(three!.score).toBeLessThan(seven!.score);
    expect(seven!.score).toBeLessThan(ten!.score);
    // 1 + 9 z² of the made-up provider
    expect(seven!.score).toBeGreaterThan(0.7);
    expect(seven!.interval[0]).toBeLessThan(Math.sqrt(6 / 9));
    expect(seven!.interval[1]).toBeGreaterThan(Math.sqrt(6 / 9));

    write('later.csv', answers(PROVIDERS[1], IDS.slice(60)));
    const verified = calibration('verify', '--profile', 'profile.json', '--ratings', 'later.csv');
    expect(verified).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(verified.stdout)).toMatchObject({
      profile_id: expect.stringContaining('acme'),
      expired: false,
      scenarios: 20,
      drifted: false,
    });
  });

  it('writes the same bytes for the same day', () => {
    const fitted = ['a.json', 'b.json'].map(out => {
      const { status } = calibration(
        'fit',
        '--ratings',
        'native.csv',
        '--scale',
        'scale.json',
        '--created',
        '2026-11-21',
        '--out',
        out,
        '--plot',
        `${out}.svg`,
      );
      expect(status).toBe(0);
      return [readFileSync(file(out), 'utf8'), readFileSync(file(`${out}.svg`), 'utf8')];
    });
    expect(fitted[1]).toEqual(fitted[0]);
    expect(JSON.parse(fitted[0]![0]!)).toMatchObject({
      profile_id: 'acme.risk@2026-11#1',
      expires: '2027-05-20',
      reference: { n_anchors: 60, n_verification: 20, status: 'proposed' },
    });
  });

  it('maps what is off the scale to nothing, and says so', () => {
    const { status, stdout, stderr } = map('7\n11\nNaN\nhigh\n1e400\n');
    expect(status).toBe(1);
    expect(jsonLines(stdout).slice(1)).toEqual([
      { native: 11, score: null, interval: null, status: 'none' },
      { native: 'NaN', score: null, interval: null, status: 'none' },
      { native: 'high', score: null, interval: null, status: 'none' },
      { native: '1e400', score: null, interval: null, status: 'none' },
    ]);
    expect(stderr).toContain('standard input:2: not on the scale acme.risk');
  });

  it('uses the range of the scale where the profile has expired', () => {
    const profile = JSON.parse(readFileSync(file('profile.json'), 'utf8'));
    write('old.json', { ...profile, created: '2020-01-01', expires: '2020-06-29' });
    const { status, stdout, stderr } = map('7\n', 'old.json');
    expect(status).toBe(1);
    expect(jsonLines(stdout)).toEqual([{ native: 7, score: 6 / 9, interval: null, status: 'declared' }]);
    expect(stderr).toContain('expired on 2020-06-29');
  });

  it('takes autonomy, and labels', () => {
    const tiers = PROVIDERS[3]!;
    write('labels.csv', answers(tiers, IDS, 'autonomy'));
    write('labels.json', tiers.scale);
    const fit = calibration(
      'fit',
      '--signal',
      'autonomy',
      '--ratings',
      'labels.csv',
      '--scale',
      'labels.json',
      '--out',
      'labels-profile.json',
    );
    expect(fit.status, fit.stderr).toBe(0);
    const { stdout } = map('low\nCritical\n', 'labels-profile.json');
    const [low, critical] = jsonLines(stdout) as { score: number }[];
    expect(low!.score).toBeLessThan(0.35);
    expect(critical!.score).toBeGreaterThan(0.7);
  });

  it('knows the scales that come with the package by name', () => {
    const rows = IDS.map(id => `${id},${SET.scenarios[id]!.risk.mean > 0.5 ? 'high' : 'low'}`);
    write('guardian.csv', `scenario_id,score\n${rows.join('\n')}\n`);
    const fit = calibration(
      'fit',
      '--ratings',
      'guardian.csv',
      '--scale',
      'codex.guardian',
      '--out',
      'guardian.json',
    );
    expect(fit.stderr).toBe('');
    expect(JSON.parse(readFileSync(file('guardian.json'), 'utf8'))).toMatchObject({
      map: {
        method: 'levels',
        knots: [
          [0, expect.any(Number)],
          [2, expect.any(Number)],
        ],
      },
    });
  });

  it('says what licenses nothing', () => {
    write('few.csv', answers(PROVIDERS[1], IDS.slice(0, 21)));
    const fit = calibration('fit', '--ratings', 'few.csv', '--scale', 'scale.json', '--out', 'few.json');
    expect(fit.stdout).toContain('one grade lower: fewer than 40 anchors are rated');
    expect(fit.stdout).toContain('one grade lower: fewer than 10 verification scenarios are rated');
    expect(['C', 'none']).toContain(JSON.parse(readFileSync(file('few.json'), 'utf8')).quality.grade);
  });
});

describe('what cannot be used is said in one line, with exit code 2', () => {
  beforeAll(() => {
    write('native.csv', answers());
    write('scale.json', SCALE);
    calibration('fit', '--ratings', 'native.csv', '--scale', 'scale.json', '--out', 'profile.json');
    const consensus = { ...SET, version: '9.9.9' };
    write('other-version.json', consensus);
    write('other-digest.json', { ...SET, sha256: 'e'.repeat(64) });
    write('fewer.csv', answers(PROVIDERS[1], IDS.slice(0, 19)));
    write('two.csv', `scenario_id,score\n${IDS[0]},3\n${IDS[1]},4\n`);
    write('unknown.csv', `${answers()}nobody-1,4,1\n`);
    write('off.csv', `scenario_id,score\n${IDS.map(id => `${id},42`).join('\n')}\n`);
    write('nan.csv', `scenario_id,score\n${IDS.map(id => `${id},NaN`).join('\n')}\n`);
    write('constant.csv', `scenario_id,score\n${IDS.map(id => `${id},5`).join('\n')}\n`);
    write('against.json', { ...SCALE, direction: 'lower_is_riskier' });
    write('half.json', '{"id":');
    const profile = JSON.parse(readFileSync(file('profile.json'), 'utf8'));
    write('named.json', { ...profile, profile_id: 'a\u0085processors: {}' });
    write('tomorrow.json', { ...profile, created: '2999-01-01', expires: '2999-02-01' });
    // as calibration run writes it
    const { sha256 } = readSet(undefined);
    const about = {
      schema: 'alignment-run/1',
      set: 'ars-scenarios',
      version: '1.0.0',
      sha256,
      signal: 'risk',
    };
    const beside = (name: string, of: object): void => {
      write(name, answers());
      write(`${name}.run.json`, { ...about, scale: 'acme.risk', rater: 'openai', ...of });
    };
    beside('run.csv', {});
    beside('run-scale.csv', { scale: 'other.risk' });
    beside('run-texts.csv', { sha256: 'e'.repeat(64) });
    beside('run-autonomy.csv', { signal: 'autonomy' });
  });
  it('and what calibration run noted is no obstacle where it fits', () => {
    expect(calibration(...fitting('run.csv'))).toMatchObject({ status: 0, stderr: '' });
    expect(calibration('verify', '--profile', 'profile.json', '--ratings', 'run.csv')).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  const fitting = (ratings: string, ...more: string[]) => [
    'fit',
    '--ratings',
    ratings,
    '--scale',
    'scale.json',
    '--out',
    'x.json',
    ...more,
  ];

  it.each([
    [fitting('fewer.csv'), /fewer\.csv: 19 usable scenarios; a profile needs 20/],
    [fitting('two.csv'), /two\.csv: 2 usable scenarios; a profile needs 20/],
    [fitting('unknown.csv'), /unknown\.csv:242: "nobody-1" is no scenario of ars-scenarios/],
    [fitting('off.csv'), /off\.csv:2: "42" is off the scale acme\.risk/],
    [fitting('nan.csv'), /nan\.csv:2: "NaN" is off the scale/],
    [fitting('constant.csv'), /constant\.csv: every scenario has the same score/],
    [fitting('native.csv', '--scale', 'against.json'), /run against the direction of acme\.risk/],
    [fitting('native.csv', '--scale', 'half.json'), /half\.json: no JSON/],
    [fitting('native.csv', '--scale', 'no-such-scale'), /no-such-scale\.json: cannot be used \(ENOENT\)/],
    [fitting('missing.csv'), /missing\.csv: there is no such file; run calibration run first/],
    [fitting('native.csv', '--signal', 'harm'), /--signal is risk or autonomy, not harm/],
    [fitting('native.csv', '--created', 'today'), /created: a day as 2026-11-21/],
    [fitting('native.csv', '--created', '2999-01-01'), /--created 2999-01-01 has not come yet; today is /],
    [fitting('native.csv', '--id', ''), /--id: a name of 1 to 128 characters/],
    [fitting('native.csv', '--id', 'a\u0085b'), /--id: a name of 1 to 128 characters without line breaks/],
    [fitting('run-scale.csv'), /run-scale\.csv are answers on the scale other\.risk, not on acme\.risk/],
    [fitting('run-texts.csv'), /with the digest eeeeeeeeeeee…, the reference values are of those with /],
    [fitting('run-autonomy.csv'), /are answers about autonomy, not risk; see --signal/],
    ...['scale', 'texts', 'autonomy'].map((name): [string[], RegExp] => [
      ['verify', '--profile', 'profile.json', '--ratings', `run-${name}.csv`],
      /are answers (on the scale other\.risk, not on acme|to scenarios of .*eeeeeeeeeeee…|about autonomy, not risk)/,
    ]),
    [['map', '--profile', 'named.json'], /named\.json: profile_id: a name of 1 to 128 characters/],
    [['map', '--profile', 'tomorrow.json'], /tomorrow\.json: created: 2999-01-01 has not come yet/],
    [['to-collector', '--profile', 'named.json'], /named\.json: profile_id: a name/],
    [['fit', '--ratings', 'native.csv'], /calibration fit needs --scale/],
    [['fit', '--rating', 'native.csv'], /--rating/],
    [
      ['verify', '--profile', 'profile.json', '--ratings', 'native.csv', '--consensus', 'other-version.json'],
      /was made on ars-scenarios\/.*reference values are of ars-scenarios\/9\.9\.9/,
    ],
    [
      ['verify', '--profile', 'profile.json', '--ratings', 'native.csv', '--consensus', 'other-digest.json'],
      /one of them was changed/,
    ],
    [['verify', '--profile', 'profile.json', '--ratings', 'two.csv'], /verifying needs 5/],
    [['map', '--profile', 'scale.json'], /scale\.json: schema: "alignment-profile\/1"/],
    [
      ['to-collector', '--attribute', 'x', '--profile', 'profile.json'],
      /--attribute stands after the --profile/,
    ],
    [['to-collector'], /needs --profile/],
    [['unfit'], /There is no command unfit/],
  ])('%s', (args, message) => {
    const { status, stderr, stdout } = calibration(...args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

describe('help', () => {
  it.each(['run', 'fit', 'verify', 'map', 'to-collector'])(
    'of %s shows an example and the exit codes',
    name => {
      const { status, stdout } = calibration(name, '--help');
      expect(status).toBe(0);
      expect(stdout).toContain(`otel-alignment calibration ${name} `);
      expect(stdout).toMatch(/Examples?:\n {2}/);
      expect(stdout).toContain('Exit codes:');
    },
  );
});
