import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { UsageError } from './usage.ts';
import { type FileReport, type Found, validateFile } from './validate.ts';

const HELP = `Usage: otel-alignment validate FILE... [--json]

Checks alignment signals against the registry and the JSON schema and says what is wrong where.

FILE holds founding JSON documents (one, an array, or one a line) or OTLP/JSON requests (resourceSpans,
resourceLogs; one, or one a line, as the Collector's file exporter writes them).

Options:
  --json   the findings as JSON, one object a file

Examples:
  otel-alignment validate signals.jsonl
  otel-alignment validate alignment-demo.jsonl --json

A JSON document may leave out keys that the OpenTelemetry event requires: a warning, no problem.

Exit codes: 0 every signal is good, 1 something is wrong, 2 a file cannot be read.
`;

/** More findings of one file than anyone reads; the rest is counted. */
const MAX_SHOWN = 100;

export const validate: Command = {
  help: HELP,
  async run(args) {
    const { files, json } = parse(args);
    let failed = false;
    for (const file of files) {
      const report = await read(file);
      failed ||= report.problems.length > 0;
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : describe(report));
    }
    return failed ? 1 : 0;
  },
};

function parse(args: readonly string[]): { files: string[]; json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    if (positionals.length > 0) return { files: positionals, json: values.json };
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See otel-alignment validate --help.`);
  }
  throw new UsageError('validate needs a file: otel-alignment validate FILE');
}

async function read(file: string): Promise<FileReport> {
  try {
    return await validateFile(file);
  } catch (error) {
    throw new UsageError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`,
    );
  }
}

function describe({ file, signals, spans, problems, warnings }: FileReport): string {
  const line = (found: Found, kind: string): string =>
    `${file}:${found.line}: ${kind}${found.path === '' ? '' : `${found.path}: `}${found.message}; ${found.fix}\n`;
  const found = [
    ...problems.map(problem => line(problem, '')),
    ...warnings.map(warning => line(warning, 'warning: ')),
  ];
  const shown = found.slice(0, MAX_SHOWN);
  const rest = found.length > MAX_SHOWN ? `${file}: … and ${found.length - MAX_SHOWN} more\n` : '';
  const what = `${signals} signal${signals === 1 ? '' : 's'}${spans > 0 ? ` on ${spans} spans` : ''}`;
  const verdict =
    problems.length === 0 ? 'all good' : `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
  return `${shown.join('')}${rest}${file}: ${what}: ${verdict}\n`;
}
