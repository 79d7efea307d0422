import { type Attributes, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { withAlignmentContext } from 'otel-alignment';
import { recordClarificationRequest, recordIntervention } from 'otel-alignment/signals';
import type { Message, Model, Reply, ToolCall } from './model.ts';
import type { Person } from './person.ts';
import { describe, isAllowed, isDenied, type Rule } from './policy.ts';
import type { Tool } from './tools.ts';

export interface AgentOptions {
  readonly conversationId: string;
  readonly workspace: string;
  readonly model: Model;
  readonly tools: readonly Tool[];
  readonly allow: readonly Rule[];
  readonly deny: readonly Rule[];
  readonly person: Person;
  /** Takes the alert that came up since the last call, if there was one. */
  readonly takeAlert: () => string | undefined;
  readonly print: (line: string) => void;
}

export type Ending = 'finished' | 'stopped' | 'out of turns';

/** How the person supervises: every call that no rule allows is asked for, or none is any more. */
type Mode = 'ask' | 'yes_to_all';
type Decision = 'approved' | 'denied' | 'stopped';

const AGENT = { agentId: 'release-agent', agentName: 'release-agent', agentVersion: '1.0.0' };
const MAX_TURNS = 30;
const SYSTEM =
  'You prepare releases. Work with the tools, one call at a time. Say briefly what you do and why.';
const tracer = trace.getTracer('custom-agent', AGENT.agentVersion);

/** One run of the agent: it calls the model, runs the tools that the model asks for, and stops when there are none. */
export class ReleaseAgent {
  readonly #options: AgentOptions;
  readonly #messages: Message[] = [{ role: 'system', text: SYSTEM }];
  #mode: Mode = 'ask';
  #stop: { readonly reason?: 'safety_concern' } | undefined;

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  run(task: string): Promise<Ending> {
    const { conversationId, workspace, tools, model } = this.#options;
    const session = { conversationId, ...AGENT, workspace, allowedTools: tools.map(tool => tool.name) };
    const attributes = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': model.provider,
      'gen_ai.request.model': model.name,
      'gen_ai.agent.name': AGENT.agentName,
      'gen_ai.agent.id': AGENT.agentId,
      'gen_ai.agent.version': AGENT.agentVersion,
      'gen_ai.conversation.id': conversationId,
    };
    this.#messages.push({ role: 'user', text: task });
    return withAlignmentContext({ ...session, humanInvolvement: 'approval_required' }, () =>
      inSpan(`invoke_agent ${AGENT.agentName}`, attributes, SpanKind.INTERNAL, () => this.#untilStopped()),
    );
  }

  /** A person who leaves ends what is going on, be it an answer or a tool, with an error. */
  async #untilStopped(): Promise<Ending> {
    const { person } = this.#options;
    const ending = await this.#loop().catch((error: unknown) => {
      if (!person.left.aborted) throw error;
      return 'stopped' as const;
    });
    if (ending === 'stopped')
      recordIntervention({ type: 'stop', initiator: 'human', outcome: 'stopped', ...this.#stop });
    return ending;
  }

  async #loop(): Promise<Ending> {
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      const reply = await this.#askModel();
      this.#messages.push({ role: 'assistant', text: reply.text, calls: reply.calls });
      if (reply.text) this.#options.print(`agent: ${reply.text}`);
      if (reply.calls.length === 0) return 'finished';
      for (const call of reply.calls) {
        const text = await this.#callTool(call);
        this.#messages.push({ role: 'tool', callId: call.id, text });
        await this.#review();
        if (this.#stop || this.#options.person.left.aborted) return 'stopped';
      }
    }
    return 'out of turns';
  }

  #askModel(): Promise<Reply> {
    const { model, tools, person } = this.#options;
    const { hostname, port, protocol } = new URL(model.baseUrl);
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': model.provider,
      'gen_ai.request.model': model.name,
      'server.address': hostname,
      'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    };
    return withAlignmentContext({ humanInvolvement: this.#involvement }, () =>
      inSpan(`chat ${model.name}`, attributes, SpanKind.CLIENT, async span => {
        const reply = await model.complete(this.#messages, tools, person.left);
        span.setAttribute('gen_ai.usage.input_tokens', reply.inputTokens);
        span.setAttribute('gen_ai.usage.output_tokens', reply.outputTokens);
        return reply;
      }),
    );
  }

  /** The arguments go to the processor through the context: it assesses them, and no telemetry carries them. */
  #callTool(call: ToolCall): Promise<string> {
    const step = { toolName: call.tool, toolCallId: call.id, arguments: call.arguments };
    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': call.tool,
      'gen_ai.tool.call.id': call.id,
      'gen_ai.tool.type': 'function',
    };
    return withAlignmentContext({ humanInvolvement: this.#involvement, step }, () =>
      inSpan(`execute_tool ${call.tool}`, attributes, SpanKind.INTERNAL, async span => {
        const tool = this.#options.tools.find(candidate => candidate.name === call.tool);
        if (!tool) return fail(span, 'unknown_tool', `There is no tool ${call.tool}.`);
        const decision = await this.#decide(call);
        if (decision !== 'approved') return fail(span, decision, 'This call was not allowed.');
        try {
          if (call.tool === 'ask_user') {
            const choice = Array.isArray(call.arguments.choices);
            recordClarificationRequest({ toolCallId: call.id, ...(choice ? { reason: 'choice' } : {}) });
          }
          return await tool.run(call.arguments, this.#options.person.left);
        } catch (error) {
          return fail(span, 'tool_error', error instanceof Error ? error.message : String(error));
        }
      }),
    );
  }

  /** Rules first, those that forbid before those that allow, then the mode, then the person. Every answer is recorded with whose it was. */
  async #decide(call: ToolCall): Promise<Decision> {
    const { allow, deny, person, print } = this.#options;
    const action = describe(call);
    const toolCallId = call.id;
    if (call.tool === 'ask_user') return 'approved';
    if (isDenied(deny, call)) {
      print(`  > ${action}   (forbidden by a rule)`);
      recordIntervention({
        type: 'denial',
        initiator: 'policy',
        outcome: 'denied',
        decisionSource: 'user_rule',
        toolCallId,
      });
      return 'denied';
    }
    const byRule = isAllowed(allow, call);
    if (byRule || this.#mode === 'yes_to_all') {
      print(`  > ${action}   (allowed by ${byRule ? 'a rule' : '"yes to all"'})`);
      const decisionSource = byRule ? 'user_rule' : 'permission_mode';
      recordIntervention({
        type: 'approval',
        initiator: 'policy',
        outcome: 'approved',
        decisionSource,
        toolCallId,
      });
      return 'approved';
    }
    const answer = await person.approve(action);
    const byPerson = { initiator: 'human', decisionSource: 'human', toolCallId } as const;
    if (answer === 'stop') {
      // the stop of the run is recorded where the run ends; this call is the one that was not allowed
      recordIntervention({ type: 'denial', outcome: 'denied', ...byPerson });
      this.#stop = {};
      return 'stopped';
    }
    if (answer === 'no') {
      recordIntervention({ type: 'denial', outcome: 'denied', ...byPerson });
      return 'denied';
    }
    if (answer === 'always') this.#mode = 'yes_to_all';
    recordIntervention({ type: 'approval', outcome: 'approved', ...byPerson });
    return 'approved';
  }

  /** Where nobody is asked any more, a grave signal brings the person back. */
  async #review(): Promise<void> {
    const alert = this.#options.takeAlert();
    if (!alert || this.#mode === 'ask') return;
    if ((await this.#options.person.review(alert)) === 'stop') this.#stop = { reason: 'safety_concern' };
  }

  get #involvement(): 'approval_required' | 'none' {
    return this.#mode === 'ask' ? 'approval_required' : 'none';
  }
}

function fail(span: Span, errorType: string, text: string): string {
  span.setAttribute('error.type', errorType);
  span.setStatus({ code: SpanStatusCode.ERROR });
  return text;
}

function inSpan<T>(
  name: string,
  attributes: Attributes,
  kind: SpanKind,
  fn: (span: Span) => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(name, { attributes, kind }, async span => {
    try {
      return await fn(span);
    } catch (error) {
      fail(span, error instanceof Error ? error.name : 'error', '');
      throw error;
    } finally {
      span.end();
    }
  });
}
