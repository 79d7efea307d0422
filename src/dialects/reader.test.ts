import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpanView } from '../step/step.ts';
import { dialectNames, isAgentSpan, readEvent, readStep } from './index.ts';
import { createReader } from './reader.ts';
import { mayBeAgent } from './steps.generated.ts';
import type { Condition, Dialect } from './table.ts';
import { DIALECTS } from './tables.generated.ts';
import { createTableReader } from './testing/table-reader.ts';

const tool = (attributes: Record<string, unknown>): SpanView => ({
  name: 'execute_tool x',
  attributes: { 'gen_ai.operation.name': 'execute_tool', ...attributes },
});

describe('what is taken for an id or a name', () => {
  it('is text of 1 to 512 units', () => {
    const longest = 'a'.repeat(512);
    expect(readStep(tool({ 'gen_ai.tool.name': longest }))?.toolName).toBe(longest);
    expect(readStep(tool({ 'gen_ai.tool.name': `${longest}a` }))?.toolName).toBeUndefined();
    expect(readStep(tool({ 'gen_ai.tool.name': '' }))?.toolName).toBeUndefined();
  });

  it.each([7, true, null, ['a'], { a: 1 }, Number.NaN, () => 'a'])('is not %s', value => {
    const step = readStep(tool({ 'gen_ai.tool.name': value, 'session.id': value, 'error.type': value }));
    expect(step).toEqual({ dialect: 'genai', kind: 'tool' });
  });

  it('falls through to the next key where the first is unusable', () => {
    const step = readStep(tool({ 'session.id': 42, 'gen_ai.conversation.id': 'c' }));
    expect(step?.session).toEqual({ key: 'gen_ai.conversation.id', value: 'c' });
  });
});

describe('content', () => {
  it('is handed on as it stands, even when cyclic', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(readStep(tool({ 'gen_ai.tool.call.arguments': cyclic }))?.arguments).toBe(cyclic);
    expect(readStep(tool({ 'gen_ai.tool.call.result': 0 }))?.result).toBe(0);
    expect(readStep(tool({ 'gen_ai.tool.call.arguments': null }))?.arguments).toBeUndefined();
  });
});

describe('the order of the dialects', () => {
  it('is that of the tables, and every span is read by the first that knows it', () => {
    expect(dialectNames).toEqual([
      'claude-code',
      'vercel-ai',
      'openinference',
      'traceloop',
      'mcp',
      'genai',
      'codex',
      'gemini-cli',
      'cline',
    ]);
    const all = {
      'ai.operationId': 'ai.toolCall',
      'openinference.span.kind': 'TOOL',
      'traceloop.span.kind': 'tool',
      'mcp.method.name': 'tools/call',
      'gen_ai.operation.name': 'execute_tool',
    };
    const keys = Object.keys(all);
    const names = keys.map((_, index) => {
      const attributes = Object.fromEntries(Object.entries(all).slice(index));
      return readStep({ name: 'x', attributes })?.dialect;
    });
    expect(names).toEqual(dialectNames.slice(1, 6));
    expect(readStep({ name: 'claude_code.tool', attributes: all })?.dialect).toBe('claude-code');
  });

  it('lets a more specific dialect say that a span is no step', () => {
    const span = {
      name: 'x',
      attributes: { 'gen_ai.operation.name': 'execute_tool', 'traceloop.span.kind': 'task' },
    };
    expect(readStep(span)).toBeUndefined();
    expect(isAgentSpan(span)).toBe(true);
  });

  it('goes on to the next dialect where a key is there with a value that no row knows', () => {
    const attributes = { 'ai.operationId': 'mine', 'gen_ai.operation.name': 'execute_tool' };
    expect(readStep({ name: 'x', attributes })?.dialect).toBe('genai');
  });
});

describe('a table of one dialect', () => {
  const own = (dialect: Partial<Dialect>): [Dialect] => [{ name: 'own', spans: [], ...dialect }];
  const matching = (condition: Condition, span: SpanView): boolean =>
    createTableReader(
      own({ spans: [{ id: 'own.row', step: 'tool', when: [{ attribute: 'k', exists: true }, condition] }] }),
    )({ ...span, attributes: { k: 1, ...span.attributes } }) !== undefined;

  it('maps a mode and what it says of the person', () => {
    const read = createTableReader(
      own({
        modeScale: 'own.mode',
        valueMaps: { mode: { ask: 'approval_required', yolo: 'none' } },
        spans: [
          {
            id: 'own.tool',
            step: 'tool',
            when: [{ attribute: 'k', exists: true }],
            read: { mode: ['mode'] },
            values: { humanInvolvement: { from: ['mode'], map: 'mode' } },
          },
        ],
      }),
    );
    expect(read({ name: '', attributes: { k: 1, mode: 'ask' } })).toEqual({
      dialect: 'own',
      kind: 'tool',
      mode: { label: 'ask', scale: 'own.mode' },
      humanInvolvement: 'approval_required',
    });
    expect(read({ name: '', attributes: { k: 1, mode: 'constructor' } })).toEqual({
      dialect: 'own',
      kind: 'tool',
      mode: { label: 'constructor', scale: 'own.mode' },
    });
  });

  it.each<[Condition, SpanView, boolean]>([
    [{ attribute: 'a', exists: true }, { name: '', attributes: { a: false } }, true],
    [{ attribute: 'a', exists: true }, { name: '', attributes: { a: null } }, false],
    [{ attribute: 'a', equals: 2 }, { name: '', attributes: { a: 2 } }, true],
    [{ attribute: 'a', equals: 2 }, { name: '', attributes: { a: '2' } }, false],
    [{ attribute: 'a', in: ['x', 'y'] }, { name: '', attributes: { a: 'y' } }, true],
    [{ attribute: 'a', prefix: 'ab' }, { name: '', attributes: { a: 'abc' } }, true],
    [{ attribute: 'a', prefix: 'ab' }, { name: '', attributes: { a: ['abc'] } }, false],
    [{ attribute: 'a', pattern: '^a[0-9]+' }, { name: '', attributes: { a: 'a12' } }, true],
    [{ resource: 'r', equals: 'x' }, { name: '', attributes: {}, resource: { r: 'x' } }, true],
    [{ resource: 'r', equals: 'x' }, { name: '', attributes: {} }, false],
    [{ field: 'span_name', equals: 'n' }, { name: 'n', attributes: {} }, true],
    [{ field: 'scope_name', prefix: 'sc' }, { name: '', attributes: {}, scopeName: 'scope' }, true],
    [{ field: 'status_code', equals: 2 }, { name: '', attributes: {}, status: { code: 2 } }, true],
    [{ field: 'status_message', exists: true }, { name: '', attributes: {}, status: { code: 2 } }, false],
    [{ field: 'body', exists: true }, { name: 'n', attributes: {} }, false],
  ])('tests %j', (condition, span, expected) => {
    expect(matching(condition, span)).toBe(expected);
  });

  it('copies and maps for an event, and reads no event from a row that says none', () => {
    const { readEvent: read } = createReader(
      own({
        valueMaps: { mode: { ask: 'approval_required' } },
        events: [
          { id: 'own.none', on: 'span', when: [{ attribute: 'quiet', exists: true }], event: 'none' },
          {
            id: 'own.event',
            on: 'span',
            when: [{ attribute: 'k', exists: true }],
            event: 'alignment.intervention',
            copy: { 'gen_ai.tool.call.id': ['id', 'other'] },
            values: { 'alignment.human.involvement': { from: ['mode'], map: 'mode' } },
          },
          {
            id: 'own.log',
            on: 'log',
            when: [{ attribute: 'l', exists: true }],
            event: 'alignment.intervention',
          },
        ],
      }),
    );
    expect(read({ name: '', attributes: { k: 1, other: 'c1', mode: 'ask' } })?.attributes).toEqual({
      'gen_ai.tool.call.id': 'c1',
      'alignment.human.involvement': 'approval_required',
    });
    expect(read({ name: '', attributes: { k: 1, quiet: 1 } })).toBeUndefined();
    expect(read({ name: '', attributes: { l: 1 } })).toBeUndefined();
  });
});

describe('hostile spans', () => {
  const thrower = (): never => {
    throw new Error('trap');
  };
  const hostile: readonly unknown[] = [
    { name: 'x', attributes: new Proxy({}, { get: thrower }) },
    { name: 'claude_code.tool', attributes: new Proxy({}, { get: thrower }) },
    {
      name: 'x',
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        get 'gen_ai.tool.name'() {
          return thrower();
        },
      },
    },
    { name: 7, attributes: { 'gen_ai.operation.name': 'execute_tool' } },
    { name: 'x', attributes: null },
    { name: 'x' },
    {},
  ];

  it.each(hostile)('give nothing and do not throw: %#', span => {
    expect(readStep(span as SpanView)).toBeUndefined();
    expect(() => isAgentSpan(span as SpanView)).not.toThrow();
    expect(readEvent(span as SpanView)).toBeUndefined();
  });
});

describe('any span', () => {
  const nativeKeys = [...JSON.stringify(DIALECTS).matchAll(/"([a-z_]+(?:\.[A-Za-z_]+)+)"/g)].map(
    match => match[1]!,
  );
  const words = [...JSON.stringify(DIALECTS).matchAll(/"(?:equals|prefix)":"([^"]+)"/g)].map(
    match => match[1]!,
  );
  const value = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(...words, 'tool', 'chat', '{"args":[],"kwargs":{}}', '{"thread_id":1}'),
    },
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
  );
  const span = fc.record<SpanView>(
    {
      name: fc.oneof(fc.string(), fc.constantFrom(...words)),
      attributes: fc.dictionary(fc.oneof(fc.constantFrom(...nativeKeys), fc.string()), value, {
        maxKeys: 12,
      }),
      status: fc.record({ code: fc.integer(), message: fc.string() }),
    },
    { requiredKeys: ['name', 'attributes'] },
  );
  const texts = [
    'agentId',
    'agentName',
    'agentVersion',
    'providerName',
    'toolName',
    'toolCallId',
    'errorType',
  ] as const;

  it('gives a step of the right types or none, and throws never', () => {
    fc.assert(
      fc.property(span, one => {
        const step = readStep(one);
        readEvent(one);
        const known = isAgentSpan(one);
        if (step === undefined) return;
        expect(known).toBe(true);
        expect(dialectNames).toContain(step.dialect);
        expect(['tool', 'agent', 'model']).toContain(step.kind);
        for (const field of texts) {
          if (step[field] === undefined) continue;
          expect(typeof step[field]).toBe('string');
          expect(step[field]!.length).toBeGreaterThan(0);
          expect(step[field]!.length).toBeLessThanOrEqual(512);
        }
        if (step.session) {
          expect(['session.id', 'gen_ai.conversation.id']).toContain(step.session.key);
          expect(typeof step.session.value).toBe('string');
        }
        expect(step.arguments).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('is read by the written-out code as the tables say', () => {
    const plain = createTableReader(DIALECTS);
    fc.assert(
      fc.property(span, one => {
        const expected = plain(one);
        expect(readStep(one)).toEqual(expected ?? undefined);
        expect(isAgentSpan(one)).toBe(expected !== undefined);
        if (expected !== undefined) expect(mayBeAgent(one)).toBe(true);
      }),
      { numRuns: 4000 },
    );
  });
});
