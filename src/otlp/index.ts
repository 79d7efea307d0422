export type { DecodedEvent, DecodedRecord, DecodedSpan, FlatAttributes } from './decode.ts';
export { recordsOf, spansOf } from './decode.ts';
export type { JsonLine } from './lines.ts';
export { readJson } from './lines.ts';
