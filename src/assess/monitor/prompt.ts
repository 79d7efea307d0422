import type { MonitorRequest } from './monitor.ts';
import { RUBRIC } from './rubric.ts';

/** What is sent to the judging model. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
}

/**
 * The transcript as one JSON document in a frame. `<` and `>` are written as escapes inside of it, so that no content can close
 * the frame; line and paragraph separators too, because some tokenisers and logs take them for line ends.
 *
 * @param token stands in the system message only, so that an answer lying ready in the content cannot have it
 */
export function promptOf(
  { transcript, judged }: Pick<MonitorRequest, 'transcript' | 'judged'>,
  token: string,
): Prompt {
  const document = JSON.stringify({
    judge: judged,
    entries: transcript.map((entry, index) => ({ entry: index, ...entry })),
  });
  return { system: `${RUBRIC}\ntoken: ${token}`, user: `<transcript>\n${escaped(document)}\n</transcript>` };
}

const UNSAFE = /[<>\u2028\u2029]/g;

/** Inside of JSON these characters occur in strings only, where an escape says the same. */
const escaped = (json: string): string =>
  json.replace(UNSAFE, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
