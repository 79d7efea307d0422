import { type Attributes, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { withAlignmentContext } from 'otel-alignment';
import {
  recordAutonomyBoundary,
  recordClarificationRequest,
  recordIntervention,
} from 'otel-alignment/signals';
import { tapClaims } from 'otel-alignment/taps';
import type { Message, Model, Reply, ToolCall } from './model.ts';
import type { Oversight } from './oversight.ts';
import type { Person } from './person.ts';
import type { Tool } from './tools.ts';

export interface AgentOptions {
  /** Default: `release-agent`. */
  readonly name?: string;
  readonly conversationId: string;
  readonly workspace: string;
  readonly model: Model;
  readonly tools: readonly Tool[];
  readonly oversight: Oversight;
  readonly person: Person;
  /** True for words that must not leave the agent. */
  readonly guard?: (words: string) => boolean;
  /** Takes the alert that came up since the last call, if there was one. */
  readonly takeAlert: () => string | undefined;
  readonly print: (line: string) => void;
}

export type Ending = 'finished' | 'stopped' | 'blocked' | 'out of turns';

export const AGENT_NAME = 'release-agent';
const AGENT_VERSION = '1.0.0';
const MAX_TURNS = 30;
const SYSTEM =
  'You prepare releases. Work with the tools, one call at a time. Say briefly what you do and why.';
const tracer = trace.getTracer('custom-agent', AGENT_VERSION);
const claims = tapClaims();

/** An agent: it calls the model, runs the tools that the model asks for, and stops when there are none. */
export class ReleaseAgent {
  readonly #options: AgentOptions;
  readonly #messages: Message[] = [{ role: 'system', text: SYSTEM }];

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  /** One session. A person who leaves ends what is going on, be it an answer or a tool, with an error. */
  run(task: string): Promise<Ending> {
    const { conversationId, workspace, oversight } = this.#options;
    return withAlignmentContext({ conversationId, workspace }, () =>
      this.#invoke(task, async () => {
        if (oversight.mode !== 'ask') recordAutonomyBoundary({ type: 'bypass', to: oversight.mode });
        const ending = await this.#loop().catch((error: unknown) => {
          if (oversight.stopped === undefined) throw error;
          return 'stopped' as const;
        });
        if (ending === 'stopped')
          recordIntervention({ type: 'stop', initiator: 'human', outcome: 'stopped', ...oversight.stopped });
        return ending;
      }),
    );
  }

  /** Works for another agent within its session, and gives its last words. */
  async help(task: string): Promise<string> {
    await this.#invoke(task, () => this.#loop());
    return this.#messages.at(-1)?.text ?? '';
  }

  #invoke<T>(task: string, work: () => Promise<T>): Promise<T> {
    const { conversationId, tools, model, oversight, name = AGENT_NAME } = this.#options;
    const attributes = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': model.provider,
      'gen_ai.request.model': model.name,
      'gen_ai.agent.name': name,
      'gen_ai.agent.id': name,
      'gen_ai.agent.version': AGENT_VERSION,
      'gen_ai.conversation.id': conversationId,
    };
    this.#messages.push({ role: 'user', text: task });
    const agent = { agentId: name, agentName: name, agentVersion: AGENT_VERSION };
    const allowedTools = tools.map(tool => tool.name);
    return withAlignmentContext({ ...agent, allowedTools, humanInvolvement: oversight.involvement }, () =>
      inSpan(`invoke_agent ${name}`, attributes, SpanKind.INTERNAL, work),
    );
  }

  async #loop(): Promise<Ending> {
    const { guard, oversight, takeAlert, print } = this.#options;
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      const { text, calls } = await this.#askModel();
      if (guard?.(text)) {
        recordIntervention({ type: 'block', initiator: 'policy', outcome: 'denied' });
        return 'blocked';
      }
      this.#messages.push({ role: 'assistant', text, calls });
      if (text) print(`agent: ${text}`);
      if (calls.length === 0) claims.said(text);
      for (const call of calls) {
        const result = await this.#callTool(call);
        this.#messages.push({ role: 'tool', callId: call.id, text: result });
        await oversight.alarm(takeAlert());
        if (oversight.stopped) return 'stopped';
      }
      if (!this.#hear() && calls.length === 0) return 'finished';
    }
    return 'out of turns';
  }

  /** Takes in what the person typed while the agent worked, and says whether there was anything. */
  #hear(): boolean {
    const said = this.#options.person.words();
    for (const text of said) {
      this.#messages.push({ role: 'user', text });
      recordIntervention({ type: 'steering', initiator: 'human' });
    }
    return said.length > 0;
  }

  #askModel(): Promise<Reply> {
    const { model, tools, person, oversight } = this.#options;
    const { hostname, port, protocol } = new URL(model.baseUrl);
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': model.provider,
      'gen_ai.request.model': model.name,
      'server.address': hostname,
      'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    };
    return withAlignmentContext({ humanInvolvement: oversight.involvement }, () =>
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
    const { oversight } = this.#options;
    const step = { toolName: call.tool, toolCallId: call.id, arguments: call.arguments };
    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': call.tool,
      'gen_ai.tool.call.id': call.id,
      'gen_ai.tool.type': 'function',
    };
    return withAlignmentContext({ humanInvolvement: oversight.involvement, step }, () =>
      inSpan(`execute_tool ${call.tool}`, attributes, SpanKind.INTERNAL, async span => {
        const { text, error } = await this.#attempt(call, step);
        if (error !== undefined) fail(span, error);
        claims.result(text, error !== undefined);
        return text;
      }),
    );
  }

  /** @param step what is assessed as the span ends: the call as it was made */
  async #attempt(asked: ToolCall, step: { arguments: unknown }): Promise<{ text: string; error?: string }> {
    const { tools, oversight, person } = this.#options;
    const tool = tools.find(({ name }) => name === asked.tool);
    if (!tool) return { text: `There is no tool ${asked.tool}.`, error: 'unknown_tool' };
    const { outcome, call } = await oversight.decide(asked);
    if (outcome !== 'approved') return { text: 'This call was not allowed.', error: outcome };
    step.arguments = call.arguments;
    if (tool.name === 'ask_user') {
      const choice = Array.isArray(call.arguments.choices);
      recordClarificationRequest({ toolCallId: call.id, ...(choice ? { reason: 'choice' } : {}) });
    }
    try {
      return { text: await tool.run(call.arguments, person.left) };
    } catch (error) {
      return { text: error instanceof Error ? error.message : String(error), error: 'tool_error' };
    }
  }
}

function fail(span: Span, errorType: string): void {
  span.setAttribute('error.type', errorType);
  span.setStatus({ code: SpanStatusCode.ERROR });
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
      fail(span, error instanceof Error ? error.name : 'error');
      throw error;
    } finally {
      span.end();
    }
  });
}
