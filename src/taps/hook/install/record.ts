import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files.ts';
import type { Folder } from '../folder.ts';

/** What `install` did, so that it can be undone to the byte. Kept with mode 0600: it holds the settings as they were. */
export interface InstallRecord {
  readonly files: readonly {
    readonly file: string;
    readonly before: string | null;
    readonly after: string;
  }[];
  readonly folders: readonly string[];
}

const recordsOf = (folder: Folder): string => join(folder.path, 'installed');
const fileOf = (folder: Folder, place: string): string =>
  join(recordsOf(folder), `${folder.keyed(`install|${place}`)}.json`);

export function readRecord(folder: Folder, place: string): InstallRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(fileOf(folder, place), 'utf8')) as InstallRecord;
    return Array.isArray(record.files) && Array.isArray(record.folders) ? record : undefined;
  } catch {
    return undefined;
  }
}

export const writeRecord = (folder: Folder, place: string, record: InstallRecord): void =>
  writeWhole(fileOf(folder, place), JSON.stringify(record));

export const removeRecord = (folder: Folder, place: string): void =>
  rmSync(fileOf(folder, place), { force: true });

/** How many installations are on record. */
export function countRecords(folder: Folder): number {
  try {
    return readdirSync(recordsOf(folder)).filter(name => name.endsWith('.json')).length;
  } catch {
    return 0;
  }
}
