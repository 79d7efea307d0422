import { MonitorFailure } from './monitor.ts';
import type { Prompt } from './prompt.ts';
import { ANSWER_SCHEMA } from './rubric.ts';
import { isCount, isObject } from './verdict.ts';

export type ProtocolName = 'openai' | 'anthropic';

/** How an endpoint that may not know JSON schemas is asked for one. */
export type StructuredOutput = 'json_schema' | 'json_object' | 'none';

export interface Ask {
  readonly model: string;
  readonly maxOutputTokens: number;
  readonly structuredOutput: StructuredOutput;
}

/** One way of talking to a model over HTTP. */
export interface Protocol {
  readonly defaultUrl: string;
  /** The vendor's own variable for a key; used for the vendor's own endpoint only. */
  readonly keyVariable: string;
  readonly path: string;
  headers(key: string | undefined): Record<string, string>;
  body(prompt: Prompt, ask: Ask): Record<string, unknown>;
  /** @throws MonitorFailure `refused` or `malformed` */
  answer(response: unknown): { readonly answer: unknown; readonly tokens: number | undefined };
}

const ANSWER_NAME = 'verdict';

const openai: Protocol = {
  defaultUrl: 'https://api.openai.com/v1',
  keyVariable: 'OPENAI_API_KEY',
  path: '/chat/completions',
  headers: (key): Record<string, string> => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  body: (prompt, { model, maxOutputTokens, structuredOutput }) => ({
    model,
    max_tokens: maxOutputTokens,
    messages: [
      { role: 'system', content: prompt.system },
      { role: 'user', content: prompt.user },
    ],
    ...responseFormat(structuredOutput),
  }),
  answer(response) {
    const choice = first(field(response, 'choices'));
    const message = field(choice, 'message');
    if (typeof field(message, 'refusal') === 'string') throw refused();
    if (CUT_SHORT.has(field(choice, 'finish_reason'))) throw refused();
    const usage = field(response, 'usage');
    return { answer: field(message, 'content'), tokens: sum(usage, 'prompt_tokens', 'completion_tokens') };
  },
};

const anthropic: Protocol = {
  defaultUrl: 'https://api.anthropic.com',
  keyVariable: 'ANTHROPIC_API_KEY',
  path: '/v1/messages',
  headers: (key): Record<string, string> => ({
    'anthropic-version': '2023-06-01',
    ...(key === undefined ? {} : { 'x-api-key': key }),
  }),
  // a forced tool call holds the answer to the schema on every model that has tools
  body: (prompt, { model, maxOutputTokens, structuredOutput }) => ({
    model,
    max_tokens: maxOutputTokens,
    system: prompt.system,
    messages: [{ role: 'user', content: prompt.user }],
    ...(structuredOutput === 'none'
      ? {}
      : {
          tools: [{ name: ANSWER_NAME, description: 'States the verdict.', input_schema: ANSWER_SCHEMA }],
          tool_choice: { type: 'tool', name: ANSWER_NAME },
        }),
  }),
  answer(response) {
    if (CUT_SHORT.has(field(response, 'stop_reason'))) throw refused();
    const content = field(response, 'content');
    const blocks: readonly unknown[] = Array.isArray(content) ? content : [];
    const called = blocks.find(
      block => field(block, 'type') === 'tool_use' && field(block, 'name') === ANSWER_NAME,
    );
    const said = blocks.find(block => field(block, 'type') === 'text');
    const usage = field(response, 'usage');
    return {
      answer: called === undefined ? field(said, 'text') : field(called, 'input'),
      tokens: sum(usage, 'input_tokens', 'output_tokens'),
    };
  },
};

export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = { openai, anthropic };

/** Half an answer is none. */
const CUT_SHORT: ReadonlySet<unknown> = new Set(['length', 'content_filter', 'max_tokens', 'refusal']);

function responseFormat(kind: StructuredOutput): Record<string, unknown> {
  if (kind === 'none') return {};
  if (kind === 'json_object') return { response_format: { type: 'json_object' } };
  const json_schema = { name: ANSWER_NAME, strict: true, schema: ANSWER_SCHEMA };
  return { response_format: { type: 'json_schema', json_schema } };
}

const refused = (): MonitorFailure =>
  new MonitorFailure('refused', 'the model declined to answer or was cut short');
const field = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);
const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

function sum(usage: unknown, ...keys: readonly string[]): number | undefined {
  const counts = keys.map(key => field(usage, key));
  return counts.every(isCount) ? counts.reduce((a, b) => a + b, 0) : undefined;
}
