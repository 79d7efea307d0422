import { gatesOf } from '../../src/dialects/reader.ts';
import type { Dialect } from '../../src/dialects/table.ts';

const HEADER = '// Generated from semconv/dialects by tools/dialects/generate.ts. Do not edit.\n';

/** The tables as TypeScript, and the test that sends every foreign span away. */
export function emitTables(dialects: readonly Dialect[]): string {
  const gates = new Set<string>();
  for (const dialect of dialects) {
    for (const gate of gatesOf(dialect)) gates.add(gateExpression(gate as Record<string, unknown>));
  }
  const names = [...gates].filter(gate => gate.startsWith('name.'));
  const prefixes = names
    .filter(gate => gate.includes('startsWith'))
    .map(gate => JSON.parse(gate.slice(16, -1)) as string);
  const kept = [...gates].filter(gate => !isCovered(gate, prefixes));
  const rows = dialects.map(dialect => {
    const { spans, events, ...head } = dialect;
    const lines = [
      ...Object.entries(head).map(([key, value]) => `    ${key}: ${JSON.stringify(value)},`),
      '    spans: [',
      ...spans.map(row => `      ${JSON.stringify(row)},`),
      '    ],',
      ...(events ? ['    events: [', ...events.map(row => `      ${JSON.stringify(row)},`), '    ],'] : []),
    ];
    return `  {\n${lines.join('\n')}\n  },`;
  });
  return `${HEADER}
import type { SpanView } from '../step/step.ts';
import type { Dialect } from './table.ts';

/** Whether a span has any of the keys that the tables start from. Written out, because every span passes here. */
export function mayBeAgent({ name, attributes }: SpanView): boolean {
  return (
    ${kept.join(' ||\n    ')}
  );
}

/** The dialects, in the order in which they are asked. */
export const DIALECTS: readonly Dialect[] = [
${rows.join('\n')}
];
`;
}

function gateExpression(gate: Record<string, unknown>): string {
  if (typeof gate['attribute'] === 'string')
    return `attributes[${JSON.stringify(gate['attribute'])}] != null`;
  if (typeof gate['prefix'] === 'string') return `name.startsWith(${JSON.stringify(gate['prefix'])})`;
  return `name === ${JSON.stringify(gate['equals'])}`;
}

/** A comparison with a whole name is covered by a prefix of that name. */
function isCovered(gate: string, prefixes: readonly string[]): boolean {
  if (!gate.startsWith('name === ')) return false;
  const name = JSON.parse(gate.slice('name === '.length)) as string;
  return prefixes.some(prefix => name.startsWith(prefix));
}
