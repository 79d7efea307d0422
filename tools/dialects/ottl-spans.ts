import type { SignalClass } from '../../src/semconv/index.ts';
import { defaultSeverity } from '../../src/signals/severity.ts';
import type { DialectFile, EventRowFile, MirrorRow } from './model.ts';
import { allOf, attribute, Double, literal, versionPaths } from './ottl.ts';
import type { Processor } from './ottl-logs.ts';

const CLASS = attribute('span', 'alignment.signal.class');
const ID = attribute('span', 'alignment.signal.id');
/** No row was here before, and no span processor in the program itself. */
const FREE = `${CLASS} == nil and ${attribute('span', 'alignment.signal.count')} == nil`;

/**
 * What fills the source's slot in the pipeline of spans. Statements cannot add an event to a span, so a span that states
 * something carries the signal in attributes of its own. `undefined` where no row is on spans.
 */
export function spanProcessor(file: DialectFile, name: string): Processor | undefined {
  const { harness, events = [], mirrors = [] } = file;
  const rows = events.filter(row => row.on === 'span');
  const spanEvents = events.filter(row => row.on === 'span_event');
  if (harness?.spans === undefined || rows.length + spanEvents.length + mirrors.length === 0)
    return undefined;
  const own = allOf('span', harness.spans);
  const list = [];
  if (rows.length + mirrors.length > 0) {
    list.push({
      context: 'span' as const,
      conditions: own,
      statements: [...rows.map(row => insert(harness.name, row, 'span')), ...mirrors.map(mirror)],
    });
  }
  if (spanEvents.length > 0) {
    list.push({
      context: 'spanevent' as const,
      conditions: own,
      statements: spanEvents.map(row => insert(harness.name, row, 'spanevent')),
    });
  }
  if (rows.length + spanEvents.length > 0) {
    list.push({
      context: 'span' as const,
      conditions: `${own} and ${CLASS} != nil and ${ID} == nil`,
      statements: [...version(file), ...signalId()],
    });
  }
  return {
    name: `transform/spans_${name}`,
    comment: [
      'Statements cannot add an event to a span: the signal is in attributes of the span that states it. Nothing that stands there',
      'is overwritten.',
    ],
    settings: 'ignore',
    groups: { kind: 'trace_statements', list },
  };
}

/** All at once and only where no other row was there before. */
function insert(source: string, row: EventRowFile, context: 'span' | 'spanevent'): string {
  if (row.event === 'none') throw new Error(`${row.id}: a row on a span has an event`);
  const signalClass = row.event.slice('alignment.'.length) as SignalClass;
  const severity = defaultSeverity(signalClass, row.set ?? {});
  if (severity === undefined) throw new Error(`${row.id}: has no severity in the table of the vocabulary`);
  const attributes = literal({
    'alignment.signal.class': signalClass,
    'alignment.signal.severity': new Double(severity),
    'alignment.signal.count': 1,
    'alignment.signal.classes': [signalClass],
    'alignment.signal.max_severity': new Double(severity),
    'alignment.source.type': 'harness',
    'alignment.source.name': source,
    ...row.set,
  });
  return `merge_maps(span.attributes, ${attributes}, "insert") where ${FREE} and ${allOf(context, row.when)}`;
}

function mirror(row: MirrorRow): string {
  const attributes = literal({
    'alignment.signal.count': 1,
    ...(row.class === undefined ? {} : { 'alignment.signal.classes': [row.class] }),
    'alignment.signal.max_severity': new Double(row.max_severity),
    ...(row.initiator === undefined ? {} : { 'alignment.intervention.initiator': row.initiator }),
  });
  return `merge_maps(span.attributes, ${attributes}, "insert") where ${FREE} and ${allOf('span', row.when)}`;
}

function version({ harness }: DialectFile): string[] {
  if (!harness?.version) return [];
  const target = attribute('span', 'alignment.source.version');
  return versionPaths('span', harness.version).map(
    path =>
      `set(${target}, ${path}) where ${target} == nil and IsString(${path}) and IsMatch(${path}, "^[\\\\w.+:/-]{1,64}$")`,
  );
}

/** The vocabulary's recipe. `alignment.yaml` has it for events of spans and for log records. */
function signalId(): string[] {
  const session = 'span.cache["session"]';
  const text = (path: string): string =>
    `set(${session}, ${path}) where ${session} == "" and IsString(${path})`;
  const first = (...keys: string[]): string =>
    `Coalesce([${keys.map(key => attribute('span', key)).join(', ')}, ""])`;
  return [
    `set(${session}, "")`,
    text(attribute('span', 'session.id')),
    text(attribute('span', 'gen_ai.conversation.id')),
    text(attribute('resource', 'session.id')),
    text(attribute('resource', 'gen_ai.conversation.id')),
    `set(${session}, span.trace_id.string) where ${session} == ""`,
    `set(span.cache["call"], ${first('gen_ai.tool.call.id')})`,
    'set(span.cache["time"], "")',
    'set(span.cache["time"], String(span.end_time_unix_nano)) where span.cache["call"] == ""',
    `set(${ID}, Substring(SHA256(Concat(["1", ${session}, span.cache["call"], ${CLASS}, ${first('alignment.intervention.type', 'alignment.boundary.type', 'alignment.indicator.type')}, ${first('alignment.intervention.outcome')}, "", "", span.cache["time"]], "|")), 0, 32))`,
  ];
}
