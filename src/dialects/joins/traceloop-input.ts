import { type Join, parseObject } from './join.ts';

/**
 * OpenLLMetry writes a tool's arguments inside a wrapper of its own, as JSON text. Taking the wrapper off needs a look
 * into that text, which a list of keys cannot give.
 */
export const traceloopInput: Join = draft => {
  const input = parseObject(draft.arguments);
  if (input === undefined) return;
  if (isObject(input['arguments']) && typeof input['tool_name'] === 'string') {
    draft.arguments = input['arguments'];
    return;
  }
  const { args, kwargs } = input;
  if (!Array.isArray(args) || !isObject(kwargs)) return;
  if (args.length === 0) draft.arguments = kwargs;
  else if (args.length === 1 && Object.keys(kwargs).length === 0) draft.arguments = args[0];
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
