// The part of `node:crypto` that the bundled functions use, for a browser.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 over text, as `node:crypto` gives it. */
export function hash(algorithm: string, text: string, encoding: string): string {
  if (algorithm !== 'sha256' || encoding !== 'hex') throw new Error(`no ${algorithm} as ${encoding} here`);
  return bytesToHex(sha256(utf8ToBytes(text)));
}
