import { describe, expect, it } from 'vitest';

interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** As `npm run bench` calls it, with few panels: it must not break unnoticed. */
describe('the bench of profiles', () => {
  it('prints its bars for every provider', async () => {
    const url = new URL('../../bench/calibration.mjs', import.meta.url).href;
    const { sections } = (await import(url)) as {
      sections(options: { runs: number }): Promise<Section[]>;
    };
    const made = await sections({ runs: 2 });
    expect(made.map(({ title }) => title)).toEqual([
      'Profiles of made-up providers, 60 anchors',
      'Verifying: a false alarm, and a rater that changed',
      'Fitting a profile',
      'The first rater: our own rules on the 80 reference scenarios',
    ]);
    for (const { head, rows } of made) {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toHaveLength(head.length);
    }
    expect(JSON.stringify(made)).not.toMatch(/NaN|undefined|Infinity/);
    const [quality] = made;
    expect(quality!.rows).toHaveLength(10);
    // the last column: grades A/B/C/none, in per cent
    for (const row of quality!.rows) {
      const cells = row.join(' | ');
      const everyoneWithout = row.at(-1)!.endsWith('/100');
      expect(cells).toMatch(everyoneWithout ? /no profile has a grade/ : /(met|missed).*(met|missed)/);
    }
  });
});
