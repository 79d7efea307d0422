/** The two kinds of request that signals travel in. */
export type OtlpSignal = 'logs' | 'traces';

/** Where signals go, and how long that may take. */
export interface SendTarget {
  /** Full address of the endpoint. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_ENDPOINT = 'http://localhost:4318';
const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Reads the usual variables: `OTEL_EXPORTER_OTLP_LOGS_ENDPOINT` (taken as it is) or `OTEL_EXPORTER_OTLP_ENDPOINT` (`/v1/logs`
 * is added), `…_HEADERS`, `…_TIMEOUT` in milliseconds; what is said for logs wins. For traces likewise. The protocol is OTLP/HTTP
 * with JSON, whatever `OTEL_EXPORTER_OTLP_PROTOCOL` says.
 *
 * @returns `undefined` where the address is no http(s) address, or `OTEL_SDK_DISABLED` is `true`
 */
export function sendTarget(env: Env, signal: OtlpSignal = 'logs'): SendTarget | undefined {
  if (env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true') return undefined;
  const own = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}`;
  const url = urlOf(env, own, signal);
  if (url === undefined) return undefined;
  return {
    url,
    headers: {
      ...readHeaders(env['OTEL_EXPORTER_OTLP_HEADERS']),
      ...readHeaders(env[`${own}_HEADERS`]),
    },
    timeoutMs:
      milliseconds(env[`${own}_TIMEOUT`]) ??
      milliseconds(env['OTEL_EXPORTER_OTLP_TIMEOUT']) ??
      DEFAULT_TIMEOUT_MS,
  };
}

function urlOf(env: Env, own: string, signal: OtlpSignal): string | undefined {
  const whole = env[`${own}_ENDPOINT`]?.trim();
  if (whole) return httpUrl(whole)?.href;
  const base = httpUrl(env['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim() || DEFAULT_ENDPOINT);
  if (base === undefined) return undefined;
  base.pathname = `${base.pathname.replace(/\/$/, '')}/v1/${signal}`;
  return base.href;
}

function httpUrl(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** `key=value` pairs separated by commas, values percent-encoded. What is no pair is passed over. */
function readHeaders(text: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const pair of (text ?? '').split(',')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim().toLowerCase();
    if (at < 1 || !/^[\w!#$%&'*+.^`|~-]{1,200}$/.test(name)) continue;
    const value = decoded(pair.slice(at + 1).trim());
    if (!hasControl(value)) headers[name] = value;
  }
  return headers;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** A line break in a header would start another one. */
const hasControl = (value: string): boolean => {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if ((code < 32 && code !== 9) || code === 127 || code > 255) return true;
  }
  return false;
};

function milliseconds(text: string | undefined): number | undefined {
  const value = text?.trim() ? Number(text) : Number.NaN;
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
