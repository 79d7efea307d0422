import type { Dialect } from '../../src/dialects/table.ts';

const HEADER = '// Generated from semconv/dialects by tools/dialects/generate.ts. Do not edit.\n';

/** The tables as TypeScript. */
export function emitTables(dialects: readonly Dialect[]): string {
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
import type { Dialect } from './table.ts';

/** The dialects, in the order in which they are asked. */
export const DIALECTS: readonly Dialect[] = [
${rows.join('\n')}
];
`;
}
