/** A mistake on the command line or an unusable file: said in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A file system's error as one line; any other is a defect and keeps its stack. */
export function unreadable(name: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code)
    ? new UsageError(`${name}: cannot be used (${code})`)
    : error;
}
