import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  derive,
  directoryKeyOf,
  Erased,
  Fragmenter,
  fragmentProblem,
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
  usableValue,
} from '../../src/sessions/index.ts';
import { readSession } from '../../src/sessions/release/facts.ts';
import { type CellCount, countCells, LEVELS, published, RISKS } from '../../src/sessions/release/table.ts';
import { canonicalJson, signEpoch } from '../../src/sessions/voprf/directory-signature.ts';
import { run } from '../cli/run.ts';
import { at, spoilt } from './spoilt.ts';
import { fragmentAt, fragmentsOf, STITCH_VECTORS, writtenSessions } from './stitch-vectors.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents as they are
type Json = any;
const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const load = (name: string): Json => JSON.parse(readFileSync(path(`semconv/sessions/${name}`), 'utf8'));
const vectors = load('vectors.json');
const fragments = load('fragment-vectors.json');
const erasures = load('erasure-vectors.json');
const conformance = load('conformance.json');

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

  it.each(refused as Json[])('a pinned key refuses $what', change => {
    expect(() => taken(spoilt({ ...document, sig }, change))).toThrow('epochs[0].sig');
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

  it.each([...fragments.contributors, ...fragments.cases] as Json[])(
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

  it.each(fragments.refused as Json[])('the layer refuses another $what ($pointer)', change => {
    const { output } = fragments.contributors[0];
    const taken = [...receivedFragments(output)].length;
    const results = [...receivedFragments(spoilt(output, change))];
    expect(results).toHaveLength(taken);
    // nothing else is refused than what was spoilt: one fragment, or all of a resource, a scope or a request
    const refused = results.filter(one => 'problem' in one).length;
    expect(refused).toBe(change.pointer.includes('/spans/') ? 1 : taken);
  });

  it.each(fragments.join_values.taken as Json[])('a key may be $value', ({ value, hashed = value }) => {
    expect(usableValue(value)).toBe(hashed);
  });

  it.each(fragments.join_values.refused as string[])('no key is %s', value => {
    expect(usableValue(value)).toBeUndefined();
  });
});

describe('the release', () => {
  const release = load('release-vectors.json');
  const cellOf = ({ sessions, contributors, homes }: Json): CellCount => ({
    sessions,
    contributors: new Set(contributors),
    homes: new Map(Object.entries(homes)),
  });

  it('has the bands and levels of the vectors', () => {
    expect([release.risks, release.levels]).toEqual([RISKS, LEVELS]);
  });

  it.each(release.sessions as Json[])('counts a session $what', ({ session, counted, because }) => {
    const read = readSession(session);
    expect(typeof read === 'string' ? read : { ...read, risk: RISKS[read.risk] }).toEqual(
      counted === null ? because : expect.objectContaining(counted),
    );
  });

  it('has the true counts of the vectors', () => {
    const facts = release.sessions.flatMap(({ session }: Json) => sessionFacts(session) ?? []);
    const cells = countCells(facts, release.epoch);
    for (const [i, cell] of cells.entries()) {
      const [risk, autonomy] = [RISKS[Math.floor(i / LEVELS.length)], LEVELS[i % LEVELS.length]];
      const wanted = release.cells.find((one: Json) => one.risk === risk && one.autonomy === autonomy);
      expect(cell).toEqual(cellOf(wanted ?? { sessions: 0, contributors: [], homes: {} }));
    }
  });

  it.each(release.shown as Json[])('shows $what', ({ cell, noise, count, suppressed, parameters }) => {
    const { min_contributors: minContributors, ...limits } = parameters ?? release.parameters;
    expect(published(cellOf(cell), noise, { ...limits, minContributors })).toEqual(
      suppressed === undefined ? { count } : { suppressed },
    );
  });

  it.each(release.refused as Json[])('refuses $what, and spends nothing', ({ sessions }) => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-release-'));
    try {
      const lines = sessions.map((one: Json) => `${JSON.stringify(one)}\n`).join('');
      writeFileSync(join(folder, 'in'), lines);
      const args = ['--in', 'in', '--epoch', release.epoch, '--ledger', 'ledger', '--out', 'table'];
      expect(run(['sessions', 'release', ...args], '', folder)).toMatchObject({ status: 2, stdout: '' });
      expect(readdirSync(folder)).toEqual(['in']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the layer stitches', () => {
  it.each(STITCH_VECTORS.cases)('stitching: $what', one => {
    const stitcher = new Stitcher({
      ...(one.bucket_minutes !== undefined && { bucketMs: one.bucket_minutes * 60_000 }),
    });
    for (const fragment of fragmentsOf(one)) {
      expect(fragmentProblem(fragment)).toBeUndefined();
      stitcher.add(fragment);
    }
    const sessions = [...stitcher.sessions()];
    expect(writtenSessions(sessions, one.sessions)).toEqual(one.sessions);
    expect([...stitcher.refusals.values()].reduce((sum, times) => sum + times, 0)).toBe(one.refused);
    for (const { name, corroborated } of sessions.flatMap(({ spans }) => spans))
      expect(typeof corroborated).toBe(name === 'alignment.edge' ? 'boolean' : 'undefined');
  });

  it.each(STITCH_VECTORS.times)(
    'a fragment of $epoch that starts at $start: $why',
    ({ taken, now, ...one }) => {
      const fragment = fragmentAt({ contributor: 'a', trace: 1, span: 1, ...one }, 0);
      const request = JSON.parse(JSON.stringify(fragmentsRequest([fragment], 'a')));
      const [received] = receivedFragments(request, now === undefined ? undefined : Date.parse(now));
      expect(!('problem' in received!)).toBe(taken);
    },
  );
});
