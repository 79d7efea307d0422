import { randomUUID } from 'node:crypto';
import { messageOf, parseRows, SETTINGS, type SqlEngine, SqlError } from './engine.ts';
import type { ServerAddress } from './server-address.ts';

/** Seconds for which the server keeps temporary tables of a session that nobody uses. */
const SESSION_SECONDS = 600;

/**
 * A ClickHouse server over HTTP. All statements are of one session, which holds the temporary tables: behind a load balancer they have to
 * reach one server.
 *
 * @param timeout milliseconds for one statement
 */
export function openServer(
  { url, database, user, password, shown }: ServerAddress,
  timeout: number = 10 * 60_000,
): SqlEngine {
  const query = new URLSearchParams({
    database,
    session_id: randomUUID(),
    session_timeout: String(SESSION_SECONDS),
    default_format: 'JSONEachRow',
    // an error in the middle of an answer is then told by its status
    wait_end_of_query: '1',
    ...Object.fromEntries(Object.entries(SETTINGS).map(([name, value]) => [name, String(value)])),
  });
  const headers = { 'X-ClickHouse-User': user, ...(password === '' ? {} : { 'X-ClickHouse-Key': password }) };
  const send = async (sql: string): Promise<string> => {
    let status: number;
    let text: string;
    try {
      const answer = await fetch(`${url}?${query}`, {
        method: 'POST',
        headers,
        body: sql,
        // a redirect would carry the password elsewhere
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      });
      status = answer.status;
      text = await answer.text();
    } catch (error) {
      throw new SqlError(`${shown} does not answer (${reasonOf(error)})`);
    }
    if (status === 200) return text;
    if (status === 401 || status === 403)
      throw new SqlError(
        `${shown} refuses the user ${user}: give user and password in the address, or the password in ALIGNMENT_CLICKHOUSE_PASSWORD`,
      );
    throw new SqlError(`${shown} answers ${status}: ${messageOf(text) || 'nothing'}`);
  };
  return {
    run: async sql => {
      await send(sql);
    },
    rows: async <T>(sql: string) => {
      const text = await send(sql);
      try {
        return parseRows<T>(text);
      } catch {
        throw new SqlError(`${shown} does not answer as ClickHouse does over HTTP`);
      }
    },
    insert: async (table, lines) => {
      await send(`INSERT INTO ${table} FORMAT JSONEachRow\n${lines}`);
    },
    close: async () => {},
  };
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  return name === 'TimeoutError' ? 'no answer in time' : (cause?.code ?? cause?.message ?? 'no connection');
}
