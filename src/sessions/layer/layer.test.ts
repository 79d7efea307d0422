import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parseTokens } from '../service/contributors.ts';
import { bodies } from '../testing/bodies.ts';
import { eraseAt } from './client.ts';
import { Erased, erasureFile, parseErasures } from './erased.ts';
import { Erasures } from './erasures.ts';
import { newPurgeCount, purgeRequest, purges } from './purge.ts';
import { type LayerOptions, type RunningLayer, startLayer } from './server.ts';

const TOKEN = 'Zr4vYq8mKp2nXs6tWd9hJc3bLf7gRa1e';
const EPOCH = '2026-W47';
const NOW = Date.parse('2026-11-18T12:00:00Z');
const root = mkdtempSync(join(tmpdir(), 'otel-alignment-erasures-'));
afterAll(() => rmSync(root, { recursive: true }));
const newFolder = (): string => mkdtempSync(join(root, 'state-'));
const traceId = (i: number): string => (i + 1).toString(16).padStart(32, '0');

const recorded = (folder: string, epoch = EPOCH): Erased => {
  const path = join(folder, erasureFile(epoch));
  const erased = new Erased();
  for (const one of parseErasures(readFileSync(path, 'utf8'), path)) erased.add(one);
  return erased;
};

describe('the record of erasures', () => {
  it('has what was acknowledged, whatever restarts and half-written lines there were, and never above the quota', () => {
    const step = fc.record({
      contributor: fc.constantFrom('a', 'b'),
      ids: fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }),
      next: fc.constantFrom('go on', 'restart', 'crash'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        const folder = newFolder();
        let erasures = new Erasures(folder, 20);
        const wanted = new Map<string, Set<string>>();
        for (const { contributor, ids, next } of steps) {
          const had = wanted.get(contributor) ?? new Set<string>();
          const all = new Set([...had, ...ids.map(traceId)]);
          const added = erasures.add(EPOCH, contributor, ids.map(traceId), NOW);
          expect(added).toBe(all.size <= 20);
          if (added) wanted.set(contributor, all);
          if (next === 'crash' && wanted.size > 0)
            appendFileSync(join(folder, erasureFile(EPOCH)), '{"time":"2026-11-18T12:0');
          if (next !== 'go on') erasures = new Erasures(folder, 20);
        }
        if (wanted.size === 0) return;
        const erased = recorded(folder);
        for (const contributor of ['a', 'b'])
          for (let i = 0; i <= 30; i++)
            expect(erased.has({ epoch: EPOCH, contributor, traceId: traceId(i) })).toBe(
              wanted.get(contributor)?.has(traceId(i)) ?? false,
            );
      }),
    );
  });

  it('writes nothing again that is there', () => {
    const folder = newFolder();
    const erasures = new Erasures(folder, 10);
    erasures.add(EPOCH, 'a', [traceId(1), traceId(1)], NOW);
    const before = readFileSync(join(folder, erasureFile(EPOCH)), 'utf8');
    erasures.add(EPOCH, 'a', [traceId(1)], NOW);
    expect(readFileSync(join(folder, erasureFile(EPOCH)), 'utf8')).toBe(before);
    expect(before.trimEnd().split('\n')).toHaveLength(1);
  });

  it('goes nine days after its week', () => {
    const folder = newFolder();
    const erasures = new Erasures(folder, 10);
    erasures.add(EPOCH, 'a', [traceId(1)], NOW);
    erasures.keep(Date.parse('2026-12-01T23:59:59Z'));
    expect(readdirSync(folder)).toEqual([erasureFile(EPOCH)]);
    writeFileSync(join(folder, '2026-W99.erased.jsonl'), 'no record of a week');
    erasures.keep(Date.parse('2026-12-02T00:00:00Z'));
    expect(readdirSync(folder)).toEqual(['2026-W99.erased.jsonl']);
  });

  it('with a changed line is not gone on with', () => {
    const folder = newFolder();
    for (const [line, message] of [
      ['x', 'jsonl:1: no JSON'],
      [`{"epoch":"2026-W46","contributor":"a","trace_ids":["${traceId(1)}"]}`, 'a line is of 2026-W46'],
    ] as const) {
      writeFileSync(join(folder, erasureFile(EPOCH)), `${line}\n`);
      expect(() => new Erasures(folder, 10)).toThrow(
        expect.objectContaining({ name: 'StateError', message: expect.stringContaining(message) }),
      );
    }
  });
});

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
async function layer(more: Partial<LayerOptions> = {}): Promise<RunningLayer & { readonly folder: string }> {
  const folder = join(newFolder(), 'layer');
  const one = await startLayer({
    folder,
    tokens: parseTokens(`provider-a ${TOKEN}`, 'tokens'),
    now: () => NOW,
    ...more,
  });
  ends.push(one.close);
  return { ...one, folder };
}

describe("the layer's service", () => {
  it.each([
    ['2026-11-15T23:44:59.999Z', 403],
    ['2026-11-15T23:45:00.000Z', 202],
    ['2026-11-24T23:59:59.999Z', 202],
    ['2026-11-25T00:00:00.000Z', 403],
  ])('at %s answers %d: it erases while the key answers', async (time, status) => {
    const { address, folder } = await layer({ now: () => Date.parse(time) });
    const response = await fetch(`${address}/asr/v1/erase`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ v: 'asr/1', epoch: EPOCH, trace_ids: [traceId(1)] }),
    });
    expect(response.status).toBe(status);
    const answer = (await response.json()) as { code?: string };
    expect(answer.code).toBe(status === 403 ? 'epoch_closed' : undefined);
    expect(readdirSync(folder).includes(erasureFile(EPOCH))).toBe(status === 202);
  });

  it('refuses whatever is no request, writes nothing of it, and goes on', async () => {
    const { address, folder } = await layer();
    const likely = fc.record(
      {
        v: fc.oneof(fc.constant('asr/1'), fc.anything()),
        epoch: fc.oneof(fc.constant(EPOCH), fc.anything()),
        trace_ids: fc.oneof(fc.array(fc.oneof(fc.string(), fc.anything()), { maxLength: 5 }), fc.anything()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(bodies(likely), async body => {
        const response = await fetch(`${address}/asr/v1/erase`, {
          method: 'POST',
          headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
          body,
        });
        expect([400, 413]).toContain(response.status);
        expect(await response.json()).toMatchObject({ status: response.status });
      }),
    );
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('that cannot write does not say that it has, and tells its operator', async () => {
    const problems: unknown[] = [];
    const { address, folder } = await layer({ onProblem: error => problems.push(error) });
    // a folder stands where the record should
    mkdirSync(join(folder, erasureFile(EPOCH)));
    const asked = { layer: new URL(address), epoch: EPOCH, traceIds: [traceId(1)], token: TOKEN };
    await expect(eraseAt(asked)).rejects.toThrow(`refused (${EPOCH}, HTTP 500)`);
    expect(problems).toHaveLength(1);
    rmSync(join(folder, erasureFile(EPOCH)), { recursive: true });
    expect(await eraseAt(asked)).toEqual({ accepted: 1, contributor: 'provider-a' });
    expect(recorded(folder).size).toBe(1);
  });

  it('takes any number of a client, 256 at a time, each once', async () => {
    const { address, folder } = await layer();
    const traceIds = Array.from({ length: 600 }, (_, i) => traceId(i % 513));
    const asked = { layer: new URL(address), epoch: EPOCH, traceIds, token: TOKEN };
    expect(await eraseAt(asked)).toEqual({ accepted: 513, contributor: 'provider-a' });
    const path = join(folder, erasureFile(EPOCH));
    expect(parseErasures(readFileSync(path, 'utf8'), path).map(({ trace_ids }) => trace_ids.length)).toEqual([
      256, 256, 1,
    ]);
    expect(recorded(folder).size).toBe(513);
  });
});

describe('purging', () => {
  const epochs = ['2026-W40', '2026-W45', '2026-W46', EPOCH, '2026-W48'] as const;
  const span = fc.record({
    traceId: fc.integer({ min: 0, max: 5 }).map(traceId),
    spanId: fc.constant('ab'.repeat(8)),
    epoch: fc.option(fc.constantFrom(...epochs, 'x'), { nil: undefined }),
  });
  const group = fc.record({
    contributor: fc.constantFrom('a', 'b', undefined),
    spans: fc.array(span, { maxLength: 5 }),
  });
  type Group = { contributor: string | undefined; spans: { traceId: string; epoch: string | undefined }[] };
  const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
  const request = (groups: readonly Group[]): object => ({
    resourceSpans: groups.map(({ contributor, spans }) => ({
      resource: {
        attributes: contributor === undefined ? [] : [attribute('alignment.contributor.id', contributor)],
      },
      scopeSpans: [
        {
          spans: spans.map(({ epoch, ...rest }) => ({
            ...rest,
            attributes: epoch === undefined ? [] : [attribute('alignment.fragment.epoch', epoch)],
          })),
        },
      ],
    })),
  });
  const spansOf = (value: unknown): unknown[] =>
    (
      (value ?? { resourceSpans: [] }) as { resourceSpans: { scopeSpans: { spans: unknown[] }[] }[] }
    ).resourceSpans.flatMap(one => one.scopeSpans.flatMap(({ spans }) => spans));

  it('takes out what must go and nothing else, counts it, and does it once', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 5 }), fc.array(fc.nat(5), { maxLength: 3 }), (groups, ids) => {
        const erased = new Erased();
        erased.add({ epoch: EPOCH, contributor: 'a', trace_ids: ids.map(traceId) });
        const given = request(groups);
        const before = JSON.stringify(given);
        const count = newPurgeCount();
        const left = purgeRequest(given, { erased, now: NOW }, count);
        // of W46 nine days are not over; of W45 and W40 they are
        const why = ({ contributor }: Group, { traceId: id, epoch }: Group['spans'][number]): string => {
          if (contributor === undefined || epoch === undefined || epoch === 'x') return 'unknown';
          // that week has not begun
          if (epoch === '2026-W48') return 'unknown';
          if (contributor === 'a' && epoch === EPOCH && ids.map(traceId).includes(id)) return 'erased';
          return epoch === '2026-W45' || epoch === '2026-W40' ? 'fragments' : 'stays';
        };
        const all = groups.flatMap(one => one.spans.map(each => why(one, each)));
        const times = (what: string): number => all.filter(one => one === what).length;
        expect(count).toEqual({
          erased: times('erased'),
          fragments: times('fragments'),
          sessions: 0,
          unknown: times('unknown'),
        });
        expect(spansOf(left)).toHaveLength(times('stays') + times('unknown'));
        expect(JSON.stringify(given)).toBe(before);
        expect(left === given).toBe(!purges(count));
        const again = newPurgeCount();
        if (left !== undefined) expect(purgeRequest(left, { erased, now: NOW }, again)).toBe(left);
        expect(purges(again)).toBe(false);
      }),
    );
  });

  it('survives whatever is no request', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ resourceSpans: fc.jsonValue() })), value => {
        const count = newPurgeCount();
        expect(purgeRequest(value, { erased: new Erased(), now: NOW }, count)).toBe(value);
        expect(purges(count)).toBe(false);
      }),
    );
  });

  it.each([
    null,
    7,
    'x',
    [],
    {},
    { resourceSpans: 'x' },
    { resourceSpans: [null] },
    { resourceSpans: [{ scopeSpans: 7 }] },
  ])('counts %j as what it cannot judge', value => {
    const count = newPurgeCount();
    expect(purgeRequest(value, { erased: new Erased(), now: NOW }, count)).toBe(value);
    expect(count).toEqual({ erased: 0, fragments: 0, sessions: 0, unknown: 1 });
  });

  it('takes a contributor that calls itself the layer for what it is', () => {
    const fragment = request([
      { contributor: 'layer', spans: [{ traceId: traceId(1), epoch: '2026-W45' }] },
    ]) as { resourceSpans: { resource: { attributes: object[] } }[] };
    fragment.resourceSpans[0]!.resource.attributes.push(attribute('service.name', 'asr/layer'));
    const count = newPurgeCount();
    expect(purgeRequest(fragment, { erased: new Erased(), now: NOW }, count)).toBeUndefined();
    expect(count).toMatchObject({ fragments: 1, sessions: 0 });
  });
});
