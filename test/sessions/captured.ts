import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CAPTURES = fileURLToPath(new URL('../fixtures/captures/', import.meta.url));

/** Recorded sessions of real agents as OTLP/JSON lines. */
export const recordings = (agents: readonly string[]): string[] =>
  agents.flatMap(agent =>
    readdirSync(`${CAPTURES}${agent}`, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .flatMap(entry =>
        readdirSync(`${CAPTURES}${agent}/${entry.name}`).map(file =>
          JSON.stringify(JSON.parse(readFileSync(`${CAPTURES}${agent}/${entry.name}/${file}`, 'utf8'))),
        ),
      ),
  );

/** Every string in a JSON value, keys left out. */
export function* strings(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* strings(item);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) if (key !== 'key') yield* strings(item);
}
