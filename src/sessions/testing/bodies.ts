import fc from 'fast-check';

/** Bodies of requests: those that are nearly one, any JSON, and text that is none. */
export const bodies = (nearly: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.oneof(nearly, fc.anything()).map(value => {
      try {
        return JSON.stringify(value) ?? '';
      } catch {
        return '{';
      }
    }),
    fc.string(),
  );
