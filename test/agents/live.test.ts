import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSignal } from '../../src/signals/index.ts';
import type { AgentProgram } from '../../tools/agents/agents.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { LIVE_AGENTS, requireAgent } from './agents.ts';
import { lines, runScenario, type Stack, startStack } from './live.ts';
import { ROWS } from './scenarios.ts';

const binaries = requireBinaries('live tests of agents', 'otelcol');

// one after the other: agents write to places of their own in the home and the temporary folder
describe.skipIf(!binaries)('real agents with our hook, through the Collector', () => {
  const sandbox = new Sandbox();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(sandbox, binaries!.otelcol);
  });
  afterAll(() => sandbox.clean());

  for (const name of Object.keys(LIVE_AGENTS) as AgentProgram[]) {
    const agent = LIVE_AGENTS[name];
    const words = requireAgent(name);
    describe.skipIf(words === undefined)(name, () => {
      for (const row of ROWS) {
        const expected = row.expected[name];
        if ('unavailable' in expected) continue;
        it(row.name, async () => {
          const outcome = await runScenario(
            sandbox,
            stack,
            { agent, words: words!, ...row.task(agent) },
            expected,
          );
          expect(lines(outcome), outcome.output).toEqual([...expected].sort());
          for (const { signal, log } of outcome.signals) {
            expect(checkSignal(signal)).toEqual([]);
            expect(JSON.stringify(log)).not.toContain('otel-alignment-none');
          }
        });
      }
    });
  }
});
