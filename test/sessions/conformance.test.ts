import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  derive,
  Fragmenter,
  fragmentsRequest,
  hmacPseudonyms,
  pseudonymInput,
  type ReceivedFragment,
  receivedFragments,
  Stitcher,
  sourceSpans,
  spanIdsUnder,
} from '../../src/sessions/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents as they are
type Json = any;
const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const load = (name: string): Json => JSON.parse(readFileSync(path(`semconv/sessions/${name}`), 'utf8'));
const vectors = load('vectors.json');
const fragments = load('fragment-vectors.json');
const conformance = load('conformance.json');

/** What is at a JSON pointer (RFC 6901). */
const at = (document: Json, pointer: string): Json =>
  pointer
    .split('/')
    .slice(1)
    .reduce((value, key) => value?.[key], document);

describe('the conformance list', () => {
  it('names each requirement once', () => {
    const ids = conformance.entries.map((entry: Json) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(30);
  });

  it.each(conformance.entries as Json[])('$id has its test', ({ tests, data }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const { file, name } of tests as { file: string; name: string }[]) {
      // the name, or its beginning, as the title of a test
      const title = name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
      expect(readFileSync(path(file), 'utf8'), file).toMatch(new RegExp(`\\(\\s*['"\`]${title}`));
    }
    if (data !== undefined) {
      const [file, pointer = ''] = data.split('#');
      expect(at(load(file), pointer)).toBeDefined();
    }
  });
});

describe('vectors', () => {
  it.each(vectors.derivation as Json[])('the derivation of $type', one => {
    expect(pseudonymInput(one.type, one.value).toString('hex')).toBe(one.input);
    const derived = derive(Buffer.from(one.y, 'hex'));
    expect({
      trace_id: derived.traceId(),
      tag: derived.tag(),
      span_key: derived.spanKey().toString('hex'),
      span_id: spanIdsUnder(derived.spanKey())(vectors.original_span_id),
    }).toEqual({ trace_id: one.trace_id, tag: one.tag, span_key: one.span_key, span_id: one.span_id });
  });

  it.each(vectors.hmac.outputs as Json[])(
    'tier hmac gives the outputs: $type',
    ({ type, value, ...wanted }) => {
      const { epoch, key } = vectors.hmac;
      const y = hmacPseudonyms(new Map([[epoch, Buffer.from(key, 'hex')]])).deriveNow!(epoch, {
        type,
        value,
      });
      const derived = derive(y);
      expect({
        y: Buffer.from(y).toString('hex'),
        trace_id: derived.traceId(),
        tag: derived.tag(),
        span_key: derived.spanKey().toString('hex'),
        span_id: spanIdsUnder(derived.spanKey())(vectors.original_span_id),
      }).toEqual(wanted);
    },
  );

  it.each(fragments.contributors as Json[])(
    'fragments: the telemetry of $contributor',
    async ({ contributor, input, output }) => {
      const fragmenter = new Fragmenter({
        pseudonyms: hmacPseudonyms(new Map([[fragments.epoch, Buffer.from(fragments.key, 'hex')]])),
        bucketMs: fragments.bucket_minutes * 60_000,
        edgeHosts: fragments.edge_hosts,
      });
      const plans = [];
      for (const span of sourceSpans(input)) if (!('problem' in span)) plans.push(...fragmenter.add(span));
      plans.push(...fragmenter.finish());
      const made = fragmentsRequest(await fragmenter.build(plans), contributor);
      expect(JSON.parse(JSON.stringify(made))).toEqual(output);
    },
  );

  it('the layer joins them to one session', () => {
    const stitcher = new Stitcher();
    for (const { output } of fragments.contributors)
      for (const one of receivedFragments(output)) stitcher.add(one as ReceivedFragment);
    const [session, ...more] = stitcher.sessions();
    expect({
      sessions: 1 + more.length,
      contributors: session!.contributors,
      corroborated_edges: session!.spans.filter(span => span.corroborated).length,
      confidence: session!.confidence,
      conflict: session!.conflict,
    }).toEqual(Object.fromEntries(Object.entries(fragments.session).filter(([key]) => key !== 'about')));
  });

  it.each(fragments.refused as Json[])('the layer refuses another $what ($pointer)', ({ pointer, value }) => {
    const spoilt = structuredClone(fragments.contributors[0].output);
    const place = pointer.slice(0, pointer.lastIndexOf('/'));
    at(spoilt, place)[pointer.slice(place.length + 1)] = value;
    const taken = [...receivedFragments(fragments.contributors[0].output)].length;
    const results = [...receivedFragments(spoilt)];
    expect(results).toHaveLength(taken);
    // nothing else is refused than what was spoilt: one fragment, or all of a resource or a scope
    const refused = results.filter(one => 'problem' in one).length;
    expect(refused).toBe(pointer.includes('/spans/') ? 1 : taken);
  });
});
