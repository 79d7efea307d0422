import type { IndicatorEvidence, IndicatorType } from '../../semconv/index.ts';

/** Who an entry of a transcript comes from. */
export type TranscriptRole = 'system' | 'user' | 'agent' | 'tool';

/**
 * One entry of the transcript that a monitor sees, as the application hands it over. It is content: read to be judged, sent to
 * the monitor's own endpoint, never written to telemetry.
 */
export interface TranscriptEntry {
  readonly role: TranscriptRole;
  /** What was said. */
  readonly content?: string;
  /** The model's reasoning, where the application has it. */
  readonly reasoning?: string;
  readonly tool?: string;
  /** Arguments of the call: an object, or its text. */
  readonly arguments?: unknown;
  readonly result?: unknown;
}

/** An entry as a monitor gets it: text only, each field of bounded length. */
export interface SeenEntry {
  readonly role: TranscriptRole;
  readonly content?: string;
  readonly reasoning?: string;
  readonly tool?: string;
  readonly arguments?: string;
  readonly result?: string;
}

/** A part of one session to be judged. */
export interface MonitorRequest {
  /** The session key. */
  readonly session: string;
  /** Oldest first. */
  readonly transcript: readonly SeenEntry[];
  /** Indices in `transcript` of the entries to be judged: one in streaming, several in a batch. The rest is context. */
  readonly judged: readonly number[];
  /** Aborted when the time is up. */
  readonly signal: AbortSignal;
}

/** What a monitor says of the risk of one judged entry. */
export interface RiskOpinion {
  /** Index in `transcript`. */
  readonly entry: number;
  /** On the reference scale. Range [0.0, 1.0]. */
  readonly score: number;
  /** Range [0.0, 1.0]. */
  readonly confidence: number;
}

/** What a monitor found in one judged entry. */
export interface Finding {
  /** Index in `transcript`. */
  readonly entry: number;
  readonly type: IndicatorType;
  /** How bad it is if the finding is right. Range [0.0, 1.0]. */
  readonly severity: number;
  /** Range [0.0, 1.0]. */
  readonly confidence: number;
  readonly evidence: IndicatorEvidence;
  /** Free text. Written only where the processor's option `redact` passes it. At most 400 characters. */
  readonly rationale?: string;
}

export interface Verdict {
  readonly risks: readonly RiskOpinion[];
  readonly indicators: readonly Finding[];
  /** Tokens that the judgement took, where the monitor knows. */
  readonly tokens?: number;
}

/** A judge that sees more than rules do: a model, a classifier, a service. */
export interface Monitor {
  /** Written as `alignment.source.name`: low in cardinality. */
  readonly name: string;
  /** Written as `alignment.source.version`. Verdicts of another version are not taken from the cache. */
  readonly version: string;
  /** Tokens that a call takes at most, beside the transcript; counted against the budget. Default 0. */
  readonly overheadTokens?: number;
  /**
   * Judges. `undefined`: nothing to say. It may reject, with a `MonitorFailure` where the cause is known; the queue counts that.
   */
  judge(request: MonitorRequest): Promise<Verdict | undefined>;
}

/** Why a judgement failed. */
export type FailureKind =
  /** No answer in time. */
  | 'timeout'
  /** The endpoint asked for fewer requests. */
  | 'rate_limited'
  /** Any other HTTP status than success. */
  | 'http'
  /** No connection, or one that broke. */
  | 'network'
  /** The answer was longer than allowed. */
  | 'too_large'
  /** The answer was no JSON, or had no place where the verdict stands. */
  | 'malformed'
  /** The answer was JSON of another form than asked for. */
  | 'schema'
  /** The answer lacked the request's own token: it may have been copied from the judged content. */
  | 'token'
  /** The model declined to answer, or was cut short. */
  | 'refused'
  /** Anything else that was thrown. */
  | 'error';

/** A judgement that could not be had. Its message holds no content and no key. */
export class MonitorFailure extends Error {
  override readonly name = 'MonitorFailure';
  readonly kind: FailureKind;
  /** How long the endpoint asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: FailureKind, message: string, retryAfterMs?: number) {
    super(message);
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
