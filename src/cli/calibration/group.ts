import { group } from '../command.ts';

/** Everything that makes scores of different raters comparable. */
export const calibration = group(
  'otel-alignment calibration',
  `Makes scores of different raters comparable: a rater answers the reference scenarios, its answers give a profile, the profile
maps its scores to the reference scale.

  1. otel-alignment calibration run --rater openai --model MODEL --scale scale.json --out native.csv
     (or rate the scenarios of semconv/calibration/scenarios in any other way, and write scenario_id,score)
  2. otel-alignment calibration fit --ratings native.csv --scale scale.json --out profile.json --plot profile.svg
  3. printf '7\\n' | otel-alignment calibration map --profile profile.json
     ALIGNMENT_PROFILES=profile.json node your-agent.js`,
  {
    run: {
      brief: 'have a model or a command answer the scenarios',
      load: async () => (await import('./run-command.ts')).runCommand,
    },
    rate: {
      brief: 'rate the scenarios yourself, for the reference values',
      load: async () => (await import('./rate-command.ts')).rateCommand,
    },
    fit: {
      brief: 'answers → profile, with its grade and a picture',
      load: async () => (await import('./fit-command.ts')).fitCommand,
    },
    verify: {
      brief: 'measure a profile anew: held-out scenarios, control strip',
      load: async () => (await import('./verify-command.ts')).verifyCommand,
    },
    map: {
      brief: 'native values → reference scale',
      load: async () => (await import('./map-command.ts')).mapCommand,
    },
    'to-collector': {
      brief: "a profile as a file for the Collector's configuration",
      load: async () => (await import('./to-collector-command.ts')).toCollectorCommand,
    },
  },
);
