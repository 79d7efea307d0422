import { SpanKind } from '@opentelemetry/api';
import { withAlignmentContext } from 'otel-alignment';
import { recordIntervention } from 'otel-alignment/signals';
import { postJson } from './http.ts';
import type { Reply } from './model.ts';
import { inSpan } from './telemetry.ts';

export type Tools = Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => Promise<string>>>;

export interface AgentOptions {
  readonly name: string;
  readonly conversationId: string;
  readonly model: string;
  readonly tools: Tools;
  /** Tools that a person must allow; here nobody is there to. */
  readonly denied?: readonly string[];
}

/** An agent of the plainest kind: it asks the model, runs the tool that the model asks for, until there is none. Content stands on its spans, as in many agents. */
export function runAgent(task: string, options: AgentOptions): Promise<string> {
  const { name, conversationId, model, tools, denied = [] } = options;
  const common = { 'gen_ai.conversation.id': conversationId };
  const turn = (turns: number): Promise<Reply> => {
    const attributes = {
      ...common,
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'scripted-1',
      'gen_ai.input.messages': task,
    };
    return inSpan('chat scripted-1', { kind: SpanKind.CLIENT, attributes }, async span => {
      const reply = await postJson<Reply>(model, { task, turns });
      span.setAttribute('gen_ai.response.id', reply.id);
      span.setAttribute('gen_ai.output.messages', reply.say);
      return reply;
    });
  };
  const call = ({ callId, call }: Reply): Promise<string> => {
    const { tool, arguments: args } = call!;
    const attributes = {
      ...common,
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool,
      'gen_ai.tool.call.id': callId,
      'gen_ai.tool.call.arguments': JSON.stringify(args),
    };
    const step = { toolName: tool, toolCallId: callId, arguments: args };
    return withAlignmentContext({ step }, () =>
      inSpan(`execute_tool ${tool}`, { attributes }, async span => {
        if (denied.includes(tool)) {
          recordIntervention({ type: 'denial', initiator: 'human', outcome: 'denied', toolCallId: callId });
          return 'A person said no.';
        }
        const result = await tools[tool]!(args);
        span.setAttribute('gen_ai.tool.call.result', result);
        return result;
      }),
    );
  };
  const attributes = { ...common, 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': name };
  const session = { conversationId, agentName: name, humanInvolvement: 'approval_required' } as const;
  return withAlignmentContext(session, () =>
    inSpan(`invoke_agent ${name}`, { attributes }, async () => {
      for (let turns = 0; ; turns++) {
        const reply = await turn(turns);
        if (reply.call === undefined) return reply.say;
        await call(reply);
      }
    }),
  );
}
