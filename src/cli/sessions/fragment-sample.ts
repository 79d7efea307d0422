import { statSync } from 'node:fs';
import { type PseudonymProvider, RELEASE_DEFAULTS, sourceSpans } from '../../sessions/index.ts';
import { UserSampler } from '../../sessions/sampling.ts';
import { createProgress } from '../progress.ts';
import { UsageError, unreadable } from '../usage.ts';
import { jsonLines } from './json-lines.ts';

/**
 * The sample of each user's sessions, where `--user-attribute` asks for one: the files are read once for it.
 *
 * @throws UsageError
 */
export async function sampleOf(
  files: readonly string[],
  values: Readonly<Record<string, string | undefined>>,
  pseudonyms: PseudonymProvider,
): Promise<UserSampler | undefined> {
  const userAttribute = values['user-attribute'];
  const maxSessions = Number(values['max-sessions'] ?? RELEASE_DEFAULTS.sessionsPerUser);
  if (!Number.isSafeInteger(maxSessions) || maxSessions < 1)
    throw new UsageError('--max-sessions is a whole number from 1 on');
  if (userAttribute === undefined) {
    if (values['max-sessions'] !== undefined)
      throw new UsageError('--max-sessions needs --user-attribute: the attribute that names the user');
    return undefined;
  }
  for (const file of files) {
    let isFile: boolean;
    try {
      isFile = statSync(file).isFile();
    } catch (error) {
      throw unreadable(file, error);
    }
    if (!isFile) throw new UsageError(`${file}: a sample needs to read it twice; write it to a file first`);
  }
  const sampler = new UserSampler({ userAttribute, maxSessions, pseudonyms });
  const progress = createProgress('lines');
  for await (const json of jsonLines(files, progress, () => {}, true))
    for (const span of sourceSpans(json)) if (!('problem' in span)) sampler.add(span);
  progress.end();
  return sampler;
}
