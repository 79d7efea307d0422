import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { recordsOf } from '../../src/otlp/index.ts';
import { signalId } from '../../src/signals/index.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-otlp-'));
afterAll(() => rmSync(folder, { recursive: true }));
const captures = fileURLToPath(new URL('../fixtures/captures', import.meta.url));

const pairs = (attributes: Record<string, string>): object[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value } }));
interface Span {
  readonly id: number;
  readonly parent?: number;
  readonly end: number;
  readonly name?: string;
  readonly attributes: Record<string, string>;
  readonly events?: object[];
}
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const hex = (id: number): string => id.toString(16).padStart(16, '0');
const spansLine = (spans: readonly Span[], service = 'agent'): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: pairs({ 'service.name': service }) },
        scopeSpans: [
          {
            scope: { name: 'x' },
            spans: spans.map(({ id, parent, end, name, attributes, events }) => ({
              traceId: TRACE,
              spanId: hex(id),
              ...(parent === undefined ? {} : { parentSpanId: hex(parent) }),
              name: name ?? 'execute_tool Bash',
              startTimeUnixNano: `${end - 1}000000000`,
              endTimeUnixNano: `${end}000000000`,
              attributes: pairs(attributes),
              ...(events === undefined ? {} : { events }),
            })),
          },
        ],
      },
    ],
  });
const bash = (command: string, more: Record<string, string> = {}): Record<string, string> => ({
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': 'Bash',
  'gen_ai.tool.call.arguments': JSON.stringify({ command }),
  ...more,
});
const agent = (id: number, end: number, conversation: string): Span => ({
  id,
  end,
  name: 'invoke_agent a',
  attributes: {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.id': 'agent-1',
    'gen_ai.conversation.id': conversation,
  },
});

interface Assessed {
  readonly status: number | null;
  readonly stderr: string;
  readonly input: string;
  readonly output: string;
  /** The records that were added, in order. */
  readonly added: ReturnType<typeof recordsOf> extends Generator<infer R> ? R[] : never;
}

let count = 0;
function assess(lines: readonly string[]): Assessed {
  count += 1;
  const [from, to] = [join(folder, `in-${count}.jsonl`), join(folder, `out-${count}.jsonl`)];
  const input = lines.map(line => `${line}\n`).join('');
  writeFileSync(from, input);
  const { status, stderr, stdout } = run(['assess', '--otlp', from, '--out', to]);
  expect(stdout).toBe('');
  const output = readFileSync(to, 'utf8');
  const given = new Set(lines);
  const added = output
    .split('\n')
    .filter(line => line !== '' && !given.has(line))
    .flatMap(line => [...recordsOf(JSON.parse(line))]);
  return { status, stderr: stderr.replaceAll(from, 'IN'), input, output, added };
}

describe('recorded telemetry', () => {
  it('comes out unchanged, followed by the events that it gives rise to', () => {
    const lines = [
      JSON.stringify({ resourceMetrics: [] }),
      spansLine([
        { id: 2, parent: 1, end: 12, attributes: bash('rm -rf /', { 'gen_ai.tool.call.id': 'c1' }) },
      ]),
      spansLine([agent(1, 15, 'conv')]),
    ];
    const { status, stderr, output, added } = assess(lines);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(output.split('\n').filter(line => lines.includes(line))).toEqual(lines);
    const [risk] = added;
    expect(risk).toMatchObject({
      eventName: 'alignment.risk_escalation',
      time: [12, 0],
      traceId: TRACE,
      spanId: hex(2),
      scopeName: 'otel-alignment',
      resource: { 'service.name': 'agent' },
    });
    expect(risk?.attributes).toMatchObject({
      'alignment.source.type': 'instrumentation',
      'alignment.source.name': 'otel-alignment',
      'alignment.signal.reason': 'risk.high',
      'alignment.action.type': 'delete',
      'alignment.action.reversibility': 'irreversible',
      'gen_ai.tool.name': 'Bash',
      'gen_ai.tool.call.id': 'c1',
      // the parent's, which stands later in the file
      'gen_ai.conversation.id': 'conv',
      'gen_ai.agent.id': 'agent-1',
    });
    const attributes = risk?.attributes as never;
    expect(risk?.attributes['alignment.signal.id']).toBe(
      signalId({ class: 'risk_escalation', time: [12, 0], attributes }, 'conv'),
    );
  });

  it('gives the same events however often it is read, and none twice', () => {
    const lines = [
      spansLine([{ id: 2, parent: 1, end: 12, attributes: bash('rm -rf /') }, agent(1, 15, 'conv')]),
    ];
    const ids = (found: Assessed): unknown[] =>
      found.added.map(({ attributes }) => attributes['alignment.signal.id']);
    const once = assess(lines);
    expect(ids(once).length).toBeGreaterThan(0);
    expect(ids(assess(lines))).toEqual(ids(once));
    // what was assessed in process already is there as an event on the span
    const [first] = once.added;
    const events = once.added.map(({ eventName, attributes }) => ({
      name: eventName,
      timeUnixNano: '12000000000',
      attributes: [
        ...pairs({ 'alignment.signal.id': String(attributes['alignment.signal.id']) }),
        { key: 'alignment.signal.severity', value: { doubleValue: 0.9 } },
      ],
    }));
    expect(first).toBeDefined();
    const again = assess([
      spansLine([{ id: 2, parent: 1, end: 12, attributes: bash('rm -rf /'), events }, agent(1, 15, 'conv')]),
    ]);
    expect(again.added).toEqual([]);
  });

  it('is assessed in order of time within the window, session by session', () => {
    const step = (id: number, end: number, command: string, session: string): Span => ({
      id,
      end,
      attributes: bash(command, { 'gen_ai.conversation.id': session }),
    });
    const { added } = assess([
      spansLine([step(3, 30, 'rm -rf /', 'a'), step(1, 10, 'ls', 'a')]),
      spansLine([step(2, 20, 'rm -rf /', 'a'), step(4, 40, 'rm -rf /', 'b')]),
    ]);
    // once per rule and session: the earlier of the two
    const risks = added.filter(({ eventName }) => eventName === 'alignment.risk_escalation');
    expect(risks.map(({ spanId }) => spanId)).toEqual([hex(2), hex(4)]);
  });

  it('knows what was decided on a step from the records of the same file', () => {
    const denial = JSON.stringify({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                {
                  timeUnixNano: '11000000000',
                  eventName: 'alignment.intervention',
                  attributes: [
                    ...pairs({
                      'alignment.intervention.type': 'denial',
                      'alignment.intervention.initiator': 'human',
                      'gen_ai.tool.call.id': 'c1',
                      'gen_ai.conversation.id': 'conv',
                    }),
                    { key: 'alignment.signal.severity', value: { doubleValue: 0.4 } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    const call = (id: number, end: number, callId: string): Span => ({
      id,
      end,
      attributes: bash('rm -r /srv/data', {
        'gen_ai.tool.call.id': callId,
        'gen_ai.conversation.id': 'conv',
      }),
    });
    const { added } = assess([spansLine([call(1, 12, 'c1')]), denial, spansLine([call(2, 20, 'c2')])]);
    const reasons = added.map(({ attributes, spanId }) => [attributes['alignment.signal.reason'], spanId]);
    expect(reasons).toContainEqual(['restriction.retried_after_denial', hex(2)]);
    expect(added.every(({ eventName }) => eventName !== 'alignment.intervention')).toBe(true);
  });

  it('writes no content beyond what it was given', () => {
    const canary = 'CANARY-91c2';
    const lines = [
      spansLine([
        { id: 1, end: 12, attributes: bash(`rm -rf / # ${canary}`, { 'gen_ai.tool.call.result': canary }) },
      ]),
    ];
    const { added, output } = assess(lines);
    expect(added.length).toBeGreaterThan(0);
    expect(output.split(canary).length).toBe(lines.join('').split(canary).length);
  });
});

describe('captures of real agents', () => {
  const names = readdirSync(captures, { recursive: true, encoding: 'utf8' }).filter(path =>
    /(^|[\\/])(logs|traces)\.json$/.test(path),
  );

  it('give good signals with trace, span and id, and each once', () => {
    expect(names.length).toBeGreaterThan(50);
    const lines = names.map(path => JSON.stringify(JSON.parse(readFileSync(join(captures, path), 'utf8'))));
    const { status, stderr, added } = assess(lines);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const classes = new Set(added.map(({ eventName }) => eventName));
    expect([...classes]).toEqual(
      expect.arrayContaining([
        'alignment.intervention',
        'alignment.autonomy_boundary',
        'alignment.clarification_request',
      ]),
    );
    for (const { traceId, spanId, attributes } of added) {
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(spanId).toMatch(/^[0-9a-f]{16}$/);
      expect(attributes['alignment.signal.id']).toMatch(/^[0-9a-f]{32}$/);
      expect(['harness', 'instrumentation']).toContain(attributes['alignment.source.type']);
    }
    const { status: valid, stdout } = run(['validate', join(folder, `out-${count}.jsonl`)]);
    expect(stdout).toContain('all good');
    expect(valid).toBe(0);
  });
});

describe('what cannot be used', () => {
  it('is named with its line and handed on; the rest is assessed; exit 1', () => {
    const good = spansLine([{ id: 1, end: 12, attributes: bash('rm -rf /') }]);
    const { status, stderr, output, added } = assess(['{"hello":1}', 'nonsense', good]);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'otel-alignment: IN:1: no OTLP request (resourceSpans, resourceLogs, resourceMetrics); nothing in it is assessed',
      'otel-alignment: IN:2: not JSON; nothing in it is assessed',
    ]);
    expect(output).toContain('nonsense\n');
    expect(added.length).toBeGreaterThan(0);
  });

  it('stops with one line where a file is unusable', () => {
    const one = join(folder, 'one.jsonl');
    writeFileSync(one, `${spansLine([])}\n`);
    const many = join(folder, 'many.json');
    writeFileSync(many, JSON.stringify(JSON.parse(spansLine([])), null, 2));
    for (const [from, to, message] of [
      [join(folder, 'missing'), join(folder, 'x'), /missing: cannot be used \(ENOENT\)/],
      [one, one, /--out must be another file/],
      [one, join(folder, 'no', 'such', 'folder'), /folder: cannot be used \(ENOENT\)/],
      [many, join(folder, 'y'), /one JSON value over many lines/],
    ] as const) {
      const { status, stderr } = run(['assess', '--otlp', from, '--out', to]);
      expect(status).toBe(2);
      expect(stderr).toMatch(message);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(readFileSync(one, 'utf8')).toBe(`${spansLine([])}\n`);
  });
});
