// What can be linked, how well sessions come back, what fragments cost, and whether anything leaks: `node bench/sessions.mjs`, with `--short` for a
// tenth of it. Writes sessions-results.md where it is not short. The simulated sessions and their assumptions are in src/sessions/testing/.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { epochAt } from '../src/sessions/epoch.ts';
import { Fragmenter, fragmentsRequest, hmacPseudonyms, sourceSpans } from '../src/sessions/index.ts';
import { linkage, VIEWS } from '../src/sessions/testing/attack.ts';
import { hostileTrace, leak } from '../src/sessions/testing/fuzz.ts';
import { population } from '../src/sessions/testing/population.ts';
import { randomOf } from '../src/sessions/testing/random.ts';
import { reconstruct } from '../src/sessions/testing/reconstruction.ts';
import { telemetryOf } from '../src/sessions/testing/telemetry.ts';
import { machine, progress, toMarkdown } from './lib/report.mjs';
import { median } from './lib/stats.mjs';

const short = process.argv.includes('--short');
const SEED = 20261121;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WIDTHS = { '1 min': 60_000, '15 min': 900_000, '1 h': HOUR, '6 h': 6 * HOUR, '24 h': DAY };

const keysFor = sessions => {
  const epochs = new Set(sessions.flatMap(one => one.turns.map(turn => epochAt(turn.start).id)));
  return hmacPseudonyms(new Map([...epochs].map(epoch => [epoch, randomBytes(32)])));
};
const met = (good, text) => `${text} ${good ? '(met)' : '(missed)'}`;

function linking() {
  const sizes = short ? [1_000, 10_000] : [1_000, 10_000, 100_000];
  const rows = [];
  const bars = [];
  for (const size of sizes) {
    progress(`linking among ${size} sessions a day`);
    const sessions = population(size, SEED);
    for (const [name, view] of Object.entries(VIEWS)) {
      const found = Object.values(WIDTHS).map(width => linkage(sessions, view, width));
      rows.push([String(size), name, ...found.map(share => share.toFixed(3))]);
      if (size === 10_000 && name === 'record')
        bars.push(['record view, 24 h, 10,000 a day', '≤ 0.02', met(found[4] <= 0.02, found[4].toFixed(4))]);
      if (size === 10_000 && name === 'framework')
        bars.push([
          'time and framework, 1 h, 10,000 a day',
          '≤ 0.02',
          met(found[2] <= 0.02, found[2].toFixed(4)),
        ]);
    }
  }
  return {
    bars,
    section: {
      title: 'Linking',
      head: ['sessions a day', 'known and kept', ...Object.keys(WIDTHS)],
      rows,
      notes: [
        'Success of an attacker who knows the start of a session to ± 30 s and **exactly** the listed fields: the mean of 1 / (sessions that fit) over 3,000 targets. `record` is framework, risk bucket and autonomy level; `skeleton` is which calls crossed to whom and which signals there were, in order, turn by turn; `stored` is both together, which is about what a skeleton in the layer shows; in `stored, steps differ` each call has a risk of its own, drawn apart from all others, which is the worst case: a fragment then shows the highest of its call and of those left out below it.',
        'The record view with days as buckets is what may be listed. **The skeleton is not anonymous**: who knows its shape finds the session in most cases, whatever the bucket. Below some thousands of sessions a day the record view is not safe either.',
      ],
    },
  };
}

async function reconstruction() {
  const size = short ? 300 : 3_000;
  const sessions = population(size, SEED);
  const pseudonyms = keysFor(sessions);
  const rows = [];
  const bars = [];
  for (const [traceparent, token, shared] of [
    [0.3, 0.2, 0],
    [0.6, 0.2, 0],
    [0.9, 0.05, 0],
    [0.6, 0.2, 0.002],
    [1, 1, 0],
  ]) {
    progress(`reconstruction, ${traceparent} with traceparent`);
    const { parts, boundaries, keyed } = telemetryOf(sessions, randomOf(SEED), {
      traceparent,
      token,
      shared,
    });
    const { precision, recall, complete, fragments, conflicts } = await reconstruct(parts, pseudonyms);
    const coverage = keyed / boundaries;
    const percent = share => `${Math.round(share * 1000) / 10} %`;
    rows.push([
      percent(traceparent),
      percent(token),
      percent(shared),
      coverage.toFixed(3),
      String(fragments),
      precision.toFixed(4),
      recall.toFixed(4),
      complete.toFixed(3),
      String(conflicts),
    ]);
    bars.push([
      `reconstruction, ${percent(traceparent)} traceparent, ${percent(token)} token, ${percent(shared)} in a trace of others`,
      `precision ≥ 0.99, recall ≥ ${coverage.toFixed(3)}`,
      met(precision >= 0.99 && recall >= coverage, `${precision.toFixed(4)}, ${recall.toFixed(4)}`),
    ]);
  }
  return {
    bars,
    section: {
      title: 'Reconstruction',
      head: [
        'calls with traceparent',
        'with a token',
        'sessions in a trace of others',
        'key coverage',
        'fragments',
        'precision',
        'recall',
        'complete',
        'conflicts',
      ],
      rows,
      notes: [
        `${size} labelled sessions, a trace a turn, through the fragmenters of 11 contributors and the stitcher. Pairs of fragments: of those joined, how many belong together (precision); of those that belong together, how many are joined (recall). Key coverage is the share of calls between contributors whose two sides share a key. All turns at home name their session; with no trace and no token a call's other side stays alone.`,
        'A trace that several sessions share is not taken apart: that is where precision is lost in the fourth row.',
      ],
    },
  };
}

const attributes = from =>
  Object.entries(from).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value },
  }));
const otlp = spans => ({
  resourceSpans: [
    {
      resource: { attributes: attributes({ 'service.name': 'simulated' }) },
      scopeSpans: [
        {
          scope: { name: 'agent' },
          spans: spans.map(({ traceId, spanId, parentSpanId, kind, startMs, attributes: own, events }) => ({
            traceId,
            spanId,
            parentSpanId,
            name: 'execute_tool run_command',
            kind,
            startTimeUnixNano: `${startMs}123456`,
            endTimeUnixNano: `${startMs + 50}123456`,
            attributes: attributes({
              ...own,
              'gen_ai.agent.name': 'agent',
              'gen_ai.request.model': 'example-model-1',
            }),
            events: events.map(event => ({
              name: event.name,
              timeUnixNano: `${startMs}123456`,
              attributes: attributes(event.attributes),
            })),
          })),
        },
      ],
    },
  ],
});

async function cost() {
  const sessions = population(short ? 300 : 1_500, SEED);
  const pseudonyms = keysFor(sessions);
  const { parts } = telemetryOf(sessions, randomOf(SEED), { traceparent: 0, token: 0, shared: 0 });
  const requests = parts.filter(part => part.contributor.startsWith('home')).map(part => otlp(part.spans));
  const lines = requests.map(request => JSON.stringify(request));
  const run = async read => {
    const fragmenter = new Fragmenter({ pseudonyms });
    let [spans, kept, bytes] = [0, 0, 0];
    let plans = [];
    const flush = async () => {
      const fragments = await fragmenter.build(plans);
      kept += fragments.length;
      bytes += JSON.stringify(fragmentsRequest(fragments, 'provider-a')).length;
      plans = [];
    };
    const begin = process.cpuUsage();
    for (let i = 0; i < requests.length; i++) {
      for (const span of sourceSpans(read(i))) {
        spans += 1;
        plans.push(...fragmenter.add(span));
      }
      if (plans.length > 256) await flush();
    }
    for (const plan of fragmenter.finish()) {
      plans.push(plan);
      if (plans.length > 256) await flush();
    }
    await flush();
    const { user, system } = process.cpuUsage(begin);
    return { rate: spans / ((user + system) / 1e6), kept: kept / spans, spans, bytes };
  };
  progress('cost of fragments');
  const measure = async read => {
    const runs = [];
    for (let i = 0; i < (short ? 3 : 9); i++) runs.push(await run(read));
    return {
      ...runs[0],
      rate: median(runs.slice(1).map(one => one.rate)),
      least: Math.min(...runs.slice(1).map(one => one.rate)),
    };
  };
  const object = await measure(i => requests[i]);
  const text = await measure(i => JSON.parse(lines[i]));
  const round = rate => String(Math.round(rate / 100) * 100);
  return {
    bars: [
      [
        'tier hmac, from spans to serialized fragments',
        '≥ 50,000 spans a CPU second, at most 0.2 kept',
        met(object.rate >= 50_000 && object.kept <= 0.2, `${round(object.rate)}, ${object.kept.toFixed(3)}`),
      ],
    ],
    section: {
      title: 'Cost of fragments, tier hmac',
      head: ['from', 'input spans', 'kept', 'spans a CPU second, median', 'least'],
      rows: [
        [
          'OTLP/JSON in memory',
          String(object.spans),
          object.kept.toFixed(3),
          round(object.rate),
          round(object.least),
        ],
        [
          'OTLP/JSON as text, with its parsing',
          String(text.spans),
          text.kept.toFixed(3),
          round(text.rate),
          round(text.least),
        ],
      ],
      notes: [
        'One thread does the work; CPU time is that of the whole process, collecting garbage included, so that other work on the machine counts little. Each kept span costs a keyed hash and a derived id; each trace and each other key a pseudonym.',
      ],
    },
  };
}

async function leaks() {
  const traces = short ? 10_000 : 100_000;
  const start = Date.parse('2026-11-18T10:20:30Z');
  const random = randomOf(SEED);
  const pseudonyms = hmacPseudonyms(new Map([['2026-W47', randomBytes(32)]]));
  let [found, fragments] = [0, 0];
  for (let i = 0; i < traces; i++) {
    if (i % 20_000 === 0) progress(`leaks: ${i} of ${traces}`);
    const { request, ids } = hostileTrace(random, start);
    const fragmenter = new Fragmenter({ pseudonyms, edgeHosts: ['*.example.org'] });
    for (const span of sourceSpans(request)) if (!('problem' in span)) fragmenter.add(span);
    const made = await fragmenter.build([...fragmenter.finish()]);
    fragments += made.length;
    if (leak(JSON.stringify(fragmentsRequest(made, 'provider-a')), ids) !== undefined) found += 1;
  }
  return {
    bars: [
      [`canaries in ${traces.toLocaleString('en')} hostile traces`, '0', met(found === 0, String(found))],
    ],
    section: {
      title: 'Leaks',
      head: ['hostile traces', 'fragments', 'with a canary, an original id or a fine time'],
      rows: [[String(traces), String(fragments), String(found)]],
      notes: [
        'Canaries in names, attributes of all types, events, links, trace states, status messages, resources, scopes, schema URLs, log bodies, and in fields that OTLP does not have; searched for in the serialized fragments, as are all original trace and span ids.',
      ],
    },
  };
}

const begin = performance.now();
const parts = [linking(), await reconstruction(), await cost(), await leaks()];
const summary = { title: 'Bars', head: ['what', 'bar', 'measured'], rows: parts.flatMap(part => part.bars) };
const text = [summary, ...parts.map(part => part.section)].map(toMarkdown).join('\n');
process.stdout.write(`${text}\n`);
if (!short)
  writeFileSync(
    new URL('sessions-results.md', import.meta.url),
    `# Sessions across providers: what can be linked, and what it costs

Written by \`node bench/sessions.mjs\` on ${machine()}, load ${loadavg()[0].toFixed(1)}. All sessions are simulated, with seed ${SEED}: five frameworks (0.4, 0.25, 0.15, 0.1, 0.1), five turns of five
calls on average, a quarter of the calls to one of six providers, risk buckets 0.6, 0.25, 0.1, 0.04, 0.01, starts around 13 h. The assumptions are data in
\`src/sessions/testing/population.ts\`. Absolute figures depend on them; which view is worse than which hardly does. A small part runs as a unit test with each build.

${text}`,
  );
progress(`${Math.round((performance.now() - begin) / 1000)} s`);
