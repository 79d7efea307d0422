import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Attributes, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Profile } from '../calibration/index.ts';
import { recordAssessment, recordRiskEscalation } from '../signals/index.ts';
import { shared } from '../signals/shared.ts';
import { type AlignmentOptions, resolveOptions } from './options.ts';
import { AlignmentSpanProcessor } from './processor.ts';
import { today } from './profiles.ts';

const PROFILE: Profile = {
  schema: 'alignment-profile/1',
  profile_id: 'acme.risk@2026-11#1',
  signal: 'risk',
  native_scale: { id: 'acme.risk', type: 'interval', min: 1, max: 10 },
  reference: {
    scale: 'ars-risk/1',
    set: 'made-up/1.0.0',
    sha256: 'a'.repeat(64),
    n_anchors: 60,
    n_verification: 20,
    status: 'proposed',
    panel: { raters: 1 },
  },
  rater: { repeats: 3 },
  map: {
    method: 'cir',
    knots: [
      [1, 0.1],
      [5, 0.6],
      [10, 0.95],
    ],
    intents: ['expected'],
    extrapolation: 'clamp',
    interval90: [[1, 0.1]],
  },
  quality: {
    delta_mean: 0.05,
    delta_p95: 0.1,
    bias: 0,
    kendall_tau_b: 0.8,
    interval90_halfwidth: 0.1,
    basis: 'verification',
    grade: 'A',
    missing: [],
  },
  valid_for: ['ranking', 'threshold'],
  created: today(),
  expires: '2999-12-31',
};
const LEVELS: Profile = {
  ...PROFILE,
  profile_id: 'levels',
  native_scale: { id: 'codex.guardian', type: 'ordinal', levels: ['low', 'medium', 'high', 'critical'] },
  map: {
    ...PROFILE.map,
    method: 'levels',
    knots: [
      [0, 0.15],
      [1, 0.4],
      [2, 0.65],
      [3, 0.9],
    ],
  },
};
const AUTONOMY: Profile = {
  ...PROFILE,
  profile_id: 'autonomy',
  signal: 'autonomy',
  native_scale: { ...PROFILE.native_scale, id: 'acme.autonomy' },
  reference: { ...PROFILE.reference, scale: 'ars-autonomy/1' },
};
const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-test-'));
const path = join(folder, 'acme.json');
writeFileSync(path, JSON.stringify(PROFILE));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  shared.warned.clear();
  delete shared.rooms['escalated'];
});

const TOOL = {
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': 'bash',
  'gen_ai.tool.call.arguments': '{"command":"rm -rf /srv/data"}',
  'gen_ai.conversation.id': 's1',
  'gen_ai.provider.name': 'acme',
};

/** Spans through one processor, as an exporter would get them. */
function finished(
  options: AlignmentOptions,
  ...given: { attributes?: Attributes; act?: (span: Span) => void }[]
): ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  const keep = {
    onStart(): void {},
    onEnd: (span: ReadableSpan): number => spans.push(span),
    forceFlush: (): Promise<void> => Promise.resolve(),
    shutdown: (): Promise<void> => Promise.resolve(),
  };
  const tracer = new TracerProvider({
    spanProcessors: [new AlignmentSpanProcessor(options), keep] as never,
  }).getTracer('test');
  for (const { attributes = {}, act } of given) {
    const span = tracer.startSpan('span', { attributes: { ...TOOL, ...attributes } }, ROOT_CONTEXT);
    act?.(span);
    span.end();
  }
  return spans;
}

const evaluation =
  (name: string, score: Attributes) =>
  (span: Span): void => {
    span.addEvent('gen_ai.evaluation.result', { 'gen_ai.evaluation.name': name, ...score });
  };
const MAPPED = {
  'alignment.risk.native.score': 5,
  'alignment.risk.native.scale': 'acme.risk',
  'alignment.risk.calibration.status': 'profiled',
  'alignment.risk.calibration.profile.id': 'acme.risk@2026-11#1',
  'alignment.risk.score': 0.6,
};

describe('a native score with a profile', () => {
  it.each([
    [
      'recordAssessment',
      [PROFILE],
      {},
      (span: Span) => recordAssessment({ risk: { nativeScore: 5, nativeScale: 'acme.risk' } }, { span }),
    ],
    [
      'the vocabulary’s native keys',
      [PROFILE],
      { 'alignment.risk.native.score': 5, 'alignment.risk.native.scale': 'acme.risk' },
      undefined,
    ],
    [
      'security.risk_score of the profile’s provider',
      [{ provider: 'acme', profile: PROFILE }],
      { 'security.risk_score': 5 },
      undefined,
    ],
    [
      'gen_ai.guardrail.risk.score of the profile’s provider',
      [{ provider: 'acme', profile: path }],
      { 'gen_ai.guardrail.risk.score': 5 },
      undefined,
    ],
    [
      'an evaluation of the scale’s name',
      [PROFILE],
      {},
      evaluation('acme.risk', { 'gen_ai.evaluation.score.value': 5 }),
    ],
    [
      'an evaluation of the provider',
      [{ provider: 'acme', profile: PROFILE }],
      {},
      evaluation('risk', { 'gen_ai.evaluation.score.value': 5 }),
    ],
  ] as const)('is mapped and wins over our rules: %s', (_, profiles, attributes, act) => {
    const [span] = finished({ profiles }, { attributes, ...(act === undefined ? {} : { act }) });
    expect(span!.attributes).toMatchObject({
      ...MAPPED,
      'alignment.action.type': 'delete',
      'alignment.action.reversibility': 'irreversible',
    });
  });

  it('leaves the result of our rules as an event', () => {
    const attributes = { 'acme.risk': 5, 'gen_ai.conversation.id': 'of its own' };
    const [span] = finished({ profiles: [PROFILE] }, { attributes });
    expect(span!.attributes['alignment.risk.score']).toBe(0.6);
    const ours = span!.events.find(({ name }) => name === 'alignment.risk_escalation');
    expect(ours!.attributes!['alignment.risk.score']).toBeGreaterThanOrEqual(0.7);
    expect(ours!.attributes).not.toHaveProperty(['alignment.risk.calibration.status']);
  });

  it('may be a label, an attribute of the scale’s name, or autonomy', () => {
    const [level] = finished({ profiles: [LEVELS] }, { attributes: { 'codex.guardian': 'High' } });
    expect(level!.attributes).toMatchObject({
      'alignment.risk.native.label': 'High',
      'alignment.risk.native.scale': 'codex.guardian',
      'alignment.risk.calibration.status': 'profiled',
      'alignment.risk.score': 0.65,
    });
    const [both] = finished(
      { profiles: [PROFILE, AUTONOMY] },
      { attributes: { 'acme.autonomy': 10, 'acme.risk': 1 } },
    );
    expect(both!.attributes).toMatchObject({
      'alignment.risk.score': 0.1,
      'alignment.autonomy.native.score': 10,
      'alignment.autonomy.score': 0.95,
      'alignment.autonomy.level': 'observer',
      'alignment.autonomy.calibration.status': 'profiled',
      'alignment.autonomy.calibration.profile.id': 'autonomy',
    });
  });

  it('over the threshold is an escalation: once a session, named after its scale', () => {
    const high = { attributes: { 'acme.risk': 10 } };
    const spans = finished({ profiles: [PROFILE] }, high, high, {
      attributes: { 'acme.risk': 10, 'gen_ai.conversation.id': 's2' },
    });
    const ofProvider = spans.map(
      ({ events }) =>
        events.filter(({ attributes }) => attributes!['alignment.signal.reason'] === 'acme.risk').length,
    );
    expect(ofProvider).toEqual([1, 0, 1]);
    const [event] = spans[0]!.events.filter(
      ({ attributes }) => attributes!['alignment.signal.reason'] === 'acme.risk',
    );
    expect(event!.attributes).toMatchObject({
      'alignment.signal.class': 'risk_escalation',
      'alignment.signal.severity': 0.95,
      'alignment.source.type': 'monitor',
      'alignment.risk.score': 0.95,
      'alignment.risk.native.score': 10,
      'alignment.risk.calibration.status': 'profiled',
      'alignment.risk.calibration.profile.id': 'acme.risk@2026-11#1',
    });
  });

  it('of a reported signal gets its score beside it', () => {
    const [span] = finished(
      { profiles: [LEVELS] },
      {
        act: span =>
          recordRiskEscalation(
            { severity: 0.5, nativeLabel: 'critical', nativeScale: 'codex.guardian', rule: 'codex.guardian' },
            { span },
          ),
      },
    );
    const event = span!.events.find(
      ({ attributes }) => attributes!['alignment.signal.reason'] === 'codex.guardian',
    );
    expect(event!.attributes).toMatchObject({
      'alignment.signal.severity': 0.5,
      'alignment.risk.native.label': 'critical',
      'alignment.risk.score': 0.9,
      'alignment.risk.calibration.status': 'profiled',
    });
  });

  it('names its assessor on the span, with full detail', () => {
    const [span] = finished({ profiles: [PROFILE], detail: 'full' }, { attributes: { 'acme.risk': 5 } });
    expect(span!.attributes).toMatchObject({
      ...MAPPED,
      'alignment.source.type': 'monitor',
      'alignment.source.name': 'acme.risk',
    });
    expect(span!.attributes).not.toHaveProperty(['alignment.source.version']);
  });
});

describe('a profile of autonomy alone', () => {
  it('does not make its provider the assessor of our risk', () => {
    const [span] = finished(
      { profiles: [AUTONOMY], detail: 'full' },
      { attributes: { 'acme.autonomy': 10 } },
    );
    expect(span!.attributes).toMatchObject({
      'alignment.autonomy.score': 0.95,
      'alignment.autonomy.calibration.status': 'profiled',
      'alignment.risk.score': expect.any(Number),
      'alignment.source.type': 'instrumentation',
      'alignment.source.name': 'otel-alignment',
    });
  });
});

describe('what is not mapped', () => {
  const unmapped = (options: AlignmentOptions, attributes: Attributes): Attributes =>
    finished(options, { attributes })[0]!.attributes;
  const own = unmapped({}, {})['alignment.risk.score'];

  it.each([
    [
      'another provider’s score',
      { profiles: [{ provider: 'other', profile: PROFILE }] },
      { 'security.risk_score': 5 },
    ],
    ['a general score, by a profile of no provider', { profiles: [PROFILE] }, { 'security.risk_score': 5 }],
    [
      'a score of another scale',
      { profiles: [PROFILE] },
      { 'alignment.risk.native.score': 5, 'alignment.risk.native.scale': 'other' },
    ],
    ['a score off the scale', { profiles: [PROFILE] }, { 'acme.risk': 11 }],
    ['a score that is no number', { profiles: [PROFILE] }, { 'acme.risk': 'many' }],
    ['anything, without profiles', {}, { 'acme.risk': 5 }],
  ] as const)('%s leaves our rules in their place', (_, options, attributes) => {
    const written = unmapped(options, attributes);
    expect(written['alignment.risk.score']).toBe(own);
    expect(written).not.toHaveProperty(['alignment.risk.calibration.status']);
  });

  it('a score on the reference scale stays as it is', () => {
    const [span] = finished(
      { profiles: [PROFILE] },
      { attributes: { 'acme.risk': 5, 'alignment.risk.score': 0.33 } },
    );
    expect(span!.attributes['alignment.risk.score']).toBe(0.33);
    expect(span!.attributes).not.toHaveProperty(['alignment.risk.calibration.profile.id']);
  });

  it('an expired profile rescales, says declared, and is warned about', () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const chat = { 'gen_ai.operation.name': 'chat' };
    const written = unmapped(
      { profiles: [{ ...PROFILE, created: '2020-01-01', expires: '2020-06-29' }] },
      { ...chat, 'acme.risk': 5 },
    );
    expect(written).toMatchObject({
      'alignment.risk.calibration.status': 'declared',
      'alignment.risk.score': 4 / 9,
    });
    expect(written).not.toHaveProperty(['alignment.risk.calibration.profile.id']);
    expect(String(warned.mock.calls[0]![0])).toContain('acme.risk@2026-11#1 expired on 2020-06-29');
    const autonomy = { ...AUTONOMY, created: '2020-01-01', expires: '2020-06-29' };
    expect(unmapped({ profiles: [autonomy] }, { ...chat, 'acme.autonomy': 10 })).toMatchObject({
      'alignment.autonomy.calibration.status': 'declared',
      'alignment.autonomy.score': 1,
    });
  });

  it.each([
    ['has expired', { created: '2020-01-01', expires: '2020-06-29' }],
    ['has no grade', { quality: { ...PROFILE.quality, grade: 'none' as const }, valid_for: [] }],
  ])('a profile that %s does not replace the number of our rules', (_, change) => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const written = unmapped({ profiles: [{ ...PROFILE, ...change }] }, { 'acme.risk': 5 });
    expect(written).toMatchObject({
      'alignment.risk.score': own,
      'alignment.risk.native.score': 5,
      'alignment.risk.native.scale': 'acme.risk',
    });
    expect(written).not.toHaveProperty(['alignment.risk.calibration.status']);
    expect(written).not.toHaveProperty(['alignment.risk.calibration.profile.id']);
    // that there is no number would be wrong now
    const stated = unmapped(
      { profiles: [{ ...PROFILE, ...change }] },
      {
        'alignment.risk.native.score': 5,
        'alignment.risk.native.scale': 'acme.risk',
        'alignment.risk.calibration.status': 'none',
      },
    );
    expect(stated).toMatchObject({
      'alignment.risk.score': own,
      'alignment.risk.calibration.status': 'declared',
    });
  });

  it('nor does one of autonomy, and its scale is not named beside our label', () => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const expired = { ...AUTONOMY, created: '2020-01-01', expires: '2020-06-29' };
    const assess = () => ({ autonomyScore: 0.4, autonomyLevel: 'collaborator' as const, rules: [] });
    const given = { 'acme.autonomy': 10 };
    const plain = unmapped({ profiles: [expired], assess }, given);
    expect(plain).toMatchObject({
      'alignment.autonomy.level': 'collaborator',
      'alignment.autonomy.native.score': 10,
      'alignment.autonomy.calibration.status': 'none',
    });
    expect(plain).not.toHaveProperty(['alignment.autonomy.score']);
    const written = unmapped({ profiles: [expired], assess, detail: 'full' }, given);
    expect(written).toMatchObject({
      'alignment.autonomy.score': 0.4,
      'alignment.autonomy.level': 'collaborator',
      'alignment.autonomy.native.score': 10,
      'alignment.autonomy.native.scale': 'acme.autonomy',
    });
    expect(written).not.toHaveProperty(['alignment.autonomy.native.label']);
  });

  it('a reported signal whose score is off its scale gets nothing', () => {
    const [span] = finished(
      { profiles: [PROFILE] },
      {
        act: live =>
          recordRiskEscalation({ severity: 0.5, nativeScore: 11, nativeScale: 'acme.risk' }, { span: live }),
      },
    );
    const event = span!.events.find(
      ({ attributes }) => attributes!['alignment.risk.native.scale'] === 'acme.risk',
    );
    expect(event!.attributes).toMatchObject({ 'alignment.risk.native.score': 11 });
    expect(event!.attributes).not.toHaveProperty(['alignment.risk.calibration.profile.id']);
    expect(event!.attributes).not.toHaveProperty(['alignment.risk.score']);
  });
});

describe('the option', () => {
  it('is read from the environment: files, with or without provider', () => {
    vi.stubEnv('ALIGNMENT_PROFILES', `${path}, acme=${path}`);
    expect(resolveOptions().profiles).toEqual([{ profile: PROFILE }, { profile: PROFILE, provider: 'acme' }]);
    expect(resolveOptions({ profiles: [] })).not.toHaveProperty('profiles');
  });

  it('that cannot be used is named once, and the rest is kept', () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const bad = [`${path}.missing`, {} as never, null as never, 7 as never, PROFILE];
    expect(resolveOptions({ profiles: bad }).profiles).toEqual([{ profile: PROFILE }]);
    expect(resolveOptions({ profiles: 'x' as never }).profiles).toBeUndefined();
    expect(warned).toHaveBeenCalledTimes(1);
    expect(String(warned.mock.calls[0]![0])).toMatch(/is left out: .*acme\.json\.missing: ENOENT/);
  });
});

describe('recordAssessment', () => {
  it('writes what the registry takes, on an open span only, and never throws', () => {
    const [span] = finished(
      {},
      {
        act: span => {
          const autonomy = { nativeLabel: 'free text of a user', nativeScale: 'x' };
          recordAssessment(
            { risk: { score: 0.4, nativeScore: 3, nativeScale: 'acme.risk' }, autonomy, source: 'acme' },
            { span },
          );
        },
      },
    );
    expect(span!.attributes).toMatchObject({
      'alignment.risk.score': 0.4,
      'alignment.risk.native.score': 3,
      'alignment.risk.calibration.status': 'declared',
      'alignment.autonomy.native.label': '_OTHER',
      'alignment.autonomy.calibration.status': 'none',
      'alignment.source.name': 'acme',
    });
    expect(() => recordAssessment({ risk: { score: 0.4 } })).not.toThrow();
    expect(() => recordAssessment(null as never, null as never)).not.toThrow();
    expect(trace.getActiveSpan()).toBeUndefined();
  });
});

describe('whatever stands on a span', () => {
  it('nothing is thrown, and no score leaves [0, 1]', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constantFrom('high', '5', 'NaN', 7, -0),
    );
    const keys = [
      'acme.risk',
      'codex.guardian',
      'security.risk_score',
      'alignment.risk.native.score',
      'alignment.risk.native.scale',
      'alignment.risk.calibration.status',
      'acme.autonomy',
      'gen_ai.provider.name',
    ];
    const attributes = fc.dictionary(fc.constantFrom(...keys), value);
    const profiles = [{ provider: 'acme', profile: PROFILE }, LEVELS, AUTONOMY];
    fc.assert(
      fc.property(attributes, attributes, (given, event) => {
        const [span] = finished(
          { profiles },
          {
            attributes: given as Attributes,
            act: live => live.addEvent('gen_ai.evaluation.result', event as Attributes),
          },
        );
        for (const signal of ['risk', 'autonomy']) {
          const score = span!.attributes[`alignment.${signal}.score`];
          if (score === undefined) continue;
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
