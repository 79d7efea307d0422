import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type OtlpSpan, readSpans, signalsOf } from '../demo/otlp.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A session of the demo, as it was sent. */
export interface Session {
  readonly traceId: string;
  readonly spans: readonly OtlpSpan[];
  /** The span with the gravest signal. */
  readonly gravest: OtlpSpan;
}

/** Runs the scripted demo with its spans going to an endpoint. */
export async function runDemo(endpoint: string, folder: string): Promise<Session> {
  const out = join(folder, 'demo.jsonl');
  const args = ['examples/custom-agent/main.ts', '--scripted', '--out', out];
  const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
  await promisify(execFile)(process.execPath, args, { cwd: root, env });
  const spans = readSpans(readFileSync(out, 'utf8'));
  const severity = (span: OtlpSpan): number =>
    Math.max(0, ...signalsOf(span).map(signal => Number(signal['alignment.signal.severity'])));
  const gravest = [...spans].sort((a, b) => severity(b) - severity(a))[0];
  if (gravest === undefined || severity(gravest) < 0.7) throw new Error('the demo has no grave signal');
  return { traceId: gravest.traceId, spans, gravest };
}
