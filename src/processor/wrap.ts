import {
  type Context,
  context,
  type Span,
  type SpanOptions,
  type TraceAPI,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { shared, warnOnce } from '../signals/shared.ts';
import type { AlignmentSpanProcessor } from './processor.ts';
import type { RecordingSpan } from './span.ts';

/**
 * Puts the processor around whatever provider is registered from now on, or is registered already. Uses the public API
 * only, so it serves both SDK majors and providers of other makers.
 *
 * @param create makes the processor, where no copy of this package has made one yet
 * @param api the copy of the API that providers are registered with: 1.10 has one for ESM and one for CJS
 */
export function wrapProviders(create: () => AlignmentSpanProcessor, api: TraceAPI = trace): void {
  const rooms = shared.rooms as { wrapping?: AlignmentSpanProcessor; wrapped?: WeakSet<object> };
  rooms.wrapping ??= create();
  rooms.wrapped ??= new WeakSet();
  if (rooms.wrapped.has(api)) return;
  rooms.wrapped.add(api);
  const processor = rooms.wrapping;
  const register = api.setGlobalTracerProvider;
  api.setGlobalTracerProvider = function setGlobalTracerProvider(provider: TracerProvider): boolean {
    return register.call(this, wrapProvider(provider, processor));
  };
  rewrap(api, processor);
}

/** A provider that was registered before us, where it is the API's own proxy: it can change its delegate. */
function rewrap(api: TraceAPI, processor: AlignmentSpanProcessor): void {
  const globals = globalThis as { [key: symbol]: { trace?: unknown } | undefined };
  const registered = globals[Symbol.for('opentelemetry.js.api.1')]?.trace;
  const proxy = api.getTracerProvider() as {
    getDelegate?: () => TracerProvider;
    setDelegate?: (provider: TracerProvider) => void;
  };
  if (registered !== proxy || proxy.getDelegate === undefined || proxy.setDelegate === undefined) return;
  const delegate = proxy.getDelegate();
  if (!providers.has(delegate)) proxy.setDelegate(wrapProvider(delegate, processor));
}

/** Providers that are wrapped already: one proxy is found through both copies of the API. */
const providers = new WeakSet<object>();

function wrapProvider(provider: TracerProvider, processor: AlignmentSpanProcessor): TracerProvider {
  const wrapped = over(provider, {
    getTracer: (...named: Parameters<TracerProvider['getTracer']>) =>
      wrapTracer(provider.getTracer(...named), processor),
  });
  providers.add(wrapped);
  return wrapped;
}

function wrapTracer(tracer: Tracer, processor: AlignmentSpanProcessor): Tracer {
  const startSpan = (name: string, options?: SpanOptions, parent: Context = context.active()): Span => {
    const span = tracer.startSpan(name, options, parent);
    return watch(span, options?.root === true ? trace.deleteSpan(parent) : parent, processor);
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

function watch(span: Span, parent: Context, processor: AlignmentSpanProcessor): Span {
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
