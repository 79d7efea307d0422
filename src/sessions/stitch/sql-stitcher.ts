import type { SqlEngine } from '../../analysis/sql/index.ts';
import type { ReceivedFragment } from '../fragment/otlp.ts';
import { isOfTwoEpochs } from './border.ts';
import { Numbers } from './components.ts';
import { newSecret } from './identity.ts';
import { confidenceOfLabel, labelOf } from './labels.ts';
import { isTooMuch, Merger } from './merger.ts';
import { type Session, sessionOf } from './session.ts';
import { Links } from './sql-links.ts';
import { pages } from './sql-pages.ts';
import {
  FRAGMENTS,
  floodStatements,
  GRAPH,
  PREFIXES,
  REFUSED,
  rangeOf,
  SECRET,
  SESSIONS,
  STITCH_SETTINGS,
  type Step,
  TABLES,
} from './sql-tables.ts';
import { DEFAULTS, floodReason, type StitcherOptions, sessionTagsOf } from './stitcher.ts';
import { TagJoining } from './tag-joining.ts';

const CHUNK_CHARACTERS = 16 * 1024 * 1024;

export interface SqlStitcherOptions extends StitcherOptions {
  /** Rows of fragments that are asked for at a time; of numbers, five times as many. Default 20,000. */
  readonly pageRows?: number;
  /** Told of each statement and page of a long run; what it throws ends the run. */
  readonly onProgress?: () => void | Promise<void>;
}

/**
 * As `Stitcher`, with the fragments in temporary tables of a database: for more than memory holds. What it holds itself are some 40 bytes for each
 * trace that has a tag in common with another, and the fragments of one session.
 *
 * @throws SqlError of any method
 */
export class SqlStitcher {
  readonly #engine: SqlEngine;
  readonly #options: Required<SqlStitcherOptions>;
  #waiting: string[] = [];
  #characters = 0;
  #count = 0;
  /** What was not taken, by reason. */
  readonly refusals = new Map<string, number>();

  private constructor(engine: SqlEngine, options: SqlStitcherOptions) {
    this.#engine = engine;
    this.#options = {
      ...DEFAULTS,
      secret: newSecret(),
      onProgress: () => {},
      pageRows: 20_000,
      ...options,
    };
  }

  static async open(engine: SqlEngine, options: SqlStitcherOptions = {}): Promise<SqlStitcher> {
    const stitcher = new SqlStitcher(engine, options);
    for (const [name, value] of Object.entries(STITCH_SETTINGS)) await engine.run(`SET ${name} = ${value}`);
    await stitcher.close();
    for (const made of [FRAGMENTS, SECRET]) await engine.run(made);
    return stitcher;
  }

  /** Takes away all that it has put into the database. */
  async close(): Promise<void> {
    for (const name of TABLES) await this.#engine.run(`DROP TEMPORARY TABLE IF EXISTS ${name}`);
  }

  /** To be waited for where it answers a promise. */
  add(fragment: ReceivedFragment): Promise<void> | undefined {
    const { traceId, contributor, spanId, startMs, name, parentSpanId, kind, attributes, events } = fragment;
    const {
      'alignment.join.tags': tags = [],
      'alignment.join.types': types = [],
      ...rest
    } = attributes as Record<string, readonly string[]>;
    const line = JSON.stringify({
      Seq: ++this.#count,
      Trace: traceId,
      Contributor: contributor,
      Span: spanId,
      Start: startMs,
      TwoEpochs: isOfTwoEpochs(startMs, sessionTagsOf(types), this.#options.bucketMs) ? 1 : 0,
      Labels: types.map((type, i) => labelOf(type, tags[i]!)),
      Body: JSON.stringify({ name, parentSpanId, kind, attributes: rest, events }),
    });
    this.#waiting.push(line);
    this.#characters += line.length;
    return this.#characters > CHUNK_CHARACTERS ? this.#flush() : undefined;
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const lines = this.#waiting.join('\n');
    this.#waiting = [];
    this.#characters = 0;
    await this.#engine.insert('asr_fragments', lines);
  }

  /** The sessions, one at a time, in the order of their ids, which are random. */
  async *sessions(): AsyncGenerator<Session> {
    const { maxPerTrace, caps, secret } = this.#options;
    await this.#flush();
    await this.#engine.insert('asr_secret', JSON.stringify({ Secret: secret }));
    await this.#run(floodStatements(maxPerTrace));
    const [{ refused } = { refused: 0 }] = await this.#engine.rows<{ refused: number }>(REFUSED);
    if (refused > 0) this.refusals.set(floodReason(maxPerTrace), refused);
    const ranges = await this.#ranges();
    await this.#run(GRAPH, ranges);
    const merger = await this.#merge();
    await this.#run(SESSIONS, ranges);

    const links = new Links(this.#engine, this.#numberRows);
    for await (const { session, root, fragments, tokens, ofTwoEpochs } of this.#placed()) {
      const sizes = {
        contributors: new Set(fragments.map(one => one.contributor)).size,
        sessions: tokens.size,
        ofTwoEpochs,
        startMs: fragments.reduce((least, { startMs }) => Math.min(least, startMs), Infinity),
        endMs: fragments.reduce((most, { startMs }) => Math.max(most, startMs + 1), 0),
      };
      const alone = root === 0;
      yield sessionOf(
        fragments,
        {
          traceId: session,
          confidence: alone ? 1 : merger.confidenceOf(root - 1),
          conflict: alone ? isTooMuch(sizes, caps) : merger.isInConflict(root - 1),
          links: await links.of(session),
        },
        secret,
      );
    }
  }

  get #numberRows(): number {
    return this.#options.pageRows * 5;
  }

  async #run(steps: readonly Step[], ranges: readonly string[] = []): Promise<void> {
    for (const step of steps) {
      for (const sql of typeof step === 'string' ? [step] : ranges.map(step)) {
        await this.#engine.run(sql);
        await this.#options.onProgress();
      }
    }
  }

  /** Ranges of trace ids that hold about as many fragments each. */
  async #ranges(): Promise<string[]> {
    const borders = [''];
    let fragments = 0;
    for (const { prefix, times } of await this.#engine.rows<{ prefix: string; times: number }>(PREFIXES)) {
      if (fragments > 0 && fragments + times > this.#options.pageRows * 10) {
        borders.push(prefix);
        fragments = 0;
      }
      fragments += times;
    }
    return borders.map((from, i) => rangeOf(from, borders[i + 1] ?? ''));
  }

  async #merge(): Promise<Merger> {
    const engine = this.#engine;
    const [{ n } = { n: 0 }] = await engine.rows<{ n: number }>('SELECT count() AS n FROM asr_nodes');
    const merger = new Merger(n, this.#options.caps);
    const contributors = new Numbers();
    const nodes = pages<NodeRow>(engine, {
      table: 'asr_nodes',
      columns: 'No, Contributors, Begin, End, TwoEpochs, Tokens',
      key: ['No'],
      rows: this.#numberRows,
    });
    for await (const page of nodes) {
      for (const { Contributors, Begin, End, TwoEpochs, Tokens } of page)
        merger.add({
          startMs: Begin,
          endMs: End,
          ofTwoEpochs: TwoEpochs === 1,
          contributors: contributors.of(Contributors),
          sessions: Tokens,
        });
      await this.#options.onProgress();
    }
    const edges = pages<{ Tag: number; Letter: string; No: number }>(engine, {
      table: 'asr_edges',
      columns: 'Tag, Letter, No',
      key: ['Tag', 'No'],
      rows: this.#numberRows,
    });
    const joining = new TagJoining(merger);
    for await (const page of edges) {
      for (const { Tag, Letter, No } of page) joining.add(Tag, No, confidenceOfLabel(Letter));
      await this.#options.onProgress();
    }
    for (let from = 0; from < n; from += this.#numberRows) {
      const lines: string[] = [];
      for (let No = from; No < Math.min(n, from + this.#numberRows); No++)
        lines.push(`{"No":${No},"First":${merger.firstOf(No)}}`);
      await engine.insert('asr_firsts', lines.join('\n'));
    }
    return merger;
  }

  /** The fragments of one session after another. */
  async *#placed(): AsyncGenerator<Placed> {
    const rows = pages<PlacedRow>(this.#engine, {
      table: 'asr_placed',
      columns: 'Session, First, Start, TwoEpochs, Span, Trace, Contributor, Root, Tokens, Body',
      key: ['Session', 'First'],
      rows: this.#options.pageRows,
    });
    let now: Placed | undefined;
    for await (const page of rows) {
      for (const { Session, Start, TwoEpochs, Span, Trace, Contributor, Root, Tokens, Body } of page) {
        if (now?.session !== Session) {
          if (now !== undefined) yield now;
          now = { session: Session, root: Root, fragments: [], tokens: new Set(), ofTwoEpochs: false };
        }
        now.fragments.push({
          ...(JSON.parse(Body) as Pick<ReceivedFragment, 'name' | 'kind' | 'attributes' | 'events'>),
          contributor: Contributor,
          traceId: Trace,
          spanId: Span,
          startMs: Start,
        });
        for (const token of Tokens) now.tokens.add(token);
        now.ofTwoEpochs ||= TwoEpochs === 1;
      }
      await this.#options.onProgress();
    }
    if (now !== undefined) yield now;
  }
}

interface Placed {
  readonly session: string;
  readonly root: number;
  readonly fragments: ReceivedFragment[];
  readonly tokens: Set<string>;
  ofTwoEpochs: boolean;
}

interface NodeRow {
  readonly [column: string]: unknown;
  readonly No: number;
  readonly Contributors: readonly string[];
  readonly Begin: number;
  readonly End: number;
  readonly TwoEpochs: number;
  readonly Tokens: readonly number[];
}

interface PlacedRow {
  readonly [column: string]: unknown;
  readonly Session: string;
  readonly First: number;
  readonly Start: number;
  readonly TwoEpochs: number;
  readonly Span: string;
  readonly Trace: string;
  readonly Contributor: string;
  readonly Root: number;
  readonly Tokens: readonly string[];
  readonly Body: string;
}
