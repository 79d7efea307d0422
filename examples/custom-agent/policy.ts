import type { ToolCall } from './model.ts';

/** A call that is allowed without asking. Whatever no rule names is put to the person. */
export interface AllowRule {
  readonly tool: string;
  /** With it, only commands that begin so. */
  readonly commandPrefix?: string;
}

const FILES: readonly AllowRule[] = [{ tool: 'list_files' }, { tool: 'read_file' }, { tool: 'write_file' }];

/**
 * The rules for the script. The last one is meant for the tests, and has the hole that such rules often have: `node -e`
 * can do anything, also what the person has just refused.
 */
export const allowAnyNode: readonly AllowRule[] = [...FILES, { tool: 'run_shell', commandPrefix: 'node ' }];

/** The rules for a real model: nothing but the tests runs unasked. */
export const allowTestsOnly: readonly AllowRule[] = [
  ...FILES,
  { tool: 'run_shell', commandPrefix: 'node --test' },
];

export function isAllowed(rules: readonly AllowRule[], { tool, arguments: { command } }: ToolCall): boolean {
  return rules.some(
    rule =>
      rule.tool === tool &&
      (rule.commandPrefix === undefined || String(command).startsWith(rule.commandPrefix)),
  );
}

/** A call in one line, for the person who decides on it. */
export function describe({ tool, arguments: args }: ToolCall): string {
  const { command, method, url, path, question } = args;
  return [tool, command, method, url, path, question].filter(part => part !== undefined).join(' ');
}
