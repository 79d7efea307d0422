// What the processor adds to a span, as a ratio to the bare span.
import { answering } from './lib/child.mjs';
import { install, versionOf } from './lib/pack.mjs';
import { figure, printAlone, progress, ratio, verdict } from './lib/report.mjs';
import { median, spread } from './lib/stats.mjs';

const ATTACHING = 2.0;
const FOREIGN = 1.1;

/** Rows of the tool span: what it is called in the table, and its bar as a ratio. */
const TOOL = [
  ['nothing', 'a processor that does nothing, with `onEnding`'],
  ['batch', 'BatchSpanProcessor, no-op exporter'],
  ['floor', 'the default set written as constants: what the SDK’s methods charge for it'],
  ['floor-id', 'the same, and the signal id computed'],
  [
    'ours-without-digest',
    '**ours**, assessment handed in, risk escalation, default set, but for the digest of the signal id',
    ATTACHING,
  ],
  ['ours', '**ours**, the same with the digest (SHA-256)', ATTACHING],
  ['ours-full', "**ours**, the same, `detail: 'full'`"],
  ['ours-quiet', '**ours**, assessment handed in, no signal'],
  ['ours-emitter', '**ours**, assessment handed in, intervention from an emitter'],
  ['ours-batch', '**ours**, risk escalation, and BatchSpanProcessor'],
  ['langfuse', '@langfuse/otel'],
  ['openinference', '@arizeai/openinference-vercel, batch'],
  ['traceloop', '@traceloop/node-server-sdk'],
  ['baggage', '@opentelemetry/baggage-span-processor, three entries'],
];
const NEW_SESSION = [['ours', '**ours**, risk escalation, a new session with every span']];
const HTTP = [
  ['nothing', 'a processor that does nothing, with `onEnding`'],
  ['ours', '**ours**', FOREIGN],
  ['batch', 'BatchSpanProcessor, no-op exporter'],
  ['langfuse', '@langfuse/otel'],
  ['openinference', '@arizeai/openinference-vercel, batch'],
  ['traceloop', '@traceloop/node-server-sdk'],
  ['baggage', '@opentelemetry/baggage-span-processor, three entries'],
];
const HTTP_CHILD = [
  ['nothing', 'a processor that does nothing, with `onEnding`'],
  ['ours', '**ours**', FOREIGN],
];
const COSTS = ['floor', 'floor-id', 'floor-span-8', 'floor-event-8'];
const PEERS = ['langfuse', 'openinference', 'traceloop'];
const EXPORTING = new Set(['batch', 'ours-batch', ...PEERS]);

/** Spans of a batch, after which all is flushed. */
const SIZE = 512;
/** Batches to warm up, and pairs of batches that are measured. */
const PLAN = { warmUp: 60, pairs: 200 };
/** For what costs more with every span, so that it is not charged for a process that lives long. */
const SHORT = { warmUp: 30, pairs: 40 };
const GROWING = 'traceloop';
const ROUNDS = { quick: 7, full: 21 };

const jobs = [
  ...named('tool', [...new Set([...TOOL.map(([name]) => name), ...COSTS])]),
  ...named(
    'tool-new-session',
    NEW_SESSION.map(([name]) => name),
  ),
  ...named(
    'http',
    HTTP.map(([name]) => name),
  ),
  ...named(
    'http-child',
    HTTP_CHILD.map(([name]) => name),
  ),
];

function named(kind, names) {
  return names.map(name => ({ kind, name }));
}

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  install();
  const rounds = full ? ROUNDS.full : ROUNDS.quick;
  /** @type {Map<string, { ns: number, base: number, ratio: number, all: number, written: { span: number, event: number } }[]>} */
  const results = new Map(jobs.map(({ kind, name }) => [`${kind} ${name}`, []]));
  for (let round = 0; round < rounds; round++) {
    progress(`overhead: round ${round + 1} of ${rounds}, ${jobs.length} variants`);
    for (const { kind, name } of round % 2 === 0 ? jobs : [...jobs].reverse())
      results.get(`${kind} ${name}`).push(await beside(name, kind));
  }
  return [tool(results, rounds), foreign(results), costs(results)];
}

/**
 * A variant beside bare spans: two fresh processes that take turns every few milliseconds. A clock that changes between two speeds, as
 * that of a shared machine does, meets both alike; and neither has compiled what only the other needs.
 */
async function beside(name, kind) {
  const plan = name === GROWING ? SHORT : PLAN;
  const bare = answering('overhead-child.mjs', ['bare', kind]);
  const other = answering('overhead-child.mjs', [name, kind]);
  try {
    for (const each of [bare, other]) await each.ask({ batches: plan.warmUp, size: SIZE });
    const pairs = [];
    for (let i = 0; i < plan.pairs; i++) {
      const { ns: base } = await bare.ask({ batches: 1, size: SIZE });
      pairs.push({ base, ...(await other.ask({ batches: 1, size: SIZE })) });
    }
    const { reached, written } = pairs.at(-1);
    if (EXPORTING.has(name) && kind === 'tool' && reached === 0) throw new Error(`${name} exported no span`);
    return {
      ns: median(pairs.map(({ ns }) => ns)),
      base: median(pairs.map(({ base }) => base)),
      ratio: median(pairs.map(({ ns, base }) => ns / base)),
      all: sum(pairs.map(({ ns }) => ns)) / sum(pairs.map(({ base }) => base)),
      written,
    };
  } finally {
    await Promise.all([bare.stop(), other.stop()]);
  }
}

const sum = values => values.reduce((before, value) => before + value, 0);

const ratioOf = (results, key) => median(results.get(key).map(round => round.ratio));
/** Over all rounds of a kind. */
const baseOf = (results, kind) =>
  median(
    jobs
      .filter(job => job.kind === kind)
      .flatMap(({ name }) => results.get(`${kind} ${name}`).map(({ base }) => base)),
  );

function tool(results, rounds) {
  const wrote = results.get('tool ours')[0].written;
  const all = results.get('tool ours-full')[0].written;
  const batched = ratioOf(results, 'tool ours-batch');
  return {
    title: 'An agent span (`execute_tool`, ten attributes)',
    head: HEAD,
    rows: [
      bare(results, 'tool'),
      ...TOOL.map(row => line(results, 'tool', row)),
      ...NEW_SESSION.map(row => line(results, 'tool-new-session', row)),
    ],
    notes: [
      `The default set is ${wrote.span} span attributes and an event of ${wrote.event} attributes; \`full\` is ${all.span} and ${all.event}. ` +
        `Bar: at most ${ratio(ATTACHING)} for attaching it, the cost of the signal id beside it (both rows have the bar; constants written by the SDK’s methods come to ${ratio(ratioOf(results, 'tool floor-id'))} with an id), and below the three peers that export (compare our row with BatchSpanProcessor, ${ratio(batched)}): ` +
        `${PEERS.map(peer => `${peer} ${batched < ratioOf(results, `tool ${peer}`) ? 'met' : 'missed'}`).join(', ')}.`,
      `Each variant in a fresh process that takes turns with a fresh process of bare spans: ${PLAN.pairs} pairs of batches of ${SIZE} spans, each with its \`forceFlush\`, after ${PLAN.warmUp * SIZE} spans to warm up; ${rounds} rounds. ` +
        `The ratio of a round is the median of its pairs and the column has the median of the rounds; beside it the same of all time together, with every garbage collection and all that the machine did meanwhile. Rows were measured at different moments of the clock: compare ratios, not times. ` +
        `traceloop costs more with every span of the last five minutes; it was given fewer, and its figure holds for ${(SHORT.warmUp + SHORT.pairs) * SIZE}.`,
      `SDK ${versionOf('@opentelemetry/sdk-trace-base')}, API ${versionOf('@opentelemetry/api')}, @langfuse/otel ${versionOf('@langfuse/otel')}, ` +
        `@arizeai/openinference-vercel ${versionOf('@arizeai/openinference-vercel')}, @traceloop/node-server-sdk ${versionOf('@traceloop/node-server-sdk')}, ` +
        `@opentelemetry/baggage-span-processor ${versionOf('@opentelemetry/baggage-span-processor')}.`,
    ],
  };
}

function foreign(results) {
  return {
    title: 'A span that is no agent’s (HTTP, ten attributes)',
    head: HEAD,
    rows: [
      bare(results, 'http'),
      ...HTTP.map(row => line(results, 'http', row)),
      bare(results, 'http-child', 'bare, child of an agent span'),
      ...HTTP_CHILD.map(([name, label, bar]) =>
        line(results, 'http-child', [name, `${label}, child of an agent span`, bar]),
      ),
    ],
  };
}

function costs(results) {
  const difference = (name, from, parts) => {
    const ratios = ratioOf(results, `tool ${name}`) - ratioOf(results, `tool ${from}`);
    return [figure((ratios * baseOf(results, 'tool')) / parts, 'ns'), `${(ratios / parts).toFixed(3)} ×`];
  };
  const full = results.get('tool ours-full')[0].written;
  const standard = results.get('tool ours')[0].written;
  const more = full.span + full.event - standard.span - standard.event;
  return {
    title: 'What a part costs',
    head: ['part', 'a span', 'of the bare span'],
    rows: [
      ['one more attribute on the span, by the SDK’s method', ...difference('floor-span-8', 'floor', 8)],
      ['one more attribute on the event, by the SDK’s method', ...difference('floor-event-8', 'floor', 8)],
      [
        'the signal id (SHA-256 of about 80 characters), computed plainly',
        ...difference('floor-id', 'floor', 1),
      ],
      ['its digest, in ours', ...difference('ours', 'ours-without-digest', 1)],
      [
        `each of the ${more} further attributes of \`full\`, in ours`,
        ...difference('ours-full', 'ours', more),
      ],
    ],
    notes: [
      `Differences of the ratios above; in nanoseconds by the median bare span of all rounds, ${figure(baseOf(results, 'tool'), 'ns')}.`,
    ],
  };
}

const HEAD = ['variant', 'a span', 'ratio to bare', 'least–greatest', 'all time', 'bar'];

const bare = (results, kind, label = 'bare: a provider without processors') => [
  label,
  figure(baseOf(results, kind), 'ns'),
  ratio(1),
  '',
  '',
  '',
];

function line(results, kind, [name, label, bar]) {
  const rounds = results.get(`${kind} ${name}`);
  const { median: middle, least, most } = spread(rounds.map(round => round.ratio));
  return [
    label,
    figure(median(rounds.map(({ ns }) => ns)), 'ns'),
    ratio(middle),
    `${least.toFixed(2)}–${most.toFixed(2)}`,
    ratio(median(rounds.map(round => round.all))),
    bar === undefined ? '' : `≤ ${ratio(bar)}: ${verdict(middle, bar)}`,
  ];
}

await printAlone(import.meta.url, sections);
