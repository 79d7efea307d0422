import { setImmediate } from 'node:timers/promises';
import type { SqlEngine } from '../../analysis/sql/index.ts';
import { isAddress } from '../../analysis/sql/server-address.ts';
import { Stitcher, type StitcherOptions } from '../../sessions/index.ts';
import type { SqlStitcher } from '../../sessions/stitch/sql-stitcher.ts';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage.ts';

/** A stitcher in memory or over a database, with what is needed to end it. */
export interface OpenStitcher {
  readonly stitcher: Stitcher | SqlStitcher;
  /** To be called between the steps of a long run. @throws UsageError where somebody has ended it */
  look(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param engine `memory`, `sql`, or the address of a ClickHouse server
 * @throws UsageError or SqlError
 */
export async function openStitcher(engine: string, options: StitcherOptions): Promise<OpenStitcher> {
  if (engine === 'memory')
    return { stitcher: new Stitcher(options), look: async () => {}, close: async () => {} };
  if (engine !== 'sql' && !isAddress(engine))
    throw new UsageError('--engine must be memory, sql or the address of a ClickHouse server');
  const sql = await import('../../analysis/sql/index.ts');
  const { SqlStitcher } = await import('../../sessions/stitch/sql-stitcher.ts');
  const progress = createProgress('steps of joining');
  const interruption = watchForInterruption();
  const opened = engine === 'sql' ? sql.openEmbedded() : openServer(sql, engine);
  let stitcher: SqlStitcher | undefined;
  const close = async (): Promise<void> => {
    progress.end();
    interruption.end();
    // a server would keep the pseudonyms in them for ten minutes more. One that does not answer has told so already
    await stitcher?.close().catch(() => {});
    await opened.close();
  };
  try {
    stitcher = await SqlStitcher.open(opened, {
      ...options,
      async onProgress() {
        progress.tick();
        await interruption.look();
      },
    });
    return { stitcher, look: interruption.look, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** So that what was made for the work is removed also where somebody ends it: it holds pseudonyms. */
function watchForInterruption(): { look(): Promise<void>; end(): void } {
  let interrupted = false;
  const note = (): void => {
    interrupted = true;
  };
  process.on('SIGINT', note).on('SIGTERM', note);
  return {
    async look() {
      // a signal is heard between two steps only
      await setImmediate();
      if (interrupted) throw new UsageError('interrupted; nothing was written');
    },
    end: () => void process.off('SIGINT', note).off('SIGTERM', note),
  };
}

function openServer(sql: typeof import('../../analysis/sql/index.ts'), text: string): SqlEngine {
  const address = sql.parseAddress(text);
  if (address.stretch.since !== undefined || address.stretch.until !== undefined)
    throw new UsageError('--engine: since and until are for a report; fragments are taken from --in alone');
  return sql.openServer(address);
}

/** What a database answers, as a user's error. */
export async function sqlErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw (error as Error | undefined)?.name === 'SqlError'
      ? new UsageError((error as Error).message)
      : error;
  }
}
