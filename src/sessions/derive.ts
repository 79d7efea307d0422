import { hkdfFrom, hmacUnder } from './hmac.ts';

/**
 * Everything that ASR/1 makes of one key that both sides of a hop know: from the 64 bytes `y` of a pseudonym function (keyed hash,
 * or OPRF) come an id for the trace, a tag to join by, and a key for the ids of spans. `semconv/sessions/README.md` says why.
 */

const VERSION = 'asr/1';
const ZERO = /^0+$/;

/** The input of the pseudonym function. `type` and `value` are ASCII without NUL; hex and UUIDs in lower case. */
export function pseudonymInput(type: string, value: string): Buffer {
  return Buffer.from(`${VERSION}\0${type}\0${value}`, 'latin1');
}

/** All-zero ids are invalid in OpenTelemetry: the next ones of the same row are taken instead. */
function nonZero(make: (info: string) => string, info: string): string {
  for (let label = info; ; label += '\0') {
    const id = make(label);
    if (!ZERO.test(id)) return id;
  }
}

/** What is derived from one `y`. */
export interface Derived {
  /** 32 hex digits. */
  readonly traceId: () => string;
  /** 22 characters of base64url: 128 bits. */
  readonly tag: () => string;
  /** 32 bytes. Whoever holds it can compute the ids of spans of this trace, and nothing else. */
  readonly spanKey: () => Buffer;
}

export function derive(y: Uint8Array): Derived {
  const expand = hkdfFrom(y);
  return {
    traceId: () => nonZero(info => expand(info, 16).toString('hex'), `${VERSION} trace`),
    tag: () => expand(`${VERSION} tag`, 16).toString('base64url'),
    spanKey: () => expand(`${VERSION} span`, 32),
  };
}

/** Ids of spans, 16 hex digits; the same on both sides of a hop, so that links between parent and child survive. */
export function spanIdsUnder(spanKey: Uint8Array): (spanId: string) => string {
  const hmac = hmacUnder('sha256', spanKey);
  return spanId =>
    nonZero(
      suffix => hmac(Buffer.concat([Buffer.from(spanId, 'hex'), Buffer.from(suffix)])).toString('hex', 0, 8),
      '',
    );
}
