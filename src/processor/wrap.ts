import {
  type Context,
  context,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { warnOnce } from '../signals/shared.ts';
import { AlignmentSpanProcessor } from './processor.ts';
import { beginWrapping, type ProxyProvider, type Wrapping, whenRegistered } from './registered.ts';
import type { RecordingSpan } from './span.ts';

/**
 * Puts the processor around whatever provider is registered, already or from now on, through whichever copy of the API
 * (1.10 has one for ESM and one for CJS). Serves both SDK majors and providers of other makers.
 *
 * @param create makes the processor; called once a process
 * @returns the processor at work, and whether this call made it
 */
export function wrapProviders(create: () => AlignmentSpanProcessor): {
  processor: AlignmentSpanProcessor;
  first: boolean;
} {
  const { wrapping, first } = beginWrapping();
  wrapping.processor ??= first ? create() : new AlignmentSpanProcessor({}, true);
  if (first) whenRegistered((proxy, already) => wrapDelegate(proxy, already, wrapping));
  return { processor: wrapping.processor, first };
}

/** What the API passes its calls on to, now or from now on, is looked after. */
export function wrapDelegate(proxy: ProxyProvider, already: boolean, wrapping: Wrapping): void {
  wrapping.processor ??= new AlignmentSpanProcessor({}, true);
  const { processor } = wrapping;
  const { setDelegate } = proxy;
  if (setDelegate === undefined || proxy.getDelegate === undefined) {
    warnOnce('wrap', 'the registered tracer provider takes no delegate; its spans are not looked at');
    return;
  }
  proxy.setDelegate = provider => setDelegate.call(proxy, wrapProvider(provider, processor));
  if (already) proxy.setDelegate(proxy.getDelegate());
}

const wrapped = new WeakSet<TracerProvider>();

/**
 * The provider itself gives out watched tracers from now on, whoever asks it; one that cannot be changed does so where the
 * API asks.
 */
function wrapProvider(provider: TracerProvider, processor: AlignmentSpanProcessor): TracerProvider {
  if (wrapped.has(provider)) return provider;
  const own = provider.getTracer;
  const getTracer = (...named: Parameters<TracerProvider['getTracer']>): Tracer =>
    wrapTracer(own.apply(provider, named), processor);
  try {
    Object.defineProperty(provider, 'getTracer', { value: getTracer, configurable: true, writable: true });
    wrapped.add(provider);
    return provider;
  } catch {
    return over(provider, { getTracer });
  }
}

/**
 * Every call goes on with just the arguments that it came with: the active context is the tracer's to find, as our copy
 * of the API may not be the one that knows it.
 */
function wrapTracer(tracer: Tracer, processor: AlignmentSpanProcessor): Tracer {
  return over(tracer, {
    startSpan: (...given: Parameters<Tracer['startSpan']>): Span => {
      const [, options, parent = context.active()] = given;
      return watchSpan(tracer.startSpan(...given), options, parent, processor);
    },
    startActiveSpan: (...given: unknown[]): unknown => {
      const fn = given.at(-1);
      if (typeof fn !== 'function') return Reflect.apply(tracer.startActiveSpan, tracer, given);
      const [, options, parent] = (given.length > 2 ? given : []) as [string?, SpanOptions?, unknown?];
      const from = typeof parent === 'object' && parent !== null ? (parent as Context) : context.active();
      const watched = (span: Span): unknown => fn(watchSpan(span, options, from, processor));
      return Reflect.apply(tracer.startActiveSpan, tracer, [...given.slice(0, -1), watched]);
    },
  } as Partial<Tracer>);
}

function watchSpan(
  span: Span,
  options: SpanOptions | undefined,
  parent: Context,
  processor: AlignmentSpanProcessor,
): Span {
  try {
    if (!span.isRecording()) return span;
    processor.onStart(span as RecordingSpan, options?.root === true ? trace.deleteSpan(parent) : parent);
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
