import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecording } from '../../tools/replay/recording.ts';
import { replay } from '../../tools/replay/run.ts';
import { requireBinaries } from '../stack/harness.ts';
import { figuresOf, folder, jsonLines } from './run-report.ts';

const captures = join(import.meta.dirname, '../fixtures/captures');
const recording = (agent: string, name: string): string[] =>
  ['logs', 'traces'].map(kind => join(captures, agent, name, `${kind}.json`));

describe('captured sessions of real agents', () => {
  it('Claude Code: a person refused a command at the prompt', () => {
    const { sessions, totals } = figuresOf(recording('claude-code', 'tui-permission-no'), '--assess');
    expect(totals).toMatchObject({ sessions: 1, steps: 1, upperRightSessions: 0 });
    expect(sessions[0]).toMatchObject({ agent: 'claude-code', refusals: { human: 1 }, stops: {} });
    expect(sessions[0]?.risk).toBeGreaterThan(0);
  });

  it('Claude Code: in the mode bypassPermissions nobody was asked', () => {
    const { sessions, timelines } = figuresOf(recording('claude-code', 'bypass-permissions'), '--assess');
    expect(sessions[0]).toMatchObject({ refusals: {}, stops: {}, approvals: { policy: 2 } });
    const steps = timelines[0]?.items.filter(item => item.kind === 'step') ?? [];
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) expect(step).toMatchObject({ type: 'approval', by: 'policy' });
  });

  it('Codex: a person stopped it in a trace that names no session, which the figures say', () => {
    const { sessions, totals } = figuresOf(recording('codex', 'human-interrupt-tool'), '--assess');
    expect(totals.unnamedSessions).toBe(1);
    expect(sessions.find(row => !row.named)).toMatchObject({ stops: { human: 1 }, steps: 0 });
    expect(sessions.find(row => row.named)).toMatchObject({
      signals: { autonomy_boundary: 1, intervention: 1 },
    });
  });

  it('Gemini CLI: a person stopped it', () => {
    const { sessions } = figuresOf([join(captures, 'gemini-cli/tui-interrupt/logs.json')], '--assess');
    expect(sessions).toMatchObject([{ agent: 'gemini-cli', stops: { human: 1 } }]);
  });
});

const binaries = requireBinaries('the report of what the Collector writes', 'otelcol');

describe.skipIf(!binaries)(
  'the same sessions through the Collector, where no rule of ours sees content',
  () => {
    const place = folder();
    afterAll(() => place.remove());
    const through = async (name: string): Promise<string> =>
      place.file(
        `${name.replace('/', '-')}.jsonl`,
        jsonLines(await replay(binaries!.otelcol, await readRecording(join(captures, name)))),
      );

    it('Claude Code: a person refused a command; the mirror on the span is no second refusal', async () => {
      const { sessions, totals } = figuresOf([await through('claude-code/tui-permission-no')]);
      expect(totals.sessions).toBe(1);
      expect(sessions[0]).toMatchObject({ agent: 'claude-code', refusals: { human: 1 }, stops: {} });
    });

    it('Codex: the stop that a span states in its own attributes', async () => {
      const { sessions } = figuresOf([await through('codex/human-interrupt-tool')]);
      expect(sessions.find(row => row.stops.human === 1)).toBeDefined();
      expect(sessions.find(row => row.named)).toMatchObject({
        session: '01a1fbe4-62ef-7e91-8a51-f7080c0f16ba',
        signals: { autonomy_boundary: 1, intervention: 1 },
        severity: 0.6,
      });
    });
  },
);
