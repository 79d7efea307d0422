import { epochOf, receivedFragments, Stitcher, sessionRequest } from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage.ts';
import { erasureCheck } from './erased-files.ts';
import { jsonLines } from './json-lines.ts';
import { sessionOptions } from './options.ts';
import { replaceFile } from './replace-file.ts';
import { type OpenStitcher, openStitcher, sqlErrors } from './stitch-engine.ts';

const HELP = `Usage: otel-alignment sessions stitch --in FILE [--in FILE …] --out FILE

Joins fragments of all contributors to sessions: one trace a session, with new random ids, without any tag. A fragment with anything
that the schema does not name is refused. The output is OTLP/JSON lines that any tracing backend takes.

  merged      fragments of the same derived trace id, and traces with an equal tag of confidence 0.9 or more
  linked      sessions with an equal tag below that: a span link, no merge
  kept apart  traces that name different sessions, and what would be larger than 64 traces, 16 contributors or 24 hours; both bear the mark
              alignment.fragment.conflict

Options:
  --in FILE        fragments (otel-alignment sessions fragment, or the layer's Collector); may be repeated
  --out FILE       sessions
  --erased PATH    what contributors had erased: the folder of sessions layer, or a file of it; may be repeated. Stitch a week when it is
                   closed, 48 hours after its end: until then more may be erased
  --epoch WEEK     sessions that began in this week alone, for example 2026-W47; default: all
  --engine ENGINE  memory (default) or sql: ClickHouse in this process, for more fragments than fit in memory. It is a package of its
                   own: npm i chdb@3.4.0. It works in the folder for temporary files (TMPDIR), which must not be in memory itself.
                   Or a server that does the work in temporary tables of its own: clickhouse://USER@HOST:8123/DATABASE (clickhouses://
                   with TLS); its password may stand in ALIGNMENT_CLICKHOUSE_PASSWORD

Examples:
  otel-alignment sessions stitch --in fragments-a.jsonl --in fragments-b.jsonl --out sessions.jsonl
  otel-alignment sessions stitch --in week.jsonl --out sessions.jsonl --engine sql

Exit codes: 0 all fragments were used, 1 some were refused (standard error says how many and why), 2 unusable command line or file.
`;

/** Some 1.5 kB each in memory, where Node takes 4 GB by itself. */
const MANY = 1_000_000;
const HINT =
  'otel-alignment: these are more than 1,000,000 fragments; where memory does not hold them, --engine sql keeps them on the disk\n';

export const stitchCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('stitch', args, {
      text: ['out', 'engine', 'epoch'],
      many: ['in', 'erased'],
      required: ['in', 'out'],
    });
    const { epoch } = values;
    if (epoch !== undefined && epochOf(epoch) === undefined)
      throw new UsageError(`--epoch ${epoch}: an ISO week such as 2026-W47`);
    const erasure = erasureCheck(lists['erased']!);
    return sqlErrors(async () => {
      const opened = await openStitcher(values['engine'] ?? 'memory');
      try {
        return await stitchFiles(lists['in']!, values['out']!, opened, erasure, epoch);
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
  erasure: ReturnType<typeof erasureCheck>,
  epoch: string | undefined,
): Promise<number> {
  const progress = createProgress('lines');
  const refusals = stitcher.refusals;
  const refuse = (reason: string): void => {
    refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
  };
  let fragments = 0;
  let erased = 0;
  for await (const json of jsonLines(files, progress, () => refuse('a line that is no JSON'))) {
    for (const one of receivedFragments(json)) {
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
      await output.write(JSON.stringify(sessionRequest(session)));
    }
  });
  process.stderr.write(
    `${fragments} fragments, ${count.sessions} sessions, ${count.across} of several contributors, ${count.conflicts} in conflict: ${out}\n`,
  );
  if (erased > 0) process.stderr.write(`left out: ${erased} fragments that their contributors had erased\n`);
  for (const [reason, times] of [...refusals].sort()) process.stderr.write(`refused: ${times} × ${reason}\n`);
  return refusals.size > 0 ? 1 : 0;
}
