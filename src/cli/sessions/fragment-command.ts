import { CONTRIBUTOR, Fragmenter, fragmentsRequest, type Plan, sourceSpans } from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage.ts';
import {
  CLIENT_HELP,
  CLIENT_LISTS,
  CLIENT_OPTIONS,
  evaluatorPseudonyms,
  spoken,
} from './evaluator-client.ts';
import { sampleOf } from './fragment-sample.ts';
import { jsonLines } from './json-lines.ts';
import { pseudonymsOf } from './keys.ts';
import { sessionOptions } from './options.ts';
import { replaceFile } from './replace-file.ts';

const HELP = `Usage: otel-alignment sessions fragment --in FILE --out FILE (--key-file FILE | --evaluators FILE) --contributor ID [OPTIONS]

Makes of recorded traces what a shared layer may know of them: a pruned skeleton with pseudonymous ids, coarse times and listed values. No
content, no original id and no word that is not in the vocabulary leaves.

Options:
  --in FILE           OTLP/JSON lines with spans and log records, as the Collector's file exporter writes them; may be repeated
  --out FILE          fragments, as OTLP/JSON lines
  --key-file FILE     keys by week (otel-alignment sessions keygen). A span of a week without a key is refused, counted and reported
${CLIENT_HELP}
  --contributor ID    your name in the layer: lower-case letters, digits, dots and hyphens; never a person's
  --edge-host HOST    HTTP calls to this host cross to another contributor; may be repeated, *.example.org takes all below
  --bucket MINUTES    times are cut to so many minutes: a multiple of 15; default 60
  --user-attribute KEY  your duty where the layer releases tables: of each user, as this attribute of a span or its resource names them,
                      at most --max-sessions a week stay, drawn by chance. The user is in no fragment. What names no user is left out. Give
                      all of a week in one run: each run draws anew
  --max-sessions N    default 8, for which the layer's noise is made
  --trial             for recorded telemetry, with keys made for that: also weeks that are closed, whose key must be destroyed

Examples:
  otel-alignment sessions keygen --out asr.keys
  otel-alignment sessions fragment --in traces.jsonl --out fragments.jsonl --key-file asr.keys --contributor provider-a
  otel-alignment sessions fragment --in week.jsonl --out f.jsonl --key-file asr.keys --contributor provider-a --user-attribute user.id

Exit codes: 0 all spans were used, 1 some were refused (standard error says how many and why), 2 unusable command line or file.
`;

const BATCH = 256;

export const fragmentCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists, flags } = sessionOptions('fragment', args, {
      text: ['out', 'key-file', 'contributor', 'bucket', 'user-attribute', 'max-sessions', ...CLIENT_OPTIONS],
      many: ['in', 'edge-host', ...CLIENT_LISTS],
      flags: ['trial'],
      required: ['in', 'out', 'contributor'],
    });
    const contributor = values['contributor']!;
    if (!CONTRIBUTOR.test(contributor))
      throw new UsageError(
        `--contributor ${JSON.stringify(contributor)}: lower-case letters, digits, dots and hyphens, at most 64`,
      );
    const minutes = Number(values['bucket'] ?? '60');
    if (!Number.isInteger(minutes) || minutes < 15 || minutes % 15 !== 0 || minutes > 1440)
      throw new UsageError('--bucket is a number of minutes: 15, 30, 45 … 1440');
    if ((values['key-file'] === undefined) === (values['evaluators'] === undefined))
      throw new UsageError('sessions fragment needs --key-file or --evaluators, and not both');
    const pseudonyms =
      values['key-file'] === undefined
        ? await evaluatorPseudonyms(values, lists)
        : pseudonymsOf(values['key-file']);
    const fragmenter = new Fragmenter({
      pseudonyms,
      bucketMs: minutes * 60_000,
      edgeHosts: lists['edge-host']!,
      ...(!flags.has('trial') && { now: Date.now }),
    });
    const sampler = await sampleOf(lists['in']!, values, pseudonyms);
    const progress = createProgress('lines');
    const count = { spans: 0, fragments: 0, lines: 0, sampled: 0 };
    await replaceFile(values['out']!, async output => {
      let plans: Plan[] = [];
      const flush = async (): Promise<void> => {
        const fragments = await spoken(() => fragmenter.build(plans));
        plans = [];
        count.fragments += fragments.length;
        if (fragments.length > 0)
          await output.write(JSON.stringify(fragmentsRequest(fragments, contributor)));
      };
      const bad = (): void => {
        count.lines += 1;
      };
      for await (const json of jsonLines(lists['in']!, progress, bad)) {
        for (const span of sourceSpans(json)) {
          if ('problem' in span) {
            fragmenter.refuse(span.problem);
            continue;
          }
          count.spans += 1;
          const left = sampler?.leaves(span);
          if (left === undefined) plans.push(...fragmenter.add(span));
          else if (left === 'sampled') count.sampled += 1;
          else fragmenter.refuse('a span of a session that names no user');
        }
        if (plans.length >= BATCH) await flush();
      }
      for (const plan of fragmenter.finish()) {
        plans.push(plan);
        if (plans.length >= BATCH) await flush();
      }
      await flush();
    });
    progress.end();
    process.stderr.write(
      `${count.spans} spans and records, ${count.fragments} fragments: ${values['out']}\n`,
    );
    if (count.sampled > 0)
      process.stderr.write(`left out by the sample: ${count.sampled} spans and records\n`);
    for (const [reason, times] of fragmenter.refusals)
      process.stderr.write(`refused: ${times} × ${reason}\n`);
    return fragmenter.refusals.size > 0 || count.lines > 0 ? 1 : 0;
  },
};
