/** A span processor of the running application. */
export interface ProcessorSeen {
  readonly name: string;
  /** It holds an exporter. */
  readonly exports: boolean;
}

/** What a process of the application says of its provider. No address, header or attribute is in it. */
export interface ProviderSeen {
  readonly pid: number;
  /** Of the copy of the API that was loaded first; `null` where none was. */
  readonly api: string | null;
  readonly provider: string | null;
  /** `null` where the provider does not show its processors. */
  readonly processors: readonly ProcessorSeen[] | null;
  /** `register` or withAlignment() is around the provider. */
  readonly wrapped: boolean;
  readonly sampler: string | null;
  readonly contextManager: boolean;
}

/** The variable that names the folder for what is seen. */
export const REPORT_VARIABLE = 'OTEL_ALIGNMENT_DOCTOR_REPORT';

/** The option of Node that runs the probe before the application, without a file of its own. */
export function probeOption(): string {
  return `--import=data:text/javascript,${encodeURIComponent(`(${probe.toString()})(${JSON.stringify(REPORT_VARIABLE)})`)}`;
}

/**
 * Runs inside the application: its text is handed over, so nothing from outside of it may be used. It loads nothing, changes
 * nothing and looks at what the API keeps on `globalThis`.
 */
export function probe(variable: string): void {
  type Loose = Record<string | symbol, unknown> | undefined;
  const folder = process.env[variable];
  if (folder === undefined || folder === '') return;
  const fs = process.getBuiltinModule('node:fs');
  const file = `${folder}/${process.pid}.json`;
  let best = -1;
  const nameOf = (value: unknown): string | null =>
    typeof value === 'object' && value !== null
      ? String(value.constructor?.name ?? 'object').slice(0, 100)
      : null;
  const isExporter = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<string, unknown>)['export'] === 'function';
  const holdsExporter = (value: unknown, depth: number): boolean => {
    if (typeof value !== 'object' || value === null || depth > 2) return false;
    return Object.values(value).some(inner => isExporter(inner) || holdsExporter(inner, depth + 1));
  };
  const look = (): void => {
    try {
      const globals = globalThis as unknown as Record<symbol, Loose>;
      const api = globals[Symbol.for('opentelemetry.js.api.1')];
      const proxy = api?.['trace'] as { getDelegate?(): unknown } | undefined;
      const delegate = proxy?.getDelegate?.() ?? proxy;
      const provider = nameOf(delegate) === 'NoopTracerProvider' ? undefined : (delegate as Loose);
      const active = provider?.['_activeSpanProcessor'] as Loose;
      const given = (active?.['_spanProcessors'] ?? (active === undefined ? undefined : [active])) as
        | unknown[]
        | undefined;
      const options = (provider?.['_tracerOptions'] ?? provider?.['_config']) as Loose;
      const sampler = options?.['sampler'] ?? provider?.['_sampler'];
      const weight = (api === undefined ? 0 : 1) + (provider === undefined ? 0 : 2) + (given?.length ?? 0);
      // an application that shuts down may take its provider away
      if (weight <= best) return;
      best = weight;
      const seen: ProviderSeen = {
        pid: process.pid,
        api: api === undefined ? null : String(api['version']).slice(0, 40),
        provider: provider === undefined ? null : nameOf(provider),
        processors:
          given?.map(one => ({ name: nameOf(one) ?? 'unknown', exports: holdsExporter(one, 0) })) ?? null,
        wrapped: globals[Symbol.for('otel-alignment.wrapping')]?.['processor'] !== undefined,
        sampler: sampler === undefined ? null : String(sampler).slice(0, 200),
        contextManager: api?.['context'] !== undefined,
      };
      fs.writeFileSync(file, JSON.stringify(seen));
    } catch {
      // the application goes first
    }
  };
  setInterval(look, 100).unref();
  process.on('exit', look);
}
