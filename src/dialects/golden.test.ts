import { describe, expect, it } from 'vitest';
import type { AgentStep } from '../step/step.ts';
import { isAgentSpan, readEvent, readStep } from './index.ts';
import { captureNames, loadCapture } from './testing/fixtures.ts';

type Expected = Omit<AgentStep, 'dialect'> | 'no step' | 'foreign';

const conversation = (value: string) => ({ key: 'gen_ai.conversation.id', value }) as const;
const session = (value: string) => ({ key: 'session.id', value }) as const;

const dontAsk = { session: session('5b098fc3-f81d-4f96-b5a3-acf814c7740b'), providerName: 'anthropic' };
const redacted = { session: session('02db4b3d-bd04-4585-b244-27aaf32ec8e6'), providerName: 'anthropic' };
const refused = { session: session('86ef2ec3-8fbd-4c93-b905-655d173a3438'), providerName: 'anthropic' };
const edited = { session: session('a992fdc1-482b-4f7f-aaa8-87234e9993d6'), providerName: 'anthropic' };
const parent = { session: session('e3691ab0-fc38-493a-8646-cea1410f2a2d'), providerName: 'anthropic' };
const child = { ...parent, agentId: 'a056e6e3677360730' };

/** Scenario → dialect → what each of its spans reads as, in the order of the file. */
const GOLDEN: Readonly<Record<string, readonly [dialect: string, ...Expected[]]>> = {
  'claude-code/denied-dontask': [
    'claude-code',
    { kind: 'model', ...dontAsk },
    'no step',
    {
      kind: 'tool',
      ...dontAsk,
      toolName: 'Bash',
      toolCallId: 'toolu_4af52c97e6e1f97590',
      arguments: { command: 'curl http://127.0.0.1:9/ | sh' },
      actionType: 'network',
    },
    { kind: 'agent', ...dontAsk },
  ],
  'claude-code/redacted-default': [
    'claude-code',
    'no step',
    { kind: 'model', ...redacted },
    'no step',
    {
      kind: 'tool',
      ...redacted,
      toolName: 'Bash',
      toolCallId: 'toolu_360bc808b5b80afc6e',
      actionType: 'execute',
    },
    { kind: 'agent', ...redacted },
  ],
  'claude-code/tui-permission-no': [
    'claude-code',
    { kind: 'model', ...refused },
    'no step',
    {
      kind: 'tool',
      ...refused,
      toolName: 'Bash',
      toolCallId: 'toolu_858e547dc025511851',
      arguments: { command: 'touch made-by-agent.txt' },
      actionType: 'write',
    },
    { kind: 'agent', ...refused },
  ],
  'claude-code/subagent': [
    'claude-code',
    { kind: 'model', ...parent },
    { kind: 'model', ...child },
    'no step',
    {
      kind: 'tool',
      ...child,
      toolName: 'Bash',
      toolCallId: 'toolu_608b0d25ce58c4cd79',
      arguments: { command: 'ls' },
      actionType: 'read',
    },
    { kind: 'model', ...child },
    'no step',
    {
      kind: 'tool',
      ...parent,
      toolName: 'Agent',
      toolCallId: 'toolu_f0fae5be89ca1078ed',
      arguments: { subagent_type: 'general-purpose' },
    },
    { kind: 'model', ...parent },
    { kind: 'agent', ...parent },
  ],
  'claude-agent-sdk/canusetool-edit': [
    'claude-code',
    { kind: 'model', ...edited },
    'no step',
    'no step',
    {
      kind: 'tool',
      ...edited,
      toolName: 'Bash',
      toolCallId: 'toolu_9b9fad165a40bee777',
      arguments: { command: 'rm -rf build' },
      actionType: 'delete',
    },
    { kind: 'agent', ...edited },
  ],
  'langgraph/interrupt-approve': [
    'openinference',
    { kind: 'model', session: session('session-approve') },
    'no step',
    'no step',
    { kind: 'agent', session: session('session-approve') },
    {
      kind: 'tool',
      session: session('session-approve'),
      toolName: 'run_command',
      arguments: 'rm x',
      result: 'ran rm x',
    },
  ],
  'langgraph/interrupt-edit': [
    'openinference',
    { kind: 'model', session: session('session-edit') },
    'no step',
    'no step',
    { kind: 'agent', session: session('session-edit') },
    {
      kind: 'tool',
      session: session('session-edit'),
      toolName: 'run_command',
      arguments: 'echo safe',
      result: 'ran echo safe',
    },
  ],
  'vercel-ai-sdk/abort': [
    'genai',
    { kind: 'model', providerName: 'fake' },
    'no step',
    { kind: 'agent', agentName: 'lab-agent', providerName: 'fake' },
  ],
  'vercel-ai-sdk/user-approved': [
    'genai',
    { kind: 'model', providerName: 'fake' },
    'no step',
    { kind: 'agent', agentName: 'lab-agent', providerName: 'fake' },
    {
      kind: 'tool',
      toolName: 'runCommand',
      toolCallId: 'c1',
      arguments: '{"command":"rm x"}',
      result: '"ran rm x"',
    },
  ],
  'vercel-ai-sdk/legacy-auto-run': [
    'vercel-ai',
    {
      kind: 'tool',
      agentName: 'lab-agent',
      toolName: 'runCommand',
      toolCallId: 'c1',
      arguments: '{"command":"ls"}',
      result: '"ran ls"',
    },
    { kind: 'model', agentName: 'lab-agent', providerName: 'fake' },
    { kind: 'agent', agentName: 'lab-agent', providerName: 'fake' },
  ],
  'synthetic/genai': [
    'genai',
    {
      kind: 'tool',
      session: session('sess-1'),
      agentId: 'asst_1',
      agentName: 'clerk',
      agentVersion: '2025-05-01',
      toolName: 'delete_rows',
      toolCallId: 'call_1',
      toolDescription: 'Deletes rows of a table',
      arguments: { table: 'orders' },
      errorType: 'timeout',
    },
    { kind: 'agent', session: conversation('conv-1') },
    { kind: 'model', providerName: 'openai' },
    'no step',
    'no step',
  ],
  'synthetic/vercel-ai-5': [
    'vercel-ai',
    {
      kind: 'agent',
      session: conversation('chat-7'),
      agentName: 'support-bot',
      providerName: 'openai.responses',
    },
    {
      kind: 'model',
      session: conversation('chat-7'),
      agentName: 'support-bot',
      providerName: 'openai.responses',
    },
    {
      kind: 'tool',
      agentName: 'support-bot',
      toolName: 'refund',
      toolCallId: 'call_9',
      arguments: '{"amount":5}',
    },
    'no step',
  ],
  'synthetic/openinference': [
    'openinference',
    { kind: 'agent', session: session('s-1'), agentName: 'researcher', providerName: 'openai' },
    {
      kind: 'tool',
      session: conversation('thread-5'),
      toolName: 'search',
      toolCallId: 'call_3',
      toolDescription: 'Searches the web',
      arguments: '{"query":"x"}',
    },
    'no step',
    { kind: 'tool', toolName: 'oi_name' },
  ],
  'synthetic/traceloop': [
    'traceloop',
    {
      kind: 'tool',
      session: conversation('tl-1'),
      agentName: 'analyst',
      toolName: 'run_sql',
      arguments: { sql: 'drop table t' },
      result: '{"rows":0}',
    },
    { kind: 'tool', toolName: 'list_files', arguments: { path: '.' }, errorType: 'NOT_FOUND' },
    { kind: 'agent', session: conversation('conv-2'), agentName: 'analyst' },
    { kind: 'agent' },
    'no step',
    { kind: 'model', session: conversation('tl-1'), providerName: 'OpenAI' },
    'no step',
  ],
  'synthetic/mcp': [
    'mcp',
    { kind: 'tool', toolName: 'get-weather', arguments: '{"city":"Oslo"}' },
    { kind: 'tool', session: conversation('conv-3'), toolName: 'get-weather', errorType: 'tool_error' },
    'no step',
  ],
  'synthetic/foreign': ['none', 'foreign', 'foreign', 'foreign'],
};

describe('every span of every fixture', () => {
  it.each(captureNames())('%s reads as expected', scenario => {
    const [dialect, ...expected] = GOLDEN[scenario] ?? ['not in the table'];
    const read = loadCapture(scenario).map(
      span => readStep(span) ?? (isAgentSpan(span) ? 'no step' : 'foreign'),
    );
    expect(read).toEqual(expected.map(item => (typeof item === 'string' ? item : { dialect, ...item })));
  });

  it('is an agent span wherever it is a step', () => {
    const spans = captureNames().flatMap(loadCapture);
    for (const span of spans) if (readStep(span)) expect(isAgentSpan(span)).toBe(true);
  });
});

describe('readEvent', () => {
  it.each(['langgraph/interrupt-approve', 'langgraph/interrupt-edit'])(
    'reads the interrupt of %s, once and without its payload',
    scenario => {
      const events = loadCapture(scenario).flatMap(span => readEvent(span) ?? []);
      expect(events).toEqual([
        {
          dialect: 'openinference',
          row: 'openinference.langgraph-interrupt',
          event: 'alignment.intervention',
          attributes: {
            'alignment.intervention.type': 'pause',
            'alignment.intervention.initiator': 'agent',
            'alignment.source.event.name': 'GraphInterrupt',
          },
        },
      ]);
    },
  );

  it('reads none from any other span, Claude Code waiting for a person included', () => {
    const others = captureNames().filter(name => !name.startsWith('langgraph/'));
    expect(others.flatMap(loadCapture).flatMap(span => readEvent(span) ?? [])).toEqual([]);
  });
});
