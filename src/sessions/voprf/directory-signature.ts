import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { decode, encode, PROTOCOL } from './wire.ts';

/** A key that signs epoch documents, or the pinned one that checks them, and cannot be used. The message never quotes a key. */
export class DirectoryKeyError extends Error {
  override readonly name = 'DirectoryKeyError';
}

const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;
/** What is signed begins with this, so that no signature of another kind of document can be one of these. */
const CONTEXT = `${PROTOCOL} epoch\0`;

/**
 * A JSON value in its only form (RFC 8785): members in the order of their names' UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them.
 *
 * @throws RangeError for half a surrogate pair, which has no UTF-8 form
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value))
    throw new RangeError('half a surrogate pair');
  return JSON.stringify(value);
}

/** The bytes that are signed: the document without `sig`. */
export function signedBytes(document: Readonly<Record<string, unknown>>): Buffer {
  const { sig: _, ...rest } = document;
  return Buffer.from(CONTEXT + canonicalJson(rest));
}

/**
 * An Ed25519 key in PEM form, as `openssl genpkey -algorithm ed25519` writes it.
 *
 * @param name as errors call it
 * @throws DirectoryKeyError
 */
export function parseSignKey(pem: string, name: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // said below
  }
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new DirectoryKeyError(
      `${name}: no private Ed25519 key in PEM form; openssl genpkey -algorithm ed25519 -out ${name} makes one`,
    );
  return key;
}

/** The public key of one that signs: 43 characters of base64url, as contributors pin it. */
export const directoryKeyOf = (key: KeyObject): string =>
  String(createPublicKey(key).export({ format: 'jwk' }).x);

/** Reads what contributors pin. @throws DirectoryKeyError */
export function parseDirectoryKey(text: string, name: string): KeyObject {
  const bytes = decode(text, KEY_BYTES);
  if (bytes === undefined)
    throw new DirectoryKeyError(
      `${name}: a directory's key is 43 characters of base64url, as otel-alignment sessions directory --sign-key says it`,
    );
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: text } });
}

/** The document with its signature, in place of any that it had. */
export function signEpoch<T extends object>(document: T, key: KeyObject): T & { readonly sig: string } {
  const { sig: _, ...rest } = document as T & { sig?: unknown };
  const sig = encode(sign(null, signedBytes(rest), key));
  return { ...(rest as T), sig };
}

/** Whether a document was signed with one of these keys. */
export function isSigned(document: Readonly<Record<string, unknown>>, keys: readonly KeyObject[]): boolean {
  const signature = decode(document['sig'], SIGNATURE_BYTES);
  if (signature === undefined) return false;
  let bytes: Buffer;
  try {
    bytes = signedBytes(document);
  } catch {
    return false;
  }
  return keys.some(key => verify(null, bytes, key, signature));
}
