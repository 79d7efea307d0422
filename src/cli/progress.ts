/** Where progress goes: a terminal, or anything that is none. */
export interface ProgressTarget {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const AFTER_MS = 1000;
const EVERY_MS = 200;

/**
 * Says how far a long run has come, on a terminal only and not before a second has passed.
 *
 * @param now milliseconds of a clock that never goes back
 */
export function createProgress(
  unit: string,
  to: ProgressTarget = process.stderr,
  now: () => number = () => performance.now(),
): { tick(): void; end(): void } {
  const began = now();
  let count = 0;
  let last = began + AFTER_MS - EVERY_MS;
  let shown = false;
  return {
    tick() {
      count += 1;
      if (to.isTTY !== true || now() - last < EVERY_MS) return;
      last = now();
      shown = true;
      to.write(`\r${count} ${unit}`);
    },
    /** Takes the line away before anything else is said. */
    end() {
      if (shown) to.write('\r\u001b[K');
      shown = false;
    },
  };
}
