/** A mistake on the command line or an unusable file: said in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
