import * as api from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { AlwaysOffSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { contract } from '../sdk/contract.ts';
import type { Line } from '../sdk/line.ts';

// the packed package beside this file, by its name; not known to the compiler before it is packed
const name: string = 'otel-alignment';
const lib: Line['lib'] = await import(name);
const signals: Line['signals'] = await import(`${name}/signals`);
const sessions: Line['sessions'] = await import(`${name}/sessions`);

contract('sdk-trace-base 2.3, packed tarball', {
  api: api as never,
  lib,
  signals,
  sessions,
  contextManager: new AsyncLocalStorageContextManager(),
  provider: options => new BasicTracerProvider(options as never) as never,
  alwaysOff: new AlwaysOffSampler(),
  logs: processor => logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [processor as never] })),
});
