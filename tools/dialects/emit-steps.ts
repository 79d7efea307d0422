import type { Condition, Dialect, SpanRow, ValueSource } from '../../src/dialects/table.ts';

const HEADER = '// Generated from semconv/dialects by tools/dialects/generate.ts. Do not edit.\n';

/**
 * The rows on spans as TypeScript: which row a span meets, and what the row reads. Written out key by key, because every
 * span of a host passes here and a loop over a table costs several times as much.
 */
export function emitSteps(dialects: readonly Dialect[]): string {
  const maps = new Map<string, string>();
  const others = new Map<string, string>();
  const readers: string[] = [];
  for (const dialect of dialects) {
    for (const row of dialect.spans) if (row.step !== 'none') readers.push(reader(dialect, row, maps));
  }
  const groups = dialects.flatMap(groupsOf);
  const blocks = groups.map(group => block(group, others));
  const joined = readers.some(text => text.includes('JOINS['));
  return `${HEADER}
import type { AgentStep, SpanView } from '../step/step.ts';
${others.size > 0 ? "import { compileCondition } from './condition.ts';\n" : ''}${joined ? "import { JOINS } from './joins/index.ts';\n" : ''}import { type Attributes, asContent, asDescription, asMode, asSession, asText, composed, StepDraft } from './step-draft.ts';

/** Whether a span has any of the keys that the tables start from. */
export function mayBeAgent({ name, attributes }: SpanView): boolean {
  return (
    ${gates(groups).join(' ||\n    ')}
  );
}

/** What the first row that the span meets reads: \`null\` where it is no step, \`undefined\` where no row knows the span. */
export function readRow(span: SpanView): AgentStep | null | undefined {
  const { name, attributes } = span;
${blocks.join('\n')}
  return undefined;
}

${[...others].map(([condition, constant]) => `const ${constant} = compileCondition(${condition});`).join('\n')}
${[...maps].map(([constant, words]) => `const ${constant}: ReadonlyMap<string, string> = new Map(${words});`).join('\n')}

${readers.join('\n\n')}
`;
}

interface Group {
  /** The attribute that all rows test first; \`undefined\` where they test the span's name. */
  readonly gate: string | undefined;
  readonly rows: readonly SpanRow[];
}

/** Neighbouring rows of a dialect that test the same attribute first. */
function groupsOf({ spans }: Dialect): Group[] {
  const groups: { gate: string | undefined; rows: SpanRow[] }[] = [];
  for (const row of spans) {
    const first = row.when[0]!;
    const gate = 'attribute' in first ? first.attribute : undefined;
    const last = groups.at(-1);
    if (last !== undefined && last.gate === gate) last.rows.push(row);
    else groups.push({ gate, rows: [row] });
  }
  return groups;
}

/** A whole name is covered by a prefix of it. */
function gates(groups: readonly Group[]): string[] {
  const prefixes = groups.flatMap(({ gate, rows }) =>
    gate === undefined ? rows.flatMap(({ when }) => ('prefix' in when[0]! ? [when[0].prefix] : [])) : [],
  );
  const found = new Set<string>();
  for (const { gate, rows } of groups) {
    if (gate !== undefined) found.add(`attributes[${JSON.stringify(gate)}] != null`);
    else
      for (const { when } of rows) {
        const name = when[0]!;
        const covered = 'equals' in name && prefixes.some(prefix => String(name.equals).startsWith(prefix));
        if (!covered) found.add(plainTest(name, 'name')!);
      }
  }
  return [...found];
}

function block({ gate, rows }: Group, others: Map<string, string>): string {
  if (gate === undefined) {
    const prefix = sharedPrefix(rows);
    if (prefix === undefined) return rows.map(row => `  ${line(row, undefined, others)}`).join('\n');
    return [
      `  if (${startsWith('name', prefix)}) {`,
      ...rows.map(row => `    ${line(row, undefined, others, prefix)}`),
      '  }',
    ].join('\n');
  }
  return [
    '  {',
    `    const value = attributes[${JSON.stringify(gate)}];`,
    '    if (value != null) {',
    ...rows.map(row => `      ${line(row, gate, others)}`),
    '    }',
    '  }',
  ].join('\n');
}

/** The prefix that one of the rows asks of a name, where the names of all the others start with it. */
function sharedPrefix(rows: readonly SpanRow[]): string | undefined {
  const names = rows.map(({ when }) => when[0]!);
  const prefix = names.flatMap(name => ('prefix' in name ? [name.prefix] : []))[0];
  const all = names.every(
    name =>
      ('prefix' in name && name.prefix === prefix) ||
      ('equals' in name && prefix !== undefined && String(name.equals).startsWith(prefix)),
  );
  return all ? prefix : undefined;
}

/** Nearly all names differ in their first character, which is cheaper to look at. */
const startsWith = (subject: string, prefix: string): string =>
  `${subject}.charCodeAt(0) === ${prefix.charCodeAt(0)} && ${subject}.startsWith(${JSON.stringify(prefix)})`;

function line(row: SpanRow, gate: string | undefined, others: Map<string, string>, prefix?: string): string {
  const tests = row.when
    // what the block has tested already
    .filter(condition => !('exists' in condition && isOn(condition, gate)))
    .filter(condition => !('field' in condition && 'prefix' in condition && condition.prefix === prefix))
    .map(condition => {
      const subject = isOn(condition, gate) ? 'value' : subjectOf(condition);
      const plain = subject === undefined ? undefined : plainTest(condition, subject);
      if (plain !== undefined) return plain;
      const text = JSON.stringify(condition);
      if (!others.has(text)) others.set(text, `MEETS_${others.size}`);
      return `${others.get(text)}(span)`;
    });
  const result = `return ${row.step === 'none' ? 'null' : `${functionName(row)}(attributes)`};`;
  return tests.length === 0 ? result : `if (${tests.join(' && ')}) ${result}`;
}

const isOn = (condition: Condition, gate: string | undefined): boolean =>
  gate !== undefined && 'attribute' in condition && condition.attribute === gate;

function subjectOf(condition: Condition): string | undefined {
  if ('attribute' in condition) return `attributes[${JSON.stringify(condition.attribute)}]`;
  return 'field' in condition && condition.field === 'span_name' ? 'name' : undefined;
}

/** `undefined` where the condition is left to the function that tests any. */
function plainTest(condition: Condition, subject: string): string | undefined {
  if ('exists' in condition) return `${subject} != null`;
  if ('equals' in condition) return `${subject} === ${JSON.stringify(condition.equals)}`;
  if ('in' in condition) {
    const each = condition.in.map(value => `${subject} === ${JSON.stringify(value)}`);
    return each.length === 1 ? each[0] : `(${each.join(' || ')})`;
  }
  if (!('prefix' in condition)) return undefined;
  const starts = startsWith(subject, condition.prefix);
  return subject === 'name' ? `(${starts})` : `typeof ${subject} === 'string' && ${starts}`;
}

/** `genai.execute-tool` as `genaiExecuteTool`. */
const functionName = ({ id }: SpanRow): string =>
  id.replace(/[.-]([a-z])/g, (_, letter: string) => letter.toUpperCase());

function reader(dialect: Dialect, row: SpanRow, maps: Map<string, string>): string {
  const lines = [`const step = new StepDraft(${JSON.stringify(dialect.name)}, ${JSON.stringify(row.step)});`];
  for (const [field, keys] of Object.entries(row.read ?? {})) {
    lines.push(`step.${field} = ${value(dialect, field, keys)};`);
  }
  if (row.compose) {
    const parts = Object.entries(row.compose.arguments).map(
      ([name, keys]) => `${name}: ${first(keys, 'asContent')}`,
    );
    lines.push(`step.arguments = composed({ ${parts.join(', ')} });`);
  }
  for (const [field, constant] of Object.entries(row.set ?? {})) {
    if (!(field in (row.values ?? {}))) lines.push(`step.${field} = ${JSON.stringify(constant)};`);
  }
  for (const [field, source] of Object.entries(row.values ?? {}) as [
    keyof NonNullable<SpanRow['values']>,
    ValueSource,
  ][]) {
    const constant = `WORDS_${dialect.name}_${source.map}`.replace(/[^A-Za-z0-9]/g, '_').toUpperCase();
    maps.set(constant, JSON.stringify(Object.entries(dialect.valueMaps?.[source.map] ?? {})));
    const fallback = row.set?.[field] === undefined ? '' : ` ?? ${JSON.stringify(row.set[field])}`;
    lines.push(
      `step.${field} = (${constant}.get(${first(source.from, 'asText')} ?? '') as AgentStep['${field}'])${fallback};`,
    );
  }
  if (row.join) lines.push(`JOINS[${JSON.stringify(row.join)}](step, a);`);
  return [
    `function ${functionName(row)}(a: Attributes): AgentStep {`,
    ...lines.map(text => `  ${text}`),
    '  return step as AgentStep;',
    '}',
  ].join('\n');
}

function value(dialect: Dialect, field: string, keys: readonly string[]): string {
  switch (field) {
    case 'session':
      return sessionOf(keys);
    case 'arguments':
    case 'result':
      return first(keys, 'asContent');
    case 'toolDescription':
      return first(keys, 'asDescription');
    case 'mode':
      return `asMode(${first(keys, 'asText')}, ${JSON.stringify(dialect.modeScale ?? dialect.name)})`;
    default:
      return first(keys, 'asText');
  }
}

/** Whatever key a session was found under, it is written again under one of the two that the vocabulary knows. */
function sessionOf(keys: readonly string[]): string {
  const found = keys.map(key => {
    const name = key === 'session.id' ? key : 'gen_ai.conversation.id';
    return `asSession(${JSON.stringify(name)}, a[${JSON.stringify(key)}])`;
  });
  return found.join(' ?? ');
}

const first = (keys: readonly string[], accept: string): string =>
  keys.map(key => `${accept}(a[${JSON.stringify(key)}])`).join(' ?? ');
