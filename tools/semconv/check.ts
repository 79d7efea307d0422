import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatFinding, RULES } from './finding.ts';
import { isJsonMap, mapsIn, type RawRegistry } from './model.ts';
import { checkRegistry } from './run.ts';

const DEFAULT_DIR: string = resolve(import.meta.dirname, '../../semconv/model');

const HELP = `Checks a registry of semantic conventions (file_format: definition/2).

  npm run semconv:check                            this project's own registry, semconv/model
  npm run semconv:check -- DIR                     the registry in DIR (the folder with manifest.yaml)
  npm run semconv:check -- DIR --baseline OLD      also: nothing that OLD has may be gone

Each problem is one line: FILE:LINE: RULE: what is wrong; what to do.
Exit code: 0 no problem, 1 problems, 2 the command itself is wrong (no such folder, unknown option).

Conventions of this project, as annotations in the definitions:
  attribute  annotations: {alignment: {range: [0.0, 1.0]}}     of a double; \`range: unbounded\` where there is none
  attribute  annotations: {alignment: {open: true}}            an enum with the member {id: other, value: _OTHER}
  attribute  annotations: {alignment: {given: [VALUE, …]}}     members that need no producer
  member     annotations: {alignment: {producers: [{by: FILE, test: FILE}]}}   or [{planned: FOLDER}]
Keys of other registries are listed by hand in semconv/upstream-keys.yaml.

Rules:
${Object.entries(RULES)
  .map(([id, text]) => `  ${id.padEnd(25)} ${text}`)
  .join('\n')}
`;

const FAILURE = 2;

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

function summary(folder: string, registry: RawRegistry, problems: number, files: number): string {
  const { attributes, events, spans, span_refinements, metrics } = registry.items;
  const members = attributes.flatMap(item =>
    isJsonMap(item['type']) ? mapsIn(item['type']['members']) : [],
  );
  const counts = [
    `${count(attributes.length, 'attribute')} (${count(members.length, 'enum member')})`,
    count(events.length, 'event'),
    count(spans.length, 'span'),
    count(span_refinements.length, 'span refinement'),
    count(metrics.length, 'metric'),
  ].join(', ');
  const outcome = problems === 0 ? 'no problems' : `${count(problems, 'problem')} in ${count(files, 'file')}`;
  return `${folder}: ${counts}: ${outcome}`;
}

/** Runs the command and returns its exit code. */
export function main(
  args: readonly string[],
  print: (line: string) => void,
  printError: (line: string) => void,
): number {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, baseline: { type: 'string' } },
    });
    if (values.help) {
      print(HELP);
      return 0;
    }
    if (positionals.length > 1) throw new Error(`one folder at a time, not ${positionals.length}`);
    const folder = positionals[0] ?? DEFAULT_DIR;
    const options = values.baseline === undefined ? {} : { baseline: values.baseline };
    const { registry, findings } = checkRegistry(folder, options);
    for (const finding of findings) print(formatFinding(finding));
    const files = new Set(findings.map(finding => finding.file)).size;
    print(summary(positionals[0] ?? 'semconv/model', registry, findings.length, files));
    return findings.length === 0 ? 0 : 1;
  } catch (error) {
    printError(`semconv:check: ${error instanceof Error ? error.message : String(error)}`);
    printError('Try `npm run semconv:check -- --help`.');
    return FAILURE;
  }
}

if (import.meta.main) {
  if (process.env['INIT_CWD']) process.chdir(process.env['INIT_CWD']);
  process.exitCode = main(
    process.argv.slice(2),
    line => console.log(line),
    line => console.error(line),
  );
}
