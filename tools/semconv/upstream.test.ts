import { describe, expect, it } from 'vitest';
import { loadUpstream, packaged } from './upstream.ts';

const upstream = loadUpstream();

describe('the hand-kept list of upstream keys', () => {
  it.each([...upstream.attributes.values()])(
    '$key is a key of the published conventions',
    ({ key, stability }) => {
      expect(packaged('ATTR_').get(key)).toBe(stability);
    },
  );

  it.each([...upstream.excluded])('%s is excluded and was a key once', key => {
    expect(packaged('ATTR_').has(key)).toBe(true);
    expect(upstream.attributes.has(key)).toBe(false);
  });

  it('names spans in the form that the registry uses', () => {
    for (const span of upstream.spans.keys()) expect(span).toMatch(/^gen_ai\.[a-z_]+\.(?:client|internal)$/);
  });
});
