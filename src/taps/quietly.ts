import { warnOnce } from '../signals/shared.ts';

/** Runs what is ours inside a host's code: an error in it is said once through `diag` and never reaches the host. */
export function quietly<T>(tap: string, fn: () => T): T | undefined {
  try {
    return fn();
  } catch (error) {
    warnOnce(`tap:${tap}`, `the tap of ${tap} failed; the agent is not affected`, error);
    return undefined;
  }
}
