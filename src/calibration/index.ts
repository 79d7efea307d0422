/**
 * Calibration: ratings of the reference scenarios → a profile of a rater, and a profile → scores that can be compared. Needs no
 * dependency and runs in a browser too.
 *
 * @module
 */
export { applyProfile, declare, isExpired, isUsable, type Mapped } from './apply.ts';
export { type BoundProfile, type MappedScore, mapScores, type NativeSources } from './bound.ts';
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
export { collectorProfiles, type NativePlace } from './ottl.ts';
export type { Knot } from './piecewise.ts';
export { plotProfile } from './plot.ts';
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
