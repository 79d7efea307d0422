import { type Context, trace } from '@opentelemetry/api';
import { hostMatches } from '../fragment/classify.ts';
import { readSessionMember, writeSessionMember } from './baggage.ts';
import { newSessionToken, sessionTokenOf, withSessionToken } from './token.ts';
import { readTraceparent, writeTraceparent } from './trace-context.ts';

export interface SessionPropagationOptions {
  /**
   * Who may be told: hosts of HTTP services and MCP servers, by name or as `*.example.org`; of an MCP server without a host the name by
   * which you call it. Default: nobody.
   */
  readonly hosts?: readonly string[];
  /** Whether tokens and parents from outside are taken. Default false. */
  readonly accept?: boolean;
}

/** Headers as `fetch` has them, or as an object. */
export type HeaderCarrier =
  | { get(name: string): string | null; set(name: string, value: string): void }
  | Record<string, unknown>;

/** `_meta` of a message of the Model Context Protocol. */
export type McpMeta = Readonly<Record<string, unknown>>;

export interface SessionPropagation {
  /** A context that belongs to a session: to the one that it belongs to already, or to a new one. */
  readonly start: (context: Context) => Context;
  /**
   * Adds the token to the `baggage` header of a request.
   *
   * @param host name of the host, or address of the request
   * @returns whether it was added
   */
  readonly injectHttp: (context: Context, host: string | URL, headers: HeaderCarrier) => boolean;
  /** The context with the token of a request's `baggage` header, where there is one of the right form. */
  readonly extractHttp: (context: Context, headers: HeaderCarrier) => Context;
  /**
   * `_meta` with `traceparent`, `tracestate` and the token in `baggage`, as the Model Context Protocol reserves them; what the protocol does not
   * reserve stays. For a server that is not listed: as it was.
   */
  readonly injectMcp: (context: Context, server: string | URL, meta?: McpMeta) => McpMeta;
  /** The context with the parent and the token that `_meta` of a message names, where they have the right form. */
  readonly extractMcp: (context: Context, meta: unknown) => Context;
}

/** Carries a random token from hop to hop, so that what several parties report of one session can be joined. Off by default. */
export function sessionPropagation({
  hosts = [],
  accept = false,
}: SessionPropagationOptions = {}): SessionPropagation {
  const mayTell = (to: string | URL): boolean => hosts.length > 0 && hostMatches(hostOf(to), hosts);
  const adopt = (context: Context, token: string | undefined): Context =>
    token === undefined ? context : withSessionToken(context, token);
  return {
    start: context => withSessionToken(context, sessionTokenOf(context) ?? newSessionToken()),
    injectHttp: (context, host, headers) => {
      const token = sessionTokenOf(context);
      if (token === undefined || !mayTell(host)) return false;
      const written = writeSessionMember(header(headers, 'baggage'), token);
      if (written === undefined) return false;
      setHeader(headers, 'baggage', written);
      return true;
    },
    extractHttp: (context, headers) =>
      accept ? adopt(context, readSessionMember(header(headers, 'baggage'))) : context,
    injectMcp: (context, server, meta = {}) => {
      if (!mayTell(server)) return meta;
      const span = trace.getSpanContext(context);
      const token = sessionTokenOf(context);
      const baggage = token && writeSessionMember(meta['baggage'], token);
      const tracestate = span?.traceState?.serialize();
      return {
        ...meta,
        ...(span !== undefined && { traceparent: writeTraceparent(span) }),
        ...(tracestate && { tracestate }),
        ...(baggage && { baggage }),
      };
    },
    extractMcp: (context, meta) => {
      if (!accept || typeof meta !== 'object' || meta === null) return context;
      const { traceparent, tracestate, baggage } = meta as McpMeta;
      const parent = readTraceparent(traceparent, tracestate);
      const below = parent === undefined ? context : trace.setSpanContext(context, parent);
      return adopt(below, readSessionMember(baggage));
    },
  };
}

function hostOf(to: string | URL): string {
  if (typeof to !== 'string') return to.hostname;
  return to.includes('://') && URL.canParse(to) ? new URL(to).hostname : to;
}

const isHeaders = (
  headers: HeaderCarrier,
): headers is Extract<HeaderCarrier, { get(name: string): string | null }> =>
  typeof headers.get === 'function' && typeof headers.set === 'function';

/** The name of a header as an object writes it. */
const written = (headers: object, name: string): string =>
  Object.keys(headers).find(key => key.toLowerCase() === name) ?? name;

function header(headers: HeaderCarrier, name: string): string | undefined {
  const value = isHeaders(headers) ? headers.get(name) : headers[written(headers, name)];
  if (Array.isArray(value)) return value.every(one => typeof one === 'string') ? value.join(',') : undefined;
  return typeof value === 'string' ? value : undefined;
}

function setHeader(headers: HeaderCarrier, name: string, value: string): void {
  if (isHeaders(headers)) headers.set(name, value);
  else headers[written(headers, name)] = value;
}
