export type { DecodedEvent, DecodedRecord, DecodedSpan, FlatAttributes } from './decode.ts';
export { recordsOf, spansOf } from './decode.ts';
export type { JsonLine } from './json-values.ts';
export { jsonValues } from './json-values.ts';
export { readJson } from './lines.ts';
export type { Face, FoundSignal, SignalOfFile, UnreadableLine } from './signals.ts';
export {
  distinctSignals,
  eventNameOf,
  readSignals,
  signalOfRecord,
  signalsOf,
  signalsOfSpan,
  statedClass,
} from './signals.ts';
