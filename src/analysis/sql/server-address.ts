import { SqlError } from './engine.ts';
import type { Stretch } from './stage.ts';

/** Where a ClickHouse server answers over HTTP. */
export interface ServerAddress {
  /** Without user, password and query. */
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly stretch: Stretch;
  /** What may be shown: host and database. */
  readonly shown: string;
}

const HTTP: Readonly<Record<string, string>> = {
  'clickhouse:': 'http:',
  'clickhouses:': 'https:',
  'http:': 'http:',
  'https:': 'https:',
};
const EXAMPLE = 'clickhouse://user@host:8123/otel?since=2026-11-01';

export const isAddress = (text: string): boolean => /^(?:clickhouses?|https?):\/\//.test(text);

/**
 * Reads `clickhouse://user:password@host:8123/database?since=…&until=…` (`clickhouses://` and `https://` for TLS). The database is `otel`
 * where none is named; the password may also stand in `env.ALIGNMENT_CLICKHOUSE_PASSWORD`, so that no command line shows it.
 *
 * @throws SqlError
 */
export function parseAddress(
  text: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ServerAddress {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = parsed === undefined ? undefined : HTTP[parsed.protocol];
  if (parsed === undefined || protocol === undefined || parsed.hostname === '')
    throw new SqlError(`an address of ClickHouse reads ${EXAMPLE}`);
  const [database = '', ...rest] = parsed.pathname
    .split('/')
    .filter(part => part !== '')
    .map(decodeURIComponent);
  if (rest.length > 0) throw new SqlError(`the path of the address is the database alone: ${EXAMPLE}`);
  for (const key of parsed.searchParams.keys())
    if (key !== 'since' && key !== 'until')
      throw new SqlError(
        `the address has an unknown part ${key.slice(0, 40)}: since and until are known, as in ${EXAMPLE}`,
      );
  const port = parsed.port === '' ? (protocol === 'https:' ? '8443' : '8123') : parsed.port;
  if (port === '9000' || port === '9440')
    throw new SqlError(
      `port ${port} is ClickHouse's native one: give that of HTTP, mostly 8123 (8443 with TLS)`,
    );
  const since = timeIn(parsed, 'since');
  const until = timeIn(parsed, 'until');
  const host = parsed.hostname;
  return {
    url: `${protocol}//${host}:${port}/`,
    database: database || 'otel',
    user: decodeURIComponent(parsed.username) || 'default',
    password: decodeURIComponent(parsed.password) || env['ALIGNMENT_CLICKHOUSE_PASSWORD'] || '',
    stretch: { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) },
    shown: `${host}:${port}/${database || 'otel'}`,
  };
}

function timeIn({ searchParams }: URL, name: 'since' | 'until'): number | undefined {
  const text = searchParams.get(name);
  if (text === null) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new SqlError(
      `${name}=${text.slice(0, 40)} is no time: write ${name}=2026-11-01 or ${name}=2026-11-01T08:00:00Z`,
    );
  return time;
}
