import { isObject } from '../../calibration/error.ts';
import { position, type Scale } from '../../calibration/scale.ts';

/**
 * The score in a rater's answer: all of the answer is the score, or a JSON object that holds it, or JSON lines of which the last
 * one holds it. Prose is not searched for numbers.
 *
 * @param field the object's field; default `score`
 * @returns the score as the scale writes it; `undefined` where the answer has none that is on the scale
 */
export function readScore(answer: string, scale: Scale, field = 'score'): string | undefined {
  const text = unfenced(answer.trim());
  const whole = parsed(text);
  const last = whole === undefined ? parsed(text.slice(text.lastIndexOf('\n') + 1)) : whole;
  const value = isObject(last) ? last[field] : (whole ?? text);
  const at = position(scale, value);
  if (at === undefined) return undefined;
  return scale.type === 'ordinal' ? scale.levels[at] : String(at);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Models like to fence what they were asked for. */
function unfenced(text: string): string {
  if (!text.startsWith('```') || !text.endsWith('```') || text.length < 6) return text;
  const start = text.indexOf('\n');
  return start < 0 ? text : text.slice(start, -3).trim();
}
