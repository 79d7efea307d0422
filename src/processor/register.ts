/**
 * Zero-code set-up: `node --import otel-alignment/register app.js` (or `--require`), before whatever starts the SDK.
 * Options come from the `ALIGNMENT_…` variables.
 *
 * @module
 */
import { createRequire } from 'node:module';
import { beginWrapping, whenRegistered } from './registered.ts';

// biome-ignore lint/suspicious/noTsIgnore: only the CommonJS project refuses it, and its bundle replaces it
// @ts-ignore
const require = createRequire(import.meta.url);
const { wrapping, first } = beginWrapping();
if (first) {
  whenRegistered((proxy, already) => {
    try {
      // Where NODE_OPTIONS names this file, it runs in every Node process of a host: the rest is loaded where there is
      // something to do. The CommonJS copy: a graph of ES modules cannot be loaded while one that holds it is evaluated.
      const { wrapDelegate } = require('../../cjs/processor/wrap.js') as typeof import('./wrap.ts');
      wrapDelegate(proxy, already, wrapping);
    } catch (error) {
      const code = 'ALIGNMENT_009';
      process.emitWarning(`otel-alignment could not be loaded: ${error}`, { type: 'AlignmentWarning', code });
    }
  });
}
