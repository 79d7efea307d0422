import { describe, expect, it } from 'vitest';
import { tapInterrupt } from '../../src/taps/langgraph.ts';
import { tapInvoke } from '../../src/taps/langgraph-run.ts';
import { describeWith, frameworkOf, type Loose, observe, told, written } from './support.ts';

const framework = frameworkOf('langgraph', '@langchain/langgraph', '@langchain/core');

describeWith(framework, 'the tap of LangGraph, on the real library', async () => {
  const { Annotation, Command, END, interrupt, MemorySaver, MessagesAnnotation, START, StateGraph } =
    await framework.load<Loose>('@langchain/langgraph');
  const { AIMessage, HumanMessage, ToolMessage } = await framework.load<Loose>('@langchain/core/messages');
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

  describe('a wrapped run', () => {
    const DONE = 'I completed the task successfully.';
    const graphWith = (node: () => unknown, checkpointer?: object) =>
      new StateGraph(MessagesAnnotation)
        .addNode('node', node)
        .addEdge(START, 'node')
        .addEdge('node', END)
        .compile({ checkpointer });
    const invokeOf = (graph: Loose, agent: string) => tapInvoke(graph.invoke.bind(graph), { agent });
    const go = { messages: [new HumanMessage('go, canary')] };

    it.each([
      ['an error', { status: 'error', content: 'canary' }, true],
      ['no error', { content: 'done' }, false],
    ])('success is claimed after %s', async (_, result, claimed) => {
      const node = () => ({
        messages: [new ToolMessage({ tool_call_id: 'c1', ...result }), new AIMessage(DONE)],
      });
      const seen = await observe(() => invokeOf(graphWith(node), 'worker')(go));
      expect(told(seen)).toEqual(claimed ? ['misalignment_indicator deception'] : []);
      expect(written(seen)).not.toContain('canary');
    });

    it('a subagent that waits is handed its work once', async () => {
      const inner = graphWith(() => ({ messages: [new AIMessage(String(ask('Which one?')))] }));
      const askInner = invokeOf(inner, 'reviewer');
      const outer = graphWith(() => askInner(go), new MemorySaver());
      const invoke = invokeOf(outer, 'worker');
      const config = { configurable: { thread_id: 't' } };
      const seen = await observe(async () => {
        await invoke(go, config);
        const resumed: Loose = await invoke(new Command({ resume: 'one' }), config);
        expect(resumed.messages.at(-1).content).toBe('one');
      });
      expect(told(seen)).toEqual(['autonomy_boundary delegation worker reviewer', 'clarification_request']);
    });

    it('a person’s word that comes with an answer reaches the graph, and is steering', async () => {
      const node = ({ messages }: Loose = {}) => {
        ask(command('c1'));
        return { messages: [new AIMessage(`${messages.length} messages`)] };
      };
      const invoke = invokeOf(graphWith(node, new MemorySaver()), 'worker');
      const config = { configurable: { thread_id: 't' } };
      const seen = await observe(async () => {
        await invoke(go, config);
        const update = { messages: [new HumanMessage('not so much, canary')] };
        const state: Loose = await invoke(new Command({ resume: true, update }), config);
        expect(state.messages.at(-1).content).toBe('2 messages');
      });
      expect(told(seen)).toEqual([
        'intervention approval human approved human c1',
        'intervention pause agent c1',
        'intervention steering human',
      ]);
      expect(written(seen)).not.toContain('canary');
    });
  });
});
