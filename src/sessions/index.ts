export { type Derived, derive, pseudonymInput, spanIdsUnder } from './derive.ts';
export { type Epoch, epochAt, epochOf, neighbourAt } from './epoch.ts';
export { type EvaluatorOptions, type RunningEvaluator, startEvaluator } from './evaluator/server.ts';
export type { BuildOptions, Plan, Wanted } from './fragment/build.ts';
export { Fragmenter, type FragmenterOptions, type Refusals } from './fragment/fragmenter.ts';
export { JOIN_TYPES, type JoinType, joinKeysOf, usableValue } from './fragment/join-keys.ts';
export { fragmentsRequest, type ReceivedFragment, receivedFragments } from './fragment/otlp.ts';
export {
  CONTRIBUTOR,
  FRAGMENT_VERSION,
  type Fragment,
  type FragmentEvent,
  type FragmentName,
  fragmentProblem,
} from './fragment/schema.ts';
export { type SourceSpan, sourceSpans } from './fragment/source.ts';
export type { TlsOptions } from './http.ts';
export { KeyFileError, newKeyLine, parseKeyFile } from './key-file.ts';
export {
  type EraseOptions,
  eraseAt,
  LayerError,
} from './layer/client.ts';
export {
  Erased,
  type Erasure,
  ErasureFileError,
  epochOfErasureFile,
  parseErasures,
} from './layer/erased.ts';
export { retireErasures } from './layer/erasures.ts';
export { newPurgeCount, type PurgeCount, purgeRequest, purges } from './layer/purge.ts';
export { type LayerOptions, type RunningLayer, startLayer } from './layer/server.ts';
export { type FragmentProcessorOptions, FragmentSpanProcessor } from './processor.ts';
export { type OtlpFragmentsOptions, otlpFragments } from './processor-otlp.ts';
export {
  type HeaderCarrier,
  type McpMeta,
  type SessionPropagation,
  type SessionPropagationOptions,
  sessionPropagation,
} from './propagation/propagation.ts';
export {
  isSessionToken,
  newSessionToken,
  SESSION_MEMBER,
  sessionTokenOf,
  withSessionToken,
} from './propagation/token.ts';
export { hmacPseudonyms, type JoinKey, type PseudonymProvider } from './pseudonyms.ts';
export { sessionFacts } from './release/facts.ts';
export { discreteLaplace, systemBytes } from './release/laplace.ts';
export { type Ledger, LedgerError, newLedger, parseLedger, spend, spent } from './release/ledger.ts';
export {
  type Cell,
  RELEASE_DEFAULTS,
  type ReleaseOptions,
  releaseTable,
  type SessionFacts,
  statement,
} from './release/table.ts';
export { parseTokens, TokenFileError, type Tokens } from './service/contributors.ts';
export { StateError } from './service/folder.ts';
export type { Listening, ServerOptions } from './service/listen.ts';
export { CAPS, type Caps } from './stitch/merger.ts';
export { sessionRequest } from './stitch/otlp.ts';
export { type Session, type SessionSpan, Stitcher, type StitcherOptions } from './stitch/stitcher.ts';
export { type Directory, evaluatorUrl, type PinnedEvaluator, parseDirectory } from './voprf/directory.ts';
export {
  DirectoryKeyError,
  directoryKeyOf,
  parseDirectoryKey,
  parseSignKey,
} from './voprf/directory-signature.ts';
export { VoprfError, type VoprfErrorCode } from './voprf/errors.ts';
export { type VoprfOptions, type VoprfPseudonyms, voprfPseudonyms } from './voprf/pseudonyms.ts';
export { fetchEpoch, mergeEpoch, signDirectory } from './voprf/publish.ts';
export type { EpochDocument } from './voprf/wire.ts';
