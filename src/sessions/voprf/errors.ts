/**
 * `dependency_missing`: libsodium is not installed. `invalid_element`: no canonical group element, or the identity. `invalid_input`, `invalid_key`: bytes of a
 * wrong length or form. `batch_too_large`: more than 256. `invalid_proof`: the answer was not made with the key that is pinned. `invalid_directory`: the list of
 * evaluators cannot be used. The rest is what an evaluator answered, or that it did not.
 */
export type VoprfErrorCode =
  | 'dependency_missing'
  | 'invalid_element'
  | 'invalid_input'
  | 'invalid_key'
  | 'batch_too_large'
  | 'invalid_proof'
  | 'invalid_directory'
  | 'unknown_epoch'
  | 'unreachable'
  | 'unauthorized'
  | 'epoch_closed'
  | 'budget'
  | 'bad_answer';

/** What went wrong with pseudonyms of the `voprf` tier. The message names the evaluator and the fix; never a key, an input or a token. */
export class VoprfError extends Error {
  override readonly name = 'VoprfError';
  readonly code: VoprfErrorCode;
  /** The place in the batch, where one element is to blame. */
  readonly index: number | undefined;

  constructor(code: VoprfErrorCode, message: string, index?: number) {
    super(message);
    this.code = code;
    this.index = index;
  }
}
