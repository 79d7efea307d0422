import { connect } from 'node:net';
import { post, type SendResult } from '../../otlp/send.ts';
import { type OtlpSignal, sendTarget } from '../../otlp/send-target.ts';
import { type Finding, findingsOf } from './finding.ts';

type Env = Readonly<Record<string, string | undefined>>;

const { ok, note, warning, problem } = findingsOf('collector');

const EMPTY = { traces: '{"resourceSpans":[]}', logs: '{"resourceLogs":[]}' } as const;

/** An endpoint of this machine answers at once; one far away may take its time. */
const TIMEOUT_MS = 5_000;

const START =
  'start the Collector (`npm run stack` in a checkout, collector-config/README.md for your own), or set OTEL_EXPORTER_OTLP_ENDPOINT to where it is';

/** Sends an empty request to where spans and log records would go. Headers are used and never shown. */
export async function checkCollector(env: Env): Promise<Finding[]> {
  if (env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true')
    return [
      problem('collector.disabled', 'OTEL_SDK_DISABLED is true: nothing is recorded or sent', 'unset it'),
    ];
  const findings: Finding[] = [];
  for (const signal of ['traces', 'logs'] as const) findings.push(await checkSignal(signal, env));
  return findings;
}

async function checkSignal(signal: OtlpSignal, env: Env): Promise<Finding> {
  const check = `collector.${signal}`;
  const own = signal === 'traces' ? 'TRACES' : 'LOGS';
  if (env[`OTEL_${own}_EXPORTER`] === 'none')
    return problem(
      check,
      `OTEL_${own}_EXPORTER is none: ${signal} are not exported`,
      `unset it, or set it to otlp`,
    );
  const protocol = env[`OTEL_EXPORTER_OTLP_${own}_PROTOCOL`] ?? env['OTEL_EXPORTER_OTLP_PROTOCOL'];
  const target = sendTarget(protocol === 'grpc' ? overGrpc(env, own) : env, signal);
  if (target === undefined)
    return problem(
      check,
      'OTEL_EXPORTER_OTLP_ENDPOINT is no http or https address',
      'set it to one, such as http://localhost:4318',
    );
  const url = new URL(target.url);
  const place = `${url.origin}${url.pathname}`;
  if (protocol === 'grpc') return checkConnection(check, signal, url);
  const result = await post(EMPTY[signal], { ...target, timeoutMs: Math.min(target.timeoutMs, TIMEOUT_MS) });
  if (result.state === 'sent') return ok(check, `${place} takes ${signal}`);
  const [what, mend] = meaningOf(result, url);
  if (result.reason === 'http_415') return note(check, `${place} ${what}`);
  // nobody said that there is one: a vendor's exporter has its own address
  if (isDefault(env, own))
    return warning(check, `OTEL_EXPORTER_OTLP_ENDPOINT is not set, and ${place} ${what}`, mend);
  return problem(check, `${place} ${what}`, mend);
}

/** With gRPC the scheme may be left out, and the port is another one. */
function overGrpc(env: Env, own: string): Env {
  const said =
    env[`OTEL_EXPORTER_OTLP_${own}_ENDPOINT`]?.trim() || env['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim();
  const endpoint = said || 'http://localhost:4317';
  return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.includes('://') ? endpoint : `http://${endpoint}` };
}

const isDefault = (env: Env, own: string): boolean =>
  !env['OTEL_EXPORTER_OTLP_ENDPOINT'] && !env[`OTEL_EXPORTER_OTLP_${own}_ENDPOINT`];

type Failed = Exclude<SendResult, { readonly state: 'sent' }>;

/** What went wrong, and what to do about it. */
function meaningOf({ reason }: Failed, url: URL): readonly [what: string, mend: string] {
  const known = REASONS[reason];
  if (known !== undefined) return known;
  if (reason.startsWith('http_5')) return [`answers ${reason.slice(5)}`, 'look at the log of the Collector'];
  if (reason.startsWith('http_'))
    return [`answers ${reason.slice(5)}`, 'look whether the address is that of an OTLP endpoint'];
  if (/CERT|SSL|TLS|SIGNED|ISSUER/.test(reason) || url.protocol === 'https:')
    return [
      `cannot be spoken to over TLS (${reason})`,
      'look at the certificate, or use http:// for an endpoint without TLS',
    ];
  return [`cannot be reached (${reason})`, START];
}

const KEY = 'look at OTEL_EXPORTER_OTLP_HEADERS: the key is missing, wrong or has expired';
const HOST = 'look at the name in OTEL_EXPORTER_OTLP_ENDPOINT';

const REASONS: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ECONNREFUSED: ['does not answer: nothing listens there', START],
  ENOTFOUND: ['cannot be found: there is no such host', HOST],
  EAI_AGAIN: ['cannot be found: the name service does not answer', HOST],
  EHOSTUNREACH: ['cannot be reached: there is no way to the host', HOST],
  ENETUNREACH: ['cannot be reached: there is no network', 'look at the network'],
  ECONNRESET: [
    'ends the connection',
    'look whether it wants https, and whether the port is that of OTLP over HTTP (4318)',
  ],
  closed: [
    'ends the connection',
    'look whether it wants https, and whether the port is that of OTLP over HTTP (4318)',
  ],
  timeout: [
    'does not answer in time',
    'look whether the Collector is overloaded, or a firewall is in between',
  ],
  no_http: ['speaks no HTTP/1.1: is it the gRPC port?', 'use the port of OTLP over HTTP, 4318 by default'],
  http_401: ['refuses the key (401)', KEY],
  http_403: ['refuses the key (403)', KEY],
  http_404: [
    'has no such path (404)',
    'OTEL_EXPORTER_OTLP_ENDPOINT is a base address: /v1/traces and /v1/logs are added to it',
  ],
  http_415: ['takes no JSON (415): exporters that send protobuf work, the hook does not', ''],
  http_429: ['takes no more for now (429)', 'look at the limits of the Collector'],
};

/** gRPC is not spoken here: whether anything listens is all that is told. */
function checkConnection(check: string, signal: OtlpSignal, url: URL): Promise<Finding> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return new Promise(resolve => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port });
    const done = (finding: Finding): void => {
      socket.destroy();
      resolve(finding);
    };
    socket.setTimeout(TIMEOUT_MS, () =>
      done(problem(check, `${url.host} does not answer in time`, REASONS['timeout']![1])),
    );
    socket.once('connect', () =>
      done(note(check, `${url.host} listens (gRPC: whether it takes ${signal} is not known)`)),
    );
    socket.once('error', error => {
      const [what, mend] = meaningOf(
        { state: 'retry', reason: (error as NodeJS.ErrnoException).code ?? 'error' },
        url,
      );
      done(problem(check, `${url.host} ${what}`, mend));
    });
  });
}
