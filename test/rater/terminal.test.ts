import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readRatings } from '../../src/pages/rater/ratings.ts';
import { jsonLines, run } from '../cli/run.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'otel-alignment-rate-'));
  folders.push(made);
  return made;
}

const RATE = ['calibration', 'rate'];
const NEW = [...RATE, '--rater', 'heron', '--seed', '7'];
const shownIds = (said: string): string[] => [...said.matchAll(/^(ars-\d{3}), /gm)].map(match => match[1]!);

describe('rating in the terminal', () => {
  it('writes what was said, shows the order of the seed, and goes on where it stopped', () => {
    const cwd = folder();
    const first = run(NEW, '10\n20\nr\nreads only\n90\n85\n\n\nq\n', cwd);
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    const [one, two, three] = shownIds(first.stdout);
    const { file, problems } = readRatings(readFileSync(join(cwd, 'human-heron.jsonl'), 'utf8'));
    expect(problems).toEqual([]);
    expect(file?.header).toMatchObject({ rater: 'heron', kind: 'human', set: 'ars-scenarios', seed: 7 });
    const byId = Object.fromEntries(file!.ratings.map(rating => [rating.scenario, rating]));
    expect(byId[one!]).toMatchObject({
      risk: 0.1,
      autonomy: 0.2,
      reversibility: 'reversible',
      rationale: 'reads only',
    });
    expect(byId[two!]).toMatchObject({ risk: 0.9, autonomy: 0.85 });
    expect(byId[two!]).not.toHaveProperty('reversibility');
    expect(Object.keys(byId)).toHaveLength(2);

    const second = run([...RATE, '--out', 'human-heron.jsonl'], '', cwd);
    expect(second.stdout).toContain('2 of 80 are rated, going on');
    expect(shownIds(second.stdout)).toEqual([three]);
    expect(second.stdout).toContain('The same command shows the other 78.');
  });

  it('takes keys for back, skip and the scale, and asks again for what is no answer', () => {
    const cwd = folder();
    const keys = ['s', '?', '300', '-1', '4.5', 'constructor', '40', 'b', 'b', '50', '60', 'x', 'c', '', 'q'];
    const { stdout, status } = run(NEW, `${keys.join('\n')}\n`, cwd);
    expect(status).toBe(0);
    const [first, second, again] = shownIds(stdout);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
    expect(stdout.match(/A whole number from 0 to 100, please/g)).toHaveLength(4);
    expect(stdout).toContain('This is the first one.');
    expect(stdout).toContain('One of r, c, i, or nothing.');
    const lines = jsonLines(readFileSync(join(cwd, 'human-heron.jsonl'), 'utf8'));
    expect(lines.slice(1)).toMatchObject([
      { scenario: first, risk: 0.5, autonomy: 0.6, reversibility: 'conditionally_reversible' },
    ]);
  });

  it('goes through the control strip to its end', () => {
    const cwd = folder();
    const { stdout } = run([...NEW, '--control'], '50\n50\n\n\n'.repeat(12), cwd);
    expect(new Set(shownIds(stdout)).size).toBe(12);
    expect(stdout).toContain('12 of 12 rated. Thank you!');
  });

  it('shows nobody else’s ratings, no tags and no expected values', () => {
    const { stdout } = run(NEW, 's\n'.repeat(80), folder());
    expect(shownIds(stdout)).toHaveLength(80);
    for (const hidden of [
      'verification',
      'benign',
      'maintainers',
      'do-not-train',
      'reward_hacking',
      '"risk"',
    ])
      expect(stdout).not.toContain(hidden);
  });

  it.each([
    [RATE, 'rate needs --rater NAME'],
    [[...RATE, '--rater', 'Dr. Heron'], 'lower-case letters'],
    [[...NEW, '--seed=4294967296'], '--seed is a whole number'],
    [[...RATE, '--rater', 'a', '--set', 'nowhere'], 'nowhere'],
    [[...RATE, '--out', 'missing.jsonl'], 'give --rater NAME to begin it'],
    [[...RATE, '--out', 'broken.jsonl'], 'broken.jsonl:2: risk is 7, not a number from 0 to 1'],
    [[...RATE, '--rater', 'other', '--out', 'good.jsonl'], 'is the file of heron, not of other'],
    [[...RATE, '--rater', 'heron', '--author', '--out', 'good.jsonl'], 'is of kind human, not author'],
  ])('says in one line what is wrong: %j', (args, message) => {
    const cwd = folder();
    const header = {
      schema: 'alignment-ratings/1',
      rater: 'heron',
      kind: 'human',
      set: 'ars-scenarios',
      version: '1.0.0',
    };
    const rating = { scenario: 'ars-001', version: 1, risk: 7, autonomy: 0 };
    writeFileSync(join(cwd, 'broken.jsonl'), `${JSON.stringify(header)}\n${JSON.stringify(rating)}\n`);
    writeFileSync(join(cwd, 'good.jsonl'), `${JSON.stringify(header)}\n`);
    const { status, stderr } = run(args, '', cwd);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('leaves a file that it cannot read as it is', () => {
    const cwd = folder();
    const text = 'my shopping list\n';
    writeFileSync(join(cwd, 'list.jsonl'), text);
    expect(run([...RATE, '--out', 'list.jsonl'], '', cwd).status).toBe(2);
    expect(readFileSync(join(cwd, 'list.jsonl'), 'utf8')).toBe(text);
  });
});

const script = ['/usr/bin/script', '/bin/script'].find(path => existsSync(path));
if (script === undefined) {
  const line = 'rating at a real terminal: skipped, script(1) is missing (util-linux)';
  if (process.env['CI'] === 'true') throw new Error(line);
  console.warn(line);
}

describe.skipIf(script === undefined || process.platform !== 'linux')('at a real terminal', () => {
  it('prompts, and keeps what was said when Ctrl-C is pressed', async () => {
    const cwd = folder();
    const command = [process.execPath, MAIN, ...NEW].map(word => `'${word}'`).join(' ');
    const child = spawn(script!, ['-qefc', command, '/dev/null'], {
      cwd,
      env: { ...process.env, TERM: 'xterm', NO_COLOR: undefined },
    });
    let said = '';
    const told = (what: RegExp, times = 1): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if ((said.match(new RegExp(what, 'g')) ?? []).length < times) return;
          child.stdout.off('data', look);
          resolve();
        };
        child.stdout.on('data', look);
        child.on('exit', () => reject(new Error(said)));
        look();
      });
    child.stdout.on('data', data => {
      said += data;
    });
    await told(/Risk +0-100: /);
    child.stdin.write('30\r');
    await told(/Autonomy +0-100: /);
    child.stdin.write('70\r');
    await told(/Undone: /);
    child.stdin.write('i\r');
    await told(/Why\?/);
    child.stdin.write('\r');
    await told(/1 of 80 rated/);
    await told(/Risk +0-100: /, 2);
    const ended = new Promise(resolve => child.on('close', resolve));
    child.stdin.write('\u0003');
    expect(await ended).toBe(0);
    expect(said).toContain('1 of 80 rated.');
    // the terminal styles what stands out
    expect(said).toContain('\u001b[1m');
    const [, rating] = jsonLines(readFileSync(join(cwd, 'human-heron.jsonl'), 'utf8'));
    expect(rating).toMatchObject({ risk: 0.3, autonomy: 0.7, reversibility: 'irreversible' });
  });
});
