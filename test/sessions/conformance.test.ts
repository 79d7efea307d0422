import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  derive,
  directoryKeyOf,
  Erased,
  Fragmenter,
  fragmentsRequest,
  hmacPseudonyms,
  newPurgeCount,
  parseDirectory,
  parseDirectoryKey,
  parseErasures,
  pseudonymInput,
  purgeRequest,
  type ReceivedFragment,
  receivedFragments,
  Stitcher,
  sessionFacts,
  sessionRequest,
  sourceSpans,
  spanIdsUnder,
} from '../../src/sessions/index.ts';
import { RISKS } from '../../src/sessions/release/table.ts';
import { canonicalJson, signEpoch } from '../../src/sessions/voprf/directory-signature.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents as they are
type Json = any;
const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const load = (name: string): Json => JSON.parse(readFileSync(path(`semconv/sessions/${name}`), 'utf8'));
const vectors = load('vectors.json');
const fragments = load('fragment-vectors.json');
const erasures = load('erasure-vectors.json');
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

describe('the signature of an epoch document', () => {
  const { canonical, seed, key, document, text, sig, refused } = vectors.directory;
  // what PKCS #8 puts before the 32 bytes of an Ed25519 key
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const signKey = createPrivateKey({
    key: Buffer.concat([prefix, Buffer.from(seed, 'hex')]),
    format: 'der',
    type: 'pkcs8',
  });
  const keys = [parseDirectoryKey(key, 'key')];
  const taken = (one: Json): unknown =>
    parseDirectory({ v: 'asr/1', epochs: [one] }, 'directory', false, keys);

  it.each(canonical as Json[])('the canonical form of $value', one => {
    expect(canonicalJson(one.value)).toBe(one.text);
  });

  it('is the one of the vectors', () => {
    expect(canonicalJson(document)).toBe(text);
    expect(directoryKeyOf(signKey)).toBe(key);
    expect(signEpoch(document, signKey).sig).toBe(sig);
    expect(() => taken({ ...document, sig })).not.toThrow();
  });

  it.each(refused as Json[])('a pinned key refuses $what', ({ pointer, value }) => {
    const spoilt = structuredClone({ ...document, sig });
    const place = pointer.slice(0, pointer.lastIndexOf('/'));
    at(spoilt, place)[pointer.slice(place.length + 1)] = value;
    expect(() => taken(spoilt)).toThrow('epochs[0].sig');
  });
});

describe('erasure and retention', () => {
  const spanIds = (json: Json): string[] =>
    (json?.resourceSpans ?? []).flatMap(({ scopeSpans }: Json) =>
      scopeSpans.flatMap(({ spans }: Json) => spans.map(({ spanId }: Json) => spanId)),
    );

  it.each(erasures.cases as Json[])(
    'is as the vectors say: $what',
    ({ now, erased: lines, left, sessions }) => {
      const erased = new Erased();
      const record = lines.map((line: Json) => `${JSON.stringify(line)}\n`).join('');
      for (const line of parseErasures(record, 'record')) erased.add(line);
      const rules = { erased, now: Date.parse(now) };
      const count = newPurgeCount();
      const purge = (json: unknown): unknown => purgeRequest(structuredClone(json), rules, count);
      const kept = fragments.contributors.flatMap(({ output }: Json) => spanIds(purge(output)));
      expect(kept.sort()).toEqual([...left].sort());
      const stitcher = new Stitcher();
      for (const { output } of fragments.contributors)
        for (const one of receivedFragments(output)) stitcher.add(one as ReceivedFragment);
      for (const session of stitcher.sessions()) {
        const request = sessionRequest(session);
        // of a session nothing can be named: its ids are new, and none is a fragment's
        const text = JSON.stringify(request);
        for (const id of [
          ...spanIds(fragments.contributors[0].output),
          ...fragments.contributors.flatMap(tagsOf),
        ])
          expect(text).not.toContain(id);
        expect(spanIds(purge(request)).length).toBe(sessions ? session.spans.length + 1 : 0);
      }
      expect(count.unknown).toBe(0);
    },
  );

  const tagsOf = ({ output }: Json): string[] =>
    output.resourceSpans[0].scopeSpans[0].spans.flatMap(({ traceId, attributes }: Json) => [
      traceId,
      ...attributes
        .filter(({ key }: Json) => key === 'alignment.join.tags')
        .flatMap(({ value }: Json) => value.arrayValue.values.map((one: Json) => one.stringValue)),
    ]);
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

  it('the release counts that session by its highest risk and level', () => {
    const stitcher = new Stitcher();
    for (const { output } of fragments.contributors)
      for (const one of receivedFragments(output)) stitcher.add(one as ReceivedFragment);
    const { risk, autonomy } = sessionFacts(sessionRequest([...stitcher.sessions()][0]!))!;
    expect({ risk: RISKS[risk], autonomy }).toEqual({
      risk: fragments.counted.risk,
      autonomy: fragments.counted.autonomy,
    });
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
