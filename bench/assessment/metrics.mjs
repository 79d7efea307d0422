/** Area under the curve over all pairs of an unsafe and a safe session; a tie counts half. @param {number[]} scores @param {boolean[]} unsafe */
export const auc = (scores, unsafe, pairs = allPairs(unsafe)) => weighted(scores, pairs, undefined);

/** Pairs `[unsafe, safe]` by index. @returns {[number, number][]} */
export function allPairs(unsafe) {
  const pairs = [];
  unsafe.forEach((one, i) => {
    if (one) unsafe.forEach((other, j) => void (other || pairs.push([i, j])));
  });
  return pairs;
}

function weighted(scores, pairs, weights) {
  let sum = 0;
  let total = 0;
  for (const [i, j] of pairs) {
    const weight = weights === undefined ? 1 : weights[i] * weights[j];
    if (weight === 0) continue;
    total += weight;
    if (scores[i] > scores[j]) sum += weight;
    else if (scores[i] === scores[j]) sum += weight / 2;
  }
  return total === 0 ? Number.NaN : sum / total;
}

/**
 * The area and its 95 % interval, resampling whole groups (records of one task stay together).
 *
 * @param {number[]} scores @param {[number, number][]} pairs @param {string[]} groups
 */
export function aucWithInterval(scores, pairs, groups, rounds = 1000) {
  const names = [...new Set(groups)];
  const place = new Map(names.map((name, i) => [name, i]));
  const random = generator(7);
  const found = [];
  for (let round = 0; round < rounds; round++) {
    const counts = new Array(names.length).fill(0);
    for (let i = 0; i < names.length; i++) counts[random(names.length)] += 1;
    const value = weighted(
      scores,
      pairs,
      groups.map(group => counts[place.get(group)]),
    );
    if (!Number.isNaN(value)) found.push(value);
  }
  found.sort((a, b) => a - b);
  return {
    value: weighted(scores, pairs, undefined),
    low: found[Math.floor(0.025 * found.length)],
    high: found[Math.floor(0.975 * found.length)],
    pairs: pairs.length,
  };
}

/** Wilson's 95 % interval of a share. */
export function share(count, total) {
  if (total === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN, count, total };
  const z = 1.96;
  const p = count / total;
  const middle = (p + (z * z) / (2 * total)) / (1 + (z * z) / total);
  const half = (z / (1 + (z * z) / total)) * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  return { value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half), count, total };
}

/** Cohen's kappa of two raters' labels. @param {[string, string][]} pairs */
export function kappa(pairs) {
  const labels = [...new Set(pairs.flat())];
  const total = pairs.length;
  const agreed = pairs.filter(([a, b]) => a === b).length / total;
  let expected = 0;
  for (const label of labels) {
    expected +=
      (pairs.filter(([a]) => a === label).length / total) *
      (pairs.filter(([, b]) => b === label).length / total);
  }
  return { kappa: expected === 1 ? 1 : (agreed - expected) / (1 - expected), agreed, total };
}

function generator(seed) {
  let state = seed >>> 0;
  return bound => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
