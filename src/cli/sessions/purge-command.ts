import { statSync } from 'node:fs';
import { retireErasures } from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { unreadable } from '../usage.ts';
import { erasedIn } from './erased-files.ts';
import { sessionOptions } from './options.ts';
import { purgeFile } from './purge-file.ts';

const HELP = `Usage: otel-alignment sessions purge --in FILE [--in FILE …] [--erased PATH …] [--dry-run]

Takes out of the layer's files what may no longer be in them, and says how much that was. Run it every day.

  fragments   that their contributor had erased; and all of a week that ended 9 days ago: stitch and release the week before that. Their
              ids and tags are gone with them: stitched sessions have new, random ids
  sessions    of a week that ended 30 days ago
  records     of what was erased, of a week that ended 9 days ago, where --erased is the layer's folder

A file is replaced whole or not at all, and not touched where all of it stays. What is neither a fragment nor a session stays and is
counted. Never purge a file that the Collector still writes to: rename it first, and have the Collector open a new one (SIGHUP).

Options:
  --in FILE      fragments of the layer's Collector, or sessions of sessions stitch; may be repeated
  --erased PATH  what contributors had erased: the folder of sessions layer, or a file of it; may be repeated
  --dry-run      says what would go, and changes nothing

Example:
  mv fragments.jsonl fragments-1.jsonl && kill -HUP "$(cat collector.pid)"
  otel-alignment sessions purge --in fragments-1.jsonl --in sessions.jsonl --erased layer

Exit codes: 0 done, 1 done, but something that could not be judged stays (standard error says where), 2 unusable command line or file: a
file that could not be replaced is as it was.
`;

export const purgeCommand: Command = {
  help: HELP,
  async run(args) {
    const { lists, flags } = sessionOptions('purge', args, {
      text: [],
      many: ['in', 'erased'],
      flags: ['dry-run'],
      required: ['in'],
    });
    const dry = flags.has('dry-run');
    const rules = { erased: erasedIn(lists['erased']!), now: Date.now() };
    let unknown = 0;
    for (const file of new Set(lists['in'])) {
      const count = await purgeFile(file, rules, dry);
      unknown += count.unknown;
      process.stderr.write(
        `${file}: ${count.erased} erased fragments, ${count.fragments} fragments and ${count.sessions} sessions past their time ${dry ? 'would be removed' : 'removed'}\n`,
      );
      if (count.unknown > 0)
        process.stderr.write(
          `${file}: ${count.unknown} spans or lines are neither a fragment nor a session; they stay. Look at them: sessions stitch refuses them\n`,
        );
    }
    if (!dry) for (const path of lists['erased']!) retire(path, rules.now);
    return unknown > 0 ? 1 : 0;
  },
};

function retire(path: string, now: number): void {
  try {
    if (!statSync(path).isDirectory()) return;
    const gone = retireErasures(path, now);
    if (gone.length > 0) process.stderr.write(`${path}: records of ${gone.join(', ')} removed\n`);
  } catch (error) {
    throw unreadable(path, error);
  }
}
