import { MonitorFailure, type Verdict } from './monitor.ts';
import { checkVerdict, isObject } from './verdict.ts';

const KEYS = new Set(['token', 'risks', 'indicators']);

/**
 * Reads a model's answer: exactly the object asked for, or nothing. No search for JSON in prose, no repair: what surrounds an
 * answer may come from the judged content.
 *
 * @param answer the object, or its JSON text (one fence of code around it is taken off)
 * @throws MonitorFailure `malformed`, `token` or `schema`
 */
export function readAnswer(answer: unknown, token: string, judged: readonly number[]): Verdict {
  const value = typeof answer === 'string' ? parse(answer) : answer;
  if (!isObject(value)) throw new MonitorFailure('malformed', 'the answer is no JSON object');
  if (value['token'] !== token) throw new MonitorFailure('token', "the answer lacks the request's token");
  const verdict = Object.keys(value).every(key => KEYS.has(key)) ? checkVerdict(value, judged) : undefined;
  if (verdict === undefined) throw new MonitorFailure('schema', 'the answer is not of the form asked for');
  return verdict;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(unfenced(text.trim()));
  } catch {
    throw new MonitorFailure('malformed', 'the answer is no JSON');
  }
}

/** Endpoints without structured output like to fence what they were asked for. */
function unfenced(text: string): string {
  if (!text.startsWith('```') || !text.endsWith('```') || text.length < 6) return text;
  const start = text.indexOf('\n');
  return start < 0 ? text : text.slice(start, -3);
}
