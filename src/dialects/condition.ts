import type { SpanView } from '../step/step.ts';
import type { Condition } from './table.ts';

/** Longest part of a value that a pattern sees, in UTF-16 units. */
const PATTERN_INPUT_LIMIT = 16_384;

type Predicate = (span: SpanView) => boolean;

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
  const pattern = new RegExp(condition.pattern, 'u');
  return span => {
    const value = get(span);
    return typeof value === 'string' && pattern.test(value.slice(0, PATTERN_INPUT_LIMIT));
  };
}

export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function subjectOf(condition: Condition): (span: SpanView) => unknown {
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
    default:
      return () => undefined;
  }
}
