import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProfile } from '../../src/calibration/index.ts';
import { OWN_FOLDER, ownProfile } from './own-profile.ts';

const read = (name: string): string => readFileSync(join(OWN_FOLDER, name), 'utf8');

/** Fails where the reference values have changed since: `node tools/calibration/own-profile.ts` makes them anew. */
describe.each(['risk', 'autonomy'] as const)('our own profile of %s', signal => {
  const published = parseProfile(read(`${signal}.profile.json`), signal);

  it('follows from the published answers', () => {
    const { profile } = ownProfile(signal, read(`${signal}.csv`), published.created);
    expect(profile).toEqual(published);
  });

  it('has the grade that its page says', () => {
    expect(read('README.md')).toMatch(
      new RegExp(`\\| ${signal} +\\| \\*\\*${published.quality.grade}\\*\\* +\\|`),
    );
  });
});
