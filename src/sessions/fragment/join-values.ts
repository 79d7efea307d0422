/** The bits that a value must show: what has fewer could be tried, one by one, by whoever holds the epoch's key. */
const MIN_BITS = 64;
/** Different characters among those that count. */
const MIN_KINDS = 6;
const HEX_BITS = 4;
const TEXT_BITS = 5;
/** Of 62 characters: 11 of them have 65 bits. */
const MIXED_BITS = 6;

const SHAPE = /^[A-Za-z0-9][A-Za-z0-9._:-]{15,199}$/;
const UUID =
  /(?<![A-Za-z0-9])[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![A-Za-z0-9])/g;
/** By the clock and the machine, or from a name: little or no chance is in them. */
const UUID_WITHOUT_CHANCE = /^.{14}[12356].{4}[89ABab]/;
const SEPARATOR = /[._:-]/;
const HEX = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
/** A date, or the time since 1970 in seconds, milli-, micro- or nanoseconds, as it is in this century. */
const TIME =
  /(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6})?|(?<!\d)1[5-9]\d{8}(?:\d{3}){0,3}(?!\d)/g;
/** What every time has: most ids have none, and are not searched. */
const LONG_NUMBER = /\d{8}/;
const LETTERS = /[A-Z]?[a-z]{3,}|[A-Z]{4,}/g;

/** The pairs of letters that words are mostly made of, in English and the languages near it. */
const PAIRS: ReadonlySet<string> = new Set(
  (
    'ac al am an ar as at be ca ce ch co de di ea ec ed ee el em en er es et ex fi fo ge gr ha he hi ho ic id ie il im in io ir is it ' +
    'la le li ll lo ly ma me mo na nc nd ne ng ni no ns nt of ol om on oo op or os ot ou pe pl po pr ra re ri ro rs rt se sh si so ss ' +
    'st su ta te th ti to tr ts ul un ur us ve vi wa we'
  ).split(' '),
);

/** Whether half or more of a text's pairs of letters are of those. */
function isWord(letters: string): boolean {
  const lower = letters.toLowerCase();
  if (lower.length < 4) return false;
  let common = 0;
  for (let i = 1; i < lower.length; i++) if (PAIRS.has(lower.slice(i - 1, i + 1))) common += 1;
  return common * 2 >= lower.length - 1;
}

/** How many from a place on are equal, or follow one another. */
function rowAt(text: string, from: number): number {
  const step = text.charCodeAt(from + 1) - text.charCodeAt(from);
  if (step !== 0 && step !== 1) return 1;
  let to = from + 2;
  while (text.charCodeAt(to) - text.charCodeAt(to - 1) === step) to += 1;
  return to - from;
}

/** Without five or more in a row that are equal or follow one another: `00000`, `12345`. */
function withoutRows(text: string): string {
  let kept = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const row = rowAt(text, at);
    if (row < 5) {
      // its last may be the first of the next
      at += Math.max(1, row - 1);
      continue;
    }
    kept += text.slice(from, at);
    at += row;
    from = at;
  }
  return from === 0 ? text : kept + text.slice(from);
}

const isDigit = (code: number): boolean => code < 58;
const isCapital = (code: number): boolean => code > 64 && code < 91;

/** How often letters and digits take turns and, where that counts, how often a capital follows a small letter. */
function turnsOf(text: string, capitals: boolean): number {
  let turns = 0;
  for (let i = 1; i < text.length; i++) {
    const [a, b] = [text.charCodeAt(i - 1), text.charCodeAt(i)];
    if (isDigit(a) !== isDigit(b) || (capitals && !isDigit(a) && !isCapital(a) && isCapital(b))) turns += 1;
  }
  return turns;
}

/** Small letters and capitals, and not the first alone a capital. */
const isMixed = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text.slice(1));

/** What of a piece may be chance: nothing of words, numbers, dates, and of names with a number. */
function chanceIn(piece: string): { readonly text: string; readonly bits: number } {
  const bare = withoutRows(LONG_NUMBER.test(piece) ? piece.replace(TIME, '') : piece);
  const counted = (text: string, isChance: boolean, each: number) =>
    isChance ? { text, bits: each * text.length } : { text: '', bits: 0 };
  if (HEX.test(piece)) return counted(bare, turnsOf(bare, false) >= 2, HEX_BITS);
  const text = bare.replace(LETTERS, letters => (isWord(letters) ? '' : letters));
  return isMixed(text)
    ? counted(text, text.length >= 3 && turnsOf(text, true) * 8 >= text.length, MIXED_BITS)
    : counted(text, text.length >= 6 && turnsOf(text, false) >= 3, TEXT_BITS);
}

/** Whether there are as many different characters. */
function hasKinds(text: string): boolean {
  const kinds = new Set<number>();
  for (let i = 0; i < text.length; i++) if (kinds.add(text.charCodeAt(i)).size === MIN_KINDS) return true;
  return false;
}

/**
 * The value in the form in which both sides write it, or nothing where it has not the shape of a random id: whoever holds the epoch's key could try
 * all values of a kind that has few. Hex, UUIDs, ULIDs, base64url and base62, also behind a name (`req_…`), with 64 bits that
 * look like chance; no dates, counters, hosts, names. A check of shape: a digest of something guessable has the shape, too.
 */
export function usableValue(value: unknown): string | undefined {
  if (typeof value !== 'string' || !SHAPE.test(value)) return undefined;
  const bare =
    value.length < 36
      ? value
      : value.replace(UUID, id => (UUID_WITHOUT_CHANCE.test(id) ? '' : id.replaceAll('-', '').toLowerCase()));
  const pieces = bare.split(SEPARATOR);
  let bits = 0;
  let counted = '';
  for (const piece of pieces) {
    const found = chanceIn(piece);
    bits += found.bits;
    counted += found.text;
  }
  if (bits < MIN_BITS || !hasKinds(counted)) return undefined;
  // hex and UUIDs are written in lower case by some and in upper case by others
  return /^[0-9A-Fa-f-]+$/.test(value) ? value.toLowerCase() : value;
}

/** 128 bits in base64url; its last character has two bits that say nothing and are zero. */
const TOKEN = /^[A-Za-z0-9][\w-]{20}[AQgw]$/;

/** The session token of `propagation.md`, or nothing: what is made for this alone is known by its form. */
export const usableToken = (value: unknown): string | undefined =>
  typeof value === 'string' && TOKEN.test(value) && new Set(value).size >= 8 ? value : undefined;
