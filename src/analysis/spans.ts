import { Table } from './columns.ts';
import { Strings } from './strings.ts';

const SCHEMA = {
  trace: 'u32',
  high: 'u32',
  low: 'u32',
  parentHigh: 'u32',
  parentLow: 'u32',
  session: 'u32',
  agent: 'u32',
  /** The next row of the same bucket, plus one. */
  next: 'u32',
} as const;

/** Deep enough for any real trace; a bound against a chain that someone builds. */
const MAX_DEPTH = 64;

/**
 * Where every span of a recording stands in its trace, and the session and agent that it names itself. Forty bytes a span.
 */
export class Spans {
  readonly traces: Strings = new Strings();
  readonly #table = new Table(SCHEMA);
  #buckets = new Uint32Array(2048);

  get size(): number {
    return this.#table.size;
  }

  /** @returns the span's row. A span that is there already (sent twice) gets a row of its own and is found by the later one */
  add(traceId: string, spanId: string, parentSpanId: string, session: number, agent: number): number {
    if (this.#table.size >= this.#buckets.length) this.#grow();
    const row = this.#table.add();
    const { trace, high, low, parentHigh, parentLow, session: sessions, agent: agents } = this.#table.columns;
    trace[row] = this.traces.number(traceId);
    high[row] = half(spanId, 0);
    low[row] = half(spanId, 8);
    parentHigh[row] = half(parentSpanId, 0);
    parentLow[row] = half(parentSpanId, 8);
    sessions[row] = session;
    agents[row] = agent;
    this.#link(row);
    return row;
  }

  /**
   * @param trace the number of its trace id in `traces`
   * @param high the first half of its id, `low` the second
   * @returns the row of a span, or -1
   */
  find(trace: number, high: number, low: number): number {
    const columns = this.#table.columns;
    let at = this.#buckets[this.#bucket(high, low)] ?? 0;
    while (at !== 0) {
      const row = at - 1;
      if (columns.low[row] === low && columns.high[row] === high && columns.trace[row] === trace) return row;
      at = columns.next[row] ?? 0;
    }
    return -1;
  }

  traceOf(row: number): string {
    return this.traces.text(this.#table.columns.trace[row] ?? 0);
  }

  spanOf(row: number): string {
    const { high, low } = this.#table.columns;
    return idOf(high[row] ?? 0, low[row] ?? 0);
  }

  /** The session that the span or its nearest ancestor names; 0 where none does. */
  sessionAt(row: number): number {
    return this.#nearest(row, 'session');
  }

  /** The agent that the span or its nearest ancestor names; 0 where none does. */
  agentAt(row: number): number {
    return this.#nearest(row, 'agent');
  }

  #nearest(row: number, name: 'session' | 'agent'): number {
    const { trace, parentHigh, parentLow, [name]: column } = this.#table.columns;
    let at = row;
    for (let depth = 0; at >= 0 && depth < MAX_DEPTH; depth++) {
      const named = column[at] ?? 0;
      if (named !== 0) return named;
      const [high, low] = [parentHigh[at] ?? 0, parentLow[at] ?? 0];
      if (high === 0 && low === 0) return 0;
      at = this.find(trace[at] ?? 0, high, low);
    }
    return 0;
  }

  #bucket(high: number, low: number): number {
    return (Math.imul(high ^ (low >>> 7), 0x9e3779b1) ^ low) & (this.#buckets.length - 1);
  }

  #link(row: number): void {
    const { high, low, next } = this.#table.columns;
    const bucket = this.#bucket(high[row] ?? 0, low[row] ?? 0);
    next[row] = this.#buckets[bucket] ?? 0;
    this.#buckets[bucket] = row + 1;
  }

  #grow(): void {
    this.#buckets = new Uint32Array(this.#buckets.length * 2);
    for (let row = 0; row < this.#table.size; row++) this.#link(row);
  }
}

/** Eight hex digits as a number; 0 where they are none. */
export const half = (id: string, start: number): number =>
  id.length === 16 ? Number.parseInt(id.slice(start, start + 8), 16) >>> 0 : 0;
const hex = (number: number): string => number.toString(16).padStart(8, '0');

/** The span id of two halves; empty where there is none. */
export const idOf = (high: number, low: number): string =>
  high === 0 && low === 0 ? '' : hex(high) + hex(low);
