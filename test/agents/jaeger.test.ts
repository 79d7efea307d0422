import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal, SignalAttributes } from '../../src/signals/index.ts';
import { line } from '../../src/taps/hook/testing/replay.ts';
import { type AgentProgram, agentSources } from '../../tools/agents/agents.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { type Backend, type Collector, startJaeger } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { findTraces, getTrace } from '../stack/jaeger.ts';
import { LIVE_AGENTS, requireAgent } from './agents.ts';
import { logsToSpans } from './lifted.ts';
import { perform } from './live.ts';
import { cellOf, expectedOf, type Told } from './results.ts';
import { ROWS } from './scenarios.ts';

const binaries = requireBinaries('real agents in Jaeger', 'otelcol', 'jaeger');
const ROW = ROWS.find(({ id }) => id === 'denied by a hook, done by other means')!;

describe.skipIf(!binaries)('real agents in Jaeger', () => {
  const sandbox = new Sandbox();
  let jaeger: Backend;
  let collector: Collector;
  beforeAll(async () => {
    jaeger = await startJaeger(binaries!.jaeger);
    sandbox.defer(() => jaeger.child.stop());
    collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: jaeger.otlpHttp,
      overlays: [...agentSources, await logsToSpans(sandbox, binaries!.otelcol)],
      env: { ALIGNMENT_DECISION_WAIT: '1s' },
    });
  });
  afterAll(() => sandbox.clean());

  /** The signals of a service that Jaeger finds by the class, an attribute of the event. */
  async function found(service: string): Promise<Told[]> {
    const seen: Told[] = [];
    for (const kind of ['intervention', 'autonomy_boundary', 'risk_escalation', 'misalignment_indicator']) {
      for (const id of await findTraces(jaeger.web, service, { 'alignment.signal.class': kind })) {
        for (const { events } of (await getTrace(jaeger.web, id)) ?? []) {
          for (const { attributes } of events) {
            const signal = {
              class: attributes['alignment.signal.class'] as Signal['class'],
              attributes: attributes as SignalAttributes,
            } as Signal;
            if (signal.class !== undefined)
              seen.push({
                source: String(attributes['alignment.source.type']),
                line: line(signal),
                attributes,
              });
          }
        }
      }
    }
    return seen;
  }

  for (const name of Object.keys(LIVE_AGENTS) as AgentProgram[]) {
    const words = requireAgent(name);
    it.skipIf(words === undefined)(name, { timeout: 150_000 }, async () => {
      const agent = LIVE_AGENTS[name];
      const expected = expectedOf(name, ROW.id).signals;
      const output = await perform(sandbox, collector.otlpHttp, agent, words!, ROW.play(agent)!);
      const service = {
        'claude-code': 'claude-code',
        codex: 'codex_exec',
        'gemini-cli': 'gemini-cli',
        cline: 'cline',
      }[name];
      let last: readonly string[] = [];
      await waitFor(`${expected.length} signals in Jaeger`, async () => {
        // Codex' own telemetry names itself so, our hook says what it is told
        last = cellOf([...(await found(service)), ...(service === name ? [] : await found(name))]).signals;
        return expected.every(text => last.includes(text)) || undefined;
      }).catch(() => {});
      expect(last, output).toEqual(expected);
    });
  }
});
