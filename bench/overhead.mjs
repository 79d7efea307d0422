// What the processor adds to a span, as a ratio to the bare span measured right before.
import { measure } from './lib/child.mjs';
import { install, versionOf } from './lib/pack.mjs';
import { figure, printAlone, progress, ratio, verdict } from './lib/report.mjs';
import { median, spread } from './lib/stats.mjs';

const ATTACHING = 2.0;
const FOREIGN = 1.1;

/** Rows of the tool span: what it is called in the table, and its bar as a ratio. */
const TOOL = [
  ['nothing', 'a processor that does nothing, with `onEnding`'],
  ['batch', 'BatchSpanProcessor, no-op exporter'],
  ['floor', 'the default set written as constants: the least that the SDK charges for it'],
  ['floor-id', 'the same, and the signal id computed: the least that any processor costs'],
  ['ours', '**ours**, assessment handed in, risk escalation, default set', ATTACHING],
  ['ours-without-digest', '**ours**, the same without the digest (SHA-256) of the signal id', ATTACHING],
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

/**
 * In batches of `size` spans, each flushed; a sample is `batches` of them. Short samples and many processes: one of them falls
 * into a moment in which the machine does nothing else.
 */
const PLAN = { warmUp: 30, samples: 14, batches: 3, size: 512 };
const ROUNDS = { quick: 9, full: 21 };

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
  /** @type {Map<string, { ns: number[], ratios: number[], written: { span: number, event: number } }>} */
  const results = new Map();
  for (let round = 0; round < rounds; round++) {
    progress(`overhead: round ${round + 1} of ${rounds}, ${jobs.length} variants`);
    await oneRound(round, results);
  }
  return [tool(results, rounds), foreign(results), costs(results)];
}

/** Each variant in a fresh process, right after a bare one: what else the machine does changes from second to second. */
async function oneRound(round, results) {
  for (const { kind, name } of round % 2 === 0 ? jobs : [...jobs].reverse()) {
    const base = await fastest('bare', kind);
    const { ns, reached, written } = await fastest(name, kind);
    if (EXPORTING.has(name) && kind === 'tool' && reached === 0) throw new Error(`${name} exported no span`);
    add(results, `${kind} bare`, base.ns, base.ns, base.written);
    add(results, `${kind} ${name}`, ns, base.ns, written);
  }
}

async function fastest(name, kind) {
  const { samples, ...rest } = await measure('overhead-child.mjs', [name, kind, JSON.stringify(PLAN)]);
  return { ns: Math.min(...samples), ...rest };
}

function add(results, key, ns, base, written) {
  if (!results.has(key)) results.set(key, { ns: [], bases: [], ratios: [], written });
  const { ns: all, bases, ratios } = results.get(key);
  all.push(ns);
  bases.push(base);
  ratios.push(ns / base);
}

function tool(results, rounds) {
  const wrote = results.get('tool ours').written;
  const all = results.get('tool ours-full').written;
  const batched = median(results.get('tool ours-batch').ratios);
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
        `Bar: at most ${ratio(ATTACHING)}, with the cost of the signal id beside it, which is why both rows have it, and below the three peers that export (compare our row with BatchSpanProcessor, ${ratio(batched)}): ` +
        `${PEERS.map(peer => `${peer} ${batched < median(results.get(`tool ${peer}`).ratios) ? 'met' : 'missed'}`).join(', ')}.`,
      `Each variant in a fresh process, ${rounds} rounds, spans in batches of ${PLAN.size} and then \`forceFlush\`, warm-up ${PLAN.warmUp * PLAN.size} spans, ` +
        `${PLAN.samples} samples of ${PLAN.batches * PLAN.size} spans; the fastest sample of a process counts. The ratio is to the bare span of the process right before: median (least–greatest); ` +
        `beside it the fastest of all those processes to the fastest bare one of theirs, which a busy machine changes least. ` +
        `traceloop grows with the spans of the last five minutes; its figure holds for ${(PLAN.warmUp + PLAN.samples * PLAN.batches) * PLAN.size} spans.`,
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

/** Differences within a round, so that what the machine does to all variants falls out. */
function costs(results) {
  const of = name => results.get(`tool ${name}`).ns;
  const difference = (name, from, parts) =>
    spread(of(name).map((ns, round) => (ns - of(from)[round]) / parts));
  const full = results.get('tool ours-full').written;
  const standard = results.get('tool ours').written;
  const more = full.span + full.event - standard.span - standard.event;
  const rows = [
    ['one more attribute on the span', difference('floor-span-8', 'floor', 8)],
    ['one more attribute on the event', difference('floor-event-8', 'floor', 8)],
    ['the signal id (SHA-256 of about 80 characters)', difference('floor-id', 'floor', 1)],
    [`each of the ${more} further attributes of \`full\`, in ours`, difference('ours-full', 'ours', more)],
  ];
  return {
    title: 'What a part costs',
    head: ['part', 'ns a span', 'least–greatest'],
    rows: rows.map(([label, { median: middle, least, most }]) => [
      label,
      figure(middle, 'ns'),
      `${Math.round(least)}–${Math.round(most)}`,
    ]),
  };
}

const HEAD = ['variant', 'ns a span', 'ratio to bare', 'least–greatest', 'fastest to fastest', 'bar'];

const bare = (results, kind, label = 'bare: a provider without processors') => [
  label,
  figure(median(results.get(`${kind} bare`).ns), 'ns'),
  ratio(1),
  '',
  '',
  '',
];

function line(results, kind, [name, label, bar]) {
  const { ns, bases, ratios } = results.get(`${kind} ${name}`);
  const { median: middle, least, most } = spread(ratios);
  return [
    label,
    figure(median(ns), 'ns'),
    ratio(middle),
    `${least.toFixed(2)}–${most.toFixed(2)}`,
    ratio(Math.min(...ns) / Math.min(...bases)),
    bar === undefined ? '' : `≤ ${ratio(bar)}: ${verdict(middle, bar)}`,
  ];
}

await printAlone(import.meta.url, sections);
