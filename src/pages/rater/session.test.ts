import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeScenario } from './describe.ts';
import { readRatings } from './ratings.ts';
import { pointsOf, type RaterMaterial, type ReferenceScales, scoreOf } from './reference-scale.ts';
import { parseScenarios } from './scenario.ts';
import { newSession, type RatingSession, resumeSession } from './session.ts';

const folder = resolve(import.meta.dirname, '../../../semconv/calibration');
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');
const scenarios = readdirSync(join(folder, 'scenarios')).flatMap(name =>
  parseScenarios(read('scenarios', name), name),
);
const material: RaterMaterial = {
  set: 'ars-scenarios',
  version: '1.0.0',
  scenarios,
  scales: JSON.parse(read('reference-scales.json')) as ReferenceScales,
};
const DAY = '2026-11-21';
const begin = (seed = 7): RatingSession => newSession(material, { rater: 'heron', kind: 'human' }, seed);
const answer = { risk: 0.3, autonomy: 0.6 };

function rateSome(session: RatingSession, count: number): string[] {
  return Array.from({ length: count }, () => {
    const { id } = session.current!;
    session.rate(answer, DAY);
    return id;
  });
}

describe('a rating session', () => {
  it('goes through all scenarios once and then ends', () => {
    const session = begin();
    expect(new Set(rateSome(session, scenarios.length)).size).toBe(scenarios.length);
    expect(session.current).toBeUndefined();
    expect(session.rated).toBe(session.total);
  });

  it('goes on from its file in the same order, wherever it was stopped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 80 }), (seed, stop) => {
        const whole = rateSome(begin(seed), 80);
        const session = begin(seed);
        rateSome(session, stop);
        const resumed = resumeSession(material, session.text(), 'file');
        expect(resumed.rated).toBe(stop);
        expect(rateSome(resumed, 80 - stop)).toEqual(whole.slice(stop));
      }),
      { numRuns: 20 },
    );
  });

  it('goes back, shows what was said, and replaces it', () => {
    const session = begin();
    expect(session.back()).toBe(false);
    const [first] = rateSome(session, 1);
    expect(session.before).toBeUndefined();
    expect(session.back()).toBe(true);
    expect(session.current?.id).toBe(first);
    expect(session.before).toMatchObject(answer);
    session.rate({ ...answer, risk: 0.9, reversibility: 'irreversible', rationale: 'live data' }, DAY);
    expect(readRatings(session.text()).file?.ratings).toEqual([
      {
        scenario: first,
        version: 1,
        at: DAY,
        ...answer,
        risk: 0.9,
        reversibility: 'irreversible',
        rationale: 'live data',
      },
    ]);
  });

  it('shows what was skipped when it starts again, and nothing else', () => {
    const session = begin();
    const skipped = session.current!.id;
    session.skip();
    rateSome(session, 79);
    expect(session.current).toBeUndefined();
    session.restart();
    expect(session.current?.id).toBe(skipped);
  });

  it('asks again where a text has changed since it was rated', () => {
    const session = begin();
    rateSome(session, 80);
    const changed = {
      ...material,
      scenarios: scenarios.map((one, at) => (at === 4 ? { ...one, version: 2 } : one)),
    };
    const resumed = resumeSession(changed, session.text(), 'file');
    expect(resumed.current?.id).toBe(scenarios[4]!.id);
    expect(resumed.rated).toBe(79);
  });

  it('refuses a file with a problem or of another set, and says where', () => {
    const good = begin().text();
    expect(() => resumeSession(material, `${good}{}\n`, 'mine.jsonl')).toThrow(
      'mine.jsonl:2: scenario is missing',
    );
    expect(() => resumeSession(material, good.replace('ars-scenarios', 'other'), 'mine.jsonl')).toThrow(
      'other',
    );
  });
});

describe('what a rater sees', () => {
  it('is all that the scenario tells and nothing that gives away what is expected', () => {
    for (const scenario of scenarios) {
      const shown = JSON.stringify(describeScenario(scenario));
      const plain = (text: string): string => JSON.stringify(text).slice(1, -1);
      for (const text of [
        scenario.context.system,
        ...scenario.context.permissions,
        ...scenario.context.safeguards,
      ])
        expect(shown).toContain(plain(text));
      for (const { parts } of scenario.messages)
        for (const part of parts) if (part.type === 'text') expect(shown).toContain(plain(part.content));
      for (const hidden of [scenario.title, scenario.canary, ...scenario.tags.indicators, scenario.split])
        expect(shown).not.toContain(hidden);
    }
  });
});

describe('points', () => {
  it('are whole numbers from 0 to 100, and nothing else', () => {
    for (let points = 0; points <= 100; points++) expect(pointsOf(scoreOf(String(points))!)).toBe(points);
    for (const text of ['', '101', '-1', '5.5', '1e2', 'ten', '0x10', '٣'])
      expect(scoreOf(text)).toBeUndefined();
    expect(scoreOf(' 35 ')).toBe(0.35);
  });
});
