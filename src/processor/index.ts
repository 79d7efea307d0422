export { withAlignmentBaggage } from '../signals/baggage.ts';
export type { AlignmentOptions } from './options.ts';
export { AlignmentSpanProcessor } from './processor.ts';
export type { RecordingSpan } from './span.ts';
export { withAlignment } from './with-alignment.ts';
