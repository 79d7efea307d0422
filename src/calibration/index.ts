export { applyProfile, declare, isExpired, type Mapped } from './apply.ts';
export {
  type Consensus,
  type ConsensusEntry,
  type ConsensusStatus,
  parseConsensus,
  type Split,
} from './consensus.ts';
export { CalibrationError } from './error.ts';
export { type FitInput, type Fitted, fitProfile } from './fit.ts';
export type { Method } from './methods.ts';
export { type NativeRating, parseNativeCsv } from './native.ts';
export type { Knot } from './piecewise.ts';
export { PROFILE_SCHEMA, type Profile, REFERENCE_SCALES, type Use } from './profile.ts';
export { checkProfile, parseProfile } from './profile-read.ts';
export type { Grade, Quality } from './quality.ts';
export type { Samples } from './samples.ts';
export {
  type IntervalScale,
  type OrdinalScale,
  parseScale,
  type Scale,
  type SignalName,
} from './scale.ts';
export type { Sample } from './select.ts';
export * from './statistics/index.ts';
export { type Verification, verifyProfile } from './verify.ts';
