import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version that the tables of this project are tested with. */
export const EXPORTER_VERSION = 'v0.157.0';
const MODULE = `github.com/open-telemetry/opentelemetry-collector-contrib/exporter/clickhouseexporter@${EXPORTER_VERSION}`;

/** Folder of the exporter's source, from Go's module cache or proxy; `undefined` without Go or the module. */
function sourceFolder(): string | undefined {
  try {
    const answer = execFileSync('go', ['mod', 'download', '-json', MODULE], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return (JSON.parse(answer) as { Dir?: string }).Dir;
  } catch {
    return undefined;
  }
}

/**
 * The statements by which the Collector's exporter makes its tables, filled in as it fills them in.
 *
 * @param version of ClickHouse, as `26.7.2.1`
 * @returns `undefined` where the exporter's source is not to be had
 */
export function exporterTables(database: string, version: string): string[] | undefined {
  const folder = sourceFolder();
  if (folder === undefined) return undefined;
  const template = (name: string): string =>
    readFileSync(join(folder, 'internal/sqltemplates', name), 'utf8');
  const printed = (text: string, values: readonly string[]): string => {
    let next = 0;
    return text.replace(/%[qs]/g, verb => {
      const value = values[next++] ?? '';
      return verb === '%q' ? `"${value}"` : value;
    });
  };
  const engine = 'MergeTree()';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  // exporter_logs.go: versionFullTextSearch
  const hasFullTextSearch = major > 26 || (major === 26 && minor >= 2);
  const logs = template('logs_table.sql')
    .replace(
      /\{\{- if \.HasFullTextSearch\}\}([\s\S]*?)\{\{- else\}\}([\s\S]*?)\{\{- end\}\}/,
      (_, yes, no) => (hasFullTextSearch ? yes : no),
    )
    .replace('{{ident .Database}}', `"${database}"`)
    .replace('{{ident .TableName}}', '"otel_logs"')
    .replace('{{.ClusterString}}', '')
    .replace('{{.Engine}}', engine)
    .replace('{{.TTL}}', '');
  if (logs.includes('{{'))
    throw new Error(`the exporter's template of logs has parts that are not known here`);
  return [
    printed(template('traces_table.sql'), [database, 'otel_traces', '', engine, '']),
    printed(template('traces_id_ts_lookup_table.sql'), [database, 'otel_traces', '', engine, '']),
    printed(template('traces_id_ts_lookup_mv.sql'), [
      database,
      'otel_traces',
      '',
      database,
      'otel_traces',
      database,
      'otel_traces',
    ]),
    logs,
  ];
}
