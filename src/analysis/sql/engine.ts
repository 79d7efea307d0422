/** A ClickHouse that runs SQL: in this process, or a server. One at a time: statements of a session are never run side by side. */
export interface SqlEngine {
  /** Runs a statement that answers nothing. @throws SqlError */
  run(sql: string): Promise<void>;
  /** @returns one object a row @throws SqlError */
  rows<T>(sql: string): Promise<T[]>;
  /** @param lines rows as JSON objects, one a line @throws SqlError */
  insert(table: string, lines: string): Promise<void>;
  close(): Promise<void>;
}

/** What a database answers, in one line, or why it cannot be asked. Never holds a password. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
}

/** Settings on which the answers depend. */
export const SETTINGS: Readonly<Record<string, string | number>> = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  // names in views.sql would otherwise change what they mean
  prefer_column_name_to_alias: 0,
  join_use_nulls: 0,
  // a file may hold more days than a block of one insert may
  max_partitions_per_insert_block: 0,
};

/** @param text one JSON value a line */
export const parseRows = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as T);

const MAX_MESSAGE = 600;

/** The first sentence of ClickHouse's answer. */
export const messageOf = (text: string): string =>
  (text.split(/\n|\(version | \(official build/)[0] ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_MESSAGE);
