import { createHash } from 'node:crypto';
import { EVALUATOR_ID } from '../voprf/wire.ts';

/** Who may ask, by the hash of the token. */
export type Tokens = ReadonlyMap<string, string>;

/** A file of contributors that cannot be used. The message names the line and the fix, never a token. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError';
}

/** Tokens are compared by hash: how long that takes says nothing about them. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * A line is a contributor's name and a token of 32 characters or more; empty lines and lines that begin with `#` are skipped. Two tokens of one
 * contributor are allowed, so that one can be changed for another.
 *
 * @param name as errors call the file
 * @throws TokenFileError
 */
export function parseTokens(text: string, name: string): Tokens {
  const tokens = new Map<string, string>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const at = `${name}:${i + 1}`;
    const [contributor = '', token = '', ...more] = line.trim().split(/\s+/);
    if (!EVALUATOR_ID.test(contributor))
      throw new TokenFileError(
        `${at}: the line must begin with a contributor: lower-case letters, digits, dots and hyphens`,
      );
    if (more.length > 0 || !/^[\w.~+/=-]{32,512}$/.test(token) || new Set(token).size < 8)
      throw new TokenFileError(
        `${at}: behind ${contributor} must stand a random token of 32 characters or more (openssl rand -base64 32 makes one)`,
      );
    const hash = tokenHash(token);
    if (tokens.has(hash)) throw new TokenFileError(`${at}: this token stands twice`);
    tokens.set(hash, contributor);
  });
  if (tokens.size === 0) throw new TokenFileError(`${name}: there is no contributor in it`);
  return tokens;
}
