import type { SignalName } from '../../calibration/scale.ts';
import type { Scenario } from './scenario.ts';

/** A reference scale as a rater sees it, in points from 0 to 100: `semconv/calibration/reference-scales.json`. */
export interface ReferenceScale {
  readonly id: string;
  readonly question: string;
  readonly rules: readonly string[];
  readonly anchors: readonly {
    /** Range [0, 100]. */
    readonly at: number;
    readonly name: string;
    readonly text: string;
  }[];
}

export type ReferenceScales = Readonly<Record<SignalName, ReferenceScale>>;

/** What a rater needs: the set, its scenarios and the two scales. */
export interface RaterMaterial {
  readonly set: string;
  readonly version: string;
  readonly scenarios: readonly Scenario[];
  readonly scales: ReferenceScales;
}

/** Points as a rater types them, to a score. @returns undefined where it is no number from 0 to 100 */
export function scoreOf(points: string): number | undefined {
  if (!/^[0-9]{1,3}$/.test(points.trim())) return undefined;
  const value = Number(points);
  return value <= 100 ? value / 100 : undefined;
}

export const pointsOf = (score: number): number => Math.round(score * 100);
