import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { AlwaysOffSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import * as lib from '../../src/index.ts';
import * as sessions from '../../src/sessions/index.ts';
import * as signals from '../../src/signals/index.ts';
import { contract } from './contract.ts';

contract('sdk-trace 3.1', {
  api,
  lib,
  signals,
  sessions,
  contextManager: new AsyncLocalStorageContextManager(),
  provider: options => new TracerProvider(options as never),
  alwaysOff: new AlwaysOffSampler(),
  logs: processor =>
    api.logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [processor as never] })),
});
