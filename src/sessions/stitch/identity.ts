import { hash, randomBytes } from 'node:crypto';

/** A secret of one run, as hex: what is new in its sessions comes of it. It is never written, so that nobody finds out what became of which derived id. */
export const newSecret = (): string => randomBytes(32).toString('hex');

const fresh = (secret: string, kind: string, of: string, digits: number): string =>
  hash('sha256', `${secret}|${kind}|${of}`).slice(0, digits);

/** @param first the derived trace id of the session's first trace */
export const sessionIdOf = (secret: string, first: string): string => fresh(secret, 'session', first, 32);

/** The same by SQL. @param column of the first trace @param secret an expression */
export const sessionIdSql = (column: string, secret: string): string =>
  `lower(hex(substring(SHA256(concat(${secret}, '|session|', ${column})), 1, 16)))`;

/** @param place what names the span within all that is stitched */
export const spanIdOf = (secret: string, place: string): string => fresh(secret, 'span', place, 16);
