/**
 * `dependency_missing`: the package with the proofs is not installed. `invalid_file`: a file is not what it should be. `wrong_key`: the verification key is not the
 * task's. `invalid_counts`: a cell cannot be reported. `already_summed`: the sum of the week is made. `too_few_contributors`: fewer
 * reports than the task asks for were accepted. `no_match`: two files do not belong together.
 */
export type Prio3ErrorCode =
  | 'dependency_missing'
  | 'invalid_file'
  | 'wrong_key'
  | 'invalid_counts'
  | 'already_summed'
  | 'too_few_contributors'
  | 'no_match';

/** What went wrong in the mode `prio3-2p`. The message names the file, the field and the fix; never a key, a share or a count. */
export class Prio3Error extends Error {
  override readonly name = 'Prio3Error';
  readonly code: Prio3ErrorCode;

  constructor(code: Prio3ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
