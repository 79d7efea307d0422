import type { SessionFacts } from '../../sessions/index.ts';
import { readSession } from '../../sessions/release/facts.ts';
import { runTime } from '../../sessions/stitch/run.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage.ts';
import { jsonLines } from './json-lines.ts';

/** What was not counted. */
export interface LeftOut {
  /** Lines that cannot be read. */
  lines: number;
  /** Sessions that state no risk or no autonomy. */
  others: number;
  /** Sessions that came again. */
  again: number;
  /** Sessions of which stitching took parts off. */
  conflicts: number;
}

/**
 * What a release knows of the stitched sessions in files, each session once.
 *
 * @param notBefore when the week is closed, in Unix milliseconds: what was stitched earlier may lack late fragments, or have erased ones
 * @throws UsageError where a file cannot be read, holds something else, or holds sessions of the week of two runs of stitching
 */
export async function readFacts(
  files: readonly string[],
  epoch: string,
  notBefore = Number.NEGATIVE_INFINITY,
): Promise<{ readonly facts: readonly SessionFacts[]; readonly left: LeftOut }> {
  const progress = createProgress('sessions');
  const facts = new Map<string, SessionFacts>();
  const left: LeftOut = { lines: 0, others: 0, again: 0, conflicts: 0 };
  let run: string | undefined;
  const bad = (): void => {
    left.lines += 1;
  };
  for (const file of files) {
    for await (const json of jsonLines([file], progress, bad)) {
      const one = readSession(json);
      if (one === 'no_session')
        throw new UsageError(
          `${file}: holds something that is no stitched session; give the file that sessions stitch wrote. Nothing is written`,
        );
      if (one === 'conflict') left.conflicts += 1;
      else if (one === 'no_facts') left.others += 1;
      else if (facts.has(one.id)) left.again += 1;
      else facts.set(one.id, one);
      if (typeof one === 'string' || one.epoch !== epoch) continue;
      if (one.run === undefined)
        throw new UsageError(
          `${file}: a session does not say which run of stitching made it (service.instance.id of asr/layer); stitch the week again. Nothing is written`,
        );
      run ??= one.run;
      if (run !== one.run)
        throw new UsageError(
          `${file}: sessions of ${epoch} are of two runs of stitching, and would count twice; give the file of the last run alone. Nothing is written`,
        );
      if (runTime(run)! < notBefore)
        throw new UsageError(
          `${file}: was stitched before ${epoch} was closed (${new Date(notBefore).toISOString()}); stitch it again. Nothing is written`,
        );
    }
  }
  progress.end();
  return { facts: [...facts.values()], left };
}
