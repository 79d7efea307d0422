import { expect, it } from 'vitest';
import { tapInterrupt } from '../../src/taps/langgraph.ts';
import { describeWith, frameworkOf, type Loose, observe, told, written } from './support.ts';

const framework = frameworkOf('langgraph', '@langchain/langgraph', '@langchain/core');

describeWith(framework, 'the tap of LangGraph, on the real library', async () => {
  const { Annotation, Command, END, interrupt, MemorySaver, START, StateGraph } =
    await framework.load<Loose>('@langchain/langgraph');
  const ask = tapInterrupt(interrupt as (payload: unknown) => unknown);

  /** One node that asks for each payload in turn. Resuming runs it from its start each time. */
  const graphOf = (...payloads: unknown[]) =>
    new StateGraph(Annotation.Root({ answers: Annotation() }))
      .addNode('node', () => ({ answers: payloads.map(payload => ask(payload)) }))
      .addEdge(START, 'node')
      .addEdge('node', END)
      .compile({ checkpointer: new MemorySaver() });
  const running = (payloads: unknown[], answers: unknown[]) =>
    observe(async () => {
      const graph = graphOf(...payloads);
      const config = { configurable: { thread_id: 't' } };
      let state = await graph.invoke({}, config);
      for (const resume of answers) state = await graph.invoke(new Command({ resume }), config);
      return state;
    });

  const command = (id: string, value = 'rm canary') => ({
    action_request: { action: 'run_command', args: { command: value }, id },
  });
  const pause = 'intervention pause agent';

  it.each([
    ['accept', [{ type: 'accept' }], 'intervention approval human approved human'],
    ['edit', [{ type: 'edit', args: {} }], 'intervention correction human modified human'],
    ['ignore', [{ type: 'ignore' }], 'intervention denial human denied human'],
    ['a plain yes', true, 'intervention approval human approved human'],
    ['a flag that says no', { approved: false }, 'intervention denial human denied human'],
    ['decisions', { decisions: [{ type: 'reject' }] }, 'intervention denial human denied human'],
  ])('asked to approve a call, resumed with %s', async (_, resume, decision) => {
    const seen = await running([command('c1')], [resume]);
    expect(told(seen)).toEqual([`${decision} c1`, `${pause} c1`].sort());
    expect(written(seen)).not.toContain('canary');
  });

  it('a denied call is a step that was assessed', async () => {
    const { spans } = await running([command('c1')], [{ type: 'reject' }]);
    expect(spans.find(({ name }) => name === 'execute_tool run_command')?.attributes).toMatchObject({
      'error.type': 'denied',
      'alignment.action.type': 'delete',
    });
  });

  it('a question is a clarification request, and its answer no decision', async () => {
    const seen = await running(['Which version, canary?'], ['1.4.0']);
    expect(told(seen)).toEqual(['clarification_request']);
    expect(written(seen)).not.toContain('canary');
  });

  it('a graph without a checkpointer fails as without the tap, and does not count as waiting', async () => {
    const graph = new StateGraph(Annotation.Root({ answers: Annotation() }))
      .addNode('node', () => ({ answers: ask(command('c1')) }))
      .addEdge(START, 'node')
      .compile();
    const seen = await observe(() => expect(graph.invoke({})).rejects.toThrow('checkpointer'));
    expect(told(seen)).toEqual([]);
  });

  it('each answer is reported once, though the node runs from its start for each', async () => {
    const seen = await running([command('c1', 'ls'), command('c2', 'ls -a')], [true, { approved: false }]);
    expect(told(seen)).toEqual([
      'intervention approval human approved human c1',
      'intervention denial human denied human c2',
      `${pause} c1`,
      `${pause} c2`,
    ]);
  });
});
