import type { Condition, ValueSource } from '../../src/dialects/table.ts';
import type { DialectFile, OrderFile } from './model.ts';

const INTRO = `<!-- Generated from semconv/dialects by tools/dialects/generate.ts. Do not edit. -->

# Dialects: how the spans of agent frameworks are read

A dialect is a table that says how one framework's spans read as agent steps. The tables are in \`semconv/dialects/\`.
Evidence is \`captured\` where the rows were checked against the telemetry of a run, and \`source\` where they were
read from documentation or source code.

A step is a tool call, a run of an agent, or a call of a model. A span that is part of an agent's work but no step is
listed as *no step*. All conditions of a row have to hold, and the first row that matches wins. Of several native keys, the first
that holds a usable value wins. An id or a name is text of 1 to 512 UTF-16 units; anything else counts as absent.
What a step reads from \`session.id\` is reported under that key; a session found under any other key is reported as
\`gen_ai.conversation.id\`.

An event is what a span, an event on a span or a log record states itself: a decision, an interruption, a change of mode. Its rows are asked in
their order too, and each has a mark: \`captured\` was seen in a run, \`source\` and \`documented\` were not run. The rows of log records, and those
of the spans of a program's own telemetry, are also the Collector's: see \`collector-config/sources\`.
`;

/** The page `semconv/docs/dialects.md`. */
export function emitDocs(order: OrderFile, files: readonly DialectFile[]): string {
  const sections = [
    INTRO,
    '## Order\n',
    'A span that speaks several dialects is read by the first of these that has a row for it:\n',
    ...order.order.map((item, index) => `${index + 1}. \`${item.dialect}\`: ${item.why}`),
    ...files.map(section),
  ];
  return `${sections.join('\n').trimEnd()}\n`;
}

function section(file: DialectFile): string {
  const lines = [`\n## ${file.title} (\`${file.dialect}\`)\n`, `${file.brief}\n`];
  lines.push('| producer | versions | evidence | |', '|---|---|---|---|');
  for (const { producer, versions, evidence, note } of file.checked) {
    lines.push(`| ${cell(producer)} | ${cell(versions.join(', '))} | ${evidence} | ${cell(note ?? '')} |`);
  }
  lines.push('', '| row | native span | step |', '|---|---|---|');
  for (const row of file.spans) {
    lines.push(
      `| \`${row.id}\` | ${conditions(row.when)} | ${row.step === 'none' ? '*no step*' : row.step} |`,
    );
  }
  const notes = [...file.spans, ...(file.events ?? [])].filter(row => row.note !== undefined);
  lines.push('', ...notes.map(row => `- \`${row.id}\`: ${row.note}`), '');
  for (const row of file.spans.filter(candidate => candidate.step !== 'none')) lines.push(...fields(row));
  if (file.events) lines.push(...always(file), ...events(file.events), ...mirrors(file));
  for (const [name, reason] of Object.entries(file.joins ?? {})) {
    lines.push(`Join \`${name}\`: ${reason}\n`);
  }
  if (file.value_maps) lines.push(...valueMaps(file.value_maps));
  lines.push('Cannot be known:\n', ...file.unknown.map(sentence => `- ${sentence}`));
  return lines.join('\n');
}

function fields(row: DialectFile['spans'][number]): string[] {
  const lines = [`\`${row.id}\` reads:\n`, '| field of the step | native keys |', '|---|---|'];
  for (const [field, keys] of Object.entries(row.read ?? {})) lines.push(`| ${field} | ${keyList(keys)} |`);
  for (const [name, keys] of Object.entries(row.compose?.arguments ?? {})) {
    lines.push(`| arguments, as \`${name}\` | ${keyList(keys)} |`);
  }
  for (const [field, source] of Object.entries(row.values ?? {}))
    lines.push(`| ${field} | ${mapped(source)} |`);
  for (const [field, value] of Object.entries(row.set ?? {}))
    lines.push(`| ${field} | always \`${value}\` |`);
  if (row.join) lines.push(`| | join \`${row.join}\` |`);
  return [...lines, ''];
}

/** What is on every event that is read from the program's own telemetry. */
function always({ harness }: DialectFile): string[] {
  if (harness === undefined) return [];
  const parts = [
    '`alignment.source.type` = `harness`',
    `\`alignment.source.name\` = \`${harness.name}\``,
    ...Object.entries(harness.copy ?? {}).map(([key, keys]) => `\`${key}\` from ${keyList(keys)}`),
    ...Object.entries(harness.values ?? {}).map(([key, source]) => `\`${key}\` from ${mapped(source)}`),
  ];
  const whose = [harness.records, harness.spans].flatMap(when => (when ? [conditions(when)] : []));
  return [
    `Events of the program's own telemetry (${whose.join('; ')}) have ${parts.join(', ')}, and the program's version where it is known.\n`,
  ];
}

function mirrors({ mirrors: rows = [] }: DialectFile): string[] {
  if (rows.length === 0) return [];
  return [
    'Spans of what a log record reports get the mirror keys and are no signals of their own:\n',
    '| row | span | severity |',
    '|---|---|---|',
    ...rows.map(row => `| \`${row.id}\` | ${conditions(row.when)} | ${row.max_severity} |`),
    '',
  ];
}

function events(rows: NonNullable<DialectFile['events']>): string[] {
  const lines = ['| row | native | condition | event | attributes | mark |', '|---|---|---|---|---|---|'];
  for (const row of rows) {
    const attributes = [
      ...Object.entries(row.set ?? {}).map(([key, value]) => `\`${key}\` = \`${value}\``),
      ...Object.entries(row.copy ?? {}).map(([key, keys]) => `\`${key}\` from ${keyList(keys)}`),
      ...Object.entries(row.values ?? {}).map(([key, source]) => `\`${key}\` from ${mapped(source)}`),
      ...(row.mode === undefined
        ? []
        : [`\`alignment.autonomy.native.label\` from ${keyList(row.mode)}, and its scale`]),
    ];
    const event = row.event === 'none' ? '*no event*' : `\`${row.event}\``;
    lines.push(
      `| \`${row.id}\` | ${row.on} | ${conditions(row.when)} | ${event} | ${attributes.join('<br>')} | ${row.mark} |`,
    );
  }
  return [...lines, ''];
}

function valueMaps(maps: NonNullable<DialectFile['value_maps']>): string[] {
  const lines = ['| map | native word | our word |', '|---|---|---|'];
  for (const [name, words] of Object.entries(maps)) {
    for (const [native, word] of Object.entries(words))
      lines.push(`| ${name} | \`${native}\` | \`${word}\` |`);
  }
  return [...lines, ''];
}

/** The conditions of a row in words. */
export function conditions(when: readonly Condition[]): string {
  return when.map(condition).join(' and ');
}

function condition(item: Condition): string {
  const subject =
    'attribute' in item
      ? `\`${item.attribute}\``
      : 'resource' in item
        ? `resource \`${item.resource}\``
        : item.field.replace('_', ' ');
  if ('exists' in item) return `${subject} is there`;
  if ('equals' in item) return `${subject} = \`${item.equals}\``;
  if ('in' in item) return `${subject} in ${item.in.map(value => `\`${value}\``).join(', ')}`;
  if ('prefix' in item) return `${subject} starts with \`${item.prefix}\``;
  if ('contains' in item) return `${subject} has ${item.contains.map(value => `\`${value}\``).join(', ')}`;
  if ('differs_from_span' in item)
    return `${subject} is another text than the span's \`${item.differs_from_span}\``;
  return `${subject} matches \`${cell(item.pattern)}\``;
}

function mapped(source: ValueSource): string {
  return `${keyList(source.from)}, mapped by ${source.map}`;
}

function keyList(keys: readonly string[]): string {
  return keys.map(key => `\`${key}\``).join(', ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
