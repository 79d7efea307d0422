import { type FigureSource, memorySource, Recording, readRequest } from '../../analysis/index.ts';
import type { SqlEngine, Stretch } from '../../analysis/sql/index.ts';
import { isAddress } from '../../analysis/sql/server-address.ts';
import { createProgress } from '../progress.ts';
import type { ReportOptions } from '../report-command.ts';
import { UsageError } from '../usage.ts';
import { type FileProblems, readRequests } from './input.ts';

/** Where a report's figures come from, with everything read. */
export interface OpenSource {
  readonly source: FigureSource;
  readonly problems: readonly FileProblems[];
  /** No agent was found. */
  readonly nothing: boolean;
  close(): Promise<void>;
}

/** @throws UsageError */
export function openSource(options: ReportOptions): Promise<OpenSource> {
  const [address] = options.files;
  if (address !== undefined && isAddress(address)) return openDatabase(address);
  return options.engine === 'sql' ? openFilesBySql(options.files) : openFiles(options);
}

async function openFiles({ files, assess }: ReportOptions): Promise<OpenSource> {
  const recording = new Recording();
  const rules = assess ? await import('./assessed.ts') : undefined;
  const finder = rules?.createSignalFinder(recording);
  const assessStep = assess ? (await import('../../assess/index.ts')).assessStep : undefined;
  if (finder !== undefined)
    await each(
      files,
      request => {
        finder.prepare(request);
        return true;
      },
      'lines looked through',
    );
  const problems = await each(
    files,
    request => {
      const known = readRequest(recording, request, { assess: assessStep });
      finder?.find(request);
      return known;
    },
    'lines read',
  );
  finder?.finish();
  const { steps, signals, states } = recording;
  return {
    nothing: steps.size + signals.size + states.size === 0,
    source: memorySource(recording),
    problems,
    close: async () => {},
  };
}

async function openFilesBySql(files: readonly string[]): Promise<OpenSource> {
  const sql = await import('../../analysis/sql/index.ts');
  return opened(
    sql,
    () => sql.openEmbedded(),
    async engine => {
      await sql.prepareForFiles(engine);
      const loader = new sql.Loader(engine);
      const problems = await each(
        files,
        request => {
          const known = loader.take(request);
          return loader.isFull ? loader.finish().then(() => known) : known;
        },
        'lines read',
      );
      await loader.finish();
      return { problems, staged: false };
    },
  );
}

async function openDatabase(text: string): Promise<OpenSource> {
  const sql = await import('../../analysis/sql/index.ts');
  const address = usable(sql, () => sql.parseAddress(text));
  return opened(
    sql,
    () => sql.openServer(address),
    async engine => {
      const kept = await sql.checkDatabase(engine, address.shown);
      // what the server keeps is of all times
      const { since, until } = address.stretch;
      return { problems: [], staged: kept && since === undefined && until === undefined };
    },
    address.stretch,
  );
}

type Sql = typeof import('../../analysis/sql/index.ts');

/** Opens an engine, makes it ready and runs the views where nobody did; whatever goes wrong, the engine is closed. */
async function opened(
  sql: Sql,
  open: () => SqlEngine,
  prepare: (engine: SqlEngine) => Promise<{ problems: readonly FileProblems[]; staged: boolean }>,
  stretch: Stretch = {},
): Promise<OpenSource> {
  const engine = usable(sql, open);
  try {
    const { problems, staged } = await prepare(engine);
    if (!staged) await sql.stageViews(engine, stretch);
    const source = sql.sqlSource(engine, stretch);
    const { sessions } = await source.totals();
    return { source, problems, nothing: sessions === 0, close: () => engine.close() };
  } catch (error) {
    await engine.close();
    throw asUsage(sql, error);
  }
}

function usable<T>(sql: Sql, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asUsage(sql, error);
  }
}

const asUsage = (sql: Sql, error: unknown): unknown =>
  error instanceof sql.SqlError ? new UsageError(error.message) : error;

async function each(
  files: readonly string[],
  take: (request: unknown) => boolean | Promise<boolean>,
  unit: string,
): Promise<FileProblems[]> {
  const progress = createProgress(unit);
  const problems: FileProblems[] = [];
  try {
    for (const file of files) problems.push(await readRequests(file, take, progress));
  } finally {
    progress.end();
  }
  return problems;
}
