// Writes the key lists of collector-config/keys.yaml and semconv/model into the Collector's configuration.
// `--check` writes nothing and fails when a file is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { keyPattern } from './key-pattern.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const config = join(root, 'collector-config');

interface Keys {
  agent_marks: string[];
  agent_scopes: string[];
  agent_services: string[];
  agent_events: string[];
  content: string[];
  agent_content: string[];
  identity: string[];
  resource_identity: string[];
  reused: string[];
  strict: { span: string[]; resource: string[]; not: string[] };
  pseudonyms: string[];
}

interface Registry {
  keys: string[];
  members: Map<string, string[]>;
  /** Keys of each type of OTLP/JSON; arrays are left out. */
  types: Map<string, 'stringValue' | 'doubleValue' | 'intValue'>;
}

const own = (key: string): boolean => key.startsWith('alignment.');

const JSON_TYPES: Readonly<Record<string, 'stringValue' | 'doubleValue' | 'intValue'>> = {
  string: 'stringValue',
  double: 'doubleValue',
  int: 'intValue',
};

/** The registry's attributes and the values of its enums, from every file of `semconv/model`. */
function readRegistry(folder: string): Registry {
  const keys: string[] = [];
  const members = new Map<string, string[]>();
  const types: Registry['types'] = new Map();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.yaml')) continue;
    const { attributes = [] } = (parse(readFileSync(join(folder, file), 'utf8')) ?? {}) as {
      attributes?: { key?: string; type?: string | { members?: { value: string }[] } }[];
    };
    for (const { key, type } of attributes) {
      if (key === undefined || !own(key)) continue;
      keys.push(key);
      const json = typeof type === 'string' ? JSON_TYPES[type] : 'stringValue';
      if (json) types.set(key, json);
      if (typeof type === 'object' && type.members)
        members.set(
          key,
          type.members.map(member => member.value),
        );
    }
  }
  return { keys: keys.sort(), members, types };
}

/** A string literal of OTTL. */
const quote = (text: string): string => JSON.stringify(text);
const list = (items: readonly string[]): string => `[${items.map(quote).join(', ')}]`;

/** The condition that a span (`span`) or a log record (`log`) is an agent's. */
function isAgent(keys: Keys, context: 'span' | 'log'): string {
  const prefixes = keys.agent_scopes.filter(scope => scope.endsWith('*')).map(scope => scope.slice(0, -1));
  const marks = keys.agent_marks.map(key => `${context}.attributes[${quote(key)}] != nil`);
  const scopes = [
    ...prefixes.map(prefix => `HasPrefix(scope.name, ${quote(prefix)})`),
    // a list to look in would be built anew for every span
    ...keys.agent_scopes.filter(scope => !scope.endsWith('*')).map(scope => `scope.name == ${quote(scope)}`),
    ...keys.agent_services.map(service => `resource.attributes["service.name"] == ${quote(service)}`),
  ];
  const events = keys.agent_events.flatMap(prefix => [
    `HasPrefix(log.event_name, ${quote(prefix)})`,
    `(IsString(log.attributes["event.name"]) and HasPrefix(log.attributes["event.name"], ${quote(prefix)}))`,
  ]);
  return [...marks, ...scopes, ...(context === 'log' ? events : [])].join(' or ');
}

/** The generated lines of each marked place, by file. */
export function generate(keys: Keys, registry: Registry): Record<string, Record<string, string[]>> {
  const words = [...keys.agent_content, ...keys.identity];
  const drop = (map: string, names: readonly string[]): string =>
    `- delete_matching_keys(${map}, ${quote(keyPattern(names))})`;
  const keep = (map: string, names: readonly string[]): string[] => [`- keep_keys(${map}, ${list(names)})`];
  const keepSignal = (map: string): string =>
    `- keep_matching_keys(${map}, ${quote(keyPattern([...keys.reused, 'alignment.*']))})`;
  const conditions = (...all: string[]): string[] => [`conditions: ['${all.join(' and ')}']`];
  const left = new RegExp(keyPattern(keys.strict.not).replaceAll('(?s:.*)', '[^]*'));
  const strict = [...registry.keys.filter(key => !left.test(key)), ...keys.reused];
  const labels = [
    'alignment.signal.class',
    'alignment.intervention.type',
    'alignment.intervention.initiator',
    'alignment.action.reversibility',
    'alignment.human.involvement',
    'alignment.autonomy.level',
    'alignment.risk.calibration.status',
  ].map(key => {
    const known = [...(registry.members.get(key) ?? []), '_OTHER', 'none', 'unknown'];
    const label = `datapoint.attributes[${quote(key)}]`;
    return `- set(${label}, "_OTHER") where ${label} != nil and not ContainsValue(${list([...new Set(known)])}, ${label})`;
  });
  const resource = [drop('resource.attributes', [...keys.identity, ...keys.resource_identity])];
  const ignored = [...registry.keys, ...keys.reused, ...keys.strict.span, ...keys.strict.resource].filter(
    key => !keys.pseudonyms.includes(key),
  );
  const other = 'not HasPrefix(spanevent.name, "alignment.")';
  const agentSpan = `(${isAgent(keys, 'span')})`;
  const agentLog = `(${isAgent(keys, 'log')})`;
  return {
    'alignment.yaml': {
      resource,
      record: [keepSignal('log.attributes')],
      'span-content': [drop('span.attributes', keys.content)],
      'agent-span': conditions(agentSpan),
      'agent-span-content': [drop('span.attributes', words)],
      event: [keepSignal('spanevent.attributes')],
      'event-content': [drop('spanevent.attributes', keys.content)],
      'agent-event': conditions(other, agentSpan),
      'agent-event-content': [drop('spanevent.attributes', words)],
      'record-content': [drop('log.attributes', keys.content)],
      'agent-record': conditions(agentLog),
      'agent-record-content': [drop('log.attributes', words)],
      labels,
    },
    'overlays/strict.yaml': {
      resource: keep('resource.attributes', keys.strict.resource),
      record: keep('log.attributes', strict),
      // the labels are gone after the counters
      span: keep('span.attributes', [...strict, ...keys.strict.span, 'alignment.tmp.labels']),
      event: keep('spanevent.attributes', [...strict, 'alignment.tmp.labels']),
    },
    'overlays/logs-to-spans.yaml': {
      lift: strict.flatMap(key => {
        if (key === 'alignment.signal.class') return []; // the first of the list, always there
        const json = registry.types.get(key) ?? (keys.reused.includes(key) ? 'stringValue' : undefined);
        if (json === undefined) return [];
        const value = `log.attributes[${quote(key)}]`;
        const right = {
          stringValue: `IsString(${value})`,
          doubleValue: `IsDouble(${value}) and ${value} == ${value}`, // not NaN, which JSON cannot write
          intValue: `IsInt(${value})`,
        }[json];
        const written = json === 'intValue' ? `String(${value})` : value;
        const attribute = `String({"key":${quote(key)},"value":{"${json}":${written}}})`;
        return [
          `- set(log.cache["attributes"], Concat([log.cache["attributes"], ${attribute}], ",")) where ${right}`,
        ];
      }),
    },
    'overlays/pseudonyms.yaml': {
      pseudonyms: [`blocked_key_patterns: ['${keyPattern(keys.pseudonyms)}']`],
      ignored: [`ignored_keys: ${list(ignored)}`],
    },
  };
}

/** `text` with the lines between each `# <name>` and `# </name>` replaced. Throws where a name is unknown or not closed. */
export function fill(text: string, places: Readonly<Record<string, readonly string[]>>): string {
  const out: string[] = [];
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const name = /^ *# <(\/?[a-z-]+)>$/.exec(line)?.[1];
    if (open !== undefined && name !== `/${open}`) continue;
    out.push(line);
    if (name === undefined) continue;
    if (open !== undefined) {
      open = undefined;
      continue;
    }
    const lines = places[name];
    if (lines === undefined) throw new Error(`nothing is generated for <${name}>`);
    const indent = line.slice(0, line.indexOf('#'));
    out.push(...lines.map(generated => indent + generated));
    open = name;
  }
  if (open !== undefined) throw new Error(`<${open}> is not closed`);
  return out.join('\n');
}

/** The files that differ from what would be generated, by path in collector-config, with their right text. */
export function stale(): Map<string, string> {
  const keys = parse(readFileSync(join(config, 'keys.yaml'), 'utf8')) as Keys;
  const result = new Map<string, string>();
  for (const [file, places] of Object.entries(generate(keys, readRegistry(join(root, 'semconv/model'))))) {
    const text = readFileSync(join(config, file), 'utf8');
    const right = fill(text, places);
    if (right !== text) result.set(file, right);
  }
  return result;
}

if (import.meta.main) {
  const files = stale();
  const check = process.argv.includes('--check');
  for (const [file, text] of files) {
    if (!check) writeFileSync(join(config, file), text);
    console.log(`${check ? 'stale' : 'written'}: collector-config/${file}`);
  }
  if (files.size === 0) console.log('collector-config is up to date');
  else if (check) process.exitCode = 1;
}
