import { CalibrationError, shown } from './error.ts';

/** One answer of a rater to one scenario, on its own scale. */
export interface NativeRating {
  readonly scenario: string;
  /** As the rater gave it: a number or a label. */
  readonly score: string;
  /** Which of the rater's answers to this scenario, from 1. */
  readonly repeat: number;
  /** Where it stands in the file, from 1. */
  readonly line: number;
}

const MAX_RATINGS = 1_000_000;

/**
 * Reads `scenario_id,score[,repeat]`: a header line, then a line an answer. Other columns are passed over; fields may be quoted.
 *
 * @param source the file's name, for messages
 * @throws CalibrationError naming the line
 */
export function parseNativeCsv(text: string, source: string): NativeRating[] {
  const rows = csvRows(text, source);
  const header = rows[0]?.fields.map(field => field.trim().toLowerCase()) ?? [];
  const [id, score, repeat] = ['scenario_id', 'score', 'repeat'].map(name => header.indexOf(name));
  if (id! < 0 || score! < 0)
    throw new CalibrationError(
      `${source}:1: the first line names the columns: scenario_id,score or scenario_id,score,repeat`,
    );
  const ratings: NativeRating[] = [];
  const seen = new Map<string, number>();
  for (const { fields, line } of rows.slice(1)) {
    const rating = ratingOf(fields, { id: id!, score: score!, repeat: repeat! }, `${source}:${line}`, line);
    const key = `${rating.scenario}\n${rating.repeat}`;
    const before = seen.get(key);
    if (before !== undefined)
      throw new CalibrationError(
        `${source}:${line}: ${shown(rating.scenario)} is rated on line ${before} already; number repeated answers in a column "repeat"`,
      );
    seen.set(key, line);
    ratings.push(rating);
  }
  return ratings;
}

function ratingOf(
  fields: readonly string[],
  at: { id: number; score: number; repeat: number },
  where: string,
  line: number,
): NativeRating {
  const scenario = fields[at.id]?.trim() ?? '';
  const score = fields[at.score]?.trim() ?? '';
  if (scenario === '') throw new CalibrationError(`${where}: scenario_id is empty`);
  if (score === '')
    throw new CalibrationError(
      `${where}: ${shown(scenario)} has no score; leave the line out where there was no answer`,
    );
  const numbered = at.repeat < 0 ? '' : (fields[at.repeat]?.trim() ?? '');
  if (numbered !== '' && !/^[0-9]{1,6}$/.test(numbered))
    throw new CalibrationError(`${where}: repeat is a whole number, not ${shown(numbered)}`);
  return { scenario, score, repeat: numbered === '' ? 1 : Number(numbered), line };
}

interface Row {
  readonly fields: readonly string[];
  readonly line: number;
}

/** RFC 4180, with either kind of line end. Blank lines are passed over. */
function csvRows(text: string, source: string): Row[] {
  const rows: Row[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const fields: string[] = [];
    const start = line;
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at, `${source}:${start}`) : bare(text, at);
      line += field.lines;
      fields.push(field.value);
      at = field.end;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    at += 1;
    line += 1;
    if (fields.length > 1 || fields[0]!.trim() !== '') rows.push({ fields, line: start });
    if (rows.length > MAX_RATINGS + 1)
      throw new CalibrationError(`${source}: more than ${MAX_RATINGS} ratings`);
  }
  return rows;
}

interface Field {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
}

function bare(text: string, from: number): Field {
  let end = from;
  while (end < text.length && !',\r\n'.includes(text[end]!)) end += 1;
  return { value: text.slice(from, end), end, lines: 0 };
}

function quoted(text: string, from: number, where: string): Field {
  let value = '';
  let at = from + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) throw new CalibrationError(`${where}: a quotation mark is never closed`);
    value += text.slice(at, end);
    at = end + 1;
    if (text[at] !== '"') break;
    value += '"';
    at += 1;
  }
  if (at < text.length && !',\r\n'.includes(text[at]!))
    throw new CalibrationError(`${where}: text after a closing quotation mark`);
  return { value, end: at, lines: value.split('\n').length - 1 };
}
