import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../voprf/wire.ts';
import { aggregateReports, preparationOf, prepareReports, type Role } from './aggregator.ts';
import { combine } from './combine.ts';
import { decodeVector, encodeVector, signed, sumOf, type Vector } from './field.ts';
import { makeReport, nonceOf } from './report.ts';
import { parseTask, parseVerifyKey } from './task.ts';
import { CELLS, INPUT_SHARE_BYTES, loadVdaf, type Place } from './vdaf.ts';
import { parseAggregate, type ReportFile } from './wire.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document as it is
type Json = any;
const vectors: Json = JSON.parse(
  readFileSync(new URL('../../../../semconv/sessions/prio3-vectors.json', import.meta.url), 'utf8'),
);
const task = parseTask(vectors.task, 'vectors');
const key = parseVerifyKey(vectors.verify_key, 'vectors', task);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const made = (one: Json) =>
  makeReport(
    task,
    { epoch: vectors.epoch, contributor: one.contributor, counts: one.counts },
    { salt: decode(one.salt, 16)!, shares: Buffer.from(one.random, 'hex') },
  );
const role = (place: Place): Role => ({ task, epoch: vectors.epoch, aggregator: task.aggregators[place] });
const received = (file: Json) => ({ contributor: file.contributor, json: file, name: 'vector' });

describe('the vectors', () => {
  it('name the task by the hash that ours has', () => {
    expect(task.id).toBe(vectors.task_id);
  });

  it.each(vectors.reports as Json[])('of the report of $contributor are what we make', async one => {
    const files = await made(one);
    const nonce = nonceOf(files[0]);
    expect(Buffer.from(nonce).toString('hex')).toBe(one.nonce);
    expect(files[0].public_share).toBe(one.public_share);
    expect(files[1].input_share).toBe(one.input_share_1);
    const vdaf = await loadVdaf();
    for (const place of [0, 1] as const) {
      const share = decode(files[place].input_share, INPUT_SHARE_BYTES[place])!;
      expect(sha256(share)).toBe(one.input_shares_sha256[place]);
      const prepared = await vdaf.prepare(key, place, nonce, decode(one.public_share, 32)!, share);
      expect(sha256(prepared!.preparationShare)).toBe(one.preparation_shares_sha256[place]);
      expect(encode(prepared!.jointRandSeed)).toBe(one.joint_rand_seed);
      expect(sha256(encodeVector(prepared!.outputShare))).toBe(one.output_shares_sha256[place]);
    }
  });

  it('of a report in full are its files', async () => {
    expect(await made(vectors.reports[0])).toEqual(vectors.report);
  });

  it('of the halves give the counts, noise included', async () => {
    const halves = (vectors.halves as Json[]).map(half => parseAggregate(half, 'vectors'));
    const elements = halves.map(({ share }) => decodeVector(decode(share, CELLS * 16)!)!);
    expect(sumOf(elements, CELLS).map(signed).map(Number)).toEqual(vectors.counts);
    expect(combine(task, halves).cells.map(({ count }) => count)).toEqual(
      (vectors.counts as number[]).map(count => (count < task.k ? undefined : count)),
    );
    // and without it the sum of the reports
    const noise = (vectors.noise as number[][]).map((one): Vector => one.map(n => BigInt(-n)));
    expect(sumOf([...elements, ...noise], CELLS).map(Number)).toEqual(
      vectors.counts.map((_: number, i: number) =>
        vectors.reports.reduce((sum: number, one: Json) => sum + one.counts[i], 0),
      ),
    );
  });

  it.each(vectors.refused as Json[])('are refused: $about', async one => {
    const good = await Promise.all((vectors.reports as Json[]).slice(1).map(made));
    const files = structuredClone(one.files ?? vectors.report) as [ReportFile, ReportFile];
    for (const [place, file] of files.entries()) {
      if (one.change !== undefined) files[place] = { ...file, ...one.change };
      if (one.aggregator !== file.aggregator) continue;
      const bytes = Buffer.from(file[one.field as keyof ReportFile], 'base64url');
      bytes[one.byte]! ^= one.xor;
      files[place] = { ...file, [one.field]: bytes.toString('base64url') };
    }
    const [a, b] = await Promise.all(
      ([0, 1] as const).map(place =>
        prepareReports(
          role(place),
          key,
          [...good, files].map(of => received(of[place])),
        ),
      ),
    );
    const prepared = [a!, b!].flatMap(({ refused }) => refused.map(({ reason }) => reason));
    if (one.when === 'prepare') return expect(prepared).toContain(one.reason);
    expect(prepared).toEqual([]);
    const lenient = { ...role(0), task: { ...task, min_contributors: 2 } };
    const { refused } = await aggregateReports(lenient, a!.state, preparationOf(b!.state));
    expect(refused.map(({ contributor, reason }) => [contributor, reason])).toEqual([
      [files[0].contributor, one.reason],
    ]);
  });
});
