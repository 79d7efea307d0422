import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { applyProfile, fitProfile, type Profile } from '../../src/calibration/index.ts';
import { collectorProfiles, type NativePlace } from '../../src/calibration/ottl.ts';
import { answers, noise, PROVIDERS, panel } from '../../src/calibration/testing/simulate.ts';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { type Pair, requireBinaries, Sandbox } from '../stack/harness.ts';
import {
  type Attributes,
  logsRequest,
  type SpanIn,
  send,
  spanId,
  tracesRequest,
  type Value,
} from '../stack/otlp.ts';

const binaries = requireBinaries('profiles in the Collector', 'otelcol');
const TODAY = new Date().toISOString().slice(0, 10);
const from = noise(11);
const { consensus, truths } = panel(60, 20, from);
const [LINEAR, COMPRESSED, ALARMIST, FOUR] = PROVIDERS.map(
  provider =>
    fitProfile({
      ratings: answers(provider, truths, 3, from),
      scale: provider.scale,
      consensus,
      created: TODAY,
      id: `it's "${provider.name}" $HOME`,
    }).profile,
) as [Profile, Profile, Profile, Profile];
/** Knots as close and as small as a real scale has them, falling. */
const FALLING: Profile = {
  ...LINEAR,
  profile_id: 'falling',
  signal: 'autonomy',
  native_scale: {
    id: 'made-up.falling',
    type: 'interval',
    min: -1e-5,
    max: 2.5e-5,
    direction: 'lower_is_riskier',
  },
  map: {
    ...LINEAR.map,
    method: 'cir',
    knots: [
      [-9e-6, 0.91],
      [1e-7, 0.55],
      [2e-5, 0.05],
    ],
  },
};
const EXPIRED: Profile = {
  ...ALARMIST,
  profile_id: 'expired',
  native_scale: { ...ALARMIST.native_scale, id: 'made-up.expired' },
  created: '2020-01-01',
  expires: '2020-06-29',
};
const UNGRADED: Profile = {
  ...ALARMIST,
  profile_id: 'ungraded',
  native_scale: { ...ALARMIST.native_scale, id: 'made-up.ungraded' },
  quality: { ...ALARMIST.quality, grade: 'none' },
  valid_for: [],
};
const GIVEN: readonly (readonly [Profile, NativePlace])[] = [
  [LINEAR, {}],
  [COMPRESSED, { evaluation: 'harm' }],
  [ALARMIST, { attribute: 'security.risk_score', provider: 'acme' }],
  [FOUR, {}],
  [FALLING, {}],
  [EXPIRED, {}],
  [UNGRADED, {}],
];

/** The committed configuration, with a place for profiles where it has none of its own. */
function withPlace(): string {
  const { service } = parse(readFileSync(join(collectorConfig, 'alignment.yaml'), 'utf8'));
  const pipelines = Object.fromEntries(
    [
      ['traces/in', -1],
      ['logs/complete', 0],
    ].map(([name, at]) => {
      const processors: string[] = service.pipelines[name!].processors;
      if (!processors.includes('transform/profiles'))
        processors.splice(at === 0 ? 0 : processors.length, 0, 'transform/profiles');
      return [name, { processors }];
    }),
  );
  return stringify({ service: { pipelines } });
}

describe.skipIf(!binaries)('profiles in the Collector', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());
  let pair: Pair;
  beforeAll(async () => {
    const folder = sandbox.folder();
    const [profiles, place] = [join(folder, 'profiles.yaml'), join(folder, 'place.yaml')];
    writeFileSync(profiles, collectorProfiles(GIVEN));
    writeFileSync(place, withPlace());
    pair = await sandbox.pair(binaries!.otelcol, {
      overlays: [profiles, place],
      env: { ALIGNMENT_REST_PERCENT: '100' },
    });
  });

  /** Sends spans and gives the attributes of each as they arrive, in order. */
  async function through(spans: readonly SpanIn[]): Promise<Record<string, unknown>[]> {
    const known = spans.map(span => ({ ...span, spanId: spanId() }));
    await send(pair.collector.otlpHttp, 'traces', tracesRequest(known));
    const find = (id: string) => pair.sink.spans.find(span => span.spanId === id);
    await pair.sink.until('all spans', () => known.every(span => find(span.spanId) !== undefined));
    return known.map(span => find(span.spanId)!.attributes);
  }

  const native = (profile: Profile, value: Value): Attributes => ({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.provider.name': 'acme',
    [`alignment.${profile.signal}.native.${profile.native_scale.type === 'interval' ? 'score' : 'label'}`]:
      value,
    [`alignment.${profile.signal}.native.scale`]: profile.native_scale.id,
  });

  it('give the number of the library to 1e-6, its status and its profile', async () => {
    const cases = [LINEAR, COMPRESSED, ALARMIST, FALLING, EXPIRED].flatMap(profile => {
      const { min, max } = profile.native_scale as { min: number; max: number };
      const knots = profile.map.knots.map(([at]) => at);
      const even = Array.from({ length: 40 }, () => min + (max - min) * from.uniform());
      return [min, max, ...knots, ...even].map(value => [profile, value] as const);
    });
    const labels = ['low', 'Medium', ' HIGH ', 'critical'].map(label => [FOUR, label] as const);
    const all = [...cases, ...labels];
    const arrived = await through(
      all.map(([profile, value]) => ({
        attributes: native(profile, typeof value === 'number' ? { double: value } : value),
      })),
    );
    for (const [index, [profile, value]] of all.entries()) {
      const got = arrived[index]!;
      const key = `alignment.${profile.signal}`;
      const expected = applyProfile(profile, value, TODAY);
      expect(got[`${key}.score`], `${profile.profile_id} ${value}`).toBeCloseTo(expected.score!, 6);
      expect(Math.abs((got[`${key}.score`] as number) - expected.score!)).toBeLessThanOrEqual(1e-6);
      expect(got[`${key}.calibration.status`]).toBe(expected.status);
      expect(got[`${key}.calibration.profile.id`]).toBe(
        expected.status === 'profiled' ? profile.profile_id : undefined,
      );
      expect(got[`${key}.native.scale`]).toBe(profile.native_scale.id);
    }
    expect(new Set(arrived.map(got => got['alignment.risk.calibration.status']))).toContain('declared');
  });

  it('leave what is off the scale alone, as the library does', async () => {
    const off: readonly [Profile, Value][] = [
      [LINEAR, { double: 10.5 }],
      [LINEAR, 0],
      [LINEAR, 'seven'],
      [LINEAR, '0x7'],
      [LINEAR, 'NaN'],
      [FOUR, 'none of these words'],
    ];
    const arrived = await through(off.map(([profile, value]) => ({ attributes: native(profile, value) })));
    for (const [index, got] of arrived.entries()) {
      const [profile, value] = off[index]!;
      expect(applyProfile(profile, value, TODAY).status).toBe('none');
      for (const name of ['score', 'calibration.status', 'calibration.profile.id'])
        expect(got, `${name} of ${JSON.stringify(value)}`).not.toHaveProperty([`alignment.risk.${name}`]);
    }
    const [bare] = await through([
      {
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'acme',
          'security.risk_score': 101,
        },
      },
    ]);
    expect(Object.keys(bare!).filter(key => key.startsWith('alignment.'))).toEqual([]);
  });

  it('that have expired leave a number alone that the span has from rules', async () => {
    const rules = {
      'alignment.risk.score': 0.2,
      'alignment.source.name': 'otel-alignment',
      'alignment.source.type': 'instrumentation',
    };
    const [kept, stated, none, graded] = await through([
      { attributes: { ...native(EXPIRED, 70), ...rules } },
      { attributes: { ...native(EXPIRED, 70), ...rules, 'alignment.risk.calibration.status': 'none' } },
      { attributes: native(EXPIRED, 70) },
      { attributes: { ...native(UNGRADED, 70), ...rules } },
    ]);
    for (const got of [kept, stated, graded]) {
      expect(got).toMatchObject({ ...rules, 'alignment.risk.native.score': 70 });
      expect(got).not.toHaveProperty(['alignment.risk.calibration.profile.id']);
    }
    expect(kept).not.toHaveProperty(['alignment.risk.calibration.status']);
    expect(stated!['alignment.risk.calibration.status']).toBe('declared');
    expect(none).toMatchObject({
      'alignment.risk.score': 0.7,
      'alignment.risk.calibration.status': 'declared',
    });
  });

  it('of autonomy do not make their provider the assessor of the risk', async () => {
    const rules = {
      'alignment.risk.score': 0.2,
      'alignment.source.name': 'otel-alignment',
      'alignment.source.type': 'instrumentation',
    };
    const [got] = await through([{ attributes: { ...native(FALLING, { double: 1e-7 }), ...rules } }]);
    expect(got).toMatchObject({ ...rules, 'alignment.autonomy.calibration.status': 'profiled' });
  });

  it('read the attribute of a provider, as a number or as text, and of no other provider', async () => {
    const spans = [
      { 'gen_ai.provider.name': 'acme', 'security.risk_score': 70 },
      { 'gen_ai.provider.name': 'acme', 'security.risk_score': '70' },
      { 'gen_ai.provider.name': 'other', 'security.risk_score': 70 },
      { 'gen_ai.provider.name': 'acme' },
    ];
    const arrived = await through(
      spans.map(attributes => ({ attributes: { 'gen_ai.operation.name': 'chat', ...attributes } })),
    );
    const { score } = applyProfile(ALARMIST, 70, TODAY);
    for (const got of arrived.slice(0, 2)) {
      expect(got['alignment.risk.score']).toBeCloseTo(score!, 6);
      expect(got['alignment.risk.native.score']).toBe(70);
      expect(got['alignment.risk.native.scale']).toBe('made-up.alarmist');
    }
    for (const got of arrived.slice(2))
      expect(Object.keys(got).filter(key => key.startsWith('alignment.'))).toEqual([]);
  });

  it('wins over a number that the span has from rules, and is not mapped again', async () => {
    const rules = {
      'alignment.risk.score': 0.2,
      'alignment.source.name': 'otel-alignment',
      'alignment.source.type': 'instrumentation',
      'alignment.source.version': '1',
    };
    const mapped = {
      'alignment.risk.calibration.status': 'profiled',
      'alignment.risk.calibration.profile.id': 'mine',
    };
    const [won, kept] = await through([
      { attributes: { ...native(LINEAR, 9), ...rules } },
      { attributes: { ...native(LINEAR, 9), 'alignment.risk.score': 0.33, ...mapped } },
    ]);
    expect(won!['alignment.risk.score']).toBeCloseTo(applyProfile(LINEAR, 9, TODAY).score!, 6);
    expect(won).toMatchObject({
      'alignment.source.name': 'made-up.linear',
      'alignment.source.type': 'monitor',
    });
    expect(won).not.toHaveProperty(['alignment.source.version']);
    expect(kept).toMatchObject({ 'alignment.risk.score': 0.33, ...mapped });
  });

  it('put an evaluation’s number on its span', async () => {
    const evaluation = (name: string) => [
      {
        name: 'gen_ai.evaluation.result',
        attributes: { 'gen_ai.evaluation.name': name, 'gen_ai.evaluation.score.value': 8 },
      },
    ];
    const [harm, other] = await through([
      { attributes: { 'gen_ai.operation.name': 'chat' }, events: evaluation('harm') },
      { attributes: { 'gen_ai.operation.name': 'chat' }, events: evaluation('beauty') },
    ]);
    expect(harm).toMatchObject({
      'alignment.risk.native.score': 8,
      'alignment.risk.native.scale': 'made-up.compressed',
      'alignment.risk.calibration.status': 'profiled',
      'alignment.risk.calibration.profile.id': COMPRESSED.profile_id,
    });
    expect(harm!['alignment.risk.score']).toBeCloseTo(applyProfile(COMPRESSED, 8, TODAY).score!, 6);
    expect(other).not.toHaveProperty('alignment.risk.score');
  });

  it('map signals that come as records, before their severity is taken from the score', async () => {
    const id = 'c'.repeat(32);
    await send(
      pair.collector.otlpHttp,
      'logs',
      logsRequest([
        {
          eventName: 'alignment.risk_escalation',
          attributes: { ...native(FOUR, 'high'), 'session.id': 's', 'alignment.signal.id': id },
        },
      ]),
    );
    const find = () => pair.sink.logs.find(log => log.attributes['alignment.signal.id'] === id);
    await pair.sink.until('the record', () => find() !== undefined);
    const { score } = applyProfile(FOUR, 'high', TODAY);
    expect(find()!.attributes['alignment.risk.score']).toBeCloseTo(score!, 6);
    expect(find()!.attributes['alignment.signal.severity']).toBeCloseTo(score!, 6);
    expect(find()!.attributes['alignment.risk.calibration.status']).toBe('profiled');
  });
});
