const MAX_KEY_LENGTH = 320;

/** Adds a key to a set of at most `limit`, forgetting the oldest. Returns false where it was there. */
export function boundedAdd(set: Set<string>, key: string, limit: number): boolean {
  const bounded = key.length > MAX_KEY_LENGTH ? key.slice(0, MAX_KEY_LENGTH) : key;
  const before = set.size;
  if (set.add(bounded).size === before) return false;
  if (set.size > limit) for (const oldest of set) return set.delete(oldest);
  return true;
}

/** Sets a key of a map of at most `limit`, forgetting the one that was set longest ago. */
export function boundedSet<V>(map: Map<string, V>, key: string, value: V, limit: number): void {
  const bounded = key.slice(0, MAX_KEY_LENGTH);
  map.delete(bounded);
  map.set(bounded, value);
  if (map.size <= limit) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

/** The same for numbers. */
export function boundedAddNumber(set: Set<number>, key: number, limit: number): void {
  if (set.has(key)) return;
  set.add(key);
  if (set.size <= limit) return;
  for (const oldest of set) {
    set.delete(oldest);
    return;
  }
}
