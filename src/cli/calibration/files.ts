import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CalibrationError } from '../../calibration/index.ts';
import { UsageError, unreadable } from '../usage.ts';

const FOLDER = join('semconv', 'calibration');

/** A file of `semconv/calibration`, wherever this package is; it comes with the package. */
export function shippedFile(...path: string[]): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, FOLDER)))
      return join(folder, FOLDER, ...path);
    const above = dirname(folder);
    if (above === folder) return join(FOLDER, ...path);
    folder = above;
  }
}

/** @throws UsageError where the file cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** @throws UsageError where the file cannot be written */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Input that cannot be used is the user's to mend: one line, no stack. */
export async function withoutStack<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof CalibrationError ? new UsageError(error.message) : error;
  }
}
