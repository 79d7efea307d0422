import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fitProfile } from '../../src/calibration/index.ts';
import { answers, noise, PROVIDERS, panel } from '../../src/calibration/testing/simulate.ts';
import { ATTRIBUTES } from '../../src/semconv/index.ts';
import { run } from '../cli/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const set = fileURLToPath(new URL('../../semconv/calibration/', import.meta.url));

describe.each(['applying.md', 'profiles/otel-alignment/README.md'])('%s', name => {
  const path = join(set, name);
  const text = readFileSync(path, 'utf8');

  it('leads nowhere that is not there', () => {
    for (const [, target] of text.matchAll(/\]\(([^)#]+)(?:#[^)]+)?\)/g))
      expect(existsSync(resolve(dirname(path), target!)), target).toBe(true);
  });

  it('speaks of keys of the registry', () => {
    for (const [, key] of text.matchAll(/`(alignment\.(?:risk|autonomy)\.[a-z_.]+[a-z])`/g))
      expect(ATTRIBUTES, key).toHaveProperty([key!]);
  });
});

describe('the Collector’s file', () => {
  const from = noise(3);
  const { consensus, truths } = panel(60, 20, from);
  const { scale } = PROVIDERS[2]!;
  const ratings = answers(PROVIDERS[2]!, truths, 1, from);
  writeFileSync(
    join(folder, 'acme-profile.json'),
    JSON.stringify(fitProfile({ ratings, scale, consensus, created: '2026-11-21' }).profile),
  );

  it('is written by the command of the page', () => {
    const page = readFileSync(join(set, 'applying.md'), 'utf8');
    const line = page.match(/^otel-alignment (calibration to-collector .*)$/m)![1]!;
    expect(run(line.split(' '), '', folder)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^written: /),
    });
    const written = parse(readFileSync(join(folder, 'profiles.yaml'), 'utf8'));
    expect(Object.keys(written.processors)).toEqual(['transform/profiles']);
    expect(
      written.processors['transform/profiles'].trace_statements.map(
        ({ context }: { context: string }) => context,
      ),
    ).toEqual(['spanevent', 'span']);
  });
});
