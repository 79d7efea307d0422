import { randomBytes } from 'node:crypto';
import { Prio3SumVec } from '@divviup/prio3';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode, encode } from '../../voprf/wire.ts';
import { type ByteSource, discreteLaplace } from '../laplace.ts';
import { LEVELS, RISKS } from '../table.ts';
import {
  aggregateReports,
  preparationOf,
  prepareReports,
  REFUSALS,
  type Received,
  type Refusal,
  type Role,
} from './aggregator.ts';
import { combine } from './combine.ts';
import { countSessions, parseCounts } from './counts.ts';
import { decodeVector, encodeVector, MODULUS, signed, sumOf } from './field.ts';
import { makeReport, nonceOf } from './report.ts';
import { emptyCellShown, prio3Statement } from './statement.ts';
import { newTask, parseTask, parseVerifyKey, type Task } from './task.ts';
import { BITS, CELLS, LARGEST_COUNT, loadVdaf, type Place, type Vdaf } from './vdaf.ts';
import {
  type AggregateFile,
  parseAggregate,
  parsePreparation,
  parseReport,
  parseState,
  type ReportFile,
} from './wire.ts';

const EPOCH = '2026-W47';
const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const taskFile = newTask({ aggregators: ['org-a', 'org-b'], contributors: ['p1', 'p2', 'p3', 'p4'] }, KEY);
const task = parseTask(taskFile, 'task.json');
const role = (aggregator: string, of: Task = task): Role => ({ task: of, epoch: EPOCH, aggregator });
const ones = (value: number): number[] => new Array<number>(CELLS).fill(value);
const report = (contributor: string, counts: readonly number[]) =>
  makeReport(task, { epoch: EPOCH, contributor, counts });

/** Bytes that are the same for the same seed (mulberry32). */
function seededBytes(seed: number): ByteSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 16) & 0xff;
  };
}
const noiseOf = (seed: number): bigint[] => {
  const bytes = seededBytes(seed);
  return Array.from({ length: CELLS }, () => discreteLaplace([8n, 1n], bytes));
};

type Halves = readonly [ReportFile, ReportFile];
interface Ran {
  readonly halves: readonly [AggregateFile, AggregateFile];
  readonly refused: readonly [readonly Refusal[], readonly Refusal[]];
  /** The sum without the noise, which is known here. */
  readonly sum: readonly bigint[];
}

/** Both aggregators, each with its own noise, and all that they say to each other as text. */
async function both(reports: readonly (Halves | { sent: string; files: Halves })[], of = task): Promise<Ran> {
  const received = (place: Place): Received[] =>
    reports.map(one => {
      const { sent, files } = 'files' in one ? one : { sent: one[0].contributor, files: one };
      return { contributor: sent, json: files[place], name: 'report.json' };
    });
  const wire = <T>(value: T): unknown => JSON.parse(JSON.stringify(value));
  const [a, b] = await Promise.all(
    ([0, 1] as const).map(async place => {
      const { state, refused } = await prepareReports(role(of.aggregators[place], of), KEY, received(place));
      return { state: parseState(wire(state), 'state'), refused, said: preparationOf(state) };
    }),
  );
  const finish = async (place: Place) => {
    const [own, other] = place === 0 ? [a!, b!] : [b!, a!];
    const said = parsePreparation(wire(other.said), 'preparation');
    const made = await aggregateReports(
      role(of.aggregators[place], of),
      own.state,
      said,
      seededBytes(place + 1),
    );
    return {
      half: parseAggregate(wire(made.aggregate), 'half'),
      refused: [...own.refused, ...made.refused],
      state: made.state,
    };
  };
  const [first, second] = [await finish(0), await finish(1)];
  const elements = [first, second].map(({ half }) => decodeVector(decode(half.share, CELLS * 16)!)!);
  const noise = [1, 2].map(seed => noiseOf(seed).map(one => -one));
  return {
    halves: [first.half, second.half],
    refused: [first.refused, second.refused],
    sum: sumOf([...elements, ...noise], CELLS).map(signed),
  };
}

let good: readonly Halves[];
beforeAll(async () => {
  good = await Promise.all([1, 2, 3].map(i => report(`p${i}`, ones(i * 100))));
});
const GOOD_SUM = ones(600).map(BigInt);

describe('the sum of two aggregators', () => {
  it('is exact, whatever is counted, and both halves have all of their noise', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.oneof(fc.nat(LARGEST_COUNT), fc.constantFrom(0, 1, LARGEST_COUNT)), {
            minLength: CELLS,
            maxLength: CELLS,
          }),
          { minLength: 3, maxLength: 4 },
        ),
        async tables => {
          const { sum, refused } = await both(
            await Promise.all(tables.map((counts, i) => report(`p${i + 1}`, counts))),
          );
          expect(refused).toEqual([[], []]);
          expect(sum).toEqual(
            Array.from({ length: CELLS }, (_, i) => BigInt(tables.reduce((all, one) => all + one[i]!, 0))),
          );
        },
      ),
      { numRuns: 6 },
    );
  });

  it('is combined by anybody, in any order, to counts with the noise of both', async () => {
    const { halves } = await both(good);
    const [noise, more] = [noiseOf(1), noiseOf(2)];
    for (const files of [halves, halves.toReversed()]) {
      const { cells, contributors, epoch } = combine(task, files);
      expect({ contributors, epoch }).toEqual({ contributors: 3, epoch: EPOCH });
      expect(cells.map(cell => cell.count)).toEqual(
        ones(600).map((n, i) => n + Number(noise[i]! + more[i]!)),
      );
      expect(cells.map(cell => `${cell.risk} ${cell.autonomy}`)).toEqual(
        RISKS.flatMap(risk => LEVELS.map(level => `${risk} ${level}`)),
      );
    }
  });

  it('hides noisy counts below k', async () => {
    const { halves } = await both(await Promise.all([1, 2, 3].map(i => report(`p${i}`, ones(0)))));
    const noise = noiseOf(1).map((one, i) => Number(one + noiseOf(2)[i]!));
    for (const [i, { count, suppressed }] of combine(task, halves).cells.entries())
      expect({ count, suppressed }).toEqual(
        noise[i]! < task.k
          ? { count: undefined, suppressed: 'below_k' }
          : { count: noise[i], suppressed: undefined },
      );
  });

  it('has nothing of a contributor in what one aggregator sees', async () => {
    const [first, again] = [await report('p1', ones(7)), await report('p1', ones(7))];
    for (const place of [0, 1] as const) {
      const of = [first, again].map(files => files[place]);
      for (const field of ['salt', 'public_share', 'input_share'] as const)
        expect(of[0]![field]).not.toBe(of[1]![field]);
      const { state } = await prepareReports(role(task.aggregators[place]), KEY, [
        { contributor: 'p1', json: of[0], name: 'r' },
      ]);
      // random elements of the field: one near a count turns up once in 2¹⁰⁰
      const halves = decodeVector(decode(state.reports[0]!.output_share, CELLS * 16)!)!;
      for (const half of halves) expect(signed(half) ** 2n).toBeGreaterThan(2n ** 80n);
    }
  });

  it('is not made of fewer contributors than the task asks for', async () => {
    await expect(both(good.slice(0, 2))).rejects.toMatchObject({ code: 'too_few_contributors' });
    const { state } = await prepareReports(role('org-a'), KEY, []);
    await expect(
      aggregateReports(role('org-a'), state, { ...preparationOf(state), aggregator: 'org-b' }),
    ).rejects.toThrow('2026-W47: reports of 0 contributors are good, the task asks for 3');
  });

  it('is made once; of single reports nothing is left in the state', async () => {
    const made = await Promise.all(
      ([0, 1] as const).map(place =>
        prepareReports(
          role(task.aggregators[place]),
          KEY,
          good.map(files => ({ contributor: files[0].contributor, json: files[place], name: 'r' })),
        ),
      ),
    );
    const other = preparationOf(made[1]!.state);
    const { state, aggregate } = await aggregateReports(role('org-a'), made[0]!.state, other);
    expect(state.reports).toEqual([]);
    expect(parseState(JSON.parse(JSON.stringify(state)), 'state').aggregate).toEqual(aggregate);
    await expect(aggregateReports(role('org-a'), state, other)).rejects.toMatchObject({
      code: 'already_summed',
    });
    expect(() => preparationOf(state)).toThrow('the sum of 2026-W47 is made');
  });
});

describe('a report is refused, and the sum of the others stays exact,', () => {
  const flipped = (text: string, at: number): string =>
    encode(Buffer.from(text, 'base64url').map((byte, i, all) => (i === at % all.length ? byte ^ 4 : byte)));

  it.each(
    (['input_share', 'public_share', 'salt'] as const).flatMap(field =>
      ([0, 1] as const).flatMap(place =>
        [0, 15, 17, 33, 9_700, 11_263].map(at => [field, place, at] as const),
      ),
    ),
  )('where %s of place %d has a bit of byte %d turned over', async (field, place, at) => {
    const bad = structuredClone(await report('p4', ones(1))) as [ReportFile, ReportFile];
    bad[place] = { ...bad[place], [field]: flipped(bad[place][field], at) };
    const { sum, refused } = await both([...good, bad]);
    const reasons = refused.map(of => of.map(one => `${one.contributor} ${one.reason}`));
    expect([
      [['p4 invalid_share'], ['p4 missing_at_other']],
      [['p4 invalid_proof'], ['p4 invalid_proof']],
    ]).toContainEqual(place === 0 ? reasons : reasons.toReversed());
    expect(sum).toEqual(GOOD_SUM);
  });

  it.each([
    ['a count of 2²⁰ in place of the largest', (bits: bigint[]) => bits.with(BITS - 1, 2n)],
    ['a count of -1', (bits: bigint[]) => bits.with(0, MODULUS - 1n)],
    ['a bit that is no bit in the last cell', (bits: bigint[]) => bits.with(CELLS * BITS - 1, 1n << 64n)],
  ])('where a liar proves %s', async (_, change) => {
    const liar = new Prio3SumVec({ shares: 2, length: CELLS, bits: BITS, chunkLength: 20 });
    const encodeHonestly = liar.flp.encode.bind(liar.flp);
    liar.flp.encode = counts => change(encodeHonestly(counts));
    const [first, second] = await report('p4', ones(0));
    const made = await liar.shardEncoded(ones(0), Buffer.from(nonceOf(first)), randomBytes(80));
    const lie = ([first, second] as const).map((file, place) => ({
      ...file,
      public_share: encode(made.publicShare),
      input_share: encode(made.inputShares[place]!),
    })) as unknown as Halves;
    const { sum, refused } = await both([...good, lie]);
    expect(refused.flat().map(one => one.reason)).toEqual(['invalid_proof', 'invalid_proof']);
    expect(sum).toEqual(GOOD_SUM);
  });

  it.each<[keyof typeof REFUSALS, (files: Halves) => { sent: string; files: Halves }]>([
    ['wrong_sender', files => ({ sent: 'p3', files })],
    ['wrong_epoch', files => ({ sent: 'p4', files: each(files, { epoch: '2026-W48' }) })],
    ['wrong_task', files => ({ sent: 'p4', files: each(files, { task: encode(randomBytes(32)) }) })],
    ['wrong_aggregator', ([a, b]) => ({ sent: 'p4', files: [b, a] })],
    ['unknown_contributor', files => ({ sent: 'p9', files: each(files, { contributor: 'p9' }) })],
    ['unreadable', files => ({ sent: 'p4', files: each(files, { input_share: 'short' }) })],
  ])('%s', async (reason, change) => {
    const { sum, refused } = await both([...good, change(await report('p4', ones(1)))]);
    for (const of of refused) expect(of.map(one => one.reason)).toEqual([reason]);
    expect(sum).toEqual(GOOD_SUM);
  });

  const each = ([a, b]: Halves, change: Partial<ReportFile>): Halves => [
    { ...a, ...change },
    { ...b, ...change },
  ];

  it('that comes twice: the first counts, once', async () => {
    const { sum, refused } = await both([...good, good[0]!, await report('p1', ones(5))]);
    expect(refused.map(of => of.map(one => one.reason))).toEqual([
      ['duplicate', 'duplicate'],
      ['duplicate', 'duplicate'],
    ]);
    expect(sum).toEqual(GOOD_SUM);
  });

  it("that is last week's, another contributor's or another task's under a new name: the proof is bound to all three", async () => {
    const old = await makeReport(task, { epoch: '2026-W46', contributor: 'p4', counts: ones(9) });
    const others = good[0]!;
    const another = parseTask({ ...taskFile, k: 41 }, 'task');
    const foreign = await makeReport(another, { epoch: EPOCH, contributor: 'p4', counts: ones(9) });
    for (const copied of [
      each(old, { epoch: EPOCH }),
      each(others, { contributor: 'p4' }),
      each(foreign, { task: task.id }),
    ]) {
      const { sum, refused } = await both([...good, copied]);
      expect(refused.flat().map(one => one.reason)).toEqual(['invalid_share', 'invalid_share']);
      expect(sum).toEqual(GOOD_SUM);
    }
  });

  it('where one aggregator alone has it, or each has another', async () => {
    const [mine, yours] = [await report('p4', ones(1)), await report('p4', ones(2))];
    const mixed = await both([...good, [mine[0], yours[1]]]);
    expect(mixed.refused.flat().map(one => one.reason)).toEqual(['not_the_same', 'not_the_same']);
    const alone = await both([...good, { sent: 'p4', files: [mine[0], {} as ReportFile] }]);
    expect(alone.refused.map(of => of.map(one => one.reason))).toEqual([
      ['missing_at_other'],
      ['unreadable'],
    ]);
    expect([mixed.sum, alone.sum]).toEqual([GOOD_SUM, GOOD_SUM]);
  });
});

describe("the contributor's part of the joint randomness", () => {
  let vdaf: Vdaf;
  const nonce = randomBytes(16);
  beforeAll(async () => {
    vdaf = await loadVdaf();
  });

  it.each([0, 1] as const)(
    'is not overwritten for the other: part %d tampered with is refused',
    async part => {
      const { publicShare, inputShares } = await vdaf.shard(ones(3), nonce);
      const tampered = publicShare.map((byte, i) => (i === part * 16 ? byte ^ 1 : byte));
      expect(await vdaf.prepare(KEY, part, nonce, tampered, inputShares[part])).toBeUndefined();
      const given = encode(tampered);
      const own = await vdaf.prepare(KEY, part, nonce, publicShare, inputShares[part]);
      const other = await vdaf.prepare(
        KEY,
        part === 0 ? 1 : 0,
        nonce,
        tampered,
        inputShares[part === 0 ? 1 : 0],
      );
      expect(encode(tampered)).toBe(given);
      const [first, second] = part === 0 ? [own!, other!] : [other!, own!];
      for (const { jointRandSeed } of [first, second])
        expect(await vdaf.verify(jointRandSeed, [first.preparationShare, second.preparationShare])).toBe(
          false,
        );
    },
  );

  it('would be, if both looked at one list: then the library takes a tampered one', async () => {
    const library = new Prio3SumVec({ shares: 2, length: CELLS, bits: BITS, chunkLength: 20 });
    const made = await library.shard(ones(3), nonce, randomBytes(80));
    made.publicShare.jointRandParts[0] = randomBytes(16);
    const prepared = [];
    for (const place of [0, 1])
      prepared.push(
        await library.prepareInit(KEY, place, null, nonce, made.publicShare, made.inputShares[place]!),
      );
    const message = await library.unshardPreparationShares(
      null,
      prepared.map(one => one.preparationShare),
    );
    for (const { preparationState } of prepared)
      expect(() => library.prepareNext(preparationState, message)).not.toThrow();
  });

  it('a share that is no encoding is said to be none', async () => {
    const { publicShare, inputShares } = await vdaf.shard(ones(3), nonce);
    const outside = Uint8Array.from(inputShares[0]).fill(0xff, 0, 16);
    for (const share of [outside, inputShares[0].subarray(1), new Uint8Array(0)])
      expect(await vdaf.prepare(KEY, 0, nonce, publicShare, share)).toBeUndefined();
    expect(await vdaf.verify(new Uint8Array(16), [new Uint8Array(5), new Uint8Array(688)])).toBe(false);
  });
});

describe('halves that are no halves of one sum', () => {
  it('make no table', async () => {
    const [a, b] = (await both(good)).halves;
    const [c] = (await both([...good, await report('p4', ones(1))])).halves;
    const shifted = {
      ...b,
      share: encode(encodeVector(decodeVector(decode(b.share, CELLS * 16)!)!.with(4, 1n << 100n))),
    };
    for (const [files, message] of [
      [[a], 'a table is made of two aggregates, one of org-a and one of org-b'],
      [[a, a], 'a table is made of two aggregates'],
      [[a, b, b], 'a table is made of two aggregates'],
      [[c, b], 'reports: org-a and org-b added different reports up'],
      [[a, { ...b, epoch: '2026-W46' }], 'epoch: is of 2026-W46, and 2026-W47 is wanted'],
      [[a, { ...b, task: encode(randomBytes(32)) }], 'task: is of another task'],
      [[a, shifted], 'share: the two do not add up to counts'],
      [
        [a, b].map(one => ({ ...one, reports: one.reports.slice(1) })),
        'reports: 2 contributors, the task asks for 3',
      ],
    ] as const)
      expect(() => combine(task, files)).toThrow(message);
  });
});

describe('the task', () => {
  it('has one id, however it is written, and another one for whatever is changed', () => {
    const turned = Object.fromEntries(Object.entries(taskFile).reverse());
    expect(parseTask(JSON.parse(JSON.stringify(turned, null, 7)), 't').id).toBe(task.id);
    for (const change of [{ epsilon: '0.5' }, { k: 20 }, { contributors: ['p1', 'p2', 'p3'] }])
      expect(parseTask({ ...taskFile, ...change }, 't').id).not.toBe(task.id);
  });

  it.each<[object, string]>([
    [{ aggregators: ['a'] }, 'task.json: aggregators must be two different names'],
    [{ aggregators: ['a', 'a'] }, 'aggregators must be two different names'],
    [{ contributors: ['a', 'b'] }, 'contributors must be 3 to 1000 different names'],
    [{ contributors: ['a', 'b', 'B'] }, 'contributors must be'],
    [{ epsilon: 1 }, 'epsilon must be a positive decimal number in quotes'],
    [{ epsilon: '0' }, 'epsilon must be'],
    [{ k: 0 }, 'k must be a whole number'],
    [{ min_contributors: 2 }, 'min_contributors must be a whole number from 3 on'],
    [{ min_contributors: 5 }, 'min_contributors is more than there are contributors'],
    [{ sessions_per_user: 1.5 }, 'sessions_per_user must be a whole number'],
    [{ key_commitment: 'x' }, 'key_commitment must be 32 bytes'],
    [
      { vdaf: 'draft-irtf-cfrg-vdaf-18' },
      'vdaf must be draft-irtf-cfrg-vdaf-08; all parties need software of the same version',
    ],
    [{ type: 'prio3-2p.report' }, 'type must be prio3-2p.task; another file was given'],
    [{ note: 'secret' }, 'has a field that does not belong there'],
  ])('is refused with %j', (change, message) => {
    expect(() => parseTask({ ...taskFile, ...change }, 'task.json')).toThrow(message);
  });

  it('takes the key that it commits to alone, and quotes none', () => {
    expect(parseVerifyKey(`${KEY.toString('hex')}\n`, 'k', task)).toEqual(KEY);
    for (const [text, message] of [
      ['f'.repeat(32), 'k: is not the key that the task commits to (key_commitment)'],
      ['short', 'k: must hold the verification key, 32 hexadecimal digits'],
    ] as const) {
      expect(() => parseVerifyKey(text, 'k', task)).toThrow(message);
      expect(() => parseVerifyKey(text, 'k', task)).not.toThrow(new RegExp(text));
    }
  });
});

describe('files', () => {
  it('of another form are refused by field, and not quoted', async () => {
    const [file] = good[0]!;
    for (const [change, message] of [
      [{ v: 'asr/2' }, 'r: v must be asr/1'],
      [{ salt: 'AA' }, 'r: salt must be 16 bytes in base64url without padding'],
      [{ epoch: '2026-W99' }, 'r: epoch must be an ISO week'],
      [{ public_share: `${file.public_share}=` }, 'r: public_share must be 32 bytes'],
      [{ input_share: null }, 'r: input_share must be 11264 or 48 bytes'],
      [{ extra: 1 }, 'r: has a field that does not belong there'],
    ] as const)
      expect(() => parseReport({ ...file, ...change }, 'r')).toThrow(message);
    for (const json of [undefined, null, 3, 'x', []])
      expect(() => parseReport(json, 'r')).toThrow('r: must be a JSON object');
  });

  it('survive whatever stands in them', async () => {
    const { state } = await prepareReports(role('org-a'), KEY, [
      { contributor: 'p1', json: good[0]![0], name: 'r' },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(good[0]![0])), fc.jsonValue(), async (key, value) => {
        const json = { ...good[0]![0], [key]: value };
        const { refused } = await prepareReports(role('org-a'), KEY, [
          { contributor: 'p1', json, name: 'r' },
        ]);
        for (const { reason } of refused) expect(REFUSALS).toHaveProperty(reason);
      }),
      { numRuns: 100 },
    );
    expect(() => parseState({ ...state, reports: [...state.reports, ...state.reports] }, 's')).toThrow(
      's: reports must be a list with contributor, report, preparation_share, joint_rand_seed, output_share of each contributor once',
    );
    expect(() => parseAggregate({ ...state, type: 'prio3-2p.aggregate', reports: [] }, 'h')).toThrow(
      'h: share must be 30 elements of the field',
    );
  });
});

describe('counts', () => {
  const fact = {
    id: 'a',
    epoch: EPOCH,
    risk: 3,
    autonomy: 'observer',
    contributors: ['p1', 'p2'],
    home: 'p1',
  } as const;

  it('are of the sessions that a contributor began: each session is counted by one', () => {
    const { counts, ofOthers, ofOtherWeeks } = countSessions(
      [fact, fact, { ...fact, home: 'p2' }, { ...fact, isHomeGuessed: true }, { ...fact, epoch: '2026-W46' }],
      { epoch: EPOCH, contributor: 'p1' },
    );
    expect(counts).toEqual(ones(0).with(3 * LEVELS.length + LEVELS.indexOf('observer'), 2));
    expect([ofOthers, ofOtherWeeks]).toEqual([2, 1]);
  });

  it('of a file are read by name, and refused by cell', () => {
    const cell = { risk: 'low', autonomy: 'none', count: 5 };
    expect(parseCounts({ cells: [cell] }, 'c')).toEqual(ones(0).with(LEVELS.length, 5));
    for (const [json, message] of [
      [[], 'c: cells must be a list'],
      [{ cells: [{ ...cell, risk: 'huge' }] }, 'c: cells[0].risk must be one of none, low'],
      [{ cells: [{ ...cell, autonomy: 'x' }] }, 'c: cells[0].autonomy must be one of'],
      [
        { cells: [{ ...cell, count: 2 ** 20 }] },
        'c: cells[0].count must be a whole number from 0 to 1048575',
      ],
      [{ cells: [{ ...cell, count: -1 }] }, 'c: cells[0].count'],
      [{ cells: [cell, cell] }, 'c: cells[1] is there twice: low, none'],
      [
        { cells: [{ ...cell, user: 'u' }] },
        'c: cells[0] must have risk, autonomy and count, and nothing else',
      ],
    ] as const)
      expect(() => parseCounts(json, 'c')).toThrow(message);
  });

  it('out of range, of another number or of a stranger are not reported', async () => {
    await expect(report('p1', ones(2 ** 20))).rejects.toMatchObject({ code: 'invalid_counts' });
    await expect(report('p1', [1])).rejects.toThrow('a report has 30 counts');
    await expect(report('stranger', ones(1))).rejects.toThrow('there is no contributor stranger in the task');
  });
});

describe('the statement of two aggregators', () => {
  it('says what nobody could check, and how often an empty cell is shown', () => {
    const statement = prio3Statement(task);
    expect(statement).toMatchObject({
      mode: 'prio3-2p',
      experimental: true,
      epsilon: 1,
      noise_scale: 8,
      suppression: { below_k: { k: 40, empty_cell_shown: 0.012 }, contributors: { at_least: 3 } },
    });
    expect(JSON.stringify(statement)).toContain('"dominance":"not checked');
  });

  it('reckons the noise of both', () => {
    const bytes = seededBytes(11);
    let shown = 0;
    for (let i = 0; i < 20_000; i++)
      if (discreteLaplace([8n, 1n], bytes) + discreteLaplace([8n, 1n], bytes) >= 20n) shown++;
    expect(shown / 20_000).toBeCloseTo(emptyCellShown(20, 8), 2);
  });
});
