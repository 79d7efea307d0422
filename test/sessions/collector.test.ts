import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../../src/semconv/index.ts';
import { EVENT_ATTRIBUTES, EVENT_NAMES, FRAGMENT_ATTRIBUTES } from '../../src/sessions/fragment/schema.ts';
import { JOIN_TYPES } from '../../src/sessions/index.ts';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { freePorts, retryOnPortConflict, startChild, waitFor } from '../../tools/stack/processes.ts';
import { jsonLines, run } from '../cli/run.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { post } from '../stack/otlp.ts';
import { spoilt } from './spoilt.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents as they are
type Json = any;
const config = (name: string): string => join(collectorConfig, 'sessions', `${name}.yaml`);
const closedWorld = readFileSync(config('closed-world'), 'utf8');
const vectors: Json = JSON.parse(
  readFileSync(new URL('../../semconv/sessions/fragment-vectors.json', import.meta.url), 'utf8'),
);
const binaries = requireBinaries('collector-config/sessions', 'otelcol');

describe('the lists of closed-world.yaml', () => {
  /** The alternatives that a statement lets through. */
  const allowed = (path: string, key: string): string[] => {
    const line = closedWorld.split('\n').find(one => one.includes(`not IsMatch(${path}["${key}"]`));
    return (/"\^\(\?:(.*)\)\$"\)$/.exec(line ?? '')?.[1] ?? '').replaceAll('[.]', '.').split('|');
  };
  const deleted = (path: string): string[] =>
    [...closedWorld.matchAll(/delete_key\((\w+)\.cache\["attributes"\], "([^"]+)"\)/g)]
      .filter(([, context]) => context === path)
      .map(([, , key]) => key!)
      .sort();

  it('have the keys of a fragment and of its events', () => {
    expect(deleted('span')).toEqual(Object.keys(FRAGMENT_ATTRIBUTES).sort());
    expect(deleted('spanevent')).toEqual(Object.keys(EVENT_ATTRIBUTES).sort());
    for (const name of EVENT_NAMES) expect(closedWorld).toContain(name.replaceAll('.', '[.]'));
    for (const { type } of JOIN_TYPES)
      expect(allowed('span.attributes', 'alignment.join.types').join('|')).toContain(type);
  });

  const enums = (path: string, keys: object): [string, string][] =>
    Object.keys(keys)
      .filter(key => ATTRIBUTES[key]?.values !== undefined)
      .map(key => [path, key]);
  it.each([
    ...enums('span.attributes', FRAGMENT_ATTRIBUTES),
    ...enums('spanevent.attributes', EVENT_ATTRIBUTES),
  ])('%s: the members of %s', (path, key) => {
    expect(allowed(path, key)).toEqual([...ATTRIBUTES[key]!.values!].sort());
  });
});

/** A Collector leaves members out that OTLP does not know, or refuses the request. */
const refused: Json[] = vectors.refused.filter(({ json }: Json) => json !== true);

describe.skipIf(!binaries)('with the real Collector', () => {
  const sandbox = new Sandbox();
  const folder = sandbox.folder();
  const file = join(folder, 'fragments.jsonl');
  const pem = (name: string): string => join(folder, name);
  let layer: Record<'a' | 'b', string>;
  let contributor: string;

  function certificates(): void {
    const openssl = (...args: string[]): void => {
      execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    };
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    writeFileSync(pem('ext'), 'subjectAltName=IP:127.0.0.1\n');
    for (const [authority, name] of [
      ['layer-ca', 'layer'],
      ['a-ca', 'a'],
      ['b-ca', 'b'],
    ] as const) {
      openssl(
        'req',
        '-x509',
        ...key,
        '-keyout',
        `${authority}.key`,
        '-out',
        `${authority}.crt`,
        '-days',
        '2',
        '-subj',
        `/CN=${authority}`,
      );
      openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      openssl(
        ...['x509', '-req', '-in', `${name}.csr`, '-CA', `${authority}.crt`, '-CAkey', `${authority}.key`],
        ...['-CAcreateserial', '-days', '2', '-out', `${name}.crt`, '-extfile', 'ext'],
      );
    }
  }

  /** Posts to the layer with a contributor's certificate, or with none. */
  function toLayer(address: string, who: string | undefined, body: object): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        `https://${address}/v1/traces`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          ca: readFileSync(pem('layer-ca.crt')),
          agent: false,
          ...(who !== undefined && {
            cert: readFileSync(pem(`${who}.crt`)),
            key: readFileSync(pem(`${who}.key`)),
          }),
        },
        response => {
          response.resume();
          response.once('end', () => resolve(response.statusCode ?? 0));
        },
      );
      request.once('error', reject);
      request.end(JSON.stringify(body));
    });
  }

  beforeAll(async () => {
    if (!binaries) return;
    certificates();
    await retryOnPortConflict(async () => {
      const [a, b, c] = (await freePorts(3)).map(port => `127.0.0.1:${port}`) as [string, string, string];
      layer = { a, b };
      contributor = `http://${c}`;
      const start = (name: string, env: NodeJS.ProcessEnv) => {
        const child = startChild(
          name,
          binaries!.otelcol,
          ['--config', config('closed-world'), '--config', config(name)],
          env,
        );
        sandbox.defer(() => child.stop());
        return child;
      };
      const children = [
        start('layer', {
          ...{ ASR_A_ADDRESS: a, ASR_A_ID: 'provider-a', ASR_A_CA: pem('a-ca.crt') },
          ...{ ASR_B_ADDRESS: b, ASR_B_ID: 'provider-b', ASR_B_CA: pem('b-ca.crt') },
          ...{ ASR_TLS_CERT: pem('layer.crt'), ASR_TLS_KEY: pem('layer.key'), ASR_FRAGMENTS: file },
          ASR_BATCH: '200ms',
        }),
        start('contributor', {
          ...{ ASR_OTLP_HTTP: c, ASR_LAYER: a, ASR_BATCH: '200ms' },
          ...{ ASR_TLS_CA: pem('layer-ca.crt'), ASR_TLS_CERT: pem('a.crt'), ASR_TLS_KEY: pem('a.key') },
        }),
      ];
      await waitFor('both Collectors', async () => {
        const ended = children.find(child => !child.running());
        if (ended !== undefined) throw new Error(ended.output());
        await toLayer(b, 'b', {});
        await fetch(contributor);
        return true;
      });
    });
  });
  afterAll(() => sandbox.clean());

  const stored = (): Json[] =>
    existsSync(file)
      ? jsonLines(readFileSync(file, 'utf8')).flatMap((line: Json) =>
          line.resourceSpans.flatMap((group: Json) => {
            const id = group.resource.attributes.find((one: Json) => one.key === 'alignment.contributor.id');
            return group.scopeSpans.flatMap((scope: Json) =>
              scope.spans.map((span: Json) => ({ ...span, contributor: id?.value.stringValue })),
            );
          }),
        )
      : [];
  let marks = 0;
  /** A good fragment of its own trace: once it is there, all that was sent before has been judged. */
  async function marker(send: (body: object) => Promise<unknown>): Promise<void> {
    const good = structuredClone(vectors.contributors[0].output);
    marks += 1;
    const traceId = String(marks).padStart(32, 'e');
    good.resourceSpans[0].scopeSpans[0].spans = [
      { ...good.resourceSpans[0].scopeSpans[0].spans[0], traceId },
    ];
    await send(good);
    await waitFor('the marker', () => Promise.resolve(stored().some(span => span.traceId === traceId)));
  }
  const traceOf = (i: number): string => String(i).padStart(32, 'd');
  /** What of the spoilt ones came through. */
  const through = (): string[] =>
    refused
      .filter((_: Json, i: number) => stored().some(span => span.traceId === traceOf(i)))
      .map(({ what }: Json) => what);
  const allSpoilt = (): object[] =>
    refused.map((change, i) => {
      const request = spoilt(vectors.contributors[0].output, change);
      const scope = request.resourceSpans[0].scopeSpans[0];
      // by its trace it is known again, where the trace is not what was spoilt
      if (!change.pointer.endsWith('/traceId')) for (const span of scope.spans) span.traceId = traceOf(i);
      // of the request only the spoilt fragment, so that nothing good is beside it
      const index = Number(/\/spans\/(\d+)\//.exec(change.pointer)?.[1] ?? 0);
      scope.spans = [scope.spans[index]];
      return request;
    });

  it('fragments reach the layer as they are, under who the certificate says sent them', async () => {
    for (const { output } of vectors.contributors)
      expect(await post(contributor, 'traces', output)).toBe(200);
    await waitFor('the fragments', () => Promise.resolve(stored().length === 6));
    // both were sent with the certificate of provider A, whatever they say
    expect(new Set(stored().map(span => span.contributor))).toEqual(new Set(['provider-a']));
    const sent = vectors.contributors.flatMap(
      ({ output }: Json) => output.resourceSpans[0].scopeSpans[0].spans,
    );
    expect(
      stored()
        .map(span => span.spanId)
        .sort(),
    ).toEqual(sent.map((span: Json) => span.spanId).sort());
    expect(await toLayer(layer.b, 'b', vectors.contributors[1].output)).toBe(200);
    await waitFor('those of B', () => Promise.resolve(stored().length === 8));
    expect(stored().filter(span => span.contributor === 'provider-b')).toHaveLength(2);
    // and the layer's command takes what its Collector wrote
    const { stderr, status } = run([
      'sessions',
      'stitch',
      '--trial',
      '--in',
      file,
      '--out',
      join(folder, 'sessions.jsonl'),
    ]);
    expect(stderr).toContain('1 sessions, 1 of several contributors');
    expect(status).toBe(0);
  });

  it('nobody gets in without a certificate, or with that of another contributor', async () => {
    const good = vectors.contributors[0].output;
    await expect(toLayer(layer.a, undefined, good)).rejects.toThrow();
    await expect(toLayer(layer.a, 'b', good)).rejects.toThrow();
    await expect(toLayer(layer.b, 'a', good)).rejects.toThrow();
  });

  it('at the contributor nothing leaves but fragments: telemetry and what the vectors refuse is dropped', async () => {
    const before = stored().length;
    for (const { input } of vectors.contributors)
      await post(contributor, 'traces', { resourceSpans: input.resourceSpans });
    for (const request of allSpoilt())
      expect([200, 400]).toContain(await post(contributor, 'traces', request));
    await marker(body => post(contributor, 'traces', body));
    expect(through()).toEqual([]);
    expect(stored()).toHaveLength(before + 1);
  });

  it('at the layer what the vectors refuse is dropped, or stamped over', async () => {
    const before = stored().length;
    for (const request of allSpoilt()) expect([200, 400]).toContain(await toLayer(layer.a, 'a', request));
    await marker(body => toLayer(layer.a, 'a', body));
    // three say that they are somebody else, or not who: they are not asked
    expect(through()).toEqual(['resource', 'resource', 'resource']);
    expect(stored()).toHaveLength(before + 4);
    const text = readFileSync(file, 'utf8');
    for (const word of [
      'Jane',
      'asr/another',
      'build-7',
      'words',
      'planner',
      'bash',
      'jane',
      'asr.refused',
      'enduser',
    ])
      expect(text).not.toContain(word);
  });
});
