import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTokens } from '../service/contributors.ts';
import { lockFolder } from '../service/folder.ts';
import { bodies } from '../testing/bodies.ts';
import { loadVoprf } from '../voprf/voprf.ts';
import { decode, encode } from '../voprf/wire.ts';
import { Budgets } from './budgets.ts';
import { type RunningEvaluator, startEvaluator } from './server.ts';

const TOKEN = 'Zr4vYq8mKp2nXs6tWd9hJc3bLf7gRa1e';
const NOW = Date.parse('2026-11-18T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-server-'));
let states = 0;
afterAll(() => rmSync(folder, { recursive: true }));

const start = (): Promise<RunningEvaluator> =>
  startEvaluator({
    id: 'a',
    folder: join(folder, String(++states)),
    tokens: parseTokens(`provider-a ${TOKEN}`, 'tokens'),
    now: () => NOW,
  });
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };

describe('an evaluator', () => {
  let evaluator: RunningEvaluator;
  beforeAll(async () => {
    evaluator = await start();
  });
  afterAll(() => evaluator.close());
  const post = (body: string): Promise<Response> =>
    fetch(`${evaluator.address}/asr/v1/evaluate`, { method: 'POST', headers, body });

  it('refuses whatever is no request, and goes on', async () => {
    const likely = fc.record(
      {
        v: fc.oneof(fc.constant('asr/1'), fc.anything()),
        epoch: fc.oneof(fc.constant('2026-W47'), fc.anything()),
        elements: fc.oneof(
          fc.array(fc.oneof(fc.string({ minLength: 43, maxLength: 43 }), fc.anything()), { maxLength: 5 }),
          fc.anything(),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(bodies(likely), async body => {
        const response = await post(body);
        const problem = (await response.json()) as Record<string, unknown>;
        expect([400, 403]).toContain(response.status);
        expect(problem['status']).toBe(response.status);
      }),
    );
  });

  it('takes 32 random bytes for an element only where they are one', async () => {
    const voprf = await loadVoprf();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async bytes => {
        let valid = true;
        try {
          voprf.checkElement(bytes);
        } catch {
          valid = false;
        }
        const body = { v: 'asr/1', epoch: '2026-W47', elements: [encode(bytes)] };
        expect((await post(JSON.stringify(body))).status).toBe(valid ? 200 : 400);
      }),
    );
  });

  it.each(['/', '//', '/asr/v1/epochs/..%2f', '/asr/v1/problems/__proto__', '/asr/v1/epochs/2026-W47/x'])(
    'has nothing at %s',
    async path => {
      expect((await fetch(evaluator.address + path)).status).toBe(404);
    },
  );
});

it('what has begun is answered before it ends, and nothing is taken after', async () => {
  const evaluator = await start();
  const key = evaluator.keys.open('2026-W47', NOW)!;
  const body = JSON.stringify({
    v: 'asr/1',
    epoch: '2026-W47',
    elements: [encode((await loadVoprf()).randomElement())],
  });
  let closed: Promise<void> | undefined;
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const call = request(`${evaluator.address}/asr/v1/evaluate`, {
      method: 'POST',
      headers: { ...headers, expect: '100-continue', 'content-length': Buffer.byteLength(body) },
    });
    call.once('error', reject);
    call.once('response', response => {
      response.resume();
      resolve(response.statusCode);
    });
    // now the request has reached the evaluator
    call.once('continue', () => {
      closed = evaluator.close();
      call.end(body);
    });
    call.flushHeaders();
  });
  expect(status).toBe(200);
  await closed;
  expect(key.secretKey.every(byte => byte === 0)).toBe(true);
  await expect(fetch(evaluator.address)).rejects.toThrow();
});

describe('budgets', () => {
  it('never let more through than the quota, over restarts and crashes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 256 }), fc.constantFrom('go on', 'end', 'crash')), {
          maxLength: 60,
        }),
        steps => {
          const place = mkdtempSync(join(folder, 'budgets-'));
          let budgets = new Budgets(place, 5000);
          let spent = 0;
          let crashes = 0;
          for (const [elements, then] of steps) {
            if (budgets.spend('2026-W47', 'a', elements)) spent += elements;
            else expect(spent + elements + crashes * 4096).toBeGreaterThan(5000);
            if (then === 'end') budgets.close();
            if (then === 'crash') crashes += 1;
            if (then !== 'go on') budgets = new Budgets(place, 5000);
          }
          expect(spent).toBeLessThanOrEqual(5000);
        },
      ),
    );
  });

  it('are by contributor and epoch, and forgotten with the key', () => {
    const budgets = new Budgets(mkdtempSync(join(folder, 'budgets-')), 10);
    expect(budgets.spend('2026-W47', 'a', 10)).toBe(true);
    expect(budgets.spend('2026-W47', 'a', 1)).toBe(false);
    expect(budgets.spend('2026-W47', 'b', 10)).toBe(true);
    expect(budgets.spend('2026-W48', 'a', 10)).toBe(true);
    budgets.keep(['2026-W48']);
    expect(budgets.spend('2026-W48', 'a', 1)).toBe(false);
    expect(budgets.spend('2026-W47', 'a', 1)).toBe(true);
  });
});

it('the lock of a process that is gone is taken over', () => {
  const place = join(folder, 'locked');
  const unlock = lockFolder(place, 'evaluator');
  // this process' own lock is one that was left behind: nothing locks twice in one process
  lockFolder(place, 'evaluator')();
  unlock();
});

it('an element has one form', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 40, maxLength: 46 }), text => {
      const bytes = decode(text);
      expect(bytes === undefined || encode(bytes) === text).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), bytes => {
      expect(decode(encode(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});
