import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { epochAt } from '../epoch.ts';
import { type RunningEvaluator, startEvaluator } from '../evaluator/server.ts';
import { Fragmenter } from '../fragment/fragmenter.ts';
import type { JoinKey } from '../pseudonyms.ts';
import { parseTokens } from '../service/contributors.ts';
import { parseDirectory } from './directory.ts';
import { loadGroup } from './group.ts';
import { paddedSize, type VoprfOptions, voprfPseudonyms } from './pseudonyms.ts';
import { fetchEpoch, mergeEpoch } from './publish.ts';
import { loadVoprf } from './voprf.ts';
import { type EpochDocument, encode } from './wire.ts';

const TOKEN = 'Zr4vYq8mKp2nXs6tWd9hJc3bLf7gRa1e';
const NOW = Date.parse('2026-11-18T12:00:00Z');
const EPOCH = '2026-W47';
const KEY: JoinKey = { type: 'w3c.trace_id', value: '0af7651916cd43dd8448eb211c80319c' };
const many = (count: number): JoinKey[] =>
  Array.from({ length: count }, (_, i) => ({
    type: 'w3c.trace_id',
    value: i.toString(16).padStart(32, '0'),
  }));
const hex = (all: readonly Uint8Array[]): string[] => all.map(one => Buffer.from(one).toString('hex'));
const code = (of: string) => expect.objectContaining({ name: 'VoprfError', code: of });

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-voprf-'));
let states = 0;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function evaluator(
  id: string,
  more: Partial<Parameters<typeof startEvaluator>[0]> = {},
): Promise<RunningEvaluator> {
  const one = await startEvaluator({
    id,
    folder: join(folder, String(++states)),
    tokens: parseTokens(`provider-a ${TOKEN}\nprovider-b ${[...TOKEN].reverse().join('')}`, 'tokens'),
    now: () => NOW,
    ...more,
  });
  ends.push(one.close);
  return one;
}

async function directoryOf(urls: readonly string[], epoch = EPOCH): Promise<object> {
  return mergeEpoch(undefined, await fetchEpoch(urls, epoch), 'd');
}

async function client(directory: unknown, more: Partial<VoprfOptions> = {}) {
  const one = await voprfPseudonyms({
    directory: parseDirectory(directory, 'd', true),
    token: TOKEN,
    now: () => NOW,
    ...more,
  });
  ends.push(one.close);
  return one;
}

/** Something in front of an evaluator, which may change what passes. */
async function between(
  url: string,
  change: (answer: Record<string, unknown>, sent: { elements: string[] }) => unknown = answer => answer,
): Promise<{ url: string; batches: string[][] }> {
  const batches: string[][] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const answer = await fetch(url + request.url, {
      method: request.method!,
      headers: { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' },
      ...(body !== '' && { body }),
    });
    if (body === '') return void response.end(await answer.text());
    const sent = JSON.parse(body) as { elements: string[] };
    batches.push(sent.elements);
    response.statusCode = answer.status;
    const changed = change((await answer.json()) as Record<string, unknown>, sent);
    response.end(typeof changed === 'string' ? changed : JSON.stringify(changed));
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, batches };
}

describe('pseudonyms of two evaluators', () => {
  it('are the same for every contributor, differ by key and epoch, and need both', async () => {
    const [a, b] = [await evaluator('a'), await evaluator('b')];
    const urls = [a.address, b.address];
    const directory = await directoryOf(urls);
    const one = await client(directory);
    const other = await client(await directoryOf([...urls].reverse()), {
      token: { a: [...TOKEN].reverse().join(''), b: TOKEN },
    });
    const keys = many(3);
    const ys = hex(await one.derive(EPOCH, [...keys, keys[0]!]));
    expect(ys[3]).toBe(ys[0]);
    expect(new Set(ys).size).toBe(3);
    expect(ys.every(y => y.length === 128)).toBe(true);
    expect(hex(await other.derive(EPOCH, keys))).toEqual(ys.slice(0, 3));
    const alone = await client(await directoryOf([a.address, (await evaluator('c')).address]));
    expect(hex(await alone.derive(EPOCH, keys))).not.toEqual(ys.slice(0, 3));
    // the key itself: nothing but the sum of both makes the same
    const voprf = await loadVoprf();
    const blinded = voprf.blind(Buffer.from(`asr/1\0${keys[0]!.type}\0${keys[0]!.value}`));
    const group = await loadGroup();
    const secret = group.addScalars(a.keys.open(EPOCH, NOW)!.secretKey, b.keys.open(EPOCH, NOW)!.secretKey);
    expect(hex([voprf.finalize(blinded, group.multiply(secret, blinded.element))])).toEqual([ys[0]]);
  });

  it('feed a fragmenter', async () => {
    const directory = await directoryOf([(await evaluator('a')).address, (await evaluator('b')).address]);
    const fragmenter = new Fragmenter({ pseudonyms: await client(directory) });
    fragmenter.add({
      traceId: KEY.value,
      spanId: '00f067aa0ba902b7',
      parentSpanId: undefined,
      remoteParent: false,
      kind: 2,
      startMs: NOW,
      attributes: {},
      events: [],
      resource: {},
      links: [],
    });
    const fragments = await fragmenter.build([...fragmenter.finish()]);
    expect(fragments).toHaveLength(1);
    expect(fragments[0]!.traceId).not.toBe(KEY.value);
  });

  it('are asked for once, in batches filled up to 1, 16, 64 and 256', async () => {
    const seen = await between((await evaluator('a')).address);
    const pseudonyms = await client(await directoryOf([seen.url, (await evaluator('b')).address]));
    const sizes = async (count: number): Promise<number[]> => {
      seen.batches.length = 0;
      await pseudonyms.derive(EPOCH, many(count));
      return seen.batches.map(batch => batch.length);
    };
    expect(await sizes(1)).toEqual([1]);
    expect(await sizes(1)).toEqual([]);
    expect(await sizes(3)).toEqual([16]);
    expect(await sizes(20)).toEqual([64]);
    expect(await sizes(85)).toEqual([256]);
    expect(await sizes(85 + 256 + 1)).toEqual([256, 1]);
    expect(new Set(seen.batches.flat()).size).toBe(seen.batches.flat().length);
    await Promise.all([pseudonyms.derive(EPOCH, [KEY]), pseudonyms.derive(EPOCH, [KEY])]);
    expect(seen.batches).toHaveLength(3);
    expect([1, 2, 16, 17, 64, 65, 256].map(paddedSize)).toEqual([1, 16, 16, 64, 64, 256, 256]);
  });

  it('are forgotten in bounds', async () => {
    const seen = await between((await evaluator('a')).address);
    const directory = await directoryOf([seen.url, (await evaluator('b')).address]);
    const pseudonyms = await client(directory, { cacheSize: 4 });
    const keys = many(300);
    const ys = hex(await pseudonyms.derive(EPOCH, keys));
    expect(new Set(ys).size).toBe(300);
    const [last, first] = [
      await pseudonyms.derive(EPOCH, keys.slice(-4)),
      await pseudonyms.derive(EPOCH, [keys[0]!]),
    ];
    expect([...hex(last), ...hex(first)]).toEqual([...ys.slice(-4), ys[0]]);
    expect(seen.batches.map(batch => batch.length)).toEqual([256, 64, 1]);
  });
});

describe('an answer is refused', () => {
  const other = async (): Promise<string> => {
    const voprf = await loadVoprf();
    return encode(voprf.randomElement());
  };
  it.each<[string, string, (answer: Record<string, unknown>, sent: { elements: string[] }) => unknown]>([
    [
      'with another proof',
      'invalid_proof',
      answer => ({ ...answer, proof: encode(new Uint8Array(64).fill(1)) }),
    ],
    [
      'with elements in another order',
      'invalid_proof',
      answer => ({ ...answer, elements: [...(answer['elements'] as string[])].reverse() }),
    ],
    ['with what was sent', 'invalid_proof', (answer, sent) => ({ ...answer, elements: sent.elements })],
    [
      'with an element less',
      'invalid_proof',
      answer => ({ ...answer, elements: (answer['elements'] as string[]).slice(1) }),
    ],
    [
      'with the identity',
      'invalid_proof',
      answer => ({
        ...answer,
        elements: (answer['elements'] as string[]).map(() => encode(new Uint8Array(32))),
      }),
    ],
    ['of another version', 'bad_answer', answer => ({ ...answer, v: 'asr/2' })],
    ['of another epoch', 'bad_answer', answer => ({ ...answer, epoch: '2026-W48' })],
    ['of another evaluator', 'bad_answer', answer => ({ ...answer, evaluator: 'b' })],
    ['without elements', 'bad_answer', answer => ({ ...answer, elements: 'x' })],
    ['that is no JSON', 'bad_answer', () => '{'],
    ['without end', 'unreachable', () => 'x'.repeat(300_000)],
  ])('%s', async (_, expected, change) => {
    const { url } = await between((await evaluator('a')).address, change);
    const directory = await directoryOf([url, (await evaluator('b')).address]);
    const pseudonyms = await client(directory);
    await expect(pseudonyms.derive(EPOCH, many(2))).rejects.toThrow(code(expected));
    // and is not remembered
    await expect(pseudonyms.derive(EPOCH, many(2))).rejects.toThrow('evaluator a');
  });

  it('made with a key that is not the pinned one', async () => {
    const [a, b] = [await evaluator('a'), await evaluator('b')];
    const document = await fetchEpoch([a.address, b.address], EPOCH);
    const [first, second] = document.evaluators as readonly [object, object];
    const swapped = { ...document, evaluators: [{ ...first, public_key: await other() }, second] };
    const pseudonyms = await client({ v: 'asr/1', epochs: [swapped] });
    await expect(pseudonyms.derive(EPOCH, [KEY])).rejects.toThrow(
      'evaluator a: its answer was not made with the key that is pinned for 2026-W47',
    );
    await expect(pseudonyms.derive(EPOCH, [KEY])).rejects.toThrow(code('invalid_proof'));
  });
});

describe('an evaluator', () => {
  it('that closed the epoch, spent the budget, does not know us, or is not there is said so', async () => {
    const b = await evaluator('b');
    const ask = async (one: { address: string }, more: Partial<VoprfOptions> = {}, epoch = EPOCH) =>
      (await client(await directoryOf([one.address, b.address], epoch), more)).derive(epoch, [KEY]);
    const a = await evaluator('a', { quota: 1 });
    await expect(ask(a, {}, '2026-W48')).rejects.toThrow(code('epoch_closed'));
    await ask(a);
    await expect(ask(a)).rejects.toThrow(code('budget'));
    await expect(ask(a, { token: 'x'.repeat(32) })).rejects.toThrow(code('unauthorized'));
    await expect(ask(a, { token: undefined })).rejects.toThrow(code('unauthorized'));
    const directory = await directoryOf([a.address, b.address]);
    await b.close();
    await expect((await client(directory)).derive(EPOCH, [KEY])).rejects.toThrow(
      /evaluator b at http:\S+ cannot be reached \(ECONN/,
    );
    await expect((await client(directory)).derive('2026-W01', [KEY])).rejects.toThrow(code('unknown_epoch'));
  });

  it('that does not answer is not waited for without end', async () => {
    const silent = createServer(() => {});
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
    ends.push(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const b = await evaluator('b');
    const directory = (await directoryOf([(await evaluator('a')).address, b.address])) as {
      epochs: EpochDocument[];
    };
    const { port } = silent.address() as AddressInfo;
    const [first, ...rest] = directory.epochs[0]!.evaluators;
    const pseudonyms = await client(
      {
        v: 'asr/1',
        epochs: [
          { ...directory.epochs[0], evaluators: [{ ...first, url: `http://127.0.0.1:${port}` }, ...rest] },
        ],
      },
      { timeoutMs: 50 },
    );
    await expect(pseudonyms.derive(EPOCH, [KEY])).rejects.toThrow('did not answer within 50 ms');
  });

  it('is asked only while the epoch is open', async () => {
    let now = NOW;
    const directory = await directoryOf([(await evaluator('a')).address, (await evaluator('b')).address]);
    const pseudonyms = await client(directory, { now: () => now });
    const { start, end } = epochAt(NOW);
    for (const [at, open] of [
      [NOW, true],
      [start - 15 * 60_000, true],
      [start - 15 * 60_000 - 1, false],
      [end + 48 * 3_600_000 - 1, true],
      [end + 48 * 3_600_000, false],
    ] as const) {
      now = at;
      expect(pseudonyms.has(EPOCH)).toBe(open);
    }
    now = NOW;
    expect(pseudonyms.has('2026-W46')).toBe(false);
    expect(pseudonyms.has('x')).toBe(false);
  });
});

describe('keys', () => {
  it('are made a day ahead at least, answer in their time, and are destroyed after it', async () => {
    let now = NOW;
    const state = join(folder, 'rotation');
    const one = await evaluator('a', { folder: state, now: () => now });
    const { end } = epochAt(NOW);
    expect(one.keys.epochs).toEqual(['2026-W47', '2026-W48']);
    const secret = one.keys.open(EPOCH, now)!.secretKey;
    expect(one.keys.open('2026-W48', now)).toBeUndefined();
    for (let day = 0; day < 21; day++) {
      now += 86_400_000;
      one.keep();
      const later = epochAt(now + 86_400_000).id;
      expect(one.keys.epochs).toContain(later);
      expect(one.keys.open(epochAt(now).id, now)).toBeDefined();
      if (now < end + 48 * 3_600_000) expect(one.keys.open(EPOCH, now)?.publicKey).toBeDefined();
      else expect(one.keys.open(EPOCH, now)).toBeUndefined();
    }
    expect(secret.every(byte => byte === 0)).toBe(true);
    const log = readFileSync(join(state, 'keys.log'), 'utf8');
    expect(one.keys.log.events.filter(({ epoch }) => epoch === EPOCH).map(({ event }) => event)).toEqual([
      'created',
      'destroyed',
    ]);
    expect(log.trimEnd().split('\n')).toHaveLength(one.keys.log.events.length);
    // and never made again
    now = NOW;
    one.keep();
    expect(one.keys.open(EPOCH, NOW)).toBeUndefined();
    await one.close();
    rmSync(join(state, '2026-W50.seed'));
    const again = await evaluator('a', { folder: state, now: () => Date.parse('2026-12-10T00:00:00Z') });
    expect(again.keys.log.last('2026-W50')).toMatchObject({
      event: 'destroyed',
      reason: 'its seed was removed',
    });
    expect(again.keys.open('2026-W50', Date.parse('2026-12-10T00:00:00Z'))).toBeUndefined();
  });

  it('that are pinned are never changed', async () => {
    const [a, b] = [await evaluator('a'), await evaluator('b')];
    const directory = await directoryOf([a.address, b.address]);
    const again = mergeEpoch(directory, await fetchEpoch([b.address, a.address], EPOCH), 'd');
    expect((again as { epochs: unknown[] }).epochs).toHaveLength(1);
    const both = mergeEpoch(again, await fetchEpoch([a.address, b.address], '2026-W48'), 'd');
    expect([...parseDirectory(both, 'd').keys()]).toEqual([EPOCH, '2026-W48']);
    const impostor = await evaluator('a');
    const shown = await fetchEpoch([impostor.address, b.address], EPOCH);
    expect(() => mergeEpoch(directory, shown, 'd')).toThrow('another key of a is pinned');
    const three = await fetchEpoch([a.address, b.address, (await evaluator('c')).address], EPOCH);
    expect(() => mergeEpoch(directory, three, 'd')).toThrow('has other evaluators already');
    await expect(fetchEpoch([a.address], '2026-W01')).rejects.toThrow(code('unknown_epoch'));
    await expect(fetchEpoch(['http://a.example.org'], EPOCH)).rejects.toThrow(code('invalid_directory'));
  });
});

describe('a directory', () => {
  const entry = (id: string, fill: number): object => ({
    id,
    url: `https://${id}.example.org`,
    public_key: encode(new Uint8Array(32).fill(fill)),
  });
  const epoch = (...evaluators: unknown[]): object => ({
    v: 'asr/1',
    epochs: [{ epoch: EPOCH, evaluators }],
  });

  it.each<[unknown, string]>([
    [[], 'd: v must be asr/1'],
    [{ v: 'asr/1', epochs: [] }, 'd: epochs must be'],
    [{ v: 'asr/1', epochs: [{ epoch: '2026-47' }] }, 'd: epochs[0].epoch must be an ISO week'],
    [{ v: 'asr/1', epochs: [null] }, 'd: epochs[0].epoch must be an ISO week'],
    [epoch(entry('a', 1)), 'd: epochs[0].evaluators must be two or more'],
    [epoch(entry('a', 1), entry('a', 2)), 'have the same id'],
    [epoch(entry('a', 1), entry('b', 1)), 'have the same public_key'],
    [epoch(entry('a', 1), { ...entry('b', 2), url: 'https://a.example.org' }), 'have the same url'],
    [
      epoch(entry('a', 1), { ...entry('b', 2), url: 'http://b.example.org' }),
      'evaluators[1] .url must be https',
    ],
    [epoch(entry('a', 1), { ...entry('b', 2), url: 'https://u:p@b.example.org' }), 'evaluators[1] .url'],
    [
      epoch(entry('a', 1), { ...entry('b', 2), public_key: 'AA' }),
      'evaluators[1] .public_key must be 32 bytes',
    ],
    [epoch(entry('a', 1), { ...entry('b', 2), id: 'B!' }), 'evaluators[1] .id must be'],
    [epoch(entry('a', 1), 'b'), 'evaluators[1] must be an object'],
    [
      {
        v: 'asr/1',
        epochs: [0, 0].map(() => ({ epoch: EPOCH, evaluators: [entry('a', 1), entry('b', 2)] })),
      },
      'epochs[1].epoch is 2026-W47 again',
    ],
  ])('%j is refused', (json, message) => {
    expect(() => parseDirectory(json, 'd')).toThrow(code('invalid_directory'));
    expect(() => parseDirectory(json, 'd')).toThrow(message);
  });
});
