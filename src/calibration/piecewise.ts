/** A point of the map: native position, reference value (range [0.0, 1.0]). */
export type Knot = readonly [at: number, value: number];

/** The value at a position: straight between two knots, level beyond the first and the last. */
export function interpolate(knots: readonly Knot[], at: number): number {
  let [low, high] = [0, knots.length - 1];
  if (at <= knots[low]![0]) return knots[low]![1];
  if (at >= knots[high]![0]) return knots[high]![1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]![0] <= at) low = middle;
    else high = middle;
  }
  const [x0, y0] = knots[low]!;
  const [x1, y1] = knots[high]!;
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
}
