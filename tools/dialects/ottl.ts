import type { Condition, Harness } from '../../src/dialects/table.ts';

/** What a statement of the Collector's transformation language runs on. */
export type Context = 'log' | 'span' | 'spanevent';

/** A double: without its point, 0 would be an integer. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A literal. Maps and lists have no space inside, so that a statement stays a plain YAML scalar. */
export function literal(value: unknown): string {
  if (value instanceof Double) {
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  }
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${literal(key)}:${literal(item)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

export function attribute(context: Context | 'resource', key: string): string {
  return `${context}.attributes[${literal(key)}]`;
}

/** Where a program's version stands, the first usable one counts. */
export function versionPaths(
  context: Context,
  { attribute: own, resource }: NonNullable<Harness['version']>,
): string[] {
  return [
    ...(own === undefined ? [] : [attribute(context, own)]),
    ...(resource === undefined ? [] : [attribute('resource', resource)]),
  ];
}

/** Whether one of several texts is there: a comparison, or a look into a list. */
export function oneOf(path: string, values: readonly unknown[]): string {
  return values.length === 1
    ? `${path} == ${literal(values[0])}`
    : `ContainsValue(${literal(values)}, ${path})`;
}

/** All conditions of a row. */
export function allOf(context: Context, when: readonly Condition[]): string {
  return when.map(condition => test(context, condition)).join(' and ');
}

function test(context: Context, condition: Condition): string {
  const path = subject(context, condition);
  if ('exists' in condition) return `${path} != nil`;
  if ('equals' in condition) return `${path} == ${literal(condition.equals)}`;
  if ('in' in condition) return oneOf(path, condition.in);
  // the functions fail on, or convert, what is no text: a row then would not read as it does elsewhere
  if ('prefix' in condition) return `IsString(${path}) and HasPrefix(${path}, ${literal(condition.prefix)})`;
  if ('pattern' in condition) return `IsString(${path}) and IsMatch(${path}, ${literal(condition.pattern)})`;
  if ('contains' in condition) {
    // a list is matched as its JSON, in which no item can hold an unescaped quote
    const items = condition.contains.map(item => `"${item.replaceAll('.', '\\.')}"`).join(',');
    return `IsList(${path}) and IsMatch(${path}, ${literal(`[\\[,]${items}[,\\]]`)})`;
  }
  const other = attribute('span', condition.differs_from_span);
  return `IsString(${path}) and IsString(${other}) and ${path} != ${other}`;
}

function subject(context: Context, condition: Condition): string {
  if ('attribute' in condition) return attribute(context, condition.attribute);
  if ('resource' in condition) return attribute('resource', condition.resource);
  switch (condition.field) {
    case 'span_name':
      return 'span.name';
    case 'scope_name':
      return 'scope.name';
    case 'status_code':
      return 'span.status.code';
    case 'status_message':
      return 'span.status.message';
    case 'event_name':
      return context === 'log' ? 'log.event_name' : 'spanevent.name';
    case 'body':
      return 'log.body';
  }
}
