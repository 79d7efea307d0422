/**
 * Plain values of a TOML file by dotted path: `otel.exporter.otlp-http.endpoint`. It knows what settings are made of: tables,
 * `key = value`, inline tables, strings, booleans and numbers. Anything else is passed over: this reads settings to look at
 * them, and never writes.
 */
export function readToml(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  let table: readonly string[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line.startsWith('['))
      table = line.startsWith('[[') ? ['[[]]'] : keysOf(line.slice(1, line.lastIndexOf(']')));
    else readPair(line, table, values);
  }
  return values;
}

function readPair(text: string, at: readonly string[], values: Record<string, string>): void {
  const equals = outsideQuotes(text, '=')[0];
  if (equals === undefined || text.startsWith('#')) return;
  const path = [...at, ...keysOf(text.slice(0, equals))];
  const value = text.slice(equals + 1).trim();
  if (value.startsWith('{')) {
    for (const pair of split(value.slice(1, value.lastIndexOf('}')))) readPair(pair.trim(), path, values);
  } else {
    const plain = scalar(value);
    if (plain !== undefined) values[path.join('.')] = plain;
  }
}

function scalar(value: string): string | undefined {
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    const end = value.indexOf(quote, 1);
    return end < 0 ? undefined : value.slice(1, end);
  }
  return /^[\w.+-]+/.exec(value)?.[0];
}

const keysOf = (text: string): string[] => {
  const dots = outsideQuotes(text, '.');
  return [-1, ...dots].map((dot, index) => unquoted(text.slice(dot + 1, dots[index] ?? text.length).trim()));
};

const unquoted = (text: string): string => (/^(["']).*\1$/.test(text) ? text.slice(1, -1) : text);

/** Parts between commas, inner tables whole. */
function split(text: string): string[] {
  const commas = outsideQuotes(text, ',');
  return [-1, ...commas].map((comma, index) => text.slice(comma + 1, commas[index] ?? text.length));
}

/** Where a character stands, outside of strings and of inner tables. */
function outsideQuotes(text: string, wanted: string): number[] {
  const found: number[] = [];
  let quote = '';
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === wanted && depth === 0) found.push(i);
  }
  return found;
}
