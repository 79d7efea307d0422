import { shared } from '../signals/shared.ts';
import type { RecordingSpan } from './span.ts';

/** What we wrote on the first assessed span, so that someone setting it up sees that it works. Never content. */
export function printFirst(span: RecordingSpan): void {
  if (shared.rooms['printed'] === true) return;
  shared.rooms['printed'] = true;
  const lines = [`otel-alignment: first assessed span: ${span.name}`];
  for (const [key, value] of Object.entries(span.attributes)) {
    if (key.startsWith('alignment.')) lines.push(`  ${key} = ${JSON.stringify(value)}`);
  }
  process.stderr.write(`${lines.join('\n')}\n`);
}
