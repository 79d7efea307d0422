import { describe, expect, it } from 'vitest';
import { bucketOf, edgeOf, listed } from './classify.ts';
import type { SourceSpan } from './source.ts';

const span = (kind: number, attributes: Record<string, string>, remoteParent = false): SourceSpan => ({
  traceId: '1'.repeat(32),
  spanId: '1'.repeat(16),
  parentSpanId: undefined,
  remoteParent,
  kind,
  startMs: 0,
  attributes,
  events: [],
  resource: {},
  links: [],
});
const http = { 'http.request.method': 'POST', 'server.address': 'agent.example.org' };

describe('the kind of boundary', () => {
  it.each([
    [3, { 'gen_ai.operation.name': 'chat' }, 'llm'],
    [3, { 'mcp.method.name': 'tools/call' }, 'mcp'],
    [2, { 'mcp.method.name': 'tools/call', 'http.request.method': 'POST' }, 'mcp'],
    [3, { 'a2a.context.id': 'x', 'http.request.method': 'POST' }, 'a2a'],
    [3, { 'acp.method.name': 'session/prompt' }, 'acp'],
    [3, http, 'http'],
    [3, { 'process.executable.name': 'agent' }, 'process'],
    [1, { 'mcp.method.name': 'tools/call' }, undefined],
    [2, { 'gen_ai.operation.name': 'chat' }, undefined],
    [3, { 'http.request.method': 'POST', 'server.address': 'elsewhere.test' }, undefined],
    [3, { 'http.request.method': 'POST', 'server.address': 'notexample.org' }, undefined],
    [9, { 'mcp.method.name': 'tools/call' }, undefined],
  ] as const)('kind %d %j is %s', (kind, attributes, edge) => {
    expect(edgeOf(span(kind, attributes), { edgeHosts: ['*.example.org'] })).toBe(edge);
  });

  it('of a served HTTP call is seen where the caller is in another process', () => {
    expect(edgeOf(span(2, http, true), { edgeHosts: [] })).toBe('http');
    expect(edgeOf(span(2, http, false), { edgeHosts: [] })).toBeUndefined();
  });
});

describe('buckets and listed values', () => {
  it.each([
    [0, 0],
    [0.1, 1],
    [0.39, 1],
    [0.4, 2],
    [0.7, 3],
    [0.9, 4],
    [1, 4],
    [1.1, undefined],
    [Number.NaN, undefined],
    ['0.5', undefined],
  ])('%s is in %s', (score, bucket) => {
    expect(bucketOf(score)).toBe(bucket);
  });

  it('let no word from outside through', () => {
    expect(listed('alignment.intervention.type', 'denial')).toBe('denial');
    expect(listed('alignment.intervention.type', 'my own words')).toBe('_OTHER');
    expect(listed('alignment.human.involvement', 'my own words')).toBeUndefined();
    expect(listed('alignment.signal.reason', 'rule')).toBeUndefined();
  });
});
