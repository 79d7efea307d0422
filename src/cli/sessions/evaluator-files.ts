import { readFileSync, statSync } from 'node:fs';
import type { TlsOptions } from '../../sessions/index.ts';
import { UsageError, unreadable } from '../usage.ts';

/** A text file; a warning where others can read what they should not. @throws UsageError */
export function readText(path: string, isSecret = false): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (isSecret && process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      process.stderr.write(`otel-alignment: ${path} can be read by others; chmod 600 ${path}\n`);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UsageError(`${path}: there is no such file`);
    throw unreadable(path, error);
  }
}

/** Certificate and key, which belong together, and an authority. @throws UsageError */
export function tlsFiles(
  values: Readonly<Record<string, string | undefined>>,
  [cert, key, ca]: readonly [string, string, string],
): TlsOptions {
  if ((values[cert] === undefined) !== (values[key] === undefined))
    throw new UsageError(`--${cert} and --${key} belong together`);
  const read = (name: string): string | undefined => {
    const path = values[name];
    if (path === undefined) return undefined;
    const text = readText(path, name === key);
    if (!text.includes('-----BEGIN ')) throw new UsageError(`--${name} ${path}: not in PEM form`);
    return text;
  };
  return { cert: read(cert), key: read(key), ca: read(ca) };
}
