// Generated from semconv/dialects by tools/dialects/generate.ts. Do not edit.

import type { SpanView } from '../step/step.ts';
import type { Dialect } from './table.ts';

/** Whether a span has any of the keys that the tables start from. Written out, because every span passes here. */
export function mayBeAgent({ name, attributes }: SpanView): boolean {
  return (
    name.startsWith("claude_code.") ||
    attributes["ai.operationId"] != null ||
    attributes["openinference.span.kind"] != null ||
    attributes["traceloop.span.kind"] != null ||
    attributes["llm.request.type"] != null ||
    attributes["mcp.method.name"] != null ||
    attributes["gen_ai.operation.name"] != null
  );
}

/** The dialects, in the order in which they are asked. */
export const DIALECTS: readonly Dialect[] = [
  {
    name: "claude-code",
    valueMaps: {"bash_command_class":{"file_read":"read","file_search":"read","network":"network","fs_mutation":"write","shell_builtin":"execute","lang_runtime":"execute"}},
    spans: [
      {"id":"claude-code.tool.delete","step":"tool","when":[{"field":"span_name","equals":"claude_code.tool"},{"attribute":"bash_command_class","equals":"fs_mutation"},{"attribute":"bash_argv0","in":["rm","rmdir","unlink"]}],"read":{"session":["session.id"],"agentId":["agent_id"],"providerName":["gen_ai.provider.name"],"toolName":["gen_ai.tool.name","tool_name"],"toolCallId":["gen_ai.tool.call.id","tool_use_id"],"errorType":["error.type"]},"compose":{"arguments":{"command":["full_command"],"file_path":["file_path"],"subagent_type":["subagent_type"]}},"set":{"actionType":"delete"}},
      {"id":"claude-code.tool","step":"tool","when":[{"field":"span_name","equals":"claude_code.tool"}],"read":{"session":["session.id"],"agentId":["agent_id"],"providerName":["gen_ai.provider.name"],"toolName":["gen_ai.tool.name","tool_name"],"toolCallId":["gen_ai.tool.call.id","tool_use_id"],"errorType":["error.type"]},"compose":{"arguments":{"command":["full_command"],"file_path":["file_path"],"subagent_type":["subagent_type"]}},"values":{"actionType":{"from":["bash_command_class"],"map":"bash_command_class"}}},
      {"id":"claude-code.interaction","step":"agent","when":[{"field":"span_name","equals":"claude_code.interaction"}],"read":{"session":["session.id"],"agentId":["agent_id"],"providerName":["gen_ai.provider.name"],"errorType":["error.type"]}},
      {"id":"claude-code.llm-request","step":"model","when":[{"field":"span_name","equals":"claude_code.llm_request"}],"read":{"session":["session.id"],"agentId":["agent_id"],"providerName":["gen_ai.provider.name"],"errorType":["error.type"]}},
      {"id":"claude-code.other","step":"none","when":[{"field":"span_name","prefix":"claude_code."}]},
    ],
  },
  {
    name: "vercel-ai",
    spans: [
      {"id":"vercel-ai.tool-call","step":"tool","when":[{"attribute":"ai.operationId","equals":"ai.toolCall"}],"read":{"session":["session.id","gen_ai.conversation.id","ai.telemetry.metadata.sessionId"],"agentName":["gen_ai.agent.name","ai.telemetry.functionId"],"toolName":["ai.toolCall.name"],"toolCallId":["ai.toolCall.id"],"arguments":["ai.toolCall.args"],"result":["ai.toolCall.result"],"errorType":["error.type"]}},
      {"id":"vercel-ai.run","step":"agent","when":[{"attribute":"ai.operationId","in":["ai.generateText","ai.streamText","ai.generateObject","ai.streamObject"]}],"read":{"session":["session.id","gen_ai.conversation.id","ai.telemetry.metadata.sessionId"],"agentName":["gen_ai.agent.name","ai.telemetry.functionId"],"providerName":["gen_ai.provider.name","ai.model.provider","gen_ai.system"],"errorType":["error.type"]}},
      {"id":"vercel-ai.model","step":"model","when":[{"attribute":"ai.operationId","in":["ai.generateText.doGenerate","ai.streamText.doStream","ai.generateObject.doGenerate","ai.streamObject.doStream"]}],"read":{"session":["session.id","gen_ai.conversation.id","ai.telemetry.metadata.sessionId"],"agentName":["gen_ai.agent.name","ai.telemetry.functionId"],"providerName":["gen_ai.provider.name","ai.model.provider","gen_ai.system"],"errorType":["error.type"]}},
      {"id":"vercel-ai.other","step":"none","when":[{"attribute":"ai.operationId","prefix":"ai."}]},
    ],
  },
  {
    name: "openinference",
    spans: [
      {"id":"openinference.tool","step":"tool","when":[{"attribute":"openinference.span.kind","equals":"TOOL"}],"read":{"session":["session.id","gen_ai.conversation.id"],"agentName":["agent.name","gen_ai.agent.name"],"toolName":["tool.name","gen_ai.tool.name"],"toolCallId":["tool_call.id","tool.id","gen_ai.tool.call.id"],"toolDescription":["tool.description"],"arguments":["input.value"],"result":["output.value"],"errorType":["error.type"]},"join":"openinference-metadata"},
      {"id":"openinference.agent","step":"agent","when":[{"attribute":"openinference.span.kind","equals":"AGENT"}],"read":{"session":["session.id","gen_ai.conversation.id"],"agentName":["agent.name","gen_ai.agent.name"],"providerName":["llm.provider","llm.system"],"errorType":["error.type"]},"join":"openinference-metadata"},
      {"id":"openinference.langgraph-run","step":"agent","when":[{"attribute":"openinference.span.kind","equals":"CHAIN"},{"field":"span_name","equals":"LangGraph"}],"read":{"session":["session.id","gen_ai.conversation.id"],"agentName":["agent.name","gen_ai.agent.name"],"providerName":["llm.provider","llm.system"],"errorType":["error.type"]},"join":"openinference-metadata"},
      {"id":"openinference.llm","step":"model","when":[{"attribute":"openinference.span.kind","equals":"LLM"}],"read":{"session":["session.id","gen_ai.conversation.id"],"agentName":["agent.name","gen_ai.agent.name"],"providerName":["llm.provider","llm.system"],"errorType":["error.type"]},"join":"openinference-metadata"},
      {"id":"openinference.other","step":"none","when":[{"attribute":"openinference.span.kind","exists":true}]},
    ],
    events: [
      {"id":"openinference.langgraph-interrupt","on":"span","when":[{"attribute":"openinference.span.kind","equals":"CHAIN"},{"field":"status_code","equals":2},{"field":"status_message","pattern":"^[\\s\\S]*GraphInterrupt[:(]"}],"event":"alignment.intervention","set":{"alignment.intervention.type":"pause","alignment.intervention.initiator":"agent","alignment.source.event.name":"GraphInterrupt"}},
    ],
  },
  {
    name: "traceloop",
    spans: [
      {"id":"traceloop.tool","step":"tool","when":[{"attribute":"traceloop.span.kind","equals":"tool"}],"read":{"session":["session.id","gen_ai.conversation.id","traceloop.association.properties.session_id","traceloop.association.properties.conversation_id","traceloop.association.properties.thread_id"],"agentName":["gen_ai.agent.name"],"toolName":["gen_ai.tool.name","traceloop.entity.name"],"toolCallId":["gen_ai.tool.call.id"],"arguments":["gen_ai.tool.call.arguments","traceloop.entity.input"],"result":["gen_ai.tool.call.result","traceloop.entity.output"],"errorType":["error.type"]},"join":"traceloop-input"},
      {"id":"traceloop.agent","step":"agent","when":[{"attribute":"traceloop.span.kind","equals":"agent"}],"read":{"session":["session.id","gen_ai.conversation.id","traceloop.association.properties.session_id","traceloop.association.properties.conversation_id","traceloop.association.properties.thread_id"],"agentName":["gen_ai.agent.name","traceloop.entity.name"],"providerName":["gen_ai.provider.name","gen_ai.system"],"errorType":["error.type"]}},
      {"id":"traceloop.workflow","step":"agent","when":[{"attribute":"traceloop.span.kind","equals":"workflow"}],"read":{"session":["session.id","gen_ai.conversation.id","traceloop.association.properties.session_id","traceloop.association.properties.conversation_id","traceloop.association.properties.thread_id"],"agentName":["gen_ai.agent.name"],"providerName":["gen_ai.provider.name","gen_ai.system"],"errorType":["error.type"]}},
      {"id":"traceloop.other","step":"none","when":[{"attribute":"traceloop.span.kind","exists":true}]},
      {"id":"traceloop.model","step":"model","when":[{"attribute":"llm.request.type","in":["chat","completion"]}],"read":{"session":["session.id","gen_ai.conversation.id","traceloop.association.properties.session_id","traceloop.association.properties.conversation_id","traceloop.association.properties.thread_id"],"agentName":["gen_ai.agent.name"],"providerName":["gen_ai.provider.name","gen_ai.system"],"errorType":["error.type"]}},
      {"id":"traceloop.model-other","step":"none","when":[{"attribute":"llm.request.type","exists":true}]},
    ],
  },
  {
    name: "mcp",
    spans: [
      {"id":"mcp.tools-call","step":"tool","when":[{"attribute":"mcp.method.name","equals":"tools/call"}],"read":{"session":["session.id","gen_ai.conversation.id"],"agentId":["gen_ai.agent.id"],"agentName":["gen_ai.agent.name"],"toolName":["gen_ai.tool.name","mcp.tool.name"],"toolCallId":["gen_ai.tool.call.id"],"arguments":["gen_ai.tool.call.arguments"],"result":["gen_ai.tool.call.result"],"errorType":["error.type"]}},
      {"id":"mcp.other","step":"none","when":[{"attribute":"mcp.method.name","exists":true}]},
    ],
  },
  {
    name: "genai",
    spans: [
      {"id":"genai.execute-tool","step":"tool","when":[{"attribute":"gen_ai.operation.name","equals":"execute_tool"}],"read":{"session":["session.id","gen_ai.conversation.id"],"agentId":["gen_ai.agent.id"],"agentName":["gen_ai.agent.name"],"agentVersion":["gen_ai.agent.version"],"providerName":["gen_ai.provider.name","gen_ai.system"],"toolName":["gen_ai.tool.name"],"toolCallId":["gen_ai.tool.call.id"],"toolDescription":["gen_ai.tool.description"],"arguments":["gen_ai.tool.call.arguments"],"result":["gen_ai.tool.call.result"],"errorType":["error.type"]}},
      {"id":"genai.invoke-agent","step":"agent","when":[{"attribute":"gen_ai.operation.name","in":["invoke_agent","invoke_workflow"]}],"read":{"session":["session.id","gen_ai.conversation.id"],"agentId":["gen_ai.agent.id"],"agentName":["gen_ai.agent.name"],"agentVersion":["gen_ai.agent.version"],"providerName":["gen_ai.provider.name","gen_ai.system"],"errorType":["error.type"]}},
      {"id":"genai.inference","step":"model","when":[{"attribute":"gen_ai.operation.name","in":["chat","generate_content","text_completion"]}],"read":{"session":["session.id","gen_ai.conversation.id"],"agentId":["gen_ai.agent.id"],"agentName":["gen_ai.agent.name"],"agentVersion":["gen_ai.agent.version"],"providerName":["gen_ai.provider.name","gen_ai.system"],"errorType":["error.type"]}},
      {"id":"genai.other","step":"none","when":[{"attribute":"gen_ai.operation.name","exists":true}]},
    ],
  },
];
