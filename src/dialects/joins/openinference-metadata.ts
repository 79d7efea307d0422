import { asText } from '../text.ts';
import { type Join, parseObject } from './join.ts';

/**
 * LangGraph names its thread in the JSON text of `metadata`, which no condition and no list of keys can look into.
 * Only read where the span itself names no session.
 */
export const openinferenceMetadata: Join = (draft, attributes) => {
  if (draft.session !== undefined) return;
  const metadata = parseObject(attributes['metadata']);
  const thread = asText(metadata?.['thread_id']) ?? asText(metadata?.['session_id']);
  if (thread !== undefined) draft.session = { key: 'gen_ai.conversation.id', value: thread };
};
