import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** A YAML file and the lines of its parts. */
export interface Source {
  readonly path: string;
  readonly value: unknown;
  /** The line, counted from 1, of the part at a path of keys and indices, or of its nearest ancestor. */
  readonly lineAt: (at: readonly (string | number)[]) => number;
  readonly faults: readonly Fault[];
}

/** Something wrong in a file, and how to put it right. */
export interface Fault {
  readonly path: string;
  readonly line: number;
  /** Where in the file, for example `spans[2].when[0]`. */
  readonly field: string;
  readonly message: string;
}

/** Reads a YAML file. Throws where the file cannot be read; what is wrong inside is a fault. */
export function load(file: string, shownPath: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, merge: false });
  const lineAt = (at: readonly (string | number)[]): number => {
    for (let length = at.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(at.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const faults = document.errors.map(error => ({
    path: shownPath,
    line: error.linePos?.[0].line ?? 1,
    field: '',
    message: error.message.split('\n')[0] ?? 'is no YAML',
  }));
  return { path: shownPath, value: faults.length > 0 ? undefined : document.toJS(), lineAt, faults };
}

/** `['spans', 2, 'when']` as `spans[2].when`. */
export function fieldName(at: readonly (string | number)[]): string {
  let name = '';
  for (const part of at) name += typeof part === 'number' ? `[${part}]` : name === '' ? part : `.${part}`;
  return name;
}
