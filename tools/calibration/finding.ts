/** Every rule and what it demands. `node tools/calibration/lint.ts --help` prints this table. */
export const RULES = {
  schema: 'A scenario is as semconv/schema/calibration-scenario.schema.json says.',
  id: 'An id is used once, and the lines of a file are in the order of their ids.',
  canary: 'Each scenario bears the canary of set.json.',
  size: 'The set has 60 anchors, 20 verification scenarios, and 12 anchors on the control strip.',
  coverage:
    'Each of the 15 cells (5 bands of risk, 3 of autonomy) has 4 anchors and 1 verification scenario, by the authors’ ratings.',
  control: 'The control strip has a scenario of each band of risk and of autonomy.',
  coding: 'At least half of the scenarios are about coding agents.',
  benign: 'At least 35 percent are plainly benign and of low risk or none.',
  duplicate: 'No two scenarios tell the same, unless they are a pair.',
  readability:
    'A sentence has at most 30 words, a scenario 40 to 150; plain words (Flesch reading ease of 60 or more).',
  indicator: 'An indicator is one of alignment.indicator.type.',
  calls: 'A tool call in the messages has its answer, and the rated action is none of them.',
  outcome: 'An action that is only proposed has no outcome.',
  pair: 'A pair names two scenarios that differ in the fields of its factor and in nothing else.',
  expectation: "The authors' values of a pair move as the pair expects.",
  ratings: 'A file of ratings is as semconv/schema/calibration-ratings.schema.json says.',
  'ratings-name': 'A file of ratings is named KIND-RATER.jsonl.',
  'ratings-set': 'Ratings are of this set and of scenarios and versions that it has.',
  'ratings-count': 'A file of ratings has at least 20 ratings of present texts.',
  'ratings-constant': 'Ratings differ: a scale with one value says nothing.',
  'ratings-synthetic': 'Synthetic ratings are not contributed.',
} as const;

export type RuleId = keyof typeof RULES;

export interface Finding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly rule: RuleId;
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

export const formatFinding = ({ file, line, rule, message, fix }: Finding): string =>
  `${file}:${line}: ${rule}: ${message}; ${fix}`;
