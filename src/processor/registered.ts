import type { TracerProvider } from '@opentelemetry/api';
import type { AlignmentSpanProcessor } from './processor.ts';

/** What the API registers: a provider that passes everything on to the one that the SDK gives it. */
export interface ProxyProvider extends TracerProvider {
  getDelegate?(): TracerProvider;
  setDelegate?(provider: TracerProvider): void;
}

/** The one processor around the providers of this process, whichever copies of the package are loaded. */
export interface Wrapping {
  processor: AlignmentSpanProcessor | undefined;
}

/** @returns the wrapping of this process, and whether this call began it */
export function beginWrapping(): { wrapping: Wrapping; first: boolean } {
  const holder = globalThis as { [key: symbol]: Wrapping | undefined };
  const symbol = Symbol.for('otel-alignment.wrapping');
  const begun = holder[symbol];
  if (begun !== undefined) return { wrapping: begun, first: false };
  const wrapping: Wrapping = { processor: undefined };
  holder[symbol] = wrapping;
  return { wrapping, first: true };
}

/**
 * Tells of the provider that any copy of the API registers, already or from now on. All copies of a major version meet in one
 * global object, so it is watched there. Loads nothing: most processes of a host never register one.
 */
export function whenRegistered(told: (proxy: ProxyProvider, already: boolean) => void): void {
  const registry = Symbol.for('opentelemetry.js.api.1');
  watchProperty(globalThis, registry, globals => watchProperty(globals as object, 'trace', told as Told));
}

type Told = (value: unknown, already: boolean) => void;

/** The property stays what it was, and `told` hears of its value and of each new one. */
function watchProperty(holder: object, key: string | symbol, told: Told): void {
  let value = (holder as Record<string | symbol, unknown>)[key];
  Object.defineProperty(holder, key, {
    configurable: true,
    enumerable: true,
    get: () => value,
    set(next: unknown) {
      // every registration writes the one global object again: it is watched already
      if (next === value) return;
      value = next;
      if (next !== undefined) told(next, false);
    },
  });
  if (value !== undefined) told(value, true);
}
