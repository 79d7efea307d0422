import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SET_FOLDER } from './load.ts';
import { prevalence, prevalencePage } from './prevalence.ts';

describe('the page on prevalence', () => {
  const shares = prevalence();
  const read = (name: string): string => readFileSync(join(SET_FOLDER, name), 'utf8');

  it('is what the present profiles give: node tools/calibration/prevalence.ts --write', () => {
    expect(read('prevalence.md')).toBe(prevalencePage(shares));
  });

  it('is quoted by the protocol as it stands', () => {
    const [low, high] = [Math.min, Math.max].map(of =>
      (100 * of(...shares.map(one => one.declared))).toFixed(1),
    );
    const lowest = (100 * Math.min(...shares.map(({ profiled }) => profiled.lowest))).toFixed(1);
    const highest = (100 * Math.max(...shares.map(({ profiled }) => profiled.highest))).toFixed(1);
    const text = read('README.md').replace(/\s+/g, ' ');
    expect(text).toContain(
      `rescaling reported ${low} to ${high} %, and single profiles with a grade still ${lowest} to ${highest} %`,
    );
  });
});
