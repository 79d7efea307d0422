import { accessSync, constants, realpathSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { isAddress } from '../analysis/sql/server-address.ts';
import type { Command } from './command.ts';
import { UsageError, unreadable } from './usage.ts';

const HELP = `Usage: otel-alignment report FILE... --out report.html
       otel-alignment report FILE... --format md|json [--out FILE]
       otel-alignment report FILE... --fail-on 'severity>=0.8'
       otel-alignment report clickhouse://USER@HOST:8123/otel --out report.html

Shows where high risk met high autonomy, who stopped it, and what had happened before.

FILE holds OTLP as JSON Lines (the Collector's file exporter writes it, and so does the demo), gzipped or not. - is standard input.
Several files are one report: spans in one and log records in another belong together by their ids.
clickhouse:// (clickhouses:// with TLS) or http(s):// is a ClickHouse server that the Collector's exporter writes to, asked over
HTTP; ?since=2026-11-01&until=2026-11-08 takes a stretch of time. Its password may stand in ALIGNMENT_CLICKHOUSE_PASSWORD.

Options:
  --out FILE        where to write. The page is one file that loads nothing; open it in a browser
  --format FORMAT   html (default), md (for a chat or a pull request) or json (every figure); md and json go to standard
                    output without --out
  --json            the same as --format json
  --title TEXT      heading of the report
  --trace-url URL   address of a trace in your viewer; {traceId} and {spanId} are filled in
  --assess          also score steps that carry no score, and find signals, with the rules of this package. Content in the
                    files is read for it and not written. Reads every file twice
  --engine ENGINE   memory (default) or sql: ClickHouse in this process, for files too large for memory. It is a package of its
                    own: npm i chdb@3.4.0
  --fail-on RULE    exit with 1 where the rule holds; may be given several times. RULE is NAME>=NUMBER or NAME>NUMBER, and
                    NAME is severity (the highest of any signal), risk (the highest of any step), upper_right (sessions
                    with high risk at high autonomy), or a class of signals: risk_escalation, autonomy_boundary,
                    intervention, clarification_request, misalignment_indicator (its highest severity)

Examples:
  otel-alignment report traces.jsonl --out report.html
  otel-alignment report traces.jsonl logs.jsonl --out report.html --trace-url 'http://localhost:16686/trace/{traceId}?uiFind={spanId}'
  otel-alignment report --assess recorded.jsonl --out report.html
  otel-alignment report traces.jsonl --format md >> "$GITHUB_STEP_SUMMARY"
  otel-alignment report traces.jsonl --json | jq '.stories[].stop'
  otel-alignment report traces.jsonl --format md --fail-on 'severity>=0.8' --fail-on 'upper_right>0'

A line that cannot be used is passed over; the report and standard error say how many.
Exit codes: 0 the report is made, 1 a --fail-on rule holds, 2 the command line or a file is unusable, or --fail-on has
no agent to judge.
`;

export const report: Command = {
  help: HELP,
  async run(args) {
    const options = parse(args);
    if (options.out !== undefined)
      checkOut(
        options.out,
        options.files.filter(file => !isAddress(file)),
      );
    const { makeReport } = await import('./report/make.ts');
    const { text, failed, warnings, nothing } = await makeReport(options);
    for (const line of warnings) process.stderr.write(`otel-alignment: ${line}\n`);
    if (options.out === undefined) process.stdout.write(text);
    else write(options.out, text);
    for (const line of failed) process.stderr.write(`otel-alignment: ${line}\n`);
    if (failed.length > 0) return 1;
    return nothing && options.failOn.length > 0 ? 2 : 0;
  },
};

/** Before a long reading, not after it. */
function checkOut(out: string, files: readonly string[]): void {
  try {
    accessSync(dirname(out), constants.W_OK);
  } catch (error) {
    throw unreadable(out, error);
  }
  if (files.some(file => isSame(file, out)))
    throw new UsageError(`--out ${out} would replace what is read: choose another file`);
}

function isSame(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw unreadable(file, error);
  }
}

export type Format = 'html' | 'md' | 'json';
export type Engine = 'memory' | 'sql';

export interface ReportOptions {
  readonly files: readonly string[];
  readonly format: Format;
  readonly out?: string;
  readonly title: string;
  readonly traceUrl?: string;
  readonly assess: boolean;
  /** Of files; a server is asked by SQL whatever this says. */
  readonly engine: Engine;
  /** As given. */
  readonly failOn: readonly string[];
}

function parse(args: readonly string[]): ReportOptions {
  const { values, positionals } = parsed(args);
  const format = values.json === true ? 'json' : (values.format ?? 'html');
  if (format !== 'html' && format !== 'md' && format !== 'json')
    throw new UsageError('--format must be html, md or json');
  if (values.json === true && values.format !== undefined && values.format !== 'json')
    throw new UsageError('--json and --format say different things: leave one out');
  if (positionals.length === 0)
    throw new UsageError('report needs a file: otel-alignment report traces.jsonl --out report.html');
  if (format === 'html' && values.out === undefined)
    throw new UsageError(
      `report writes a page: say where, otel-alignment report ${positionals[0]} --out report.html`,
    );
  if (values.assess === true && positionals.includes('-'))
    throw new UsageError('--assess reads its input twice: give a file instead of -');
  const engine = values.engine ?? 'memory';
  if (engine !== 'memory' && engine !== 'sql') throw new UsageError('--engine must be memory or sql');
  const isServer = positionals.some(isAddress);
  if (isServer && positionals.length > 1)
    throw new UsageError('a report is of files or of one ClickHouse server: make two reports');
  if (values.assess === true && (isServer || engine === 'sql'))
    throw new UsageError(
      '--assess reads content, which SQL does not: leave out --engine sql, or assess before the data is stored',
    );
  if (values['trace-url'] !== undefined) checkUrl(values['trace-url']);
  return {
    files: positionals,
    format,
    title: values.title ?? 'Alignment report',
    assess: values.assess === true,
    engine,
    failOn: values['fail-on'] ?? [],
    ...(values.out === undefined ? {} : { out: values.out }),
    ...(values['trace-url'] === undefined ? {} : { traceUrl: values['trace-url'] }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        format: { type: 'string' },
        json: { type: 'boolean' },
        title: { type: 'string' },
        'trace-url': { type: 'string' },
        assess: { type: 'boolean' },
        engine: { type: 'string' },
        'fail-on': { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See otel-alignment report --help.`);
  }
}

/** A link that runs a script would run it in the reader's browser. */
function checkUrl(template: string): void {
  const url = URL.canParse(template) ? new URL(template) : undefined;
  if ((url?.protocol === 'http:' || url?.protocol === 'https:') && template.includes('{traceId}')) return;
  throw new UsageError(
    "--trace-url needs an http(s) address with {traceId} in it: --trace-url 'http://localhost:16686/trace/{traceId}'",
  );
}
