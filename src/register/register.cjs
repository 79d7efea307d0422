// Zero-code set-up: `node --require otel-alignment/register app.js`. An SDK may register through the ESM or the CJS copy
// of the API; both are wrapped.
const { trace } = require('@opentelemetry/api');
const { register } = require('./cjs/processor/register.js');

register(trace, require('./api.mjs').trace);
