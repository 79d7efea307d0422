import type { Knot } from './piecewise.ts';

/** What several points at one position say together. */
export interface Pooled {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** Points at one position become their mean; sorted by position. */
export function pool(
  points: readonly { readonly x: number; readonly y: number; readonly weight: number }[],
): Pooled[] {
  const sums = new Map<number, { y: number; weight: number }>();
  for (const { x, y, weight } of points) {
    const sum = sums.get(x) ?? { y: 0, weight: 0 };
    sum.y += weight * y;
    sum.weight += weight;
    sums.set(x, sum);
  }
  return [...sums].map(([x, { y, weight }]) => ({ x, y: y / weight, weight })).sort((a, b) => a.x - b.x);
}

interface Block {
  first: number;
  last: number;
  sumX: number;
  sumY: number;
  weight: number;
}

/** Pool adjacent violators: the best rising step function, as blocks of positions that share a value. */
function blocksOf(points: readonly Pooled[]): Block[] {
  const blocks: Block[] = [];
  for (const { x, y, weight } of points) {
    let block: Block = { first: x, last: x, sumX: weight * x, sumY: weight * y, weight };
    for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
      if (before.sumY / before.weight < block.sumY / block.weight) break;
      blocks.pop();
      block = {
        first: before.first,
        last: block.last,
        sumX: before.sumX + block.sumX,
        sumY: before.sumY + block.sumY,
        weight: before.weight + block.weight,
      };
    }
    blocks.push(block);
  }
  return blocks;
}

/** Isotonic regression: the fitted value of every position. */
export function isotonic(points: readonly Pooled[]): Knot[] {
  const blocks = blocksOf(points);
  let at = 0;
  return points.map(({ x }) => {
    while (x > blocks[at]!.last) at += 1;
    const { sumY, weight } = blocks[at]!;
    return [x, sumY / weight];
  });
}

/**
 * Centred isotonic regression (Oron and Flournoy, 2017): each block of the isotonic fit counts at its centre of mass, straight
 * between, so that the map rises wherever it was measured.
 */
export function centredIsotonic(points: readonly Pooled[]): Knot[] {
  const blocks = blocksOf(points);
  const knots: Knot[] = [];
  const add = (at: number, value: number): void => {
    if (knots.length === 0 || at > knots.at(-1)![0]) knots.push([at, value]);
  };
  for (const [index, { first, last, sumX, sumY, weight }] of blocks.entries()) {
    if (index === 0) add(first, sumY / weight);
    add(sumX / weight, sumY / weight);
    if (index === blocks.length - 1) add(last, sumY / weight);
  }
  return knots;
}
