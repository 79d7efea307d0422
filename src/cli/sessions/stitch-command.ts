import { epochOf, receivedFragments, Stitcher } from '../../sessions/index.ts';
import { sessionRequestOf } from '../../sessions/stitch/otlp.ts';
import { newRun } from '../../sessions/stitch/run.ts';
import type { Command } from '../command.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage.ts';
import { erasureCheck } from './erased-files.ts';
import { jsonLines } from './json-lines.ts';
import { sessionOptions } from './options.ts';
import { replaceFile } from './replace-file.ts';
import { type OpenStitcher, openStitcher, sqlErrors } from './stitch-engine.ts';

const HELP = `Usage: otel-alignment sessions stitch --in FILE [--in FILE …] --erased PATH --out FILE

Joins fragments of all contributors to sessions: one trace a session, with new random ids, without any tag. A fragment with anything
that the schema does not name is refused. The output is OTLP/JSON lines that any tracing backend takes.

  merged      fragments of the same derived trace id, and traces with an equal tag of confidence 0.9 or more
  linked      sessions with an equal tag below that: a span link, no merge
  kept apart  traces that name different sessions, and what would be larger than 64 traces, 16 contributors or 24 hours: it becomes several
              sessions within these limits. All of them bear the mark alignment.fragment.conflict

Options:
  --in FILE        fragments (otel-alignment sessions fragment, or the layer's Collector); may be repeated
  --out FILE       sessions
  --erased PATH    what contributors had erased: the folder of sessions layer, or a file of it; may be repeated; none where no layer's
                   service runs. Stitch a week when it is closed, 48 hours after its end: until then more may be erased, and sessions
                   release refuses it. Fragments of a week that ended 9 days ago are refused
  --epoch WEEK     sessions of this week alone, the one that most of their contributors name, for example 2026-W47; default: all
  --bucket MINUTES the widest time bucket of contributors; default 60. A session may be named in two weeks where its bucket reaches the
                   last or the first 15 minutes of a week
  --engine ENGINE  memory (default) or sql: ClickHouse in this process, for more fragments than fit in memory. It is a package of its
                   own: npm i chdb@3.4.0. It works in the folder for temporary files (TMPDIR), which must not be in memory itself;
                   killed, it leaves a folder otel-alignment-sql-… there, which holds pseudonyms: remove it.
                   Or a server that does the work in temporary tables of its own: clickhouse://USER@HOST:8123/DATABASE (clickhouses://
                   with TLS); its password may stand in ALIGNMENT_CLICKHOUSE_PASSWORD
  --trial          for recorded telemetry: --erased may be left out, and no week is past or still to come

Examples:
  otel-alignment sessions stitch --in fragments-a.jsonl --in fragments-b.jsonl --erased layer --out sessions.jsonl
  otel-alignment sessions stitch --in week.jsonl --erased none --out sessions.jsonl --engine sql

Exit codes: 0 all fragments were used, 1 some were refused (standard error says how many and why), 2 unusable command line or file.
`;

/** Some 1.5 kB each in memory, where Node takes 4 GB by itself. */
const MANY = 1_000_000;
const HINT =
  'otel-alignment: these are more than 1,000,000 fragments; where memory does not hold them, --engine sql keeps them on the disk\n';

export const stitchCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists, flags } = sessionOptions('stitch', args, {
      text: ['out', 'engine', 'epoch', 'bucket'],
      many: ['in', 'erased'],
      flags: ['trial'],
      required: ['in', 'out'],
    });
    const { epoch } = values;
    if (epoch !== undefined && epochOf(epoch) === undefined)
      throw new UsageError(`--epoch ${epoch}: an ISO week such as 2026-W47`);
    const minutes = Number(values['bucket'] ?? '60');
    if (!(Number.isInteger(minutes / 15) && minutes >= 15 && minutes <= 1440))
      throw new UsageError('--bucket is a number of minutes: 15, 30, 45 … 1440');
    const erasure = erasureCheck(lists['erased']!, flags.has('trial'));
    return sqlErrors(async () => {
      const opened = await openStitcher(values['engine'] ?? 'memory', { bucketMs: minutes * 60_000 });
      try {
        const now = flags.has('trial') ? undefined : Date.now();
        return await stitchFiles(lists['in']!, values['out']!, opened, { erasure, epoch, now });
      } finally {
        await opened.close();
      }
    });
  },
};

async function stitchFiles(
  files: readonly string[],
  out: string,
  { stitcher, look }: OpenStitcher,
  {
    erasure,
    epoch,
    now,
  }: {
    readonly erasure: ReturnType<typeof erasureCheck>;
    readonly epoch: string | undefined;
    readonly now: number | undefined;
  },
): Promise<number> {
  const stitching = newRun(Date.now());
  const progress = createProgress('lines');
  const refusals = stitcher.refusals;
  const refuse = (reason: string): void => {
    refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
  };
  let fragments = 0;
  let erased = 0;
  for await (const json of jsonLines(files, progress, () => refuse('a line that is no JSON'))) {
    for (const one of receivedFragments(json, now)) {
      const why = 'problem' in one ? undefined : erasure(one);
      if ('problem' in one) refuse(`a fragment that does not fit the schema: ${one.problem}`);
      else if (why === 'erased') erased += 1;
      else if (why === 'past') refuse('a fragment past its time, which sessions purge removes');
      else {
        fragments += 1;
        if (fragments === MANY + 1 && stitcher instanceof Stitcher) process.stderr.write(HINT);
        const full = stitcher.add(one);
        if (full !== undefined) {
          await full;
          await look();
        }
      }
    }
  }
  progress.end();
  const count = { sessions: 0, across: 0, conflicts: 0 };
  await replaceFile(out, async output => {
    for await (const session of stitcher.sessions()) {
      if (epoch !== undefined && session.epoch !== epoch) continue;
      count.sessions += 1;
      if (session.contributors.length > 1) count.across += 1;
      if (session.conflict) count.conflicts += 1;
      await output.write(JSON.stringify(sessionRequestOf(session, stitching)));
    }
  });
  process.stderr.write(
    `${fragments} fragments, ${count.sessions} sessions, ${count.across} of several contributors, ${count.conflicts} in conflict: ${out}\n`,
  );
  if (erased > 0) process.stderr.write(`left out: ${erased} fragments that their contributors had erased\n`);
  for (const [reason, times] of [...refusals].sort()) process.stderr.write(`refused: ${times} × ${reason}\n`);
  return refusals.size > 0 ? 1 : 0;
}
