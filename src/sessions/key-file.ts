import { randomBytes } from 'node:crypto';
import { epochOf } from './epoch.ts';

/** A key file that cannot be used. The message names the line and the fix, never a key. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

/**
 * Keys by epoch. A line is an epoch and 64 hex digits; empty lines and lines that begin with `#` are skipped. Deleting a line destroys the key.
 *
 * @param name as errors call the file
 * @throws KeyFileError
 */
export function parseKeyFile(text: string, name: string): Map<string, Uint8Array> {
  const keys = new Map<string, Uint8Array>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const at = `${name}:${i + 1}`;
    const [epoch = '', key = '', ...more] = line.trim().split(/\s+/);
    if (epochOf(epoch) === undefined)
      throw new KeyFileError(`${at}: the line must begin with an ISO week such as 2026-W47`);
    if (more.length > 0 || !/^[0-9a-f]{64}$/i.test(key))
      throw new KeyFileError(`${at}: behind ${epoch} must stand 64 hex digits (sessions keygen writes them)`);
    if (keys.has(epoch)) throw new KeyFileError(`${at}: ${epoch} stands twice; which key is right?`);
    const bytes = Buffer.from(key, 'hex');
    if (new Set(bytes).size < 8)
      throw new KeyFileError(`${at}: this key is not random (sessions keygen writes one that is)`);
    keys.set(epoch, bytes);
  });
  if (keys.size === 0) throw new KeyFileError(`${name}: there is no key in it (sessions keygen writes some)`);
  return keys;
}

/** One line of a key file, with a new key. */
export const newKeyLine = (epoch: string): string => `${epoch} ${randomBytes(32).toString('hex')}\n`;
