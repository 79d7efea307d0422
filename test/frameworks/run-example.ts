import { execFile } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findAgent } from '../../tools/agents/agents.ts';
import { root } from './support.ts';

/** An example that this file can run. */
export interface Example {
  readonly name: string;
  readonly installed: boolean;
  /** Runs it with its signals in `file`; rejects with its output where it fails. */
  run(file: string, env?: NodeJS.ProcessEnv): Promise<void>;
}

export const at = (example: string, ...path: string[]): string => join(root, 'examples', example, ...path);

/**
 * An example on Node. It has a copy of the package from when it was installed; what runs is the build of the root. Two test files
 * must not do this at once.
 */
export function nodeExample(name: string): Example {
  const copy = at(name, 'node_modules/otel-alignment');
  const agent = name === 'claude-agent-sdk' ? claudeCode() : {};
  const installed = existsSync(copy) && agent !== undefined;
  if (!installed) console.log(`skipped: npm ci --prefix examples/${name} installs it`);
  return {
    name,
    installed,
    run(file, env) {
      for (const part of ['dist', 'package.json']) {
        rmSync(join(copy, part), { recursive: true, force: true });
        cpSync(join(root, part), join(copy, part), { recursive: true });
      }
      return start(name, process.execPath, ['main.ts', file], { ...agent, ...env });
    },
  };
}

/**
 * The agent that the Claude Agent SDK starts, as a variable of its example: the one that the live tests install, else the one that the
 * SDK brings. The SDK without either is small. `undefined` where there is none. The example is only told to speak to loopback; its
 * scenarios are played by test/agents, where there is no way out.
 */
export function claudeCode(): { CLAUDE_CODE?: string } | undefined {
  const found = findAgent('claude-code')?.[0];
  if (found !== undefined) return { CLAUDE_CODE: found };
  const brought = `@anthropic-ai/claude-agent-sdk-${process.platform}-${process.arch}`;
  return existsSync(at('claude-agent-sdk', 'node_modules', brought)) ? {} : undefined;
}

/** The example in Python, in the environment that its page says how to make. */
export function pythonExample(): Example {
  const python = at('python', '.venv/bin/python');
  const installed = existsSync(python);
  if (!installed) console.log('skipped: examples/python/README.md has the two commands that install it');
  return {
    name: 'python',
    installed,
    run: (file, env) => start('python', python, ['agent.py', file], env),
  };
}

function start(name: string, command: string, args: string[], more: NodeJS.ProcessEnv = {}): Promise<void> {
  // `NODE_ENV=test`, which the test runner sets, turns off the tracing of the OpenAI Agents SDK
  const { OTEL_EXPORTER_OTLP_ENDPOINT: _, NODE_ENV: __, ...env } = process.env;
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: at(name), env: { ...env, ...more } }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${name} failed: ${stdout}${stderr}`, { cause: error }));
      else resolve();
    });
  });
}
