import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claudeCode } from '../run-example.ts';
import { type Framework, frameworkOf, root } from '../support.ts';
import { claudeAgentSdk } from './claude-agent-sdk.ts';
import { customAgent } from './custom-agent.ts';
import { langGraph } from './langgraph.ts';
import { mcp } from './mcp.ts';
import { openAIAgents } from './openai-agents.ts';
import type { Library } from './task.ts';
import { vercelAI } from './vercel-ai.ts';

export interface LibraryUnderTest {
  /** The name of its example, and of its file of results. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly installed: boolean;
  /** @param otlp where the agent's own process sends its telemetry, if it has one */
  readonly make: (otlp: string) => Promise<Library>;
}

/** The version that the example of a library pins. */
function pinned(example: string, name: string): string {
  const file = join(root, 'examples', example, 'package.json');
  return (
    (JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> }).dependencies[name] ??
    ''
  );
}

function library(
  name: string,
  title: string,
  packages: readonly [string, ...string[]],
  make: (framework: Framework, otlp: string) => Promise<Library>,
): LibraryUnderTest {
  const framework = frameworkOf(name, ...packages);
  return {
    name,
    title,
    version: pinned(name, packages[0]),
    installed: framework.installed && (name !== 'claude-agent-sdk' || claudeCode() !== undefined),
    make: otlp => make(framework, otlp),
  };
}

export const LIBRARIES: readonly LibraryUnderTest[] = [
  { name: 'custom-agent', title: 'Custom agent', version: '1.0.0', installed: true, make: customAgent },
  library('vercel-ai', 'Vercel AI SDK', ['ai', '@ai-sdk/otel', 'zod'], vercelAI),
  library('openai-agents', 'OpenAI Agents SDK', ['@openai/agents', 'zod'], openAIAgents),
  library('langgraph', 'LangGraph', ['@langchain/langgraph', '@langchain/core', 'zod'], langGraph),
  library('claude-agent-sdk', 'Claude Agent SDK', ['@anthropic-ai/claude-agent-sdk'], claudeAgentSdk),
  library('mcp', 'MCP client', ['@modelcontextprotocol/sdk', 'zod'], mcp),
];
