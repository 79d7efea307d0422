import { ATTRIBUTES } from '../../semconv/index.ts';
import { EVENT_ENUM_KEYS, EVENT_NAMES, type FragmentEvent, MAX_EVENTS } from './schema.ts';
import type { Attributes, SourceSpan } from './source.ts';

export type EdgeType = 'llm' | 'mcp' | 'a2a' | 'acp' | 'http' | 'process';

const SERVER = 2;
const CLIENT = 3;

/** What of a span's edge is decided by options. */
export interface EdgeOptions {
  /** Hosts whose HTTP calls cross to another contributor, by name or as `*.example.org`. */
  readonly edgeHosts: readonly string[];
}

export const hostMatches = (host: unknown, patterns: readonly string[]): boolean =>
  typeof host === 'string' &&
  patterns.some(pattern => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern));

const has = (attributes: Attributes, ...keys: string[]): boolean =>
  keys.some(key => attributes[key] !== undefined);

/** The kind of boundary that a span crosses; `undefined` for one that stays with its contributor. */
export function edgeOf(span: SourceSpan, { edgeHosts }: EdgeOptions): EdgeType | undefined {
  const { attributes, kind, remoteParent } = span;
  if (kind <= 1 || kind > 5) return undefined;
  if (has(attributes, 'mcp.method.name')) return 'mcp';
  if (has(attributes, 'a2a.context.id', 'a2a.context_id', 'a2a.task.id', 'a2a.task_id')) return 'a2a';
  if (has(attributes, 'acp.session.id', 'acp.method.name')) return 'acp';
  const operation = attributes['gen_ai.operation.name'];
  if (
    kind === CLIENT &&
    (operation === 'chat' || operation === 'generate_content' || operation === 'text_completion')
  )
    return 'llm';
  if (has(attributes, 'http.request.method', 'http.method')) {
    if (kind === SERVER) return remoteParent ? 'http' : undefined;
    return hostMatches(attributes['server.address'] ?? attributes['net.peer.name'], edgeHosts)
      ? 'http'
      : undefined;
  }
  if (kind === CLIENT && has(attributes, 'process.command', 'process.executable.name')) return 'process';
  return undefined;
}

/** 0 to 4, the bands of the vocabulary; `undefined` for what is no score. */
export function bucketOf(score: unknown): number | undefined {
  if (typeof score !== 'number' || !(score >= 0 && score <= 1)) return undefined;
  return score < 0.1 ? 0 : score < 0.4 ? 1 : score < 0.7 ? 2 : score < 0.9 ? 3 : 4;
}

/** An enum value of the registry as it may leave: listed, or `_OTHER` where the enum is open; never a word from outside. */
export function listed(key: string, value: unknown): string | undefined {
  const rule = ATTRIBUTES[key];
  if (typeof value !== 'string' || rule?.values === undefined) return undefined;
  return rule.values.includes(value) ? value : rule.open ? '_OTHER' : undefined;
}

function eventOf(name: string, attributes: Attributes): FragmentEvent {
  const kept: Record<string, string | number> = {};
  for (const key of EVENT_ENUM_KEYS) {
    const value = listed(key, attributes[key]);
    if (value !== undefined) kept[key] = value;
  }
  const severity = bucketOf(attributes['alignment.signal.severity']);
  if (severity !== undefined) kept['alignment.fragment.severity_bucket'] = severity;
  const risk = bucketOf(attributes['alignment.risk.score']);
  if (risk !== undefined) kept['alignment.fragment.risk_bucket'] = risk;
  return { name, attributes: kept };
}

/** The signals of a span as a fragment's events: those on it as events, and the one that it states itself. */
export function eventsOf({ events, attributes }: SourceSpan): FragmentEvent[] {
  const found: FragmentEvent[] = [];
  for (const event of events) {
    if (found.length < MAX_EVENTS && EVENT_NAMES.has(event.name))
      found.push(eventOf(event.name, event.attributes));
  }
  const stated = `alignment.${String(attributes['alignment.signal.class'])}`;
  if (found.length === 0 && EVENT_NAMES.has(stated)) found.push(eventOf(stated, attributes));
  return found;
}
