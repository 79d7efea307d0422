// Generated from semconv/dialects by tools/dialects/generate.ts. Do not edit.

import type { AgentStep, SpanView } from '../step/step.ts';
import { JOINS } from './joins/index.ts';
import { type Attributes, asContent, asDescription, asMode, asSession, asText, composed, StepDraft } from './step-draft.ts';

/** Whether a span has any of the keys that the tables start from. */
export function mayBeAgent({ name, attributes }: SpanView): boolean {
  return (
    (name.charCodeAt(0) === 99 && name.startsWith("claude_code.")) ||
    attributes["ai.operationId"] != null ||
    attributes["openinference.span.kind"] != null ||
    attributes["traceloop.span.kind"] != null ||
    attributes["llm.request.type"] != null ||
    attributes["mcp.method.name"] != null ||
    attributes["gen_ai.operation.name"] != null
  );
}

/** What the first row that the span meets reads: `null` where it is no step, `undefined` where no row knows the span. */
export function readRow(span: SpanView): AgentStep | null | undefined {
  const { name, attributes } = span;
  if (name.charCodeAt(0) === 99 && name.startsWith("claude_code.")) {
    if (name === "claude_code.tool" && attributes["bash_command_class"] === "fs_mutation" && (attributes["bash_argv0"] === "rm" || attributes["bash_argv0"] === "rmdir" || attributes["bash_argv0"] === "unlink")) return claudeCodeToolDelete(attributes);
    if (name === "claude_code.tool") return claudeCodeTool(attributes);
    if (name === "claude_code.interaction") return claudeCodeInteraction(attributes);
    if (name === "claude_code.llm_request") return claudeCodeLlmRequest(attributes);
    return null;
  }
  {
    const value = attributes["ai.operationId"];
    if (value != null) {
      if (value === "ai.toolCall") return vercelAiToolCall(attributes);
      if ((value === "ai.generateText" || value === "ai.streamText" || value === "ai.generateObject" || value === "ai.streamObject")) return vercelAiRun(attributes);
      if ((value === "ai.generateText.doGenerate" || value === "ai.streamText.doStream" || value === "ai.generateObject.doGenerate" || value === "ai.streamObject.doStream")) return vercelAiModel(attributes);
      if (typeof value === 'string' && value.charCodeAt(0) === 97 && value.startsWith("ai.")) return null;
    }
  }
  {
    const value = attributes["openinference.span.kind"];
    if (value != null) {
      if (value === "TOOL") return openinferenceTool(attributes);
      if (value === "AGENT") return openinferenceAgent(attributes);
      if (value === "CHAIN" && name === "LangGraph") return openinferenceLanggraphRun(attributes);
      if (value === "LLM") return openinferenceLlm(attributes);
      return null;
    }
  }
  {
    const value = attributes["traceloop.span.kind"];
    if (value != null) {
      if (value === "tool") return traceloopTool(attributes);
      if (value === "agent") return traceloopAgent(attributes);
      if (value === "workflow") return traceloopWorkflow(attributes);
      return null;
    }
  }
  {
    const value = attributes["llm.request.type"];
    if (value != null) {
      if ((value === "chat" || value === "completion")) return traceloopModel(attributes);
      return null;
    }
  }
  {
    const value = attributes["mcp.method.name"];
    if (value != null) {
      if (value === "tools/call") return mcpToolsCall(attributes);
      return null;
    }
  }
  {
    const value = attributes["gen_ai.operation.name"];
    if (value != null) {
      if (value === "execute_tool") return genaiExecuteTool(attributes);
      if ((value === "invoke_agent" || value === "invoke_workflow")) return genaiInvokeAgent(attributes);
      if ((value === "chat" || value === "generate_content" || value === "text_completion")) return genaiInference(attributes);
      return null;
    }
  }
  return undefined;
}


const WORDS_CLAUDE_CODE_BASH_COMMAND_CLASS: ReadonlyMap<string, string> = new Map([["file_read","read"],["file_search","read"],["network","network"],["fs_mutation","write"],["shell_builtin","execute"],["lang_runtime","execute"]]);

function claudeCodeToolDelete(a: Attributes): AgentStep {
  const step = new StepDraft("claude-code", "tool");
  step.session = asSession("session.id", a["session.id"]);
  step.agentId = asText(a["agent_id"]);
  step.providerName = asText(a["gen_ai.provider.name"]);
  step.toolName = asText(a["gen_ai.tool.name"]) ?? asText(a["tool_name"]);
  step.toolCallId = asText(a["gen_ai.tool.call.id"]) ?? asText(a["tool_use_id"]);
  step.errorType = asText(a["error.type"]);
  step.arguments = composed({ command: asContent(a["full_command"]), file_path: asContent(a["file_path"]), subagent_type: asContent(a["subagent_type"]) });
  step.actionType = "delete";
  return step as AgentStep;
}

function claudeCodeTool(a: Attributes): AgentStep {
  const step = new StepDraft("claude-code", "tool");
  step.session = asSession("session.id", a["session.id"]);
  step.agentId = asText(a["agent_id"]);
  step.providerName = asText(a["gen_ai.provider.name"]);
  step.toolName = asText(a["gen_ai.tool.name"]) ?? asText(a["tool_name"]);
  step.toolCallId = asText(a["gen_ai.tool.call.id"]) ?? asText(a["tool_use_id"]);
  step.errorType = asText(a["error.type"]);
  step.arguments = composed({ command: asContent(a["full_command"]), file_path: asContent(a["file_path"]), subagent_type: asContent(a["subagent_type"]) });
  step.actionType = (WORDS_CLAUDE_CODE_BASH_COMMAND_CLASS.get(asText(a["bash_command_class"]) ?? '') as AgentStep['actionType']);
  return step as AgentStep;
}

function claudeCodeInteraction(a: Attributes): AgentStep {
  const step = new StepDraft("claude-code", "agent");
  step.session = asSession("session.id", a["session.id"]);
  step.agentId = asText(a["agent_id"]);
  step.providerName = asText(a["gen_ai.provider.name"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function claudeCodeLlmRequest(a: Attributes): AgentStep {
  const step = new StepDraft("claude-code", "model");
  step.session = asSession("session.id", a["session.id"]);
  step.agentId = asText(a["agent_id"]);
  step.providerName = asText(a["gen_ai.provider.name"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function vercelAiToolCall(a: Attributes): AgentStep {
  const step = new StepDraft("vercel-ai", "tool");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]) ?? asSession("gen_ai.conversation.id", a["ai.telemetry.metadata.sessionId"]);
  step.agentName = asText(a["gen_ai.agent.name"]) ?? asText(a["ai.telemetry.functionId"]);
  step.toolName = asText(a["ai.toolCall.name"]);
  step.toolCallId = asText(a["ai.toolCall.id"]);
  step.arguments = asContent(a["ai.toolCall.args"]);
  step.result = asContent(a["ai.toolCall.result"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function vercelAiRun(a: Attributes): AgentStep {
  const step = new StepDraft("vercel-ai", "agent");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]) ?? asSession("gen_ai.conversation.id", a["ai.telemetry.metadata.sessionId"]);
  step.agentName = asText(a["gen_ai.agent.name"]) ?? asText(a["ai.telemetry.functionId"]);
  step.providerName = asText(a["gen_ai.provider.name"]) ?? asText(a["ai.model.provider"]) ?? asText(a["gen_ai.system"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function vercelAiModel(a: Attributes): AgentStep {
  const step = new StepDraft("vercel-ai", "model");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]) ?? asSession("gen_ai.conversation.id", a["ai.telemetry.metadata.sessionId"]);
  step.agentName = asText(a["gen_ai.agent.name"]) ?? asText(a["ai.telemetry.functionId"]);
  step.providerName = asText(a["gen_ai.provider.name"]) ?? asText(a["ai.model.provider"]) ?? asText(a["gen_ai.system"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function openinferenceTool(a: Attributes): AgentStep {
  const step = new StepDraft("openinference", "tool");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]);
  step.agentName = asText(a["agent.name"]) ?? asText(a["gen_ai.agent.name"]);
  step.toolName = asText(a["tool.name"]) ?? asText(a["gen_ai.tool.name"]);
  step.toolCallId = asText(a["tool_call.id"]) ?? asText(a["tool.id"]) ?? asText(a["gen_ai.tool.call.id"]);
  step.toolDescription = asDescription(a["tool.description"]);
  step.arguments = asContent(a["input.value"]);
  step.result = asContent(a["output.value"]);
  step.errorType = asText(a["error.type"]);
  JOINS["openinference-metadata"](step, a);
  return step as AgentStep;
}

function openinferenceAgent(a: Attributes): AgentStep {
  const step = new StepDraft("openinference", "agent");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]);
  step.agentName = asText(a["agent.name"]) ?? asText(a["gen_ai.agent.name"]);
  step.providerName = asText(a["llm.provider"]) ?? asText(a["llm.system"]);
  step.errorType = asText(a["error.type"]);
  JOINS["openinference-metadata"](step, a);
  return step as AgentStep;
}

function openinferenceLanggraphRun(a: Attributes): AgentStep {
  const step = new StepDraft("openinference", "agent");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]);
  step.agentName = asText(a["agent.name"]) ?? asText(a["gen_ai.agent.name"]);
  step.providerName = asText(a["llm.provider"]) ?? asText(a["llm.system"]);
  step.errorType = asText(a["error.type"]);
  JOINS["openinference-metadata"](step, a);
  return step as AgentStep;
}

function openinferenceLlm(a: Attributes): AgentStep {
  const step = new StepDraft("openinference", "model");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]);
  step.agentName = asText(a["agent.name"]) ?? asText(a["gen_ai.agent.name"]);
  step.providerName = asText(a["llm.provider"]) ?? asText(a["llm.system"]);
  step.errorType = asText(a["error.type"]);
  JOINS["openinference-metadata"](step, a);
  return step as AgentStep;
}

function traceloopTool(a: Attributes): AgentStep {
  const step = new StepDraft("traceloop", "tool");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.session_id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.conversation_id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.thread_id"]);
  step.agentName = asText(a["gen_ai.agent.name"]);
  step.toolName = asText(a["gen_ai.tool.name"]) ?? asText(a["traceloop.entity.name"]);
  step.toolCallId = asText(a["gen_ai.tool.call.id"]);
  step.arguments = asContent(a["gen_ai.tool.call.arguments"]) ?? asContent(a["traceloop.entity.input"]);
  step.result = asContent(a["gen_ai.tool.call.result"]) ?? asContent(a["traceloop.entity.output"]);
  step.errorType = asText(a["error.type"]);
  JOINS["traceloop-input"](step, a);
  return step as AgentStep;
}

function traceloopAgent(a: Attributes): AgentStep {
  const step = new StepDraft("traceloop", "agent");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.session_id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.conversation_id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.thread_id"]);
  step.agentName = asText(a["gen_ai.agent.name"]) ?? asText(a["traceloop.entity.name"]);
  step.providerName = asText(a["gen_ai.provider.name"]) ?? asText(a["gen_ai.system"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function traceloopWorkflow(a: Attributes): AgentStep {
  const step = new StepDraft("traceloop", "agent");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.session_id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.conversation_id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.thread_id"]);
  step.agentName = asText(a["gen_ai.agent.name"]);
  step.providerName = asText(a["gen_ai.provider.name"]) ?? asText(a["gen_ai.system"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function traceloopModel(a: Attributes): AgentStep {
  const step = new StepDraft("traceloop", "model");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.session_id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.conversation_id"]) ?? asSession("gen_ai.conversation.id", a["traceloop.association.properties.thread_id"]);
  step.agentName = asText(a["gen_ai.agent.name"]);
  step.providerName = asText(a["gen_ai.provider.name"]) ?? asText(a["gen_ai.system"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function mcpToolsCall(a: Attributes): AgentStep {
  const step = new StepDraft("mcp", "tool");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]);
  step.agentId = asText(a["gen_ai.agent.id"]);
  step.agentName = asText(a["gen_ai.agent.name"]);
  step.toolName = asText(a["gen_ai.tool.name"]) ?? asText(a["mcp.tool.name"]);
  step.toolCallId = asText(a["gen_ai.tool.call.id"]);
  step.arguments = asContent(a["gen_ai.tool.call.arguments"]);
  step.result = asContent(a["gen_ai.tool.call.result"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function genaiExecuteTool(a: Attributes): AgentStep {
  const step = new StepDraft("genai", "tool");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]);
  step.agentId = asText(a["gen_ai.agent.id"]);
  step.agentName = asText(a["gen_ai.agent.name"]);
  step.agentVersion = asText(a["gen_ai.agent.version"]);
  step.providerName = asText(a["gen_ai.provider.name"]) ?? asText(a["gen_ai.system"]);
  step.toolName = asText(a["gen_ai.tool.name"]);
  step.toolCallId = asText(a["gen_ai.tool.call.id"]);
  step.toolDescription = asDescription(a["gen_ai.tool.description"]);
  step.arguments = asContent(a["gen_ai.tool.call.arguments"]);
  step.result = asContent(a["gen_ai.tool.call.result"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function genaiInvokeAgent(a: Attributes): AgentStep {
  const step = new StepDraft("genai", "agent");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]);
  step.agentId = asText(a["gen_ai.agent.id"]);
  step.agentName = asText(a["gen_ai.agent.name"]);
  step.agentVersion = asText(a["gen_ai.agent.version"]);
  step.providerName = asText(a["gen_ai.provider.name"]) ?? asText(a["gen_ai.system"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}

function genaiInference(a: Attributes): AgentStep {
  const step = new StepDraft("genai", "model");
  step.session = asSession("session.id", a["session.id"]) ?? asSession("gen_ai.conversation.id", a["gen_ai.conversation.id"]);
  step.agentId = asText(a["gen_ai.agent.id"]);
  step.agentName = asText(a["gen_ai.agent.name"]);
  step.agentVersion = asText(a["gen_ai.agent.version"]);
  step.providerName = asText(a["gen_ai.provider.name"]) ?? asText(a["gen_ai.system"]);
  step.errorType = asText(a["error.type"]);
  return step as AgentStep;
}
