import { type Context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { type InterventionReport, recordIntervention, setAlignmentContext } from '../../signals/index.ts';

/** A call of a tool, as a message of the agent has it. */
export interface AgentCall {
  readonly id: string;
  readonly tool: string;
  /** Assessed, never written. */
  readonly input: unknown;
}

interface Open {
  readonly span: Span;
  readonly context: Context;
  /** Filled in as the call ends. */
  readonly step: { arguments?: unknown; result?: unknown };
  denied: boolean;
}

export interface Decided {
  readonly report: InterventionReport;
  /** What runs in place of what the model asked for. */
  readonly input?: unknown;
}

/** More calls than an agent has open at once, and more decisions than wait for their call. Bounds against a leak. */
const MAX_OPEN = 256;

/**
 * Spans of an agent's calls, made of the messages that its process sends: a call is assessed as any other step, and a decision about it
 * stands on it. A decision may come before the message that has the call.
 */
export class AgentSteps {
  readonly #home: Context;
  readonly #open = new Map<string, Open>();
  readonly #early = new Map<string, Decided>();

  /** @param home the application's context, where the run began */
  constructor(home: Context) {
    this.#home = home;
  }

  begin({ id, tool, input }: AgentCall, session: string | undefined): void {
    if (this.#open.has(id) || this.#open.size >= MAX_OPEN) return;
    const step = { arguments: input };
    const inside = setAlignmentContext(this.#home, { step });
    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool,
      'gen_ai.tool.call.id': id,
      ...(session === undefined ? {} : { 'session.id': session }),
    };
    const span = trace
      .getTracer('otel-alignment')
      .startSpan(`execute_tool ${tool}`, { kind: SpanKind.INTERNAL, attributes }, inside);
    this.#open.set(id, { span, context: trace.setSpan(inside, span), step, denied: false });
    const early = this.#early.get(id);
    this.#early.delete(id);
    if (early !== undefined) this.decide(id, early);
  }

  /** Reports a decision on the span of its call, now or when that begins. */
  decide(id: string, decided: Decided): void {
    const open = this.#open.get(id);
    if (open === undefined) {
      if (this.#early.size < MAX_OPEN) this.#early.set(id, decided);
      return;
    }
    const { report, input } = decided;
    if (input !== undefined) open.step.arguments = input;
    if (report.type === 'denial') open.denied = true;
    recordIntervention(report, { span: open.span, context: open.context });
  }

  end(id: string, result: unknown, failed: boolean): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    if (open.denied) open.span.setAttribute('error.type', 'denied');
    else if (failed) open.span.setAttribute('error.type', 'tool_error');
    if (!open.denied) open.step.result = result;
    open.span.end();
  }

  /** The run is over: what is open will not end, and what was decided will not be called. */
  close(): void {
    for (const { report } of this.#early.values()) recordIntervention(report, { context: this.#home });
    this.#early.clear();
    for (const { span } of this.#open.values()) span.end();
    this.#open.clear();
  }
}
