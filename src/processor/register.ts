/**
 * Zero-code set-up: `node --import otel-alignment/register app.js` (or `--require`), before whatever starts the SDK.
 * Options come from the `ALIGNMENT_…` variables.
 *
 * @module
 */
import { AlignmentSpanProcessor } from './processor.ts';
import { wrapProviders } from './wrap.ts';

wrapProviders(() => new AlignmentSpanProcessor({}, true));
