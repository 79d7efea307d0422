import { isObject } from '../../voprf/wire.ts';
import { LEVELS, RISKS, type SessionFacts } from '../table.ts';
import { Prio3Error } from './errors.ts';
import { CELLS, LARGEST_COUNT } from './vdaf.ts';

const place = (risk: number, level: number): number => risk * LEVELS.length + level;

/**
 * A contributor's counts of the sessions that it ran. Sessions of others are theirs to count: each session then is counted once.
 *
 * @returns 30 counts, risk by risk and within it level by level, and how many sessions were left out as others'
 */
export function countSessions(
  sessions: Iterable<SessionFacts>,
  { epoch, contributor }: { readonly epoch: string; readonly contributor: string },
): { readonly counts: number[]; readonly ofOthers: number; readonly ofOtherWeeks: number } {
  const counts = new Array<number>(CELLS).fill(0);
  let ofOthers = 0;
  let ofOtherWeeks = 0;
  for (const session of sessions) {
    if (session.epoch !== epoch) ofOtherWeeks += 1;
    else if (session.home !== contributor || session.isHomeGuessed === true) ofOthers += 1;
    else counts[place(session.risk, LEVELS.indexOf(session.autonomy))]! += 1;
  }
  return { counts, ofOthers, ofOtherWeeks };
}

/**
 * The counts of a file `{ "cells": [{ "risk", "autonomy", "count" }] }`. A cell that is not in it counts 0.
 *
 * @param name as errors call it
 * @throws Prio3Error `invalid_counts`, naming the file and the cell
 */
export function parseCounts(json: unknown, name: string): number[] {
  const refuse = (what: string): never => {
    throw new Prio3Error('invalid_counts', `${name}: ${what}`);
  };
  const cells = isObject(json) ? json['cells'] : undefined;
  if (!Array.isArray(cells)) return refuse('cells must be a list of { risk, autonomy, count }');
  const counts = new Map<number, number>();
  for (const [i, cell] of cells.entries()) {
    const { risk, autonomy, count, ...rest } = isObject(cell) ? cell : {};
    const [r, l] = [
      (RISKS as readonly unknown[]).indexOf(risk),
      (LEVELS as readonly unknown[]).indexOf(autonomy),
    ];
    if (r < 0) refuse(`cells[${i}].risk must be one of ${RISKS.join(', ')}`);
    if (l < 0) refuse(`cells[${i}].autonomy must be one of ${LEVELS.join(', ')}`);
    if (!Number.isInteger(count) || Number(count) < 0 || Number(count) > LARGEST_COUNT)
      refuse(`cells[${i}].count must be a whole number from 0 to ${LARGEST_COUNT}`);
    if (Object.keys(rest).length > 0)
      refuse(`cells[${i}] must have risk, autonomy and count, and nothing else`);
    if (counts.has(place(r, l))) refuse(`cells[${i}] is there twice: ${risk}, ${autonomy}`);
    counts.set(place(r, l), Number(count));
  }
  return Array.from({ length: CELLS }, (_, i) => counts.get(i) ?? 0);
}
