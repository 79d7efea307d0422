import type { DecodedSpan } from '../../otlp/index.ts';
import type { Identity } from '../../signals/identity.ts';
import type { AgentStep } from '../../step/step.ts';

interface Known {
  readonly parent: string | undefined;
  readonly session: Identity['session'];
  readonly agentId: string | undefined;
  readonly agentName: string | undefined;
}

/** Deep enough for any real trace; a bound against a chain that someone builds. */
const MAX_DEPTH = 64;

/**
 * Who the spans of a file belong to, so that a step that names no session or agent takes its nearest ancestor's, wherever in the file that one
 * stands. At most `limit` spans are remembered; those added first are forgotten first.
 */
export class Ancestors {
  readonly #limit: number;
  readonly #spans: Map<string, Known> = new Map();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(span: DecodedSpan, step: AgentStep | undefined): void {
    const { attributes } = span;
    this.#spans.set(keyOf(span.traceId, span.spanId), {
      parent: span.parentSpanId?.toLowerCase(),
      session: step?.session ?? sessionOf(attributes),
      agentId: step?.agentId ?? text(attributes['gen_ai.agent.id']),
      agentName: step?.agentName ?? text(attributes['gen_ai.agent.name']),
    });
    if (this.#spans.size <= this.#limit) return;
    for (const oldest of this.#spans.keys()) {
      this.#spans.delete(oldest);
      return;
    }
  }

  /** The nearest of the span itself and its ancestors, for each of session and agent. */
  identify(traceId: string, spanId: string): Identity {
    const found: Identity = { session: undefined, agentId: undefined, agentName: undefined };
    let at: string | undefined = spanId;
    for (let depth = 0; at !== undefined && depth < MAX_DEPTH; depth++) {
      const known: Known | undefined = this.#spans.get(keyOf(traceId, at));
      if (known === undefined) break;
      found.session ??= known.session;
      found.agentId ??= known.agentId;
      found.agentName ??= known.agentName;
      at = known.parent;
    }
    return found;
  }
}

const keyOf = (traceId: string, spanId: string): string => `${traceId}${spanId}`;
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The session that attributes name themselves, and the key that it stands under. */
export function sessionOf(attributes: Readonly<Record<string, unknown>>): Identity['session'] {
  for (const key of ['session.id', 'gen_ai.conversation.id'] as const) {
    const value = text(attributes[key]);
    if (value !== undefined) return { key, value };
  }
  return undefined;
}
