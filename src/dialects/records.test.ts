import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordView, SpanEventView, SpanView } from '../step/step.ts';
import { readRecord, readSpan } from './index.ts';
import { createReader } from './reader.ts';
import type { Condition, Dialect } from './table.ts';
import { DIALECTS } from './tables.generated.ts';

const claude = (attributes: Record<string, unknown>, resource?: Record<string, unknown>): RecordView => ({
  scopeName: 'com.anthropic.claude_code.events',
  attributes,
  ...(resource === undefined ? {} : { resource }),
});
const denied = {
  'event.name': 'tool_decision',
  decision: 'reject',
  source: 'user_reject',
  tool_name: 'Bash',
};

describe('readRecord', () => {
  it('reads a decision with its source, its session and who decided', () => {
    const record = claude(
      {
        ...denied,
        'session.id': 's',
        tool_use_id: 'c',
        permission_mode: 'default',
        tool_parameters: '{"x":1}',
      },
      { 'service.version': '2.1.329' },
    );
    expect(readRecord(record)).toEqual([
      {
        dialect: 'claude-code',
        row: 'claude-code.denial.person',
        event: 'alignment.intervention',
        attributes: {
          'alignment.source.type': 'harness',
          'alignment.source.name': 'claude-code',
          'alignment.source.version': '2.1.329',
          'alignment.source.event.name': 'claude_code.tool_decision',
          'alignment.source.event.value': 'user_reject',
          'alignment.intervention.type': 'denial',
          'alignment.intervention.initiator': 'human',
          'alignment.intervention.outcome': 'denied',
          'alignment.intervention.decision.source': 'human',
          'alignment.human.involvement': 'approval_required',
          'alignment.autonomy.native.label': 'default',
          'alignment.autonomy.native.scale': 'claude-code.permission_mode',
          'alignment.autonomy.calibration.status': 'none',
          'alignment.action.type': 'execute',
          'gen_ai.conversation.id': 's',
          'gen_ai.tool.name': 'Bash',
          'gen_ai.tool.call.id': 'c',
        },
      },
    ]);
  });

  it('gives two events where the record states two facts', () => {
    const plan = {
      'event.name': 'tool_decision',
      decision: 'accept',
      source: 'user_temporary',
      tool_name: 'ExitPlanMode',
      permission_mode: 'plan',
    };
    expect(readRecord(claude(plan)).map(({ row }) => row)).toEqual([
      'claude-code.approval.person',
      'claude-code.plan-left',
    ]);
  });

  it('leaves out what is too long for an id, and what is no word', () => {
    const mode = { 'event.name': 'permission_mode_changed', from_mode: 'a sentence', to_mode: 'plan' };
    const [event] = readRecord(
      claude({ ...mode, 'session.id': 'x'.repeat(513) }, { 'service.version': 'a b' }),
    );
    expect(event?.attributes).toMatchObject({
      'alignment.boundary.from': '_OTHER',
      'alignment.boundary.to': 'plan',
    });
    expect(event?.attributes).not.toHaveProperty('gen_ai.conversation.id');
    expect(event?.attributes).not.toHaveProperty('alignment.source.version');
  });

  it.each([
    {},
    { 'event.name': 'tool_decision' },
    { ...denied, source: 'robot' },
    { ...denied, decision: ['reject'] },
  ])('gives nothing for %j', attributes => {
    expect(readRecord(claude(attributes))).toEqual([]);
  });

  it('gives nothing for the same record of another program', () => {
    expect(readRecord({ scopeName: 'mine', attributes: denied })).toEqual([]);
  });

  it('gives nothing, and does not throw, where a getter does', () => {
    const attributes = {
      get 'event.name'(): string {
        throw new Error('no');
      },
    };
    expect(readRecord(claude(attributes))).toEqual([]);
    expect(readSpan({ name: 'x', attributes, scopeName: 'com.anthropic.claude_code.tracing' })).toEqual([]);
  });
});

describe('readSpan', () => {
  const tool = (asked: unknown, ran: unknown): SpanView & { events: SpanEventView[] } => ({
    name: 'claude_code.tool',
    scopeName: 'com.anthropic.claude_code.tracing',
    attributes: { full_command: asked },
    events: [{ name: 'tool.output', attributes: { bash_command: ran } }],
  });

  it('sees that another command ran than was asked for', () => {
    expect(readSpan(tool('rm x', 'ls')).map(({ row }) => row)).toEqual(['claude-code.correction']);
  });

  it.each([
    ['rm x', 'rm x'],
    [undefined, 'ls'],
    ['rm x', undefined],
    [1, 2],
  ])('sees nothing in %j and %j', (asked, ran) => {
    expect(readSpan(tool(asked, ran))).toEqual([]);
  });

  it('reads a span of the program alone', () => {
    const span = { name: 'turn/steer', attributes: {}, scopeName: 'codex_exec' };
    expect(readSpan(span).map(({ row }) => row)).toEqual(['codex.steering']);
    expect(readSpan({ ...span, scopeName: 'mine' })).toEqual([]);
  });
});

describe('the condition contains', () => {
  const matches = (contains: string[], value: unknown): boolean => {
    const when: Condition[] = [{ attribute: 'a', contains }];
    const dialect: Dialect = {
      name: 'own',
      harness: { name: 'own', records: [{ field: 'event_name', equals: 'e' }] },
      spans: [],
      events: [{ id: 'own.e', on: 'log', when, event: 'alignment.intervention' }],
    };
    return createReader([dialect]).readRecord({ attributes: { a: value }, eventName: 'e' }).length > 0;
  };

  it.each<[string[], unknown, boolean]>([
    [['-y'], ['node', '-y'], true],
    [['-y'], ['node', '-yes'], false],
    [['-y'], '-y', false],
    [['--mode', 'yolo'], ['--mode', 'yolo', 'x'], true],
    [['--mode', 'yolo'], ['yolo', '--mode'], false],
    [['--mode', 'yolo'], ['--mode', 'x', 'yolo'], false],
    [['a'], [], false],
    [['a'], [1, null, 'a'], true],
  ])('%j in %j: %s', (contains, value, expected) => {
    expect(matches(contains, value)).toBe(expected);
  });
});

describe('any record', () => {
  const rows = DIALECTS.flatMap(({ events = [] }) => events);
  const keys = rows.flatMap(({ when }) =>
    when.flatMap(item => ('attribute' in item ? [item.attribute] : [])),
  );
  const words = rows.flatMap(({ when }) =>
    when.flatMap(item => ('equals' in item ? [item.equals] : 'in' in item ? [...item.in] : [])),
  );
  const value = fc.oneof(fc.constantFrom(...words), fc.string(), fc.anything());
  const attributes = fc.dictionary(fc.constantFrom(...new Set(keys)), value, { maxKeys: 8 });
  const scopes = [
    'com.anthropic.claude_code.events',
    'codex_otel.log_only',
    'gemini-cli',
    'cline',
    'codex_exec',
  ];
  const record = fc.record(
    {
      attributes,
      scopeName: fc.constantFrom(...scopes),
      body: value,
      eventName: fc.string(),
      resource: fc.dictionary(
        fc.constantFrom('service.name', 'service.version', 'process.command_args'),
        value,
      ),
    },
    { requiredKeys: ['attributes', 'scopeName'] },
  );

  it('gives text, numbers and booleans or nothing, and throws never', () => {
    fc.assert(
      fc.property(record, input => {
        const view = input as RecordView;
        for (const { event, attributes: out } of [
          ...readRecord(view),
          ...readSpan({ ...view, name: 'turn/steer' }),
        ]) {
          expect(event).toMatch(/^alignment\./);
          for (const item of Object.values(out))
            expect(['string', 'number', 'boolean']).toContain(typeof item);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
