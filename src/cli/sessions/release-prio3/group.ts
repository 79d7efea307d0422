import { group } from '../../command.ts';

/** Tables of several contributors that nobody sees apart. */
export const prio3 = group(
  'otel-alignment sessions prio3',
  `Experimental. One table of several contributors, of whom none shows its own to anybody: each cuts its counts in two halves, which say
nothing alone, for two aggregators run by two members. Each aggregator adds its halves and noise up; the two sums together are the table.
With each report goes a proof that its counts are in range. Needs @divviup/prio3. The protocol is semconv/sessions/prio3.md.

  1. one aggregator       task       → task.json for all, verify.key for the other aggregator
  2. each contributor     share      → p1.a.json for aggregator a, p1.b.json for aggregator b
  3. each aggregator      prepare    → from-a.json for aggregator b, a.state for itself
  4. each aggregator      aggregate  → half-a.json
  5. anybody              combine    → table.json`,
  {
    task: {
      brief: 'what all parties agree on, and the key of the aggregators',
      load: async () => (await import('./task-command.ts')).taskCommand,
    },
    share: {
      brief: "a contributor's counts → a file for each aggregator",
      load: async () => (await import('./share-command.ts')).shareCommand,
    },
    prepare: {
      brief: 'an aggregator looks at its halves of the reports',
      load: async () => (await import('./prepare-command.ts')).prepareCommand,
    },
    aggregate: {
      brief: 'an aggregator checks the proofs, and adds up with noise',
      load: async () => (await import('./aggregate-command.ts')).aggregateCommand,
    },
    combine: {
      brief: 'both sums → the table with its statement',
      load: async () => (await import('./combine-command.ts')).combineCommand,
    },
  },
);
