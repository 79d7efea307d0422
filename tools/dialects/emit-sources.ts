import { type Coverage, cellOf, wordOf } from './coverage.ts';
import { conditions } from './emit-docs.ts';
import type { DialectFile, EventRowFile } from './model.ts';

const WORDS = {
  yes: 'yes',
  partly: 'yes, in part',
  unrecorded: 'not recorded',
  no: 'not available',
} as const;

const INTRO = `<!-- Generated from semconv/dialects by tools/dialects/generate.ts. Do not edit. -->

# Sources: what agents send without our SDK

Each file maps the telemetry that one agent program sends by itself to alignment signals. Give as many as you like, each with a
\`--config\` of its own, after \`alignment.yaml\`:

\`\`\`sh
otelcol-contrib --config alignment.yaml --config sources/claude-code.yaml --config sources/codex.yaml
\`\`\`

\`npm run --silent replay -- DIR --out FILE\` shows what they make of a recording (\`logs.json\`, \`traces.json\`) of your own agent.

**Log records.** A copy of the record becomes the event. It is put together from a list and holds nothing else of the record; the native
record goes its own way. The event stands on the record's trace and span; where the record has none, on its session's synthetic trace.
\`alignment.source.type\` is \`harness\`, and \`alignment.source.event.name\` and \`.value\` lead back to what the agent said.

**Spans.** The Collector's statements cannot add an event to a span, nor make a log record of one. So a span that states something carries the
signal in attributes of its own: \`alignment.signal.class\`, \`.id\`, \`.severity\`, the keys of the class, and the mirror keys, for which
sampling, search and the counter look. Nothing that stands there is overwritten, and a span whose program has our span processor is
left alone. A span of what a log record reports gets the mirror alone and is no second signal.

**Unknown versions.** A record whose names or values no row knows yields nothing and passes as before. An id or a name longer than 512 bytes is
left out, and a mode that is no plain word is written as \`_OTHER\`.

Hooks, wrappers and the span processor see more than telemetry shows.
`;

/** The page `collector-config/sources/README.md`. */
export function emitSources(files: readonly DialectFile[], coverage: Coverage): string {
  const sources = files.filter(file => file.harness !== undefined);
  return `${[INTRO, ...table(coverage), '', ...sources.flatMap(file => source(file, coverage))].join('\n').trimEnd()}\n`;
}

function table(coverage: Coverage): string[] {
  const { signals, agents } = coverage;
  return [
    '## Agent by signal\n',
    'With the switches of each source on. *yes* and *yes, in part*: a recording of the agent has it. *not recorded*: a row is there, written after',
    'documentation, source code or a run whose recording was not kept. *not available*: nothing is sent that says so. What is missing from a part, and why',
    'something is not available, is said below, agent by agent.\n',
    `| signal | ${agents.map(({ title }) => title).join(' | ')} |`,
    `|---|${agents.map(() => '---|').join('')}`,
    ...signals.map(
      ({ id, title }) =>
        `| ${title} | ${agents.map(agent => WORDS[wordOf(cellOf(coverage, agent, id))]).join(' | ')} |`,
    ),
    '',
    'The Cline CLI exports nothing at all, so no file can map it.',
  ];
}

function source(file: DialectFile, coverage: Coverage): string[] {
  const { harness, events = [], mirrors = [] } = file;
  const lines = [
    `## ${file.title}: \`${file.dialect}.yaml\`\n`,
    `${file.brief}\n`,
    `Checked against: ${file.checked.map(({ producer, versions, evidence, note }) => `${producer} ${versions.join(', ')} (${evidence}${note === undefined ? '' : `; ${note.replace(/\.$/, '')}`})`).join('; ')}.\n`,
    '### On the agent\n',
    ...harness!.switches.map(sentence => `- ${sentence}`),
    '\n### What is mapped\n',
    'The first row that matches wins; *besides* is a second fact of the same record. *captured*: seen in a run. *source*, *documented*: not run.\n',
    '| row | native | signal | |',
    '|---|---|---|---|',
    ...events.map(
      row =>
        `| \`${row.id}\` | ${row.on.replace('_', ' ')}: ${conditions(row.when)} | ${signal(row)} | ${row.mark} |`,
    ),
    ...mirrors.map(
      row =>
        `| \`${row.id}\` | span: ${conditions(row.when)} | the mirror of a log record's signal, severity ${row.max_severity} | captured |`,
    ),
    '',
    ...[...events, ...mirrors]
      .filter(row => row.note !== undefined)
      .map(row => `- \`${row.id}\`: ${row.note}`),
    '\n### What cannot be known\n',
    ...file.unknown.map(sentence => `- ${sentence}`),
    '',
  ];
  for (const agent of coverage.agents.filter(({ dialect }) => dialect === file.dialect)) {
    const said = coverage.signals.flatMap(({ id, title }) => {
      const cell = agent.cells[id];
      if (cell === undefined || cell === 'yes' || typeof cell === 'string') return [];
      const [text] = Object.values(cell) as string[];
      return [`- ${title}, ${WORDS[wordOf(cell)]}: ${text}`];
    });
    lines.push(`The table's words for ${agent.title}:\n`, ...said, '');
  }
  return lines;
}

function signal(row: EventRowFile): string {
  if (row.event === 'none') return '*none*';
  const set = row.set ?? {};
  const part = (key: string): string => String(set[`alignment.${key}`] ?? '·');
  const words =
    row.event === 'alignment.intervention'
      ? [
          part('intervention.type'),
          part('intervention.initiator'),
          part('intervention.outcome'),
          part('intervention.decision.source'),
        ].join(' / ')
      : row.event === 'alignment.autonomy_boundary'
        ? part('boundary.type')
        : '';
  return `${row.beside ? '*besides* ' : ''}\`${row.event.slice('alignment.'.length)}\` ${words}`.trimEnd();
}
