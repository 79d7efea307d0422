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
 * Puts the processor around whatever provider is registered from now on, or is registered already. Uses the public API
 * only, so it serves both SDK majors and providers of other makers.
 */
export function wrapProviders(processor: AlignmentSpanProcessor): void {
  const state = shared.rooms as { wrapping?: AlignmentSpanProcessor };
  if (state.wrapping !== undefined) return;
  state.wrapping = processor;
  const register = trace.setGlobalTracerProvider;
  trace.setGlobalTracerProvider = function setGlobalTracerProvider(provider: TracerProvider): boolean {
    return register.call(this, wrapProvider(provider, processor));
  };
  rewrap(processor);
}

/** A provider that was registered before us, where it is the API's own proxy: it can change its delegate. */
function rewrap(processor: AlignmentSpanProcessor): void {
  const globals = globalThis as { [key: symbol]: { trace?: unknown } | undefined };
  if (globals[Symbol.for('opentelemetry.js.api.1')]?.trace === undefined) return;
  const proxy = trace.getTracerProvider() as {
    getDelegate?: () => TracerProvider;
    setDelegate?: (provider: TracerProvider) => void;
  };
  if (proxy.getDelegate === undefined || proxy.setDelegate === undefined) return;
  proxy.setDelegate(wrapProvider(proxy.getDelegate(), processor));
}

function wrapProvider(provider: TracerProvider, processor: AlignmentSpanProcessor): TracerProvider {
  return over(provider, {
    getTracer: (...named: Parameters<TracerProvider['getTracer']>) =>
      wrapTracer(provider.getTracer(...named), processor),
  });
}

function wrapTracer(tracer: Tracer, processor: AlignmentSpanProcessor): Tracer {
  const startSpan = (name: string, options?: SpanOptions, parent: Context = context.active()): Span =>
    watch(
      tracer.startSpan(name, options, parent),
      options?.root === true ? withoutSpan(parent) : parent,
      processor,
    );
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

const withoutSpan = (from: Context): Context => trace.deleteSpan(from);

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
