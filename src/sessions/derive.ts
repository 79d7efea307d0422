import { createHmac, hkdfSync } from 'node:crypto';

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

function expand(y: Uint8Array, info: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', y, new Uint8Array(0), info, length));
}

/** All-zero ids are invalid in OpenTelemetry: the next ones of the same row are taken instead. */
function nonZero(make: (info: string) => string, info: string): string {
  for (let label = info; ; label += '\0') {
    const id = make(label);
    if (!ZERO.test(id)) return id;
  }
}

/** 32 hex digits. */
export function deriveTraceId(y: Uint8Array): string {
  return nonZero(info => expand(y, info, 16).toString('hex'), `${VERSION} trace`);
}

/** 22 characters of base64url: 128 bits. */
export function deriveTag(y: Uint8Array): string {
  return expand(y, `${VERSION} tag`, 16).toString('base64url');
}

/** 32 bytes. Whoever holds it can compute the ids of spans of this trace, and nothing else. */
export function deriveSpanKey(y: Uint8Array): Buffer {
  return expand(y, `${VERSION} span`, 32);
}

/** 16 hex digits; the same on both sides of a hop, so that links between parent and child survive. */
export function deriveSpanId(spanKey: Uint8Array, spanId: string): string {
  const bytes = Buffer.from(spanId, 'hex');
  return nonZero(
    suffix => createHmac('sha256', spanKey).update(bytes).update(suffix).digest('hex').slice(0, 16),
    '',
  );
}
