import type { Consensus, ConsensusEntry, ConsensusStatus } from '../../src/calibration/consensus.ts';
import type { SignalName } from '../../src/calibration/scale.ts';
import {
  intraclassCorrelations,
  krippendorffAlpha,
  type MeasurementLevel,
  summarize,
} from '../../src/calibration/statistics/index.ts';
import type { RaterKind, Rating, RatingsFile } from '../../src/pages/rater/ratings.ts';
import type { Scenario } from '../../src/pages/rater/scenario.ts';

/** What it takes before anything may be called agreed. Nothing else in the project decides this. */
export const AGREEMENT = { humanRaters: 3, scenarios: 20, alpha: 0.667 } as const;
/** Standard deviation above which raters do not mean the same. */
export const CONTESTED_SD = 0.2;

/** A set of this name is made up, scenarios, ratings and all. */
export const SYNTHETIC_SET: RegExp = /^synthetic-/;

export const SIGNALS: readonly SignalName[] = ['risk', 'autonomy'];

export interface Agreement {
  /** Krippendorff's α of the human raters, by level of measurement; undefined below two raters. */
  readonly alpha: Readonly<Record<MeasurementLevel, number | undefined>>;
  /** ICC(2,k) over the scenarios that every human rater rated. */
  readonly icc2k: number | undefined;
}

export interface Panel {
  readonly kinds: Readonly<Partial<Record<RaterKind, number>>>;
  readonly agreement: Readonly<Record<SignalName, Agreement>>;
  /** Scenarios with ratings of at least {@link AGREEMENT.humanRaters} people. */
  readonly covered: number;
  /** Whether any scenario may be called agreed. */
  readonly reliable: boolean;
}

/** A rating and who gave it, where its text is still the one that was rated. */
interface Vote {
  readonly rater: string;
  readonly kind: RaterKind;
  readonly rating: Rating;
}

/**
 * Reference values from ratings. Ratings of an older text do not count, models never do, and synthetic ratings only in a set whose
 * name says so. Authors' ratings are a seed: where three people have rated a scenario, theirs alone count.
 */
export function aggregate(
  about: Pick<Consensus, 'set' | 'version' | 'sha256'>,
  scenarios: readonly Scenario[],
  files: readonly RatingsFile[],
): { readonly consensus: Consensus; readonly panel: Panel } {
  const votes = collect(about.set, scenarios, files);
  const panel = describePanel(scenarios, votes);
  const entries: Record<string, ConsensusEntry> = {};
  for (const { id, split } of [...scenarios].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const all = votes.get(id) ?? [];
    const people = all.filter(({ kind }) => kind === 'human');
    const counted =
      people.length >= AGREEMENT.humanRaters ? people : all.filter(({ kind }) => kind !== 'model');
    if (counted.length === 0) continue;
    const [risk, autonomy] = SIGNALS.map(signal => {
      const { mean, sd, n, se } = summarize(counted.map(({ rating }) => rating[signal]));
      return { mean: round(mean), sd: round(sd), n, se: round(se) };
    });
    entries[id] = {
      risk: risk!,
      autonomy: autonomy!,
      status: statusOf(people.length, Math.max(risk!.sd ?? 0, autonomy!.sd ?? 0), panel),
      split,
    };
  }
  return { consensus: { ...about, scenarios: entries }, panel };
}

const DIGITS = 1e6;
function round<T extends number | null>(value: T): T {
  return (value === null ? null : Math.round(value * DIGITS) / DIGITS) as T;
}

function statusOf(people: number, sd: number, panel: Panel): ConsensusStatus {
  if (sd > CONTESTED_SD) return 'contested';
  return people >= AGREEMENT.humanRaters && panel.reliable ? 'agreed' : 'proposed';
}

function collect(
  set: string,
  scenarios: readonly Scenario[],
  files: readonly RatingsFile[],
): Map<string, Vote[]> {
  const versions = new Map(scenarios.map(({ id, version }) => [id, version]));
  const votes = new Map<string, Vote[]>();
  for (const { header, ratings } of files) {
    if (header.synthetic === true && !SYNTHETIC_SET.test(set)) continue;
    for (const rating of ratings) {
      if (versions.get(rating.scenario) !== rating.version) continue;
      const vote = { rater: `${header.kind}-${header.rater}`, kind: header.kind, rating };
      votes.set(rating.scenario, [...(votes.get(rating.scenario) ?? []), vote]);
    }
  }
  return votes;
}

function describePanel(scenarios: readonly Scenario[], votes: ReadonlyMap<string, Vote[]>): Panel {
  const all = [...votes.values()].flat();
  const kinds: Partial<Record<RaterKind, number>> = {};
  for (const kind of ['human', 'model', 'author'] as const) {
    const raters = new Set(all.filter(vote => vote.kind === kind).map(({ rater }) => rater));
    if (raters.size > 0) kinds[kind] = raters.size;
  }
  const people = [...new Set(all.filter(({ kind }) => kind === 'human').map(({ rater }) => rater))].sort();
  const table = (signal: SignalName): (number | undefined)[][] =>
    scenarios.map(({ id }) => {
      const scores = new Map((votes.get(id) ?? []).map(({ rater, rating }) => [rater, rating[signal]]));
      return people.map(rater => scores.get(rater));
    });
  const covered = table('risk').filter(
    row => row.filter(value => value !== undefined).length >= AGREEMENT.humanRaters,
  ).length;
  const agreement = {
    risk: agreementOf(table('risk')),
    autonomy: agreementOf(table('autonomy')),
  };
  const reliable =
    people.length >= AGREEMENT.humanRaters &&
    covered >= AGREEMENT.scenarios &&
    SIGNALS.every(signal => (agreement[signal].alpha.interval ?? -1) >= AGREEMENT.alpha);
  return { kinds, agreement, covered, reliable };
}

const BANDS = [0.1, 0.4, 0.7, 0.9];
const band = (score: number | undefined): number | undefined =>
  score === undefined ? undefined : BANDS.filter(edge => score >= edge).length;

function agreementOf(rows: readonly (number | undefined)[][]): Agreement {
  const complete = rows.filter((row): row is number[] => row.every(value => value !== undefined));
  const enough = complete.length >= 2 && (complete[0]?.length ?? 0) >= 2;
  return {
    alpha: {
      // labels have no order and no distance: those are the bands
      nominal: krippendorffAlpha(
        rows.map(row => row.map(band)),
        'nominal',
      ),
      ordinal: krippendorffAlpha(rows, 'ordinal'),
      interval: krippendorffAlpha(rows, 'interval'),
    },
    icc2k: enough ? intraclassCorrelations(complete)?.icc2k : undefined,
  };
}
