import { VERSION } from '../signals/version.ts';
import type {
  AgentRow,
  Density,
  FigureSource,
  Highest,
  SessionRow,
  StepPoint,
  Stretch,
  Timeline,
  Totals,
} from './source.ts';
import { type Story, storyOf } from './story.ts';
import { THRESHOLDS } from './thresholds.ts';

/** How much of a source a report shows. What is left out is counted. */
export interface Limits {
  readonly sessions: number;
  /** Up to so many steps, each is a point; above, the density is given and the `severeSteps` most severe are points. */
  readonly steps: number;
  readonly severeSteps: number;
  /** Sessions with a timeline, the most severe first. */
  readonly timelines: number;
  /** Items of a timeline. */
  readonly items: number;
  readonly stories: number;
  readonly stretches: number;
  readonly agents: number;
}

export const LIMITS: Limits = {
  sessions: 10_000,
  steps: 20_000,
  severeSteps: 2000,
  timelines: 1000,
  items: 400,
  stories: 200,
  stretches: 120,
  agents: 100,
};

/** What one report shows. Times are milliseconds since the Unix epoch, scores in [0.0, 1.0]. */
export interface Figures {
  /** Version of this document's form. */
  readonly form: 1;
  readonly generator: string;
  readonly thresholds: { readonly risk: number; readonly autonomy: number };
  readonly totals: Totals;
  /** The highest of everything that was read; absent where there is none. */
  readonly highest: Highest;
  /** Sessions with a step in the upper right, worst first, as far as `limits.stories`. */
  readonly stories: readonly Story[];
  /** Most severe first. */
  readonly sessions: readonly SessionRow[];
  /** Most severe first. */
  readonly points: readonly StepPoint[];
  /** Where not every step is a point. */
  readonly density?: Density;
  /** Of the first of the `sessions`, in their order. */
  readonly timelines: readonly Timeline[];
  readonly overTime: { readonly length: number; readonly stretches: readonly Stretch[] };
  readonly agents: readonly AgentRow[];
  /** What was wrong with the input, in sentences. */
  readonly problems: readonly string[];
}

const CELLS = 20;
const NO_TIMELINE: Timeline = { items: [], leftOut: 0 };

export async function figuresOf(
  source: FigureSource,
  limits: Limits = LIMITS,
  problems: readonly string[] = [],
): Promise<Figures> {
  const totals = await source.totals();
  const sessions = await source.sessions(limits.sessions);
  const placed = totals.steps - totals.unplacedSteps;
  const dense = placed > limits.steps;
  const told = sessions.slice(0, limits.timelines);
  const timelines = await source.timelines(
    told.map(({ session }) => session),
    limits.items,
  );
  const stories = told
    .flatMap(({ upperRight }, index) => (upperRight > 0 ? [index] : []))
    .slice(0, limits.stories)
    .flatMap(index => storyOf(index, timelines[index] ?? NO_TIMELINE) ?? []);
  return {
    form: 1,
    generator: `otel-alignment ${VERSION}`,
    thresholds: THRESHOLDS,
    totals,
    highest: await source.highest(),
    stories,
    sessions,
    points: await source.steps(dense ? limits.severeSteps : limits.steps),
    ...(dense ? { density: await source.density(CELLS) } : {}),
    timelines,
    overTime: await source.overTime(limits.stretches),
    agents: await source.agents(limits.agents),
    problems,
  };
}
