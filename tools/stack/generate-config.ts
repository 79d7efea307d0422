// Writes the key lists of collector-config/keys.yaml and semconv/model into the Collector's configuration.
// `--check` writes nothing and fails when a file is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const config = join(root, 'collector-config');

interface Keys {
  agent_marks: string[];
  agent_scopes: string[];
  content: string[];
  agent_content: string[];
  identity: string[];
  resource_identity: string[];
  reused: string[];
  strict: { span: string[]; resource: string[]; not: string[]; pseudonyms: string[] };
}

interface Registry {
  keys: string[];
  members: Map<string, string[]>;
}

const own = (key: string): boolean => key.startsWith('alignment.');

/** The registry's attributes and the values of its enums, from every file of `semconv/model`. */
function readRegistry(folder: string): Registry {
  const keys: string[] = [];
  const members = new Map<string, string[]>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.yaml')) continue;
    const { attributes = [] } = (parse(readFileSync(join(folder, file), 'utf8')) ?? {}) as {
      attributes?: { key?: string; type?: { members?: { value: string }[] } }[];
    };
    for (const { key, type } of attributes) {
      if (key === undefined || !own(key)) continue;
      keys.push(key);
      if (type?.members)
        members.set(
          key,
          type.members.map(member => member.value),
        );
    }
  }
  return { keys: keys.sort(), members };
}

/** A key of keys.yaml as an RE2 pattern: `*` is anything at the end, and anything without a dot elsewhere. */
export const keyPattern = (key: string): string =>
  key
    .replaceAll('.', '\\.')
    .replace(/\*(?!$)/g, '[^.]*')
    .replace(/\*$/, '.*');

const anyOf = (keys: readonly string[]): string => `^(${keys.map(keyPattern).join('|')})$`;

/** A string literal of OTTL. */
const quote = (text: string): string => JSON.stringify(text);
const list = (items: readonly string[]): string => `[${items.map(quote).join(', ')}]`;

/** The generated lines of each marked place, by file. */
export function generate(keys: Keys, registry: Registry): Record<string, Record<string, string[]>> {
  const remove = (map: string, names: readonly string[]): string[] => [
    `- delete_matching_keys(${map}, ${quote(anyOf(names))})`,
  ];
  const keep = (map: string, names: readonly string[]): string[] => [`- keep_keys(${map}, ${list(names)})`];
  const words = [...keys.agent_content, ...keys.identity];
  const persons = [...keys.identity, ...keys.resource_identity];
  const signal = [...keys.reused, 'alignment.*'];
  const keepSignal = (map: string): string[] => [`- keep_matching_keys(${map}, ${quote(anyOf(signal))})`];
  const isAgent = (context: string): string =>
    [
      `ContainsValue(${list(keys.agent_scopes)}, scope.name)`,
      ...keys.agent_marks.map(key => `${context}.attributes[${quote(key)}] != nil`),
    ].join(' or ');
  const left = keys.strict.not.map(key => new RegExp(`^${keyPattern(key)}$`));
  const strict = [...registry.keys.filter(key => !left.some(not => not.test(key))), ...keys.reused];
  const labels = [
    'alignment.signal.class',
    'alignment.intervention.type',
    'alignment.intervention.initiator',
    'alignment.action.reversibility',
    'alignment.human.involvement',
  ].map(key => {
    const known = [...(registry.members.get(key) ?? []), '_OTHER', 'none', 'unknown'];
    const label = `datapoint.attributes[${quote(key)}]`;
    return `- set(${label}, "_OTHER") where ${label} != nil and not ContainsValue(${list([...new Set(known)])}, ${label})`;
  });
  const ignored = [...strict, ...keys.strict.span, ...keys.strict.resource].filter(
    key => !keys.strict.pseudonyms.includes(key),
  );
  return {
    'alignment.yaml': {
      resource: remove('resource.attributes', persons),
      record: keepSignal('log.attributes'),
      'span-content': remove('span.attributes', keys.content),
      'agent-span': [`conditions: ['${isAgent('span')}']`],
      'span-agent-content': remove('span.attributes', words),
      event: keepSignal('spanevent.attributes'),
      'event-content': remove('spanevent.attributes', keys.content),
      'agent-event': [`conditions: ['not HasPrefix(spanevent.name, "alignment.") and (${isAgent('span')})']`],
      'event-agent-content': remove('spanevent.attributes', words),
      labels,
    },
    'overlays/strict.yaml': {
      resource: keep('resource.attributes', keys.strict.resource),
      record: keep('log.attributes', strict),
      span: keep('span.attributes', [...strict, ...keys.strict.span]),
      event: keep('spanevent.attributes', strict),
      pseudonyms: [`blocked_key_patterns: ['${anyOf(keys.strict.pseudonyms)}']`],
      ignored: [`ignored_keys: ${list(ignored)}`],
    },
    'overlays/other-logs.yaml': {
      resource: remove('resource.attributes', persons),
      'log-content': remove('log.attributes', keys.content),
      'agent-log': [`conditions: ['${isAgent('log')}']`],
      'log-agent-content': remove('log.attributes', words),
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
