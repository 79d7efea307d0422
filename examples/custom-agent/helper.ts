import { recordAutonomyBoundary } from 'otel-alignment/signals';
import { AGENT_NAME, type AgentOptions, ReleaseAgent } from './agent.ts';
import type { Tool } from './tools.ts';

const HELPER = 'release-helper';
const READING: ReadonlySet<string> = new Set(['list_files', 'read_file']);

/** A tool that hands work to a second agent: the same model under the same oversight, with tools that only look. */
export function askHelper(options: AgentOptions): Tool {
  return {
    name: 'ask_helper',
    description: 'Let a second agent look something up in the project. It can read and nothing else.',
    parameters: { type: 'object', properties: { task: { type: 'string' } }, required: ['task'] },
    async run({ task }) {
      recordAutonomyBoundary({ type: 'delegation', from: AGENT_NAME, to: HELPER });
      const tools = options.tools.filter(({ name }) => READING.has(name));
      return new ReleaseAgent({ ...options, name: HELPER, tools }).help(String(task));
    },
  };
}
