import { group } from '../command.ts';

/** Sessions across providers, without exposing users. */
export const sessions = group(
  'otel-alignment sessions',
  `Sessions that cross providers: each contributes fragments without content, under pseudonyms; a shared layer joins them; the public gets
aggregates with differential privacy. The protocol is semconv/sessions/README.md.

  1. otel-alignment sessions keygen --out asr.keys
  2. otel-alignment sessions fragment --in traces.jsonl --out fragments.jsonl --key-file asr.keys --contributor provider-a
  3. otel-alignment sessions stitch --in fragments-a.jsonl --in fragments-b.jsonl --erased layer --out sessions.jsonl
  4. otel-alignment sessions release --in sessions.jsonl --epoch 2026-W47 --ledger ledger.json --out table.json
  5. otel-alignment sessions purge --in fragments-a.jsonl --in fragments-b.jsonl --in sessions.jsonl`,
  {
    keygen: {
      brief: 'keys by week for contributors of one trust domain',
      load: async () => (await import('./keygen-command.ts')).keygenCommand,
    },
    fragment: {
      brief: 'traces → fragments without content',
      load: async () => (await import('./fragment-command.ts')).fragmentCommand,
    },
    evaluator: {
      brief: 'run an evaluator of the voprf tier',
      load: async () => (await import('./evaluator-command.ts')).evaluatorCommand,
    },
    directory: {
      brief: "pin the evaluators' keys, and sign them",
      load: async () => (await import('./directory-command.ts')).directoryCommand,
    },
    layer: {
      brief: "run the layer's service: contributors have their fragments erased",
      load: async () => (await import('./layer-command.ts')).layerCommand,
    },
    erase: {
      brief: 'have your own fragments of traces erased',
      load: async () => (await import('./erase-command.ts')).eraseCommand,
    },
    stitch: {
      brief: 'fragments of all contributors → sessions, one trace each',
      load: async () => (await import('./stitch-command.ts')).stitchCommand,
    },
    purge: {
      brief: "take what was erased, or is past its time, out of the layer's files",
      load: async () => (await import('./purge-command.ts')).purgeCommand,
    },
    release: {
      brief: 'sessions → a table with differential privacy',
      load: async () => (await import('./release-command.ts')).releaseCommand,
    },
    prio3: {
      brief: 'experimental: a table of several contributors that nobody sees apart',
      load: async () => (await import('./release-prio3/group.ts')).prio3,
    },
  },
);
