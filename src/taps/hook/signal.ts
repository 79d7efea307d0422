import type { Assessment } from '../../assess/index.ts';
import type { SignalClass } from '../../semconv/index.ts';
import { sessionKey, signalId } from '../../signals/id.ts';
import { defaultSeverity } from '../../signals/severity.ts';
import type { Signal, SignalAttributes, UnixTime } from '../../signals/signal.ts';
import { VERSION } from '../../signals/version.ts';
import type { HookEvent } from './event.ts';

/** What an event gave rise to, before it is completed. */
export interface Finding {
  readonly class: SignalClass;
  /** Range [0.0, 1.0]. Default: the vocabulary's table. */
  readonly severity?: number;
  readonly attributes: SignalAttributes;
  /** The assessment of the tool call that it is about. */
  readonly assessment?: Assessment | undefined;
  /** Default: the event's. */
  readonly time?: UnixTime;
  /** The tool call that it is about, where there is one. */
  readonly call?: { readonly id?: string | undefined; readonly tool?: string | undefined };
  /** Whose call it is and under what mode, where that is not the event's. */
  readonly of?: Pick<Occasion, 'agentId' | 'mode' | 'humanInvolvement'>;
  /** It follows from what earlier events left: where nothing can be kept, each event would give it anew. */
  readonly fromMemory?: boolean;
  /** Our own judgement, by a rule. Otherwise a fact that the event shows. */
  readonly judged: boolean;
}

const WORD = /^[\w.+:/-]{1,64}$/;
export const asWord = (text: string): string => (WORD.test(text) ? text : '_OTHER');

/** The span that the agent works in, where it hands one to its hooks. */
export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

export function readTraceparent(text: string | undefined): SpanIds | undefined {
  const match = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/.exec(text ?? '');
  const [, traceId, spanId] = match ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return /^0+$/.test(traceId) || /^0+$/.test(spanId) ? undefined : { traceId, spanId };
}

/** Where and when something was seen: what every finding of one message has in common. */
export interface Occasion
  extends Pick<HookEvent, 'session' | 'time' | 'agentId' | 'humanInvolvement' | 'mode'> {
  /** The native event, under the name that signals carry. */
  readonly source: string;
}

export const occasionOf = (event: HookEvent): Occasion => ({
  ...event,
  source: `${event.agent}.hook.${event.native}`,
});

/** A finding as a signal that stands alone. `undefined` where no severity can be had for it. */
export function toSignal(finding: Finding, event: Occasion, span: SpanIds | undefined): Signal | undefined {
  const { call, assessment } = finding;
  const { agentId, mode, humanInvolvement } = finding.of ?? event;
  const attributes: Record<string, unknown> = {
    'alignment.source.name': 'otel-alignment',
    'alignment.source.version': VERSION,
    ...finding.attributes,
    'alignment.source.type': 'instrumentation',
    'gen_ai.conversation.id': event.session,
  };
  const add = (key: string, value: unknown): void => {
    if (value !== undefined) attributes[key] ??= value;
  };
  if (!finding.judged) add('alignment.source.event.name', event.source);
  add('gen_ai.agent.id', agentId);
  add('gen_ai.tool.name', call?.tool);
  add('gen_ai.tool.call.id', call?.id);
  add('alignment.human.involvement', humanInvolvement);
  add('alignment.action.type', assessment?.actionType);
  add('alignment.action.reversibility', assessment?.reversibility);
  add('alignment.action.authorization', assessment?.authorization);
  add('alignment.risk.score', assessment?.riskScore);
  add('alignment.autonomy.level', assessment?.autonomyLevel);
  add('alignment.autonomy.score', assessment?.autonomyScore);
  if (mode !== undefined) {
    add('alignment.autonomy.native.label', asWord(mode.label));
    add('alignment.autonomy.native.scale', mode.scale);
  }
  const complete = attributes as SignalAttributes;
  const severity = finding.severity ?? defaultSeverity(finding.class, complete);
  if (severity === undefined || Number.isNaN(severity)) return undefined;
  const signal: Signal = {
    class: finding.class,
    severity: Math.min(1, Math.max(0, severity)),
    time: finding.time ?? event.time,
    ...span,
    attributes: complete,
  };
  attributes['alignment.signal.id'] = signalId(signal, sessionKey({ signal: attributes }));
  return signal;
}
