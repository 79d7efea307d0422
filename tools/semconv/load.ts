import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

export type Json = string | number | boolean | null | Json[] | JsonMap;
export type JsonMap = { [key: string]: Json };

/** One YAML file with the lines that its keys and items stand on. */
export interface SourceFile {
  /** As it is to be printed: relative to the working directory where it lies below it. */
  readonly path: string;
  readonly value: Json;
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

const lineOf: WeakMap<object, { file: string; line: number; children: Map<string, number> }> = new WeakMap();

/** Where an object or array of a loaded file stands, or its child under `key`. Lines count from 1. */
export function position(value: object, key?: string | number): { file: string; line: number } {
  const entry = lineOf.get(value);
  if (!entry) return { file: '?', line: 0 };
  const line = key === undefined ? entry.line : (entry.children.get(String(key)) ?? entry.line);
  return { file: entry.file, line };
}

/** Says that an object that was not read from a file itself belongs to `file`. */
export function placeAt(value: object, file: string): void {
  lineOf.set(value, { file, line: 1, children: new Map() });
}

/** A path as it is to be printed. */
export function printedPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') ? path : shown;
}

function toJson(node: Node | null, file: string, lines: LineCounter, anchors: Map<string, Node>): Json {
  const line = node?.range ? lines.linePos(node.range[0]).line : 1;
  if (isAlias(node)) return toJson(anchors.get(node.source) ?? null, file, lines, anchors);
  const children = new Map<string, number>();
  if (isMap(node)) {
    const map: JsonMap = {};
    for (const pair of node.items) {
      const keyNode = pair.key as Node;
      const key = isScalar(keyNode) ? String(keyNode.value) : String(keyNode);
      children.set(key, keyNode.range ? lines.linePos(keyNode.range[0]).line : line);
      map[key] = toJson(pair.value as Node | null, file, lines, anchors);
    }
    lineOf.set(map, { file, line, children });
    return map;
  }
  if (isSeq(node)) {
    const items = node.items.map((item, index) => {
      const child = item as Node;
      children.set(String(index), child.range ? lines.linePos(child.range[0]).line : line);
      return toJson(child, file, lines, anchors);
    });
    lineOf.set(items, { file, line, children });
    return items;
  }
  return isScalar(node) ? (node.value as Json) : null;
}

/** Reads one YAML file. Errors of syntax are returned, not thrown; a file that cannot be read throws. */
export function loadFile(path: string): SourceFile {
  const printed = printedPath(path);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const errors = document.errors.map(error => ({
    line: lines.linePos(error.pos[0]).line,
    message: error.message.replaceAll('\n', ' '),
  }));
  const anchors = new Map<string, Node>();
  const collect = (node: unknown): void => {
    if (isMap(node)) {
      for (const pair of node.items) collect(pair.value);
    } else if (isSeq(node)) {
      for (const item of node.items) collect(item);
    }
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (anchor) anchors.set(anchor, node as Node);
  };
  collect(document.contents);
  const value = errors.length > 0 ? null : toJson(document.contents as Node | null, printed, lines, anchors);
  const file: SourceFile = { path: printed, value, errors };
  const children = new Map(errors.map(error => [String(error.line), error.line]));
  lineOf.set(file, { file: printed, line: 1, children });
  return file;
}

/** Every `.yaml` and `.yml` file below a folder, sorted by path. */
export function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return yamlFiles(path);
      return /\.ya?ml$/.test(name) ? [path] : [];
    });
}
