// The ESM copy of the API, for register.cjs.
export { trace } from '@opentelemetry/api';
