import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSignal } from '../../src/signals/index.ts';
import { AGENT_PACKAGES, type AgentProgram } from '../../tools/agents/agents.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { LIVE_AGENTS, requireAgent } from './agents.ts';
import { play, type Stack, startStack } from './live.ts';
import { cellOf, expectedOf, record, recording } from './results.ts';
import { rowsOf } from './scenarios.ts';

/** Runs every scenario with a real agent, through the Collector with its committed configuration. */
export function testRows(name: AgentProgram): void {
  const agent = LIVE_AGENTS[name];
  const binaries = requireBinaries(`live tests of ${name}`, 'otelcol');
  const words = requireAgent(name);
  // one after the other: an agent keeps things of its own in the temporary folder
  describe.skipIf(binaries === undefined || words === undefined)(`real agents: ${name}`, () => {
    const sandbox = new Sandbox();
    let stack: Stack;
    beforeAll(async () => {
      stack = await startStack(sandbox, binaries!.otelcol);
    });
    afterAll(() => sandbox.clean());

    for (const { id, play: playOf } of rowsOf('program')) {
      const what = playOf(agent);
      if (what === undefined) continue;
      it(id, { timeout: 150_000 }, async () => {
        const expected = expectedOf(name, id);
        const outcome = await play(sandbox, stack, agent, words!, what, expected.signals);
        const cell = cellOf(outcome.signals);
        if (recording) record(headOf(name), id, cell);
        else expect(cell, outcome.output).toEqual(expected);
        for (const { signal, raw } of outcome.signals) {
          // what the Collector writes on a span is no whole signal
          if ('eventName' in raw) expect(checkSignal(signal)).toEqual([]);
          expect(JSON.stringify(raw)).not.toMatch(/otel-alignment-none|made\.txt|please do|someone else/);
        }
      });
    }
  });
}

const TITLES: Readonly<Record<AgentProgram, string>> = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
  'gemini-cli': 'Gemini CLI',
  cline: 'Cline',
};

export const headOf = (agent: AgentProgram) => ({
  agent,
  title: TITLES[agent],
  version: AGENT_PACKAGES[agent].version,
  group: 'program' as const,
});
