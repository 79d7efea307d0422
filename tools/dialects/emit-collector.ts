import type { DialectFile } from './model.ts';
import { logProcessors, type Processor } from './ottl-logs.ts';
import { spanProcessor } from './ottl-spans.ts';

/** The source's part of the names of its processors and pipelines. */
export const sourceName = (dialect: string): string => dialect.replaceAll('-', '_');

/** `collector-config/sources/<dialect>.yaml`, or `undefined` where the dialect is no source. */
export function emitCollector(file: DialectFile): string | undefined {
  if (file.harness === undefined) return undefined;
  const name = sourceName(file.dialect);
  const logs = logProcessors(file, name);
  const spans = spanProcessor(file, name);
  const lines = [
    '# Generated from semconv/dialects by tools/dialects/generate.ts. Do not edit.',
    `# Source: ${file.title}.`,
    `#   otelcol-contrib --config alignment.yaml --config sources/${file.dialect}.yaml`,
    '# What is mapped to what: README.md.',
    '#',
    '# On the agent:',
    ...bullets(file.harness.switches),
    '#',
    '# Cannot be known from it:',
    ...bullets(file.unknown),
    '',
    'processors:',
    ...[...logs.processors, ...(spans === undefined ? [] : [spans])].flatMap(processor),
  ];
  if (logs.pipelines.length > 0) {
    lines.push('', 'service:', '  pipelines:');
    for (const { pipeline, processors } of logs.pipelines) {
      lines.push(
        `    ${pipeline}:`,
        '      receivers: [otlp]',
        `      processors: [${processors.join(', ')}]`,
        '      exporters: [forward/signal_logs]',
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function bullets(sentences: readonly string[]): string[] {
  return sentences.flatMap(sentence =>
    wrap(sentence).map((line, index) => `# ${index === 0 ? '- ' : '  '}${line}`),
  );
}

function wrap(sentence: string): string[] {
  const lines: string[] = [''];
  for (const word of sentence.split(/\s+/)) {
    const last = lines[lines.length - 1]!;
    if (last !== '' && last.length + word.length > 118) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

function processor({ name, comment, settings, groups, conditions }: Processor): string[] {
  const lines = [...(comment ?? []).map(line => `  # ${line}`), `  ${name}:`, `    error_mode: ${settings}`];
  if (conditions) lines.push('    log_conditions:', ...conditions.map(text => `      - ${scalar(text)}`));
  if (groups) {
    lines.push(`    ${groups.kind}:`);
    for (const { context, conditions: when, statements } of groups.list) {
      lines.push(`      - context: ${context}`);
      if (when) lines.push(`        conditions: [${quoted(when)}]`);
      lines.push('        statements:', ...statements.map(text => `          - ${scalar(text)}`));
    }
  }
  return lines;
}

/** Plain where YAML reads it as it stands. */
function scalar(text: string): string {
  return /: | #|^[^a-z]/.test(text) ? quoted(text) : text;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
