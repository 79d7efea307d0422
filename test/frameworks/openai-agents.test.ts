import { expect, it } from 'vitest';
import { tapOpenAIAgents } from '../../src/taps/openai-agents/tap.ts';
import { describeWith, frameworkOf, type Loose, type Observed, observe, told, written } from './support.ts';

const framework = frameworkOf('openai-agents', '@openai/agents', 'zod');

describeWith(framework, 'the tap of the OpenAI Agents SDK, on the real library', async () => {
  const sdk = await framework.load<Loose>('@openai/agents');
  const { z } = await framework.load<Loose>('zod');
  sdk.setTracingDisabled(false);

  interface Answer {
    readonly command?: string;
    readonly tool?: string;
    readonly hangs?: boolean;
  }
  const modelOf = (...answers: Answer[]) => {
    let next = 0;
    return {
      async getResponse({ signal }: { signal?: AbortSignal }) {
        const { command, tool = 'run_command', hangs } = answers[Math.min(next++, answers.length - 1)]!;
        if (hangs)
          await new Promise((_, reject) => {
            const stop = (): void => reject(new Error('aborted'));
            if (signal?.aborted) stop();
            else signal?.addEventListener('abort', stop);
          });
        const call = {
          type: 'function_call',
          callId: `call-${next}`,
          name: tool,
          arguments: command === undefined ? '{}' : JSON.stringify({ command }),
          status: 'completed',
        };
        const text = {
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'ok' }],
        };
        const asks = command !== undefined || tool !== 'run_command';
        return { usage: new sdk.Usage({}), responseId: `r${next}`, output: [asks ? call : text] };
      },
    };
  };
  const agentOf = (model: unknown, more: object = {}) =>
    new sdk.Agent({
      name: 'worker',
      model,
      tools: [
        sdk.tool({
          name: 'run_command',
          description: 'runs a command',
          parameters: z.object({ command: z.string() }),
          needsApproval: async (_: unknown, { command }: { command: string }) => command.startsWith('rm'),
          execute: async () => 'ran',
        }),
      ],
      ...more,
    });
  const runnerOf = () => {
    const tap = tapOpenAIAgents();
    sdk.setTraceProcessors([tap.tracingProcessor]);
    const runner = new sdk.Runner({ workflowName: 'test', groupId: 'group-1' });
    return tap.run(runner.run.bind(runner));
  };
  const answering = async (agent: unknown, answer: (state: Loose, item: unknown) => void) => {
    const run = runnerOf();
    let result = await run(agent, 'go');
    while (result.interruptions.length > 0) {
      for (const item of result.interruptions) answer(result.state, item);
      result = await run(agent, result.state);
    }
    return result;
  };
  const toolSpan = ({ spans }: Observed) =>
    spans.find(({ attributes }) => attributes['gen_ai.operation.name'] === 'execute_tool');

  it('a call that needs no approval: a step that can be assessed, no signal, no content', async () => {
    const seen = await observe(() => runnerOf()(agentOf(modelOf({ command: 'ls -la canary' }, {})), 'go'));
    expect(told(seen)).toEqual([]);
    expect(toolSpan(seen)?.attributes).toMatchObject({
      'gen_ai.tool.name': 'run_command',
      'gen_ai.conversation.id': expect.stringMatching(/^session-/),
      'alignment.action.type': 'read',
    });
    expect(written(seen)).not.toContain('canary');
    const agent = seen.spans.find(({ name }) => name === 'invoke_agent worker');
    expect(agent?.attributes).toMatchObject({
      'gen_ai.agent.name': 'worker',
      'gen_ai.conversation.id': expect.stringMatching(/^session-/),
    });
    expect(toolSpan(seen)?.parentSpanContext?.spanId).toBe(agent?.spanContext().spanId);
  });

  it('approved: a pause, then the approval on the span of the call', async () => {
    const seen = await observe(() =>
      answering(agentOf(modelOf({ command: 'rm canary' }, {})), (state, item) => state.approve(item)),
    );
    expect(told(seen)).toEqual([
      'intervention approval human approved human call-1',
      'intervention pause policy call-1',
    ]);
    expect(toolSpan(seen)?.events.map(({ name }) => name)).toEqual(['alignment.intervention']);
    expect(written(seen)).not.toContain('canary');
  });

  it('rejected, with words of the person: a denial on the span of the call, assessed with its arguments', async () => {
    const seen = await observe(() =>
      answering(agentOf(modelOf({ command: 'rm canary' }, {})), (state, item) =>
        state.reject(item, { message: 'not that one' }),
      ),
    );
    expect(told(seen)).toEqual([
      'intervention denial human denied human call-1',
      'intervention pause policy call-1',
    ]);
    expect(toolSpan(seen)?.attributes).toMatchObject({
      'error.type': 'denied',
      'gen_ai.tool.call.id': 'call-1',
      'alignment.action.type': 'delete',
    });
    expect(written(seen)).not.toMatch(/canary|not that one/);
  });

  it('a call that was changed before it was approved is refused by the SDK: nobody can edit', async () => {
    const edited = (state: Loose, item: Loose): void => {
      item.rawItem.arguments = '{"command":"rm other"}';
      state.approve(item);
    };
    const seen = await observe(() =>
      expect(answering(agentOf(modelOf({ command: 'rm canary' }, {})), edited)).rejects.toThrow('reused'),
    );
    expect(told(seen)).toEqual(['intervention pause policy call-1']);
  });

  it('rejected, and the run is stopped: the denial and the stop', async () => {
    const run = runnerOf();
    const agent = agentOf(modelOf({ command: 'rm canary' }, {}));
    const controller = new AbortController();
    const seen = await observe(async () => {
      const { state, interruptions } = await run(agent, 'go', { signal: controller.signal });
      state.reject(interruptions[0]);
      controller.abort();
      await expect(run(agent, state, { signal: controller.signal })).rejects.toThrow();
    });
    expect(told(seen)).toEqual([
      'intervention denial human denied human call-1',
      'intervention pause policy call-1',
      'intervention stop human stopped',
    ]);
    expect(written(seen)).not.toContain('canary');
  });

  it('always approved: the later call is approved by the rule', async () => {
    const seen = await observe(() =>
      answering(agentOf(modelOf({ command: 'rm a' }, { command: 'rm b' }, {})), (state, item) =>
        state.approve(item, { alwaysApprove: true }),
      ),
    );
    expect(told(seen)).toEqual([
      'intervention approval human approved human call-1',
      'intervention approval policy approved user_rule',
      'intervention pause policy call-1',
    ]);
  });

  it('a state is saved and restored as without the tap', async () => {
    const agent = agentOf(modelOf({ command: 'rm a' }, {}));
    const { state } = await runnerOf()(agent, 'go');
    const restored = await sdk.RunState.fromString(agent, state.toString());
    expect(restored.getInterruptions()).toHaveLength(1);
  });

  it('a guardrail that trips is a block, one that does not is nothing', async () => {
    const guarded = (tripwireTriggered: boolean) =>
      agentOf(modelOf({}), {
        inputGuardrails: [{ name: 'g', execute: async () => ({ tripwireTriggered, outputInfo: {} }) }],
      });
    const blocked = await observe(() => expect(runnerOf()(guarded(true), 'go')).rejects.toThrow('guardrail'));
    expect(told(blocked)).toEqual(['intervention block policy denied']);
    const passed = await observe(() => runnerOf()(guarded(false), 'go'));
    expect(told(passed)).toEqual([]);
  });

  it('a handoff is a delegation', async () => {
    const billing = agentOf(modelOf({}), { name: 'billing' });
    const triage = agentOf(modelOf({ tool: 'transfer_to_billing' }), { name: 'triage', handoffs: [billing] });
    const seen = await observe(() => runnerOf()(triage, 'go'));
    expect(told(seen)).toEqual(['autonomy_boundary delegation triage billing']);
  });

  it('an aborted run is a stop, and the run’s own error comes through', async () => {
    const controller = new AbortController();
    controller.abort();
    const seen = await observe(() =>
      expect(
        runnerOf()(agentOf(modelOf({ hangs: true })), 'go', { signal: controller.signal }),
      ).rejects.toThrow(),
    );
    expect(told(seen)).toEqual(['intervention stop human stopped']);
  });
});
