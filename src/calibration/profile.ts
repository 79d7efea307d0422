import type { Residuals } from './drift.ts';
import type { Method } from './methods.ts';
import type { Knot } from './piecewise.ts';
import type { Quality } from './quality.ts';
import type { Scale, SignalName } from './scale.ts';

export const PROFILE_SCHEMA = 'alignment-profile/1';

/** The reference scales that profiles map to. */
export const REFERENCE_SCALES: Readonly<Record<SignalName, string>> = {
  risk: 'ars-risk/1',
  autonomy: 'ars-autonomy/1',
};

/** What a profile of sufficient grade may be used for. Never for rates of rare events across providers. */
export type Use = 'ranking' | 'threshold';

/**
 * How one rater's own scale maps to the reference scale, as measured on the reference set. The file's JSON Schema is
 * `semconv/schema/alignment-profile.schema.json`.
 */
export interface Profile {
  readonly schema: typeof PROFILE_SCHEMA;
  readonly profile_id: string;
  readonly signal: SignalName;
  readonly native_scale: Scale;
  readonly reference: {
    readonly scale: string;
    /** Name and version, as `ars-scenarios/1.0.0`. */
    readonly set: string;
    /** Digest of the set. */
    readonly sha256: string;
    readonly n_anchors: number;
    readonly n_verification: number;
    /** `agreed` where every value used is. */
    readonly status: 'proposed' | 'agreed';
    readonly panel: {
      /** Median number of raters behind a value. */
      readonly raters: number;
    };
  };
  readonly rater: {
    readonly model?: string;
    readonly prompt_sha256?: string;
    /** Smallest number of answers to one scenario. */
    readonly repeats: number;
  };
  readonly map: {
    readonly method: Method;
    /** Native position (a number of the scale, or a level's index) to reference value; straight between, rising positions. */
    readonly knots: readonly Knot[];
    readonly intents: readonly ['expected'];
    readonly extrapolation: 'clamp';
    /** Native position to half the width of the 90 % interval. */
    readonly interval90: readonly Knot[];
  };
  readonly quality: Quality;
  /** Of every scenario that was used, the mean of mapped − reference: what verify holds later answers against. */
  readonly residuals?: Residuals;
  readonly valid_for: readonly Use[];
  /** First day, `YYYY-MM-DD`. */
  readonly created: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly expires: string;
}
