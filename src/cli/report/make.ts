import { basename } from 'node:path';
import { type Figures, figuresOf, memorySource, Recording, readRequest } from '../../analysis/index.ts';
import {
  htmlReport,
  MissingAssets,
  markdownReport,
  type PageOptions,
  readAssets,
} from '../../pages/report/index.ts';
import { createProgress } from '../progress.ts';
import type { ReportOptions } from '../report-command.ts';
import { UsageError } from '../usage.ts';
import { failures, parseRule } from './fail-on.ts';
import { type FileProblems, readRequests, sentences } from './input.ts';

export interface MadeReport {
  readonly text: string;
  /** Rules of `--fail-on` that hold. */
  readonly failed: readonly string[];
  readonly warnings: readonly string[];
  /** No agent was found: a rule that does not hold says nothing. */
  readonly nothing: boolean;
}

/** @throws UsageError */
export async function makeReport(options: ReportOptions): Promise<MadeReport> {
  const rules = options.failOn.map(parseRule);
  // before hours of reading
  const assets = options.format === 'html' ? assetsOrUsage() : undefined;
  const { recording, problems } = await read(options);
  const nothing = nothingIn(recording);
  const warningsBy = (nameOf: (file: string) => string): string[] => [
    ...sentences(problems, nameOf),
    ...(nothing ? [NOTHING] : []),
  ];
  const figures = await figuresOf(memorySource(recording), undefined, warningsBy(shortName));
  const page: PageOptions = {
    title: options.title,
    files: options.files.map(shortName),
    ...(options.traceUrl === undefined ? {} : { traceUrl: options.traceUrl }),
  };
  return {
    text: textOf(figures, page, options, assets),
    failed: failures(rules, figures),
    warnings: warningsBy(longName),
    nothing,
  };
}

const longName = (file: string): string => (file === '-' ? 'standard input' : file);
/** A page is passed on, and where its files stood is nobody's business. */
const shortName = (file: string): string => basename(longName(file));

function textOf(
  figures: Figures,
  page: PageOptions,
  { format }: ReportOptions,
  assets: ReturnType<typeof readAssets> | undefined,
): string {
  if (assets !== undefined) return htmlReport(figures, page, assets);
  if (format === 'md') return markdownReport(figures, page);
  return `${JSON.stringify(figures)}\n`;
}

async function read({
  files,
  assess,
}: ReportOptions): Promise<{ recording: Recording; problems: FileProblems[] }> {
  const recording = new Recording();
  const rules = assess ? await import('./assessed.ts') : undefined;
  const finder = rules?.createSignalFinder(recording);
  const assessStep = assess ? (await import('../../assess/index.ts')).assessStep : undefined;
  if (finder !== undefined)
    await each(files, request => finder.prepare(request) as undefined, 'lines looked through');
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
  return { recording, problems };
}

async function each(
  files: readonly string[],
  take: (request: unknown) => boolean | undefined,
  unit: string,
): Promise<FileProblems[]> {
  const progress = createProgress(unit);
  const problems: FileProblems[] = [];
  try {
    for (const file of files)
      problems.push(await readRequests(file, request => take(request) !== false, progress));
  } finally {
    progress.end();
  }
  return problems;
}

const nothingIn = ({ steps, signals, states }: Recording): boolean =>
  steps.size + signals.size + states.size === 0;
const NOTHING =
  'no agent was found in what was read: no alignment signals and no spans of a known agent (otel-alignment validate FILE says what is in a file)';

/** As seen from the built command, and from these sources. */
const ASSETS = ['../../pages/report/', '../../../dist/pages/report/'];

function assetsOrUsage(): ReturnType<typeof readAssets> {
  try {
    return readAssets(ASSETS.map(folder => new URL(folder, import.meta.url)));
  } catch (error) {
    throw error instanceof MissingAssets ? new UsageError(error.message) : error;
  }
}
