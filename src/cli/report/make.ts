import { basename } from 'node:path';
import { type Figures, figuresOf } from '../../analysis/index.ts';
import { isAddress, parseAddress } from '../../analysis/sql/server-address.ts';
import {
  htmlReport,
  MissingAssets,
  markdownReport,
  type PageOptions,
  readAssets,
} from '../../pages/report/index.ts';
import type { ReportOptions } from '../report-command.ts';
import { UsageError } from '../usage.ts';
import { failures, parseRule } from './fail-on.ts';
import { sentences } from './input.ts';
import { openSource } from './sources.ts';

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
  const { source, problems, nothing, close } = await openSource(options);
  const warningsBy = (nameOf: (file: string) => string): string[] => [
    ...sentences(problems, nameOf),
    ...(nothing ? [NOTHING] : []),
  ];
  let figures: Figures;
  try {
    figures = await figuresOf(source, undefined, warningsBy(shortName));
  } finally {
    await close();
  }
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
/** A page is passed on, and where its files stood is nobody's business; nor who asked the database. */
const shortName = (file: string): string =>
  isAddress(file) ? parseAddress(file).shown : basename(longName(file));

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
