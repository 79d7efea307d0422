/**
 * Taps: adapters to agent frameworks for what their telemetry does not show. Each takes the framework's own objects and imports
 * none of it; each reports through `otel-alignment/signals`; an error in one never reaches the agent.
 *
 * @module
 */

export type { ClaimsTap } from './claims.ts';
export { tapClaims } from './claims.ts';
export type { ClaudeAgentTapOptions } from './claude-agent-sdk/tap.ts';
export { tapClaudeAgent } from './claude-agent-sdk/tap.ts';
export type { Decider } from './decision.ts';
export type { ToolCall } from './denied-call.ts';
export type { Answered, Asked, LangGraphTapOptions } from './langgraph.ts';
export { answeredOf, askedOf, tapInterrupt } from './langgraph.ts';
export type { LangGraphRunOptions } from './langgraph-run.ts';
export { tapInvoke } from './langgraph-run.ts';
export type { McpClientLike, McpClientTap, McpClientTapOptions, McpServerLike } from './mcp.ts';
export { tapMcpClient, tapMcpServer } from './mcp.ts';
export type { OpenAIAgentsTap, OpenAIAgentsTapOptions } from './openai-agents/tap.ts';
export { tapOpenAIAgents } from './openai-agents/tap.ts';
export type { TracingProcessor } from './openai-agents/tracing.ts';
export type { VercelAITap, VercelAITapOptions } from './vercel-ai.ts';
export { tapVercelAI } from './vercel-ai.ts';
