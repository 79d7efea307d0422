import type { RecordView, SpanView } from '../step/step.ts';
import type { Condition } from './table.ts';

/** Longest part of a value that a pattern sees, in UTF-16 units. */
const PATTERN_INPUT_LIMIT = 16_384;

/** A span, a log record or an event on a span: a condition on a part that is not there does not hold. */
export type View = Pick<RecordView, 'attributes' | 'eventName' | 'body' | 'scopeName' | 'resource'> & {
  readonly name?: string;
  readonly status?: SpanView['status'];
  /** The span that an event is on. */
  readonly span?: SpanView;
};

type Predicate = (view: View) => boolean;

/** Turns a condition into a function, so that nothing of the table is looked up while a span ends. */
export function compileCondition(condition: Condition): Predicate {
  const get = subjectOf(condition);
  if ('exists' in condition) return span => isPresent(get(span));
  if ('equals' in condition) {
    const expected = condition.equals;
    return span => get(span) === expected;
  }
  if ('in' in condition) {
    const expected = new Set<unknown>(condition.in);
    return span => expected.has(get(span));
  }
  if ('prefix' in condition) {
    const { prefix } = condition;
    return span => {
      const value = get(span);
      return typeof value === 'string' && value.startsWith(prefix);
    };
  }
  if ('contains' in condition) {
    const { contains } = condition;
    return span => isSideBySide(get(span), contains);
  }
  if ('differs_from_span' in condition) {
    const key = condition.differs_from_span;
    return view => {
      const value = get(view);
      const other = view.span?.attributes[key];
      return typeof value === 'string' && typeof other === 'string' && value !== other;
    };
  }
  const pattern = new RegExp(condition.pattern, 'u');
  return span => {
    const value = get(span);
    return typeof value === 'string' && pattern.test(value.slice(0, PATTERN_INPUT_LIMIT));
  };
}

export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Only the first thousand items are looked at. */
function isSideBySide(list: unknown, items: readonly string[]): boolean {
  if (!Array.isArray(list)) return false;
  const last = Math.min(list.length - items.length, 1000);
  for (let start = 0; start <= last; start++) {
    if (items.every((item, offset) => list[start + offset] === item)) return true;
  }
  return false;
}

function subjectOf(condition: Condition): (view: View) => unknown {
  if ('attribute' in condition) {
    const key = condition.attribute;
    return span => span.attributes[key];
  }
  if ('resource' in condition) {
    const key = condition.resource;
    return span => span.resource?.[key];
  }
  switch (condition.field) {
    case 'span_name':
      return span => span.name;
    case 'scope_name':
      return span => span.scopeName;
    case 'status_code':
      return span => span.status?.code;
    case 'status_message':
      return span => span.status?.message;
    case 'event_name':
      return view => view.eventName;
    case 'body':
      return view => view.body;
    default:
      return () => undefined;
  }
}
