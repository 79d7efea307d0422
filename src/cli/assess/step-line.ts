/** One line of input: what somebody said or did in a session. */
export interface StepLine {
  readonly session: string;
  /** The line's own number or name, handed on as it is. */
  readonly step: string | number | null;
  readonly role: 'user' | 'agent' | 'tool' | 'system';
  readonly content?: string;
  readonly tool?: string;
  /** `{}` and `[]`: called with none. Absent: not recorded. */
  readonly arguments?: object | string;
  readonly result?: unknown;
  /** `null`: said to be unknown. Absent: not said. */
  readonly allowedTools?: readonly string[] | null;
  readonly mode?: string | null;
  readonly environment?: string | null;
  readonly provider?: string;
  /** What others say of this step: scale → score or label. */
  readonly scores?: Readonly<Record<string, unknown>>;
}

const ROLES: ReadonlySet<unknown> = new Set(['user', 'agent', 'tool', 'system']);

/**
 * Reads a line of input. Fields that are not in the format are passed over.
 *
 * @returns the line, or what is wrong with it in a few words, which repeat nothing of its content
 */
export function readStepLine(text: string): StepLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not a JSON object';
  const line = value as Record<string, unknown>;
  return firstProblem(line) ?? toStep(line);
}

/** Field, test, and what it has to be. */
const FIELDS: readonly (readonly [string, (value: unknown) => boolean, string])[] = [
  ['session_id', value => typeof value === 'string' && value !== '', 'a text'],
  ['step', optional(value => typeof value === 'string' || typeof value === 'number'), 'a number or a text'],
  ['role', value => ROLES.has(value), 'user, agent, tool or system'],
  ['content', optional(isText), 'a text'],
  ['tool', optional(value => isText(value) && value !== ''), 'a text'],
  [
    'arguments',
    optional(value => isText(value) || typeof value === 'object'),
    'an object, an array or a text',
  ],
  ['allowed_tools', optional(value => Array.isArray(value) && value.every(isText)), 'a list of texts'],
  ['permission_mode', optional(isText), 'a text'],
  ['environment', optional(isText), 'a text'],
  ['provider', optional(isText), 'a text'],
  ['scores', optional(isScores), 'an object of numbers and texts'],
];

function firstProblem(line: Record<string, unknown>): string | undefined {
  for (const [field, holds, expected] of FIELDS)
    if (!holds(line[field])) return `${field} must be ${expected}`;
  const { role, content, tool, result } = line;
  if (role === 'user' && !isText(content)) return 'a user line needs content';
  if (role === 'agent' && !isText(content) && !isText(tool)) return 'an agent line needs content or a tool';
  if (role === 'tool' && result === undefined) return 'a tool line needs a result';
  return undefined;
}

function toStep(line: Record<string, unknown>): StepLine {
  const step: Record<string, unknown> = {
    session: line['session_id'],
    step: line['step'] ?? null,
    role: line['role'],
  };
  const put = (key: keyof StepLine, value: unknown): void => {
    if (value !== undefined) step[key] = value;
  };
  put('content', line['content'] ?? undefined);
  put('tool', line['tool'] ?? undefined);
  put('arguments', line['arguments'] ?? undefined);
  put('result', line['result']);
  put('allowedTools', line['allowed_tools']);
  put('mode', line['permission_mode']);
  put('environment', line['environment']);
  put('provider', line['provider'] ?? undefined);
  put('scores', line['scores'] ?? undefined);
  return step as unknown as StepLine;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isScores(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(score => isText(score) || typeof score === 'number')
  );
}

function optional(holds: (value: unknown) => boolean): (value: unknown) => boolean {
  return value => value === undefined || value === null || holds(value);
}
