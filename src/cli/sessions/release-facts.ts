import { type SessionFacts, sessionFacts } from '../../sessions/index.ts';
import { createProgress } from '../progress.ts';
import { jsonLines } from './json-lines.ts';

/** What was not counted: lines that cannot be read, sessions without risk or autonomy, and sessions that came again. */
export interface LeftOut {
  lines: number;
  others: number;
  again: number;
}

/** What a release knows of the stitched sessions in files, each session once. @throws UsageError where a file cannot be read */
export async function readFacts(
  files: readonly string[],
): Promise<{ readonly facts: readonly SessionFacts[]; readonly left: LeftOut }> {
  const progress = createProgress('sessions');
  const facts = new Map<string, SessionFacts>();
  const left: LeftOut = { lines: 0, others: 0, again: 0 };
  for await (const json of jsonLines(files, progress, () => {
    left.lines += 1;
  })) {
    const one = sessionFacts(json);
    if (one === undefined) left.others += 1;
    else if (facts.has(one.id)) left.again += 1;
    else facts.set(one.id, one);
  }
  progress.end();
  return { facts: [...facts.values()], left };
}
