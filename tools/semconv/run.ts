import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Rule } from './context.ts';
import { type Finding, reportInto } from './finding.ts';
import { loadRegistry, type RawRegistry } from './model.ts';
import { baseline } from './rules/baseline.ts';
import { duplicates } from './rules/duplicates.ts';
import { imports } from './rules/imports.ts';
import { manifest } from './rules/manifest.ts';
import { names } from './rules/names.ts';
import { producers } from './rules/producers.ts';
import { refs } from './rules/refs.ts';
import { shape } from './rules/shape.ts';
import { stability } from './rules/stability.ts';
import { syntax } from './rules/syntax.ts';
import { texts } from './rules/texts.ts';
import { types } from './rules/types.ts';
import { loadUpstream, type Upstream } from './upstream.ts';

const MEANING: readonly Rule[] = [
  shape,
  manifest,
  names,
  duplicates,
  refs,
  imports,
  types,
  texts,
  stability,
  producers,
];

export interface CheckOptions {
  /** An older version of the registry, from which nothing may be gone. */
  readonly baseline?: string;
  /** The folder that the paths of producers start from. Default: the nearest folder above with a package.json. */
  readonly root?: string;
  readonly upstream?: Upstream;
}

export interface CheckResult {
  readonly registry: RawRegistry;
  /** Sorted by file and line. */
  readonly findings: readonly Finding[];
}

function packageRoot(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(at) === at) return resolve(folder);
  }
}

/** Checks the registry in `folder`. Throws where a folder cannot be read; everything else is a finding. */
export function checkRegistry(folder: string, options: CheckOptions = {}): CheckResult {
  const registry = loadRegistry(folder);
  const findings: Finding[] = [];
  const report = reportInto(findings);
  const context = {
    registry,
    upstream: options.upstream ?? loadUpstream(),
    root: options.root ?? packageRoot(folder),
    report,
  };
  syntax(context);
  // What cannot be read has no meaning: further findings would be echoes of the first.
  if (findings.length === 0) for (const rule of MEANING) rule(context);
  if (options.baseline !== undefined) baseline(registry, loadRegistry(options.baseline), report);
  findings.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return { registry, findings };
}
