import { type Attribute, type Member, readAttributes } from './definitions.ts';
import type { Json, JsonMap } from './load.ts';
import { isJsonMap, mapsIn, type RawRegistry, type ResolvedRef, resolveRefs, text } from './model.ts';
import type { Upstream } from './upstream.ts';

const HEADER = '<!-- Generated from semconv/model. Do not edit; run `npm run semconv:generate`. -->\n';

const LEVELS: Readonly<Record<ResolvedRef['level'], string>> = {
  required: 'Required',
  recommended: 'Recommended',
  conditionally_required: 'Conditionally required',
  opt_in: 'Opt-in',
};
const LEVEL_ORDER = Object.keys(LEVELS);
const DEFAULT_SET: Readonly<Record<string, string>> = {
  span: 'on spans',
  event: 'on events',
  mapped: 'where a native score was mapped',
};

const anchorId = (name: string): string => name.replaceAll(/[^a-z0-9]+/g, '-');
const target = (name: string): string => `<a id="${anchorId(name)}"></a>`;
const cell = (value: string): string =>
  value
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
const code = (value: Json): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const row = (...cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), `|${head.map(() => '---').join('|')}|`, ...rows].join('\n');
const typeOf = (attribute: Attribute): string =>
  attribute.members.length > 0 ? `string, ${attribute.open ? 'open ' : ''}enum` : attribute.type;
const defaultSet = (attribute: Attribute): string =>
  attribute.defaultSet.map(place => DEFAULT_SET[place] ?? place).join('; ') || 'no';
const byName =
  (key: string) =>
  (a: JsonMap, b: JsonMap): number =>
    text(a[key]) < text(b[key]) ? -1 : 1;

function producerCell({ producers, planned }: Member): string {
  return [...producers.map(code), ...planned.map(folder => `planned: ${code(folder)}`)].join(', ') || 'given';
}

function attributeSection(attribute: Attribute): string {
  const facts = [
    `Type: ${typeOf(attribute)}.`,
    ...(attribute.range
      ? [`Range: ${attribute.range[0].toFixed(1)} to ${attribute.range[1].toFixed(1)}.`]
      : []),
    `Default set: ${defaultSet(attribute)}.`,
    `Stability: ${attribute.stability}.`,
    ...(attribute.examples.length > 0 ? [`Examples: ${attribute.examples.map(code).join(', ')}.`] : []),
  ];
  const values = table(
    ['Value', 'Meaning', 'Producer'],
    attribute.members.map(member => row(code(member.value), member.brief, producerCell(member))),
  );
  return [
    `${target(attribute.key)}\n\n### \`${attribute.key}\``,
    attribute.brief,
    facts.map(fact => `- ${fact}`).join('\n'),
    attribute.note,
    attribute.members.length > 0 ? values : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function attributesPage(attributes: readonly Attribute[]): string {
  const spaceOf = (attribute: Attribute): string => attribute.key.split('.')[1] ?? '';
  const spaces = [...new Set(attributes.map(spaceOf))];
  const overview = attributes.map(attribute =>
    row(
      `[\`${attribute.key}\`](#${anchorId(attribute.key)})`,
      typeOf(attribute),
      defaultSet(attribute),
      attribute.brief,
    ),
  );
  const sections = spaces.map(space => {
    const list = attributes.filter(attribute => spaceOf(attribute) === space);
    return [`## \`alignment.${space}\``, ...list.map(attributeSection)].join('\n\n');
  });
  return [
    HEADER,
    '# Attributes',
    'Every key is lower case; words within a part of a key are joined by underscores, parts by dots, and no key is the\n' +
      'namespace of another. A score is a double in the range [0.0, 1.0]. A writer uses a listed value of an enum; a reader\n' +
      'passes other values through. `_OTHER` exists in open enums only; where another enum has no fitting value, the key is\n' +
      'left out. What is unknown is left out, never guessed.',
    'The default set is what the software of this project writes unless it is asked for more. A value is in the\n' +
      'registry because something produces it: the file is named with it. Where the producer is planned, the value is\n' +
      'reserved, and the folder is where its producer will come from. Given values belong to the founding schema.',
    table(['Attribute', 'Type', 'Default set', 'Description'], overview),
    ...sections,
  ].join('\n\n');
}

class Pages {
  readonly #registry: RawRegistry;
  readonly #upstream: Upstream;
  readonly #own: ReadonlyMap<string, Attribute>;

  constructor(registry: RawRegistry, upstream: Upstream) {
    this.#registry = registry;
    this.#upstream = upstream;
    this.#own = new Map(readAttributes(registry).map(attribute => [attribute.key, attribute]));
  }

  attributeTable(signal: JsonMap): string {
    const refs = resolveRefs(signal, this.#registry).sort(
      (a, b) => LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level) || (a.key < b.key ? -1 : 1),
    );
    const rows = refs.map(ref => {
      const own = this.#own.get(ref.key);
      const upstream = this.#upstream.attributes.get(ref.key);
      const link = own ? `attributes.md#${anchorId(ref.key)}` : (upstream?.docs ?? '');
      const level = ref.condition ? `${LEVELS[ref.level]}: ${ref.condition}` : LEVELS[ref.level];
      return row(
        `[\`${ref.key}\`](${link})`,
        own ? typeOf(own) : (upstream?.type ?? ''),
        level,
        own?.brief ?? upstream?.brief ?? '',
      );
    });
    return table(['Attribute', 'Type', 'Requirement level', 'Description'], rows);
  }

  section(item: JsonMap, name: string, facts: readonly string[]): string {
    const level = text(item['requirement_level']);
    return [
      `${target(name)}\n\n## \`${name}\``,
      text(item['brief']).trim(),
      [
        ...facts,
        ...(level ? [`Requirement level: ${LEVELS[level as ResolvedRef['level']]}.`] : []),
        `Stability: ${text(item['stability'])}.`,
      ]
        .map(fact => `- ${fact}`)
        .join('\n'),
      text(item['note']).trim(),
      this.attributeTable(item),
    ]
      .filter(Boolean)
      .join('\n\n');
  }
}

function eventsPage(registry: RawRegistry, pages: Pages): string {
  const sections = [...registry.items.events]
    .sort(byName('name'))
    .map(event =>
      pages.section(event, text(event['name']), [
        `Class: \`${text(event['name']).replace(/^alignment\./, '')}\`.`,
      ]),
    );
  return [
    HEADER,
    '# Events',
    'The name of an event is `alignment.` and the class of the signal, and each name has one structure. An event is recorded\n' +
      'on a span or as a log record with this event name, and the attributes are the same. A span event leaves to its span\n' +
      'what the span itself carries; a log record carries it all.',
    ...sections,
  ].join('\n\n');
}

function metricsPage(registry: RawRegistry, pages: Pages): string {
  const sections = [...registry.items.metrics]
    .sort(byName('name'))
    .map(metric =>
      pages.section(metric, text(metric['name']), [
        `Instrument: ${text(metric['instrument'])}.`,
        `Unit: \`${text(metric['unit'])}\`.`,
      ]),
    );
  return [HEADER, '# Metrics', ...sections].join('\n\n');
}

function spansPage(registry: RawRegistry, pages: Pages): string {
  const { span_refinements, spans, entities } = registry.items;
  const refined = [...span_refinements]
    .sort(byName('id'))
    .map(item =>
      pages.section(item, text(item['id']), [`Refines: \`${text(item['ref'])}\` of the GenAI conventions.`]),
    );
  const own = [...spans].sort(byName('type')).map(span => {
    const name = span['name'];
    return pages.section(span, text(span['type']), [
      `Kind: ${text(span['kind'])}.`,
      ...(isJsonMap(name) ? [`Name: ${text(name['note']).trim()}`] : []),
    ]);
  });
  const resources = [...entities].sort(byName('type')).map(entity => {
    const keys = mapsIn(entity['identity']).map(
      ref => `[\`${text(ref['ref'])}\`](attributes.md#${anchorId(text(ref['ref']))})`,
    );
    return [
      `${target(text(entity['type']))}\n\n## Entity \`${text(entity['type'])}\``,
      text(entity['brief']).trim(),
      `Identified on the resource by ${keys.join(', ')}.`,
    ].join('\n\n');
  });
  return [
    HEADER,
    '# Spans',
    'Alignment attributes are added to the spans that agents emit already. The spans of this registry itself are fragments of\n' +
      "sessions, which are shared between contributors and never mixed with agents' spans.",
    ...refined,
    ...own,
    ...resources,
  ].join('\n\n');
}

/** The Markdown pages that stand for a registry, by file name. */
export function emitDocs(registry: RawRegistry, upstream: Upstream): Record<string, string> {
  const pages = new Pages(registry, upstream);
  const all = {
    'attributes.md': attributesPage(readAttributes(registry)),
    'events.md': eventsPage(registry, pages),
    'metrics.md': metricsPage(registry, pages),
    'spans.md': spansPage(registry, pages),
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, page]) => [name, `${page.replaceAll('-->\n\n\n', '-->\n\n')}\n`]),
  );
}
