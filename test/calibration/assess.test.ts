import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyProfile, fitProfile, type Profile } from '../../src/calibration/index.ts';
import { answers, noise, PROVIDERS, panel } from '../../src/calibration/testing/simulate.ts';
import { jsonLines, run } from '../cli/run.ts';
import { tracesRequest } from '../stack/otlp.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const TODAY = new Date().toISOString().slice(0, 10);
const from = noise(21);
const { consensus, truths } = panel(60, 20, from);
const profileOf = (at: number, id: string): Profile => {
  const provider = PROVIDERS[at]!;
  const ratings = answers(provider, truths, 3, from);
  return fitProfile({ ratings, scale: { ...provider.scale, id }, consensus, created: TODAY }).profile;
};
const ACME = profileOf(2, 'acme.risk');
const GUARDIAN = profileOf(3, 'codex.guardian');
beforeAll(() => {
  writeFileSync(join(folder, 'acme.json'), JSON.stringify(ACME));
  writeFileSync(join(folder, 'guardian.json'), JSON.stringify(GUARDIAN));
});

const step = (more: object): string =>
  JSON.stringify({
    session_id: 's',
    step: 1,
    role: 'agent',
    tool: 'Bash',
    arguments: { command: 'rm -rf /srv/data' },
    ...more,
  });
const assess = (lines: readonly string[], ...args: string[]) =>
  run(['assess', ...args], `${lines.join('\n')}\n`, folder);

describe('scores of others in steps', () => {
  it('win, with the native value, the profile and our own score beside them', () => {
    const [plain] = jsonLines(assess([step({})]).stdout) as { risk_score: number }[];
    const { status, stdout } = assess(
      [step({ provider: 'acme', scores: { 'acme.risk': 40 } })],
      '--profiles',
      'acme=acme.json,guardian.json',
    );
    expect(status).toBe(0);
    const [line] = jsonLines(stdout);
    const { score, interval } = applyProfile(ACME, 40, TODAY);
    expect(line).toMatchObject({
      risk_score: score,
      action_type: 'delete',
      calibration: {
        risk: {
          native: 40,
          scale: 'acme.risk',
          status: 'profiled',
          profile_id: ACME.profile_id,
          interval,
          own_score: plain!.risk_score,
        },
      },
    });
  });

  it('over 0.7 are an escalation, once a session; ours stays one of its own', () => {
    const lines = [1, 2].map(number => step({ step: number, scores: { 'codex.guardian': 'critical' } }));
    const [first, second] = jsonLines(assess(lines, '--profiles', 'guardian.json').stdout) as {
      signals: { reason: string; class: string }[];
    }[];
    expect(first!.signals.filter(one => one.class === 'risk_escalation')).toHaveLength(2);
    expect(first!.signals.map(({ reason }) => reason)).toContain('codex.guardian');
    expect(second!.signals.map(({ reason }) => reason)).not.toContain('codex.guardian');
  });

  it('without profile, of another provider, or off the scale change nothing', () => {
    const [plain] = jsonLines(assess([step({})]).stdout);
    for (const [more, profiles] of [
      [{ scores: { 'acme.risk': 40 } }, ''],
      [{ scores: { 'acme.risk': 40 }, provider: 'other' }, 'acme=acme.json'],
      [{ scores: { other: 40 } }, 'acme.json'],
    ] as const)
      expect(jsonLines(assess([step(more)], '--profiles', profiles).stdout)).toEqual([plain]);
    const [off] = jsonLines(
      assess([step({ scores: { 'acme.risk': 101 } })], '--profiles', 'acme.json').stdout,
    );
    expect(off).toMatchObject({
      risk_score: plain!['risk_score'],
      calibration: { risk: { native: 101, status: 'none', profile_id: null, interval: null } },
    });
  });

  it('and profiles that cannot be used are said in one line', () => {
    const bad = assess([step({ scores: { 'acme.risk': [] } })]);
    expect(bad).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('scores must be an object of numbers and texts'),
    });
    const missing = assess([step({})], '--profiles', 'nowhere.json');
    expect(missing).toMatchObject({
      status: 2,
      stderr: 'otel-alignment: nowhere.json: cannot be used (ENOENT)\n',
    });
  });
});

describe('scores of others in recorded telemetry', () => {
  it('become events with the native value beside the mapped one', () => {
    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_order',
      'gen_ai.conversation.id': 's',
      'gen_ai.provider.name': 'acme',
    };
    const spans = tracesRequest([
      { attributes: { ...attributes, 'security.risk_score': 98 } },
      {
        attributes,
        events: [
          {
            name: 'gen_ai.evaluation.result',
            attributes: {
              'gen_ai.evaluation.name': 'codex.guardian',
              'gen_ai.evaluation.score.label': 'low',
            },
          },
        ],
      },
    ]);
    writeFileSync(join(folder, 'in.jsonl'), `${JSON.stringify(spans)}\n`);
    const done = run(
      ['assess', '--otlp', 'in.jsonl', '--out', 'out.jsonl', '--profiles', 'acme=acme.json,guardian.json'],
      '',
      folder,
    );
    expect(done).toMatchObject({ status: 0, stderr: '' });
    const [first, second] = readFileSync(join(folder, 'out.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(first!)).toEqual(spans);
    const [record, ...others] = JSON.parse(second!).resourceLogs[0].scopeLogs[0].logRecords;
    expect(others).toEqual([]);
    const written = Object.fromEntries(
      record.attributes.map(({ key, value }: { key: string; value: Record<string, unknown> }) => [
        key,
        Object.values(value)[0],
      ]),
    );
    expect(written).toMatchObject({
      'alignment.signal.class': 'risk_escalation',
      'alignment.source.type': 'monitor',
      'alignment.risk.native.score': 98,
      'alignment.risk.native.scale': 'acme.risk',
      'alignment.risk.calibration.status': 'profiled',
      'alignment.risk.calibration.profile.id': ACME.profile_id,
      'alignment.risk.score': applyProfile(ACME, 98, TODAY).score,
    });
  });
});
