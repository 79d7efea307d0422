import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, collectorConfig } from '../stack/binaries.ts';

export type AgentProgram = 'claude-code' | 'codex' | 'gemini-cli' | 'cline';

/** A real agent: the package that brings it, in the one version that the tests were written for. */
export interface AgentPackage {
  readonly name: string;
  readonly version: string;
  /** Installed size, for the one who waits. */
  readonly megabytes: number;
  /** The program inside `node_modules`, and whether Node has to run it. */
  readonly program: string;
  readonly script: boolean;
}

const platform = `${process.platform}-${process.arch}`;
const triple = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-unknown-linux-musl`;

export const AGENT_PACKAGES: Readonly<Record<AgentProgram, AgentPackage>> = {
  'claude-code': {
    name: '@anthropic-ai/claude-code',
    version: '2.1.329',
    megabytes: 361,
    program: `@anthropic-ai/claude-code-${platform}/claude`,
    script: false,
  },
  codex: {
    name: '@openai/codex',
    version: '0.169.0',
    megabytes: 404,
    program: `@openai/codex-${platform}/vendor/${triple}/bin/codex`,
    script: false,
  },
  'gemini-cli': {
    name: '@google/gemini-cli',
    version: '0.61.0',
    megabytes: 100,
    program: '@google/gemini-cli/bundle/gemini.js',
    script: true,
  },
  cline: {
    name: 'cline',
    version: '3.0.65',
    megabytes: 417,
    program: `@cline/cli-${platform}/bin/cline`,
    script: false,
  },
};

/** The overlays by which the Collector maps the telemetry of these agents. */
export const agentSources: readonly string[] = Object.keys(AGENT_PACKAGES).map(name =>
  join(collectorConfig, 'sources', `${name}.yaml`),
);

/** Where an agent is installed: in the cache, never in the checkout. */
export const agentFolder = (agent: AgentProgram, env: NodeJS.ProcessEnv = process.env): string =>
  join(cacheFolder(env), 'agents', `${agent}-${AGENT_PACKAGES[agent].version}`);

/** The words that start an agent, or `undefined` where it is not installed. */
export function findAgent(agent: AgentProgram, env: NodeJS.ProcessEnv = process.env): string[] | undefined {
  const { program, script } = AGENT_PACKAGES[agent];
  const path = join(agentFolder(agent, env), 'node_modules', program);
  try {
    accessSync(path, script ? constants.R_OK : constants.X_OK);
  } catch {
    return undefined;
  }
  return script ? [process.execPath, path] : [path];
}

export const howToGetAgent = (agent: AgentProgram): string =>
  `run \`npm exec -- node tools/agents/install.ts ${agent}\` (${AGENT_PACKAGES[agent].megabytes} MB)`;
