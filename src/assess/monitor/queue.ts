import { createHash } from 'node:crypto';
import { context, createContextKey, ROOT_CONTEXT, type SpanContext } from '@opentelemetry/api';
import type { UnixTime } from '../../signals/index.ts';
import { warnOnce } from '../../signals/shared.ts';
import { now as unixNow } from '../../signals/time.ts';
import type { AgentStep, SessionKeyName } from '../../step/step.ts';
import type { Assessment } from '../assessment.ts';
import { Purse } from './budget.ts';
import { seen } from './content.ts';
import {
  type FailureKind,
  type Monitor,
  MonitorFailure,
  type SeenEntry,
  type TranscriptEntry,
  type Verdict,
} from './monitor.ts';
import { type MonitorQueueOptions, type ResolvedQueueOptions, resolveQueueOptions } from './options.ts';
import { Recent } from './recent.ts';
import { type JudgedStep, reportVerdict } from './report.ts';
import { charsOf, type Job, jobOf, newSession, remember, type Session } from './transcript.ts';
import { checkVerdict } from './verdict.ts';
import { VerdictCache } from './verdict-cache.ts';

/** A step to be judged, as the processor or the application hands it over. */
export interface OfferedStep {
  readonly step: AgentStep;
  /** The session key. */
  readonly sessionKey: string;
  /** The session's id and the key that it stands under. Default: the step's own. */
  readonly session?: { readonly key: SessionKeyName; readonly value: string } | undefined;
  /** Who acts. Default: the step's own. */
  readonly agentId?: string | undefined;
  readonly agentName?: string | undefined;
  readonly spanContext?: SpanContext | undefined;
  /** When the step happened. Default: now. */
  readonly time?: UnixTime | undefined;
  /** What the rules said of it. */
  readonly assessment?: Assessment | undefined;
  /** What the agent said with the call, and the reasoning before it, where the application has them. */
  readonly content?: string | undefined;
  readonly reasoning?: string | undefined;
}

/** What became of the steps. Every offered step is in exactly one of `notSampled`, `dropped`, `failed`, `judged`, or still waits. */
export interface MonitorStats {
  readonly offered: number;
  readonly notSampled: number;
  readonly judged: number;
  /** Of those judged: by a verdict from the cache. */
  readonly cached: number;
  /** Steps that were not judged, by cause: no room in the queue, no budget, an endpoint that asked to be left alone, closed. */
  readonly dropped: Readonly<Record<'queue' | 'budget' | 'backoff' | 'closed', number>>;
  /** Steps whose judgement failed, by cause. */
  readonly failed: Readonly<Partial<Record<FailureKind, number>>>;
  readonly calls: number;
  readonly signals: number;
}

/** Where an endpoint that asks for fewer requests does not say for how long. */
const BACKOFF_MS = 30_000;
// the SDK's own key; instrumentations keep off such a context, so that a monitor's requests make no spans
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
type Counts<K extends string> = Partial<Record<K, number>>;

/**
 * Hands steps to a monitor without ever making the agent wait: `offer` only remembers. Bounded in everything: waiting calls, calls at
 * a time, time, tokens, sessions, transcript. What is not judged is counted. None of its methods throws or rejects.
 */
export class MonitorQueue {
  readonly #monitor: Monitor;
  readonly #options: ResolvedQueueOptions;
  readonly #sessions: Recent<Session>;
  readonly #purse: Purse;
  readonly #cache: VerdictCache;
  readonly #waiting: Job[] = [];
  readonly #running: Set<Promise<void>> = new Set();
  readonly #stats = { offered: 0, notSampled: 0, judged: 0, cached: 0, calls: 0, signals: 0 };
  readonly #dropped = { queue: 0, budget: 0, backoff: 0, closed: 0 };
  readonly #failed: Counts<FailureKind> = {};
  #scheduled = false;
  #closed = false;
  #leaveAloneUntil = Number.NEGATIVE_INFINITY;

  constructor(monitor: Monitor, options: MonitorQueueOptions = {}) {
    this.#monitor = monitor;
    this.#options = resolveQueueOptions(options);
    this.#sessions = new Recent(this.#options.maxSessions);
    this.#purse = new Purse(options.budget ?? {}, this.#options.now);
    this.#cache = new VerdictCache(this.#options.cacheSize);
  }

  get stats(): MonitorStats {
    return { ...this.#stats, dropped: { ...this.#dropped }, failed: { ...this.#failed } };
  }

  /** Adds what is no step to a session's transcript, such as the user's words: context for what follows. */
  note(sessionKey: string, entry: TranscriptEntry): void {
    this.#guarded(() => {
      if (this.#closed) return;
      this.#remember(this.#session(sessionKey), seen(entry, this.#options.maxFieldChars));
    });
  }

  /**
   * Offers a step. It becomes part of the session's transcript, and is judged later if the sample chooses it and there is room.
   *
   * @returns false where it will not be judged
   */
  offer(offered: OfferedStep): boolean {
    return this.#guarded(() => this.#offer(offered)) ?? false;
  }

  /** Judges what waits, also batches that are not full, and waits for it. */
  async flush(): Promise<void> {
    this.#guarded(() => {
      for (const session of [...this.#sessions.values()]) this.#enqueue(session);
    });
    while (this.#waiting.length > 0 || this.#running.size > 0) {
      this.#pump();
      await Promise.all(this.#running);
    }
  }

  /** Takes no more steps and drops those that wait; what is being judged may finish. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const session of this.#sessions.values()) {
      this.#dropped.closed += session.pending.length;
      session.pending = [];
    }
    for (const job of this.#waiting.splice(0)) this.#dropped.closed += job.steps.size;
    await Promise.all(this.#running);
  }

  #offer(offered: OfferedStep): boolean {
    const { step, sessionKey, session, spanContext, time, assessment, content, reasoning } = offered;
    this.#stats.offered += 1;
    if (this.#closed) {
      this.#dropped.closed += 1;
      return false;
    }
    const { maxFieldChars, batchSize, alwaysFromRisk } = this.#options;
    const known = this.#session(sessionKey);
    const tool = step.kind === 'tool' ? step.toolName : undefined;
    const own: TranscriptEntry = { role: 'agent', arguments: step.arguments, result: step.result };
    const said = {
      ...(content === undefined ? {} : { content }),
      ...(reasoning === undefined ? {} : { reasoning }),
    };
    const entry = seen({ ...own, ...said, ...(tool === undefined ? {} : { tool }) }, maxFieldChars);
    this.#remember(known, entry);
    known.steps += 1;
    if ((assessment?.riskScore ?? 0) < alwaysFromRisk && !this.#isSampled(known)) {
      this.#stats.notSampled += 1;
      return false;
    }
    const judged: JudgedStep = {
      sessionKey,
      time: time ?? unixNow(),
      ...both('session', session ?? step.session),
      ...both('spanContext', spanContext),
      ...both('agentId', offered.agentId ?? step.agentId),
      ...both('agentName', offered.agentName ?? step.agentName),
      ...both('toolName', step.toolName),
      ...both('toolCallId', step.toolCallId),
    };
    known.pending.push({ entry, step: judged });
    if (known.pending.length < batchSize) return true;
    return this.#enqueue(known);
  }

  #session(key: string): Session {
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const session = newSession(key);
    const forgotten = this.#sessions.set(key, session);
    this.#dropped.queue += forgotten?.pending.length ?? 0;
    return session;
  }

  #remember(session: Session, entry: SeenEntry): void {
    const window = this.#options.contextEntries + this.#options.batchSize;
    // what waits must not fall out of the window: then the batch goes as it is
    if (session.entries.length >= 2 * window) this.#enqueue(session);
    remember(session, entry, window);
  }

  /** By a hash of session and position, so that a replay judges the same steps. */
  #isSampled({ key, steps }: Session): boolean {
    const { sampleRate } = this.#options;
    if (sampleRate >= 1) return true;
    return createHash('sha256').update(`${steps}|${key}`).digest().readUInt32BE(0) / 2 ** 32 < sampleRate;
  }

  #enqueue(session: Session): boolean {
    const count = session.pending.length;
    if (count === 0) return false;
    if (this.#waiting.length >= this.#options.queueLimit) {
      session.pending = [];
      this.#dropped.queue += count;
      return false;
    }
    this.#waiting.push(jobOf(session, this.#options.contextEntries, this.#options.maxTranscriptChars));
    if (!this.#scheduled) {
      this.#scheduled = true;
      // after the agent's own work, not in the middle of it
      setImmediate(() => {
        this.#scheduled = false;
        this.#pump();
      });
    }
    return true;
  }

  #pump(): void {
    while (this.#running.size < this.#options.concurrency) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      const run: Promise<void> = this.#run(job)
        .catch(error => this.#fail(job, error, false))
        .finally(() => {
          this.#running.delete(run);
          this.#pump();
        });
      this.#running.add(run);
    }
  }

  async #run(job: Job): Promise<void> {
    const began = new Date();
    const request = { transcript: job.transcript, judged: [...job.steps.keys()] };
    const key = this.#cache.keyOf(this.#monitor, request);
    const kept = this.#cache.get(key);
    if (kept !== undefined) {
      this.#stats.cached += job.steps.size;
      this.#settle(job, kept, began);
      return;
    }
    if (this.#options.now() < this.#leaveAloneUntil) {
      this.#dropped.backoff += job.steps.size;
      return;
    }
    const estimate = Math.ceil(charsOf(job.transcript) / 4) + (this.#monitor.overheadTokens ?? 0);
    const spend = this.#purse.take(job.session.spent, estimate);
    if (spend === undefined) {
      this.#dropped.budget += job.steps.size;
      return;
    }
    this.#stats.calls += 1;
    const verdict = await this.#judge(job, request);
    if (verdict === undefined) return;
    if (verdict.tokens !== undefined) spend(verdict.tokens);
    this.#cache.set(key, verdict);
    this.#settle(job, verdict, began);
  }

  /** `undefined` where it failed, which is then counted. A judge that ignores its signal loses its slot all the same. */
  async #judge(
    job: Job,
    request: Pick<Job, 'transcript'> & { judged: number[] },
  ): Promise<Verdict | undefined> {
    const aborter = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        aborter.abort();
        reject(new MonitorFailure('timeout', 'no answer in time'));
      }, this.#options.timeoutMs);
    });
    try {
      const quiet = ROOT_CONTEXT.setValue(SUPPRESS_TRACING, true);
      const asked = { session: job.session.key, ...request, signal: aborter.signal };
      const said = await Promise.race([context.with(quiet, async () => this.#monitor.judge(asked)), late]);
      if (said === undefined) return { risks: [], indicators: [] };
      const verdict = checkVerdict(said, request.judged);
      if (verdict === undefined)
        throw new MonitorFailure('schema', 'the verdict is not of the documented form');
      return verdict;
    } catch (error) {
      this.#fail(job, error, aborter.signal.aborted);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  #fail(job: Job, error: unknown, aborted: boolean): void {
    const failure = error instanceof MonitorFailure ? error : undefined;
    const kind = aborted ? 'timeout' : (failure?.kind ?? 'error');
    this.#failed[kind] = (this.#failed[kind] ?? 0) + job.steps.size;
    if (kind === 'rate_limited')
      this.#leaveAloneUntil = this.#options.now() + (failure?.retryAfterMs ?? BACKOFF_MS);
    // what a foreign monitor throws may hold content: only our own messages are repeated
    const said = failure === undefined ? 'it threw' : `${kind}: ${failure.message}`;
    warnOnce(
      `monitor:${kind}`,
      `the monitor ${this.#monitor.name} gave no verdict (${said}); counted in stats.failed`,
    );
  }

  #settle(job: Job, verdict: Verdict, began: Date): void {
    this.#stats.judged += job.steps.size;
    const { onVerdict } = this.#options;
    this.#guarded(() => {
      this.#stats.signals += reportVerdict(verdict, job.steps, this.#monitor, this.#options, began);
    });
    this.#guarded(() => onVerdict?.(verdict, [...job.steps.values()]));
  }

  #guarded<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch {
      warnOnce(
        'monitor',
        'something threw around a monitor: its tracer, its logger or `onVerdict`, or the step itself',
      );
      return undefined;
    }
  }
}

const both = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
