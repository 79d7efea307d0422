import type { SqlEngine } from '../../analysis/sql/index.ts';
import { MAX_LINKS } from './session.ts';
import { pages } from './sql-pages.ts';

interface Link {
  readonly [column: string]: string;
  readonly Session: string;
  readonly Other: string;
}

/** The links of sessions that are asked for in the order of their ids. */
export class Links {
  readonly #rows: AsyncGenerator<Link[]>;
  #page: Link[] = [];
  #at = 0;
  #ended = false;

  constructor(engine: SqlEngine, rows: number) {
    this.#rows = pages<Link>(engine, {
      table: '(SELECT Session, Other FROM asr_links GROUP BY Session, Other)',
      columns: 'Session, Other',
      key: ['Session', 'Other'],
      rows,
    });
  }

  async of(session: string): Promise<string[]> {
    const found: string[] = [];
    for (;;) {
      const link = this.#page[this.#at];
      if (link === undefined) {
        if (this.#ended) return found;
        const { value, done } = await this.#rows.next();
        [this.#page, this.#at, this.#ended] = [value ?? [], 0, done === true];
      } else if (link.Session > session) return found;
      else {
        if (link.Session === session && found.length < MAX_LINKS) found.push(link.Other);
        this.#at += 1;
      }
    }
  }
}
