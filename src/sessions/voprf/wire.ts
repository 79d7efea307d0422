import { ELEMENT_BYTES } from './group.ts';

/** What evaluator and client say to each other: `semconv/sessions/evaluator.md`. */
export const PROTOCOL = 'asr/1';
export const EVALUATE_PATH = '/asr/v1/evaluate';
export const EPOCHS_PATH = '/asr/v1/epochs/';

export interface EvaluateRequest {
  readonly v: string;
  readonly epoch: string;
  /** 1 to 256, 43 characters of base64url each. */
  readonly elements: readonly string[];
}

export interface EvaluateAnswer extends EvaluateRequest {
  /** The evaluator's id. */
  readonly evaluator: string;
  /** 86 characters of base64url. */
  readonly proof: string;
}

/** An evaluator and its key of one epoch. */
export interface EvaluatorEntry {
  readonly id: string;
  readonly url: string;
  /** 43 characters of base64url. */
  readonly public_key: string;
}

export interface EpochDocument {
  readonly v: string;
  readonly epoch: string;
  /** RFC 3339, UTC. From `not_before` to `late_until` the key answers. */
  readonly not_before: string;
  readonly not_after: string;
  readonly late_until: string;
  readonly suite: string;
  readonly evaluators: readonly EvaluatorEntry[];
  readonly params?: { readonly max_batch: number; readonly quota: number };
  /** Of a directory that is signed: 86 characters of base64url, Ed25519 over the rest. */
  readonly sig?: string;
}

/** The name of a contributor or evaluator. */
export const EVALUATOR_ID = /^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$/;

export const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Exactly `length` bytes in their only base64url form, without padding; else `undefined`. */
export function decode(text: unknown, length: number = ELEMENT_BYTES): Uint8Array | undefined {
  if (typeof text !== 'string' || text.length !== Math.ceil((length * 4) / 3)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // Node's decoder is lenient: it takes other alphabets, and bits that no byte has
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : undefined;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
