// Zero-code set-up: `node --import otel-alignment/register app.js`. An SDK may register through the ESM or the CJS copy
// of the API; both are wrapped.
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { register } from './esm/processor/register.js';

register(trace, createRequire(import.meta.url)('@opentelemetry/api').trace);
