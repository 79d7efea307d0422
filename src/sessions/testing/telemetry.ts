import type { SourceSpan } from '../fragment/source.ts';
import type { SimSession } from './population.ts';
import type { Random } from './random.ts';

/** One contributor's part of one trace, and the session that it truly belongs to. */
export interface Part {
  readonly contributor: string;
  readonly session: number;
  readonly spans: readonly SourceSpan[];
}

export interface Carried {
  /** Share of calls to other providers that carry `traceparent`. */
  readonly traceparent: number;
  /** Share of those calls that carry the session's token. */
  readonly token: number;
  /** Share of sessions that a surrounding process runs in the trace of the session before, as continuous integration does. */
  readonly shared: number;
  /** Share of sessions that a worker links together with the session before: it does at once what both asked for. Default none. */
  readonly linked?: number;
}

const LEVELS = ['operator', 'collaborator', 'consultant', 'approver', 'observer'];
const SCORES = [0.05, 0.2, 0.5, 0.8, 0.95];
const EVENTS = [
  'alignment.intervention',
  'alignment.clarification_request',
  'alignment.risk_escalation',
  'alignment.autonomy_boundary',
  'alignment.misalignment_indicator',
];

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly remoteParent?: boolean;
  readonly kind?: number;
  readonly startMs: number;
  readonly attributes?: SourceSpan['attributes'];
  readonly events?: SourceSpan['events'];
  readonly sessionToken?: string | undefined;
  readonly links?: readonly string[];
}

const span = ({ sessionToken, ...rest }: Span): SourceSpan => ({
  parentSpanId: undefined,
  remoteParent: false,
  kind: 1,
  attributes: {},
  events: [],
  resource: { 'service.name': 'simulated' },
  links: [],
  ...rest,
  ...(sessionToken !== undefined && { sessionToken }),
});

/**
 * What the contributors of simulated sessions see: a trace for each turn at home, two plain spans and one of the tool for each call, and a served call of two spans at the
 * provider that it goes to. All of a home's turns name its session. A worker's span that links two sessions is a part of the later one.
 *
 * @returns the parts, and how many calls to other providers there were, and how many of them both sides have a key of
 */
export function telemetryOf(
  sessions: readonly SimSession[],
  random: Random,
  { traceparent, token, shared, linked = 0 }: Carried,
): { readonly parts: Part[]; readonly boundaries: number; readonly keyed: number } {
  const parts: Part[] = [];
  let boundaries = 0;
  let keyed = 0;
  let before: string[] = [];
  sessions.forEach((session, number) => {
    const id = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
    const sessionToken = Buffer.from(random.hex(32), 'hex').toString('base64url').replace(/^[-_]/, 'a');
    const surrounded = random.chance(shared) ? before : [];
    const last = before[0];
    before = [];
    let place = 0;
    session.turns.forEach((turn, n) => {
      const traceId = surrounded[n] ?? random.hex(32);
      before.push(traceId);
      const home: SourceSpan[] = [];
      const root = random.hex(16);
      home.push(
        span({ traceId, spanId: root, startMs: turn.start, attributes: { 'session.id': id }, sessionToken }),
      );
      for (const { provider, at } of turn.calls) {
        const here = place++;
        const [chat, step, call] = [random.hex(16), random.hex(16), random.hex(16)];
        const events = session.events
          .filter(event => event.call === here)
          .map(({ kind }) => ({ name: EVENTS[kind]!, attributes: { 'alignment.signal.severity': 0.5 } }));
        home.push(
          span({ traceId, spanId: chat, parentSpanId: root, startMs: at }),
          span({ traceId, spanId: step, parentSpanId: chat, startMs: at + 1 }),
          span({
            traceId,
            spanId: call,
            parentSpanId: step,
            startMs: at + 2,
            kind: provider === undefined ? 1 : 3,
            events,
            attributes: {
              'alignment.risk.score': SCORES[session.risk],
              'alignment.autonomy.level': LEVELS[session.autonomy],
              ...(provider !== undefined && { 'mcp.method.name': 'tools/call' }),
            },
          }),
        );
        if (provider === undefined) continue;
        const hasTrace = random.chance(traceparent);
        const hasToken = random.chance(token);
        boundaries += 1;
        if (hasTrace || hasToken) keyed += 1;
        const [served, inner, there] = [random.hex(16), random.hex(16), hasTrace ? traceId : random.hex(32)];
        parts.push({
          contributor: `provider-${provider}`,
          session: number,
          spans: [
            span({
              traceId: there,
              spanId: served,
              ...(hasTrace && { parentSpanId: call, remoteParent: true }),
              kind: 2,
              startMs: at + 3,
              attributes: { 'mcp.method.name': 'tools/call' },
              sessionToken: hasToken ? sessionToken : undefined,
            }),
            span({ traceId: there, spanId: inner, parentSpanId: served, startMs: at + 4 }),
          ],
        });
      }
      parts.push({ contributor: `home-${session.framework}`, session: number, spans: home });
    });
    if (linked > 0 && last !== undefined && random.chance(linked)) {
      const startMs = session.turns[0]!.start + 5;
      const work = { traceId: random.hex(32), spanId: random.hex(16), startMs, links: [last, before[0]!] };
      parts.push({ contributor: 'worker', session: number, spans: [span(work)] });
    }
  });
  return { parts, boundaries, keyed };
}
