import type { ToolCall } from './model.ts';

/** A call that is allowed, or denied, without asking. Whatever no rule names is put to the person. */
export interface Rule {
  readonly tool: string;
  /** With it, only a single command that begins so. */
  readonly commandPrefix?: string;
}

/** Words that must not leave the agent: a secret's name with its value, or a private key. */
export const holdsSecret = (words: string): boolean =>
  words.includes('-----BEGIN') || /_(?:TOKEN|SECRET|PASSWORD|KEY)=\S/.test(words);

/** Files of the project, the tests, and the helper that looks things up. */
export const allowProject: readonly Rule[] = [
  { tool: 'list_files' },
  { tool: 'read_file' },
  { tool: 'write_file' },
  { tool: 'ask_helper' },
  { tool: 'run_shell', commandPrefix: 'node --test' },
];

/**
 * The script's rules. The one for curl is meant for looking things up, and has the hole that such rules often have: curl can
 * also do what the person has just refused. It is not in force with a real model.
 */
export const allowProjectAndCurl: readonly Rule[] = [
  ...allowProject,
  { tool: 'run_shell', commandPrefix: 'curl ' },
];

/** A call that no person is asked about, because the answer is always no. */
export const denyAlways: readonly Rule[] = [{ tool: 'run_shell', commandPrefix: 'sudo ' }];

/** With a prefix, where any command of the line begins so. */
export function isDenied(rules: readonly Rule[], { tool, arguments: { command } }: ToolCall): boolean {
  const commands = String(command).split(/[;&|\n]/);
  return rules.some(
    rule =>
      rule.tool === tool && commands.some(text => text.trimStart().startsWith(rule.commandPrefix ?? '')),
  );
}

export function isAllowed(rules: readonly Rule[], { tool, arguments: { command } }: ToolCall): boolean {
  return rules.some(
    rule =>
      rule.tool === tool &&
      (rule.commandPrefix === undefined || isSingle(String(command), rule.commandPrefix)),
  );
}

/** What begins well may go on otherwise: anything by which a shell starts a second command is not allowed. */
const isSingle = (command: string, prefix: string): boolean =>
  command.startsWith(prefix) && !/[;&|`$<>()\n]/.test(command);

/** A call in one line, for the person who decides on it. */
export function describe({ tool, arguments: args }: ToolCall): string {
  const { command, method, url, path, question, task } = args;
  return [tool, command, method, url, path, question, task].filter(part => part !== undefined).join(' ');
}
