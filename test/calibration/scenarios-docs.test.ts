import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRatings } from '../../src/pages/rater/ratings.ts';
import type { ReferenceScales } from '../../src/pages/rater/reference-scale.ts';
import { AGREEMENT, CONTESTED_SD } from '../../tools/calibration/consensus.ts';
import { loadSet, SET_FOLDER } from '../../tools/calibration/load.ts';
import { jsonLines } from '../cli/run.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(SET_FOLDER, name), 'utf8');
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^ *\`\`\`${language}\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(match => match[1]!);

describe('the protocol', () => {
  const page = read('README.md');
  const flat = page.replace(/\s+/g, ' ');
  const set = loadSet();

  it('has the scales as the tools show them', () => {
    const scales = JSON.parse(read('reference-scales.json')) as ReferenceScales;
    for (const { question, rules, anchors } of Object.values(scales)) {
      for (const text of [question, ...rules]) expect(page).toContain(text);
      for (const { at, name, text } of anchors)
        expect(flat).toMatch(new RegExp(`\\| ${at} +\\| ${name} +\\| ${text.replace(/[.?]/g, '\\$&')} +\\|`));
    }
  });

  it('shows a file of ratings that is one', () => {
    const [sample] = blocks(page, 'jsonl');
    expect(readRatings(sample!).problems).toEqual([]);
    expect(readRatings(sample!).file?.ratings).toHaveLength(1);
  });

  it('says what the software does', () => {
    expect(flat).toContain(`${AGREEMENT.scenarios} scenarios or more with three people`);
    expect(flat).toContain(`at least ${AGREEMENT.alpha} on both scales`);
    expect(flat).toContain(`above ${CONTESTED_SD.toFixed(2)}`);
    expect(flat).toContain(`**${set.scenarios.length} scenarios**`);
    expect(flat).toContain(`${set.pairs.length} **pairs**`);
    const control = set.scenarios.filter(({ scenario }) => scenario.control).length;
    expect(flat).toContain(`${control} of the anchors are the **control strip**`);
  });

  it.each(['README.md', 'profile-a-provider.md'])('%s leads nowhere that is not there', name => {
    const text = read(name);
    const links = [...text.matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/g)].filter(
      ([, path]) => !/^https?:/.test(path!),
    );
    for (const [, path, heading] of links) {
      const file = path === '' ? join(SET_FOLDER, name) : resolve(SET_FOLDER, path!);
      expect(existsSync(file), file).toBe(true);
      if (heading === undefined) continue;
      const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(match =>
        match[1]!
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(headings).toContain(heading);
    }
  });
});

describe('the newcomer’s page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-newcomer-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives a profile when it is followed word by word', () => {
    // the folder stands for a checkout: commands are found as npm finds them, files of the set where the page says
    symlinkSync(join(ROOT, 'semconv'), join(folder, 'semconv'));
    const cli = `"${process.execPath}" "${join(ROOT, 'tools/cli.mjs')}"`;
    const page = read('profile-a-provider.md');
    const script = blocks(page, 'sh').join('\n').replaceAll('npm run --silent cli --', cli);
    const before = script.slice(0, script.indexOf(`${cli} calibration verify`));
    const path = `${dirname(process.execPath)}:${process.env['PATH']}`;
    const env = { ...process.env, PATH: path, INIT_CWD: '' };
    const run = (text: string, cwd: string): { status: number | null; stdout: string; stderr: string } =>
      spawnSync('bash', ['-e', '-c', text], { cwd, env, encoding: 'utf8' });
    const { status, stdout, stderr } = run(before, folder);
    expect(stderr).toBe('written: profiles.yaml\n');
    expect(status).toBe(0);
    const samples = blocks(page, '(?:text|json)');
    const [rescaled, mapped] = [/would make (0\.\d+)/, /makes (0\.\d+) of it/].map(words =>
      Number(words.exec(page.replace(/\s+/g, ' '))?.[1]),
    );
    expect(rescaled).toBeCloseTo((5 - 1) / (10 - 1), 2);
    expect(mapped).toBeCloseTo(jsonLines(samples[2]!)[1]!['score'] as number, 2);
    const acme = join(folder, 'acme');
    expect(readFileSync(join(acme, 'profile.svg'), 'utf8')).toContain('<svg');
    expect(readFileSync(join(acme, 'profiles.yaml'), 'utf8')).toContain('acme.risk_score');
    const again = run(script.slice(before.length), acme);
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(again.stdout)).toMatchObject({ expired: false, scenarios: 12, drifted: false });
    // what the page shows of each command, one after the other; month and last day are of the day
    const undated = (text: string): string =>
      text.replace(/@\d{4}-\d{2}#1/g, '@MONTH#1').replace(/until \d{4}-\d{2}-\d{2}/, 'until DAY');
    expect(undated(stdout + again.stdout)).toBe(undated(samples.join('')));
    const control = loadSet().scenarios.filter(({ scenario }) => scenario.control).length;
    expect(page.replace(/\s+/g, ' ')).toContain(`the ${control} scenarios of the set that are kept`);
  }, 240_000);
});
