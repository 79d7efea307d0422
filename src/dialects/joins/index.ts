import type { JoinName } from '../table.ts';
import type { Join } from './join.ts';
import { openinferenceMetadata } from './openinference-metadata.ts';
import { traceloopInput } from './traceloop-input.ts';

/** The joins by the name under which a table asks for them. */
export const JOINS: { readonly [name in JoinName]: Join } = {
  'openinference-metadata': openinferenceMetadata,
  'traceloop-input': traceloopInput,
};
