import {
  type Context,
  context,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { shared, warnOnce } from '../signals/shared.ts';
import type { AlignmentSpanProcessor } from './processor.ts';
import type { RecordingSpan } from './span.ts';

/**
 * Puts the processor around whatever provider is registered, already or from now on, through whichever copy of the API
 * (1.10 has one for ESM and one for CJS). Serves both SDK majors and providers of other makers.
 *
 * @param create makes the processor; called once a process
 */
export function wrapProviders(create: () => AlignmentSpanProcessor): void {
  const rooms = shared.rooms as { wrapping?: AlignmentSpanProcessor };
  if (rooms.wrapping !== undefined) return;
  const processor = create();
  rooms.wrapping = processor;
  whenRegistered((proxy, already) => wrapDelegate(proxy, already, processor));
}

/** What the API registers: a provider that passes everything on to the one that the SDK gives it. */
interface ProxyProvider extends TracerProvider {
  getDelegate?(): TracerProvider;
  setDelegate?(provider: TracerProvider): void;
}

/**
 * Tells of the provider that any copy of the API registers. All copies of a major version meet in one global object, so
 * it is watched there.
 */
function whenRegistered(told: (proxy: ProxyProvider, already: boolean) => void): void {
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
      value = next;
      if (next !== undefined) told(next, false);
    },
  });
  if (value !== undefined) told(value, true);
}

function wrapDelegate(proxy: ProxyProvider, already: boolean, processor: AlignmentSpanProcessor): void {
  const { setDelegate } = proxy;
  if (setDelegate === undefined || proxy.getDelegate === undefined) {
    warnOnce('wrap', 'the registered tracer provider takes no delegate; its spans are not looked at');
    return;
  }
  proxy.setDelegate = provider => setDelegate.call(proxy, wrapProvider(provider, processor));
  if (already) proxy.setDelegate(proxy.getDelegate());
}

function wrapProvider(provider: TracerProvider, processor: AlignmentSpanProcessor): TracerProvider {
  return over(provider, {
    getTracer: (...named: Parameters<TracerProvider['getTracer']>) =>
      wrapTracer(provider.getTracer(...named), processor),
  });
}

function wrapTracer(tracer: Tracer, processor: AlignmentSpanProcessor): Tracer {
  const startSpan = (name: string, options?: SpanOptions, parent: Context = context.active()): Span => {
    const span = tracer.startSpan(name, options, parent);
    return watchSpan(span, options?.root === true ? trace.deleteSpan(parent) : parent, processor);
  };
  return over(tracer, {
    startSpan,
    startActiveSpan: (name: string, ...rest: unknown[]): unknown => {
      const fn = rest.pop() as (span: Span) => unknown;
      const [options, given] = rest as [SpanOptions?, Context?];
      const parent = given ?? context.active();
      const span = startSpan(name, options, parent);
      return context.with(trace.setSpan(parent, span), fn, undefined, span);
    },
  } as Partial<Tracer>);
}

function watchSpan(span: Span, parent: Context, processor: AlignmentSpanProcessor): Span {
  try {
    if (!span.isRecording()) return span;
    processor.onStart(span as RecordingSpan, parent);
    const end = span.end;
    span.end = function watchedEnd(this: Span, time?: Parameters<Span['end']>[0]): void {
      if (this.isRecording()) processor.onEnding(this as RecordingSpan, time);
      end.call(this, time);
    };
  } catch (error) {
    warnOnce('wrap', 'a span could not be watched', error);
  }
  return span;
}

/** `target` with some methods replaced; everything else runs on `target` itself, private fields included. */
function over<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(_, property) {
      const replaced = methods[property as keyof T];
      if (replaced !== undefined) return replaced;
      const value = Reflect.get(target, property, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
