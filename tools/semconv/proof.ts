import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';

/** Comments out of TypeScript, so that a word in a comment proves nothing. Strings that hold `//` lose their end. */
function withoutComments(source: string): string {
  let out = '';
  let at = 0;
  while (at < source.length) {
    const line = source.indexOf('//', at);
    const block = source.indexOf('/*', at);
    const next = Math.min(line < 0 ? source.length : line, block < 0 ? source.length : block);
    out += source.slice(at, next);
    if (next === source.length) break;
    const end = next === line ? source.indexOf('\n', next) : source.indexOf('*/', next);
    if (end < 0) break;
    at = next === line ? end : end + 2;
  }
  return out;
}

const quotedIn = (source: string, value: string): boolean =>
  ["'", '"', '`'].some(quote => source.includes(`${quote}${value}${quote}`));

/** Whether `word` stands in `source` as a whole identifier. */
function identifierIn(source: string, word: string): boolean {
  let at = source.indexOf(word);
  while (at >= 0) {
    const before = source[at - 1] ?? '';
    const after = source[at + word.length] ?? '';
    if (!/\w/.test(before) && !/\w/.test(after)) return true;
    at = source.indexOf(word, at + 1);
  }
  return false;
}

function scalarsIn(node: unknown): string[] {
  if (isMap(node)) return node.items.flatMap(pair => [...scalarsIn(pair.key), ...scalarsIn(pair.value)]);
  if (isSeq(node)) return node.items.flatMap(scalarsIn);
  return isScalar(node) && typeof node.value === 'string' ? [node.value] : [];
}

/**
 * Whether a file contains an enum value: as a quoted literal or as its constant in code, as a scalar (or quoted inside
 * of one) in YAML and JSON. Throws where the file cannot be read.
 */
export function mentions(path: string, value: string, constant: string): boolean {
  const source = readFileSync(path, 'utf8');
  if (/\.(?:ya?ml|json|jsonl)$/.test(path)) {
    if (path.endsWith('.jsonl')) return source.includes(`"${value}"`);
    const scalars = parseAllDocuments(source).flatMap(document => scalarsIn(document.contents));
    return scalars.some(scalar => scalar === value || quotedIn(scalar, value));
  }
  const code = withoutComments(source);
  return quotedIn(code, value) || identifierIn(code, constant);
}
