import { createHash, randomBytes } from 'node:crypto';
import { epochAt } from './epoch.ts';
import { sessionKeyOf } from './fragment/join-keys.ts';
import type { SourceSpan } from './fragment/source.ts';
import { hmacUnder } from './hmac.ts';
import type { PseudonymProvider } from './pseudonyms.ts';

export interface SamplerOptions {
  /** The attribute of a span or its resource that names the user. It is read, and never written. */
  readonly userAttribute: string;
  /** Sessions of a user that stay, in an epoch. From 1 on. */
  readonly maxSessions: number;
  /** With a key of the epoch the same telemetry gives the same sample; else each sampler has chance of its own. */
  readonly pseudonyms: PseudonymProvider;
}

/** Why a span is left out. */
export type LeftOut = 'sampled' | 'no_user';

interface Trace {
  startMs: number;
  /** What the fragmenter joins this trace to others by: the first session that it names. */
  session: { readonly value: string; readonly startMs: number } | undefined;
  /** Hashed: seldom more than one. */
  readonly users: Set<string>;
}

/**
 * The contributor's duty in a release: at most so many sessions of a user in an epoch, each set of them as likely as any other. A session is what a
 * contributor's fragments are joined by: the session id that its traces name, or else one trace.
 *
 * It has to see everything once (`add`) before it can say of anything whether it stays (`leaves`): some 200 bytes a trace.
 */
export class UserSampler {
  readonly #options: SamplerOptions;
  readonly #random = hmacUnder('sha512', randomBytes(32));
  readonly #traces = new Map<string, Trace>();
  #left: ReadonlyMap<string, LeftOut> | undefined;

  constructor(options: SamplerOptions) {
    if (!Number.isSafeInteger(options.maxSessions) || options.maxSessions < 1)
      throw new RangeError('maxSessions is a whole number from 1 on');
    this.#options = options;
  }

  /** @throws Error after the first `leaves` */
  add(span: SourceSpan): void {
    if (this.#left !== undefined) throw new Error('the sample is drawn already');
    const place = placeOf(span);
    if (place === undefined) return;
    const { startMs } = span;
    let trace = this.#traces.get(place);
    if (trace === undefined) {
      trace = { startMs, session: undefined, users: new Set() };
      this.#traces.set(place, trace);
    }
    trace.startMs = Math.min(trace.startMs, startMs);
    const key = sessionKeyOf(span);
    if (key !== undefined && (trace.session === undefined || startMs < trace.session.startMs))
      trace.session = { value: key.value, startMs };
    const user = span.attributes[this.#options.userAttribute] ?? span.resource[this.#options.userAttribute];
    if (typeof user === 'number' || (typeof user === 'string' && user !== ''))
      trace.users.add(digest(String(user)));
  }

  /** Why a span does not stay; `undefined` for one that does. */
  leaves(span: SourceSpan): LeftOut | undefined {
    this.#left ??= this.#draw();
    const place = placeOf(span);
    return place === undefined ? undefined : this.#left.get(place);
  }

  #draw(): ReadonlyMap<string, LeftOut> {
    const sessions = new Map<string, { readonly users: Set<string>; readonly traces: string[] }>();
    const byUser = new Map<string, Set<string>>();
    for (const [place, { startMs, session, users }] of this.#traces) {
      const label = `${epochAt(startMs).id}|${session === undefined ? place : placeOfSession(session.value)}`;
      let known = sessions.get(label);
      if (known === undefined) {
        known = { users: new Set(), traces: [] };
        sessions.set(label, known);
      }
      known.traces.push(place);
      for (const user of users) known.users.add(user);
    }
    for (const [label, { users }] of sessions)
      for (const user of users) {
        const mine = `${epochIn(label)}|${user}`;
        const labels = byUser.get(mine);
        if (labels === undefined) byUser.set(mine, new Set([label]));
        else labels.add(label);
      }
    const out = new Set<string>();
    for (const [user, labels] of byUser) {
      if (labels.size <= this.#options.maxSessions) continue;
      const ranked = [...labels].map(label => [this.#rank(epochIn(label), user, label), label] as const);
      ranked.sort(([a], [b]) => (a < b ? -1 : 1));
      // one of several users goes for each of them
      for (const [, label] of ranked.slice(this.#options.maxSessions)) out.add(label);
    }
    const left = new Map<string, LeftOut>();
    for (const [label, { users, traces }] of sessions) {
      const why = users.size === 0 ? 'no_user' : out.has(label) ? 'sampled' : undefined;
      if (why !== undefined) for (const place of traces) left.set(place, why);
    }
    this.#traces.clear();
    return left;
  }

  /** A place in the user's row that nobody can foresee without the key: not even an agent that chooses its own session ids. */
  #rank(epoch: string, user: string, label: string): string {
    const { pseudonyms } = this.#options;
    const value = digest(`${user}|${label}`);
    const y =
      pseudonyms.deriveNow !== undefined && pseudonyms.has(epoch)
        ? pseudonyms.deriveNow(epoch, { type: 'sample', value })
        : this.#random(Buffer.from(value));
    return Buffer.from(y).toString('hex');
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const placeOfSession = (value: string): string => `session ${value}`;
const epochIn = (label: string): string => label.slice(0, label.indexOf('|'));

/** Where a span waits for others, as in the fragmenter; `undefined` for a record that it refuses. */
function placeOf(span: SourceSpan): string | undefined {
  if (span.traceId !== '') return span.traceId;
  const key = sessionKeyOf(span);
  return key === undefined ? undefined : placeOfSession(key.value);
}
