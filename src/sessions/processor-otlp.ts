import { fragmentsRequest } from './fragment/otlp.ts';
import { CONTRIBUTOR, type Fragment } from './fragment/schema.ts';
import { HttpClient, type TlsOptions } from './http.ts';

export interface OtlpFragmentsOptions {
  /** Full address of the layer's endpoint: `https://layer.example.org/v1/traces`. */
  readonly url: string;
  /** Your name in the layer. */
  readonly contributor: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The certificate by which the layer knows you. */
  readonly tls?: TlsOptions;
  /** Milliseconds for one request. Default 10,000. */
  readonly timeoutMs?: number;
}

/** Fragments a request: the layer's Collector takes 4 MB at a time by default, and a fragment has about 1 KB. */
const REQUEST = 1000;

/**
 * An exporter that sends fragments as OTLP/HTTP with JSON.
 *
 * @throws TypeError where the address or the name cannot be used
 */
export function otlpFragments({
  url,
  contributor,
  headers = {},
  tls = {},
  timeoutMs = 10_000,
}: OtlpFragmentsOptions): (fragments: readonly Fragment[]) => Promise<void> {
  if (!CONTRIBUTOR.test(contributor))
    throw new TypeError('contributor: lower-case letters, digits, dots and hyphens, at most 64');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new TypeError('url: a full http(s) address');
  const http = new HttpClient(tls);
  const target = new URL(url);
  return async fragments => {
    for (let from = 0; from < fragments.length; from += REQUEST) {
      const body = JSON.stringify(fragmentsRequest(fragments.slice(from, from + REQUEST), contributor));
      const { status } = await http.send({ method: 'POST', url: target, headers, body, timeoutMs });
      if (status < 200 || status >= 300) throw new Error(`the layer answered with HTTP ${status}`);
    }
  };
}
