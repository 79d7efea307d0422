import { configureGlobal } from 'fast-check';

/**
 * Property tests repeat themselves: a run that fails fails again. `FUZZ_SEED=random` looks at new cases each time, and a number
 * repeats a run of that seed.
 */
const wanted = process.env['FUZZ_SEED'] ?? '20261121';
if (wanted !== 'random') {
  const seed = Number(wanted);
  if (!Number.isSafeInteger(seed)) throw new Error(`FUZZ_SEED=${wanted}: a whole number, or random`);
  configureGlobal({ seed });
}
