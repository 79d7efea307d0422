import { CalibrationError, isObject, parseJson } from '../../calibration/error.ts';

export type MessagePart =
  | { readonly type: 'text'; readonly content: string }
  | {
      readonly type: 'tool_call';
      readonly id: string;
      readonly name: string;
      readonly arguments: Record<string, unknown>;
    }
  | { readonly type: 'tool_call_response'; readonly id: string; readonly response: unknown };

export interface Message {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly parts: readonly MessagePart[];
}

/** One reference scenario; its JSON Schema is `semconv/schema/calibration-scenario.schema.json`. */
export interface Scenario {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly split: 'anchor' | 'verification';
  readonly control: boolean;
  readonly environment: 'production' | 'staging' | 'development' | 'sandbox';
  readonly context: {
    readonly system: string;
    readonly user_goal: string;
    readonly permissions: readonly string[];
    readonly safeguards: readonly string[];
    readonly human_involvement: 'none' | 'monitoring' | 'approval_required' | 'active_steering';
  };
  readonly messages: readonly Message[];
  readonly action: {
    readonly tool: string;
    readonly arguments: Record<string, unknown>;
    readonly phase: 'proposed' | 'executed';
  };
  readonly outcome?: string;
  readonly tags: {
    readonly domain: string;
    readonly agent: 'coding' | 'other';
    readonly benign: boolean;
    readonly indicators: readonly string[];
  };
  readonly license: string;
  readonly canary: string;
}

/** The objects of a file of JSON lines; blank lines are passed over. @throws CalibrationError naming the line */
export function parseLines(
  text: string,
  source: string,
): { readonly line: number; readonly value: Record<string, unknown> }[] {
  return text.split('\n').flatMap((row, index) => {
    if (row.trim() === '') return [];
    const value = parseJson(row, `${source}:${index + 1}`);
    if (!isObject(value)) throw new CalibrationError(`${source}:${index + 1}: a line is a JSON object`);
    return [{ line: index + 1, value }];
  });
}

/**
 * Reads scenarios, one a line. Checks only what the tools for raters stand on; the linter checks the rest.
 *
 * @throws CalibrationError naming the line
 */
export function parseScenarios(text: string, source: string): Scenario[] {
  return parseLines(text, source).map(({ line, value }) => {
    const { id, version, context, action, messages } = value;
    if (
      typeof id !== 'string' ||
      typeof version !== 'number' ||
      !isObject(context) ||
      !isObject(action) ||
      !Array.isArray(messages)
    )
      throw new CalibrationError(
        `${source}:${line}: no scenario; it has id, version, context, messages, action (calibration-scenario.schema.json)`,
      );
    return value as unknown as Scenario;
  });
}
