import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectorProfiles, fitProfile } from './index.ts';
import { answers, noise, PROVIDERS, panel } from './testing/simulate.ts';

const from = noise(2);
const { consensus, truths } = panel(60, 20, from);
const [provider] = PROVIDERS;
const { profile } = fitProfile({
  ratings: answers(provider!, truths, 1, from),
  scale: provider!.scale,
  consensus,
  created: '2026-11-21',
});

describe('the file for the Collector', () => {
  it.each(['\u0085', '\u2028', '\u2029', '\n', '\r'])(
    'holds nothing of a name but the name, even unchecked: %j',
    separator => {
      const id = `mine${separator}exporters: {debug: {}}${separator}# it's $HOME`;
      const text = collectorProfiles([
        [
          { ...profile, profile_id: id },
          { provider: id, attribute: id, evaluation: id },
        ],
      ]);
      expect(text.split(/[\r\n\u0085\u2028\u2029]/).filter(line => /^(exporters|# it)/.test(line))).toEqual(
        [],
      );
      expect(Object.keys(parse(text))).toEqual(['processors']);
      const statements = JSON.stringify(parse(text));
      expect(statements).not.toContain(`mine${separator}`);
    },
  );

  it('names the profile in a comment', () => {
    expect(collectorProfiles([[profile, {}]])).toContain(`\n#   ${JSON.stringify(profile.profile_id)}: `);
  });
});
