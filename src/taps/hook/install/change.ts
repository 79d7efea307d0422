import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SettingsError } from './settings.ts';

/** One file as it is and as it shall be; `undefined` where it is not, or shall not be. */
export interface Change {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Mode of a file that is made. */
  readonly mode: number;
}

export function readFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new SettingsError(`${file}: cannot be read (${code}); look at its permissions`);
  }
}

/**
 * Makes the change. A link stays a link, a mode stays the mode.
 *
 * @returns the folders that had to be made, outermost first
 */
export function apply({ file, after, mode }: Change): string[] {
  const made: string[] = [];
  try {
    if (after === undefined) {
      rmSync(file, { force: true });
      return made;
    }
    for (let folder = dirname(file); !existsSync(folder); folder = dirname(folder)) made.unshift(folder);
    mkdirSync(dirname(file), { recursive: true });
    const target = existsSync(file) ? realpathSync(file) : file;
    const temporary = `${target}.${process.pid}.tmp`;
    const wanted = existsSync(target) ? statSync(target).mode & 0o7777 : mode;
    try {
      writeFileSync(temporary, after, { flag: 'wx', mode: wanted });
      chmodSync(temporary, wanted);
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    return made;
  } catch (error) {
    throw new SettingsError(
      `${file}: cannot be written (${(error as NodeJS.ErrnoException).code}); look at its permissions`,
    );
  }
}

/** Takes away folders that were made, as far as they are empty. */
export function removeFolders(folders: readonly string[]): void {
  for (const folder of [...folders].reverse()) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}
