import { receivedFragments, Stitcher, sessionRequest } from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { createProgress } from '../progress.ts';
import { jsonLines } from './json-lines.ts';
import { sessionOptions } from './options.ts';
import { replaceFile } from './replace-file.ts';

const HELP = `Usage: otel-alignment sessions stitch --in FILE [--in FILE …] --out FILE

Joins fragments of all contributors to sessions: one trace a session, with new random ids, without any tag. A fragment with anything
that the schema does not name is refused. The output is OTLP/JSON lines that any tracing backend takes.

  merged      fragments of the same derived trace id, and traces with an equal tag of confidence 0.9 or more
  linked      sessions with an equal tag below that: a span link, no merge
  kept apart  traces that name different sessions, and what would be larger than 64 traces, 16 contributors or 24 hours; both bear the mark
              alignment.fragment.conflict

Options:
  --in FILE    fragments (otel-alignment sessions fragment, or the layer's Collector); may be repeated
  --out FILE   sessions

Example:
  otel-alignment sessions stitch --in fragments-a.jsonl --in fragments-b.jsonl --out sessions.jsonl

Exit codes: 0 all fragments were used, 1 some were refused (standard error says how many and why), 2 unusable command line or file.
`;

export const stitchCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('stitch', args, {
      text: ['out'],
      many: ['in'],
      required: ['in', 'out'],
    });
    const stitcher = new Stitcher();
    const progress = createProgress('lines');
    const refusals = stitcher.refusals;
    const refuse = (reason: string): void => {
      refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
    };
    let fragments = 0;
    for await (const json of jsonLines(lists['in']!, progress, () => refuse('a line that is no JSON'))) {
      for (const one of receivedFragments(json)) {
        if ('problem' in one) refuse(`a fragment that does not fit the schema: ${one.problem}`);
        else {
          fragments += 1;
          stitcher.add(one);
        }
      }
    }
    const count = { sessions: 0, across: 0, conflicts: 0 };
    await replaceFile(values['out']!, async output => {
      for (const session of stitcher.sessions()) {
        count.sessions += 1;
        if (session.contributors.length > 1) count.across += 1;
        if (session.conflict) count.conflicts += 1;
        await output.write(JSON.stringify(sessionRequest(session)));
      }
    });
    progress.end();
    process.stderr.write(
      `${fragments} fragments, ${count.sessions} sessions, ${count.across} of several contributors, ${count.conflicts} in conflict: ${values['out']}\n`,
    );
    for (const [reason, times] of refusals) process.stderr.write(`refused: ${times} × ${reason}\n`);
    return refusals.size > 0 ? 1 : 0;
  },
};
