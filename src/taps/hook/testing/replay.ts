import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Signal, UnixTime } from '../../../signals/signal.ts';
import { assessCall } from '../assess-call.ts';
import type { HookAgentName } from '../event.ts';
import type { Decisions } from '../facts.ts';
import * as judge from '../judge.ts';
import { dumpMemory, loadMemory, newMemory } from '../memory.ts';
import { readHookEvent } from '../read.ts';
import { JUDGED, needsRules } from '../run.ts';
import { occasionOf, toSignal } from '../signal.ts';
import { track } from '../track.ts';

const fixtures = fileURLToPath(new URL('../../../../test/fixtures/hooks/', import.meta.url));

export const fixture = (name: string): string => `${fixtures}${name}.jsonl`;

/** The events of a recorded run. */
export const recorded = (name: string): Record<string, unknown>[] =>
  readFileSync(fixture(name), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);

export interface ReplayOptions {
  readonly decisions?: Decisions;
  readonly mode?: string;
  readonly env?: Record<string, string>;
  /** When each event happened; default: now. */
  readonly at?: (event: Record<string, unknown>) => UnixTime | undefined;
}

/** What stands for the keyed hash in tests: the same text, the same hash; no text is another's. */
export const hashed = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Runs events through the hook as separate processes would: only what the memory's text says passes from one to the next. */
export function replay(
  agent: HookAgentName,
  events: readonly unknown[],
  { decisions = 'own', mode, env, at }: ReplayOptions = {},
): { signals: Signal[]; memory: string } {
  const signals: Signal[] = [];
  let text = dumpMemory(newMemory(), 65536);
  for (const input of events) {
    const event = readHookEvent(agent, input, mode, env, at?.(input as Record<string, unknown>));
    if ('unread' in event) continue;
    const memory = loadMemory(text);
    const rules = JUDGED.has(event.kind) || needsRules(event, memory) ? judge : undefined;
    const findings = track(memory, event, assessCall(event, hashed, rules), decisions, rules, env);
    for (const finding of findings)
      signals.push(...[toSignal(finding, occasionOf(event), undefined)].filter(s => s !== undefined));
    text = dumpMemory(memory, 65536);
  }
  return { signals, memory: text };
}

/** A signal as one line: class, type, initiator, outcome, decider, or the rule. */
export const line = ({ class: kind, attributes: a }: Signal): string =>
  [
    kind,
    a['alignment.intervention.type'] ?? a['alignment.boundary.type'] ?? a['alignment.indicator.type'],
    a['alignment.intervention.initiator'],
    a['alignment.intervention.outcome'],
    a['alignment.intervention.decision.source'],
    a['alignment.boundary.from'],
    a['alignment.boundary.to'],
    a['alignment.signal.reason'],
  ]
    .filter(part => part !== undefined)
    .join(' ');
