// The configurations that are compared, made from collector-config/alignment.yaml.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const read = file => parse(readFileSync(new URL(`../../collector-config/${file}`, import.meta.url), 'utf8'));

/** The same receivers, exporters, queues and sampling; none of our processors and connectors but the two filters that split the lanes. */
function bare() {
  const config = read('alignment.yaml');
  config.service.pipelines = {
    'traces/signals': {
      receivers: ['otlp'],
      processors: ['filter/signal_spans'],
      exporters: ['otlp_http/signals'],
    },
    'traces/rest': {
      receivers: ['otlp'],
      processors: ['tail_sampling', 'filter/other_spans'],
      exporters: ['otlp_http/rest'],
    },
  };
  delete config.connectors;
  return config;
}

/** Without the two filters as well: both lanes then deliver and store every span they get. */
function unsplit() {
  const config = bare();
  config.service.pipelines['traces/signals'].processors = [];
  config.service.pipelines['traces/rest'].processors = ['tail_sampling'];
  return config;
}

function full() {
  return read('alignment.yaml');
}

function memoryQueue() {
  const config = full();
  delete config.exporters['otlp_http/signals'].sending_queue.storage;
  return config;
}

/** alignment.yaml with files laid over it: maps are merged, lists replaced, as the Collector does it. */
function overlaid(...files) {
  const merge = (a, b) => {
    if (
      b === null ||
      typeof b !== 'object' ||
      Array.isArray(b) ||
      typeof a !== 'object' ||
      Array.isArray(a) ||
      a === null
    )
      return b;
    return Object.fromEntries(
      [...new Set([...Object.keys(a), ...Object.keys(b)])].map(key => [
        key,
        key in b ? (key in a ? merge(a[key], b[key]) : b[key]) : a[key],
      ]),
    );
  };
  return files.reduce((config, file) => merge(config, read(`${file}.yaml`)), full());
}

export const CONFIGS = {
  full,
  bare,
  unsplit,
  'memory queue': memoryQueue,
  pseudonyms: () => overlaid('overlays/pseudonyms'),
  strict: () => overlaid('overlays/strict'),
};

/** How a configuration names the backend's address. */
export const BACKEND = ['$', '{env:ALIGNMENT_BACKEND}'].join('');

const PIPELINES = {
  receive: { traces: { receivers: ['otlp'], processors: ['memory_limiter'], exporters: ['nop'] } },
  rest: {
    'traces/rest': {
      receivers: ['otlp'],
      processors: ['memory_limiter', 'tail_sampling', 'filter/other_spans'],
      exporters: ['otlp_http/rest'],
    },
  },
};

/** These pipelines of alignment.yaml only, with what they need. */
function reduced(pipelines) {
  const config = full();
  config.exporters.nop = {};
  config.service.pipelines = pipelines;
  const text = JSON.stringify(pipelines);
  for (const kind of ['connectors', 'exporters', 'processors'])
    for (const name of Object.keys(config[kind]))
      if (!text.includes(JSON.stringify(name))) delete config[kind][name];
  return config;
}

/** Completed spans go straight to the lanes: nothing is counted. */
function uncounted(processors) {
  const { pipelines } = full().service;
  return reduced({
    'traces/in': pipelines['traces/in'],
    'traces/complete': { ...pipelines['traces/complete'], processors },
    'traces/signals': {
      receivers: ['forward/complete_spans'],
      processors: ['filter/signal_spans'],
      exporters: ['otlp_http/signals'],
    },
    'traces/rest': pipelines['traces/rest'],
  });
}

/** An edge whose gateways are the backend: over HTTP, because that is what the backend speaks. */
function edge() {
  const config = overlaid('tiers/edge-sharding');
  for (const name of ['otlp_grpc/gateway_1', 'otlp_grpc/gateway_2']) {
    const { tls: _, ...exporter } = config.exporters[name];
    config.exporters[name.replace('grpc', 'http')] = { ...exporter, endpoint: BACKEND };
    delete config.exporters[name];
  }
  return JSON.parse(JSON.stringify(config).replaceAll('otlp_grpc/', 'otlp_http/'));
}

const SOURCES = ['claude-code', 'codex', 'gemini-cli', 'cline', 'genai', 'openinference', 'mcp'];

/** Each has what the one before has, and a part more. */
export const STEPS = {
  'receive, and nothing': () => reduced(PIPELINES.receive),
  '+ rest lane: tail sampling, memory queue': () => reduced(PIPELINES.rest),
  '+ signals lane: disk queue with fsync': bare,
  '+ claims and completing signals': () => uncounted(['transform/signals']),
  '+ taking content away': () => uncounted(['transform/signals', 'transform/content']),
  '+ counting: alignment.yaml': full,
};

/** What may be added to alignment.yaml. */
export const ADDITIONS = {
  'alignment.yaml': full,
  'all seven sources': () => overlaid(...SOURCES.map(name => `sources/${name}`)),
  'overlays/pseudonyms': () => overlaid('overlays/pseudonyms'),
  'overlays/strict': () => overlaid('overlays/strict'),
  'routing/pager, review and archive': () => overlaid('routing/pager', 'routing/review', 'routing/archive'),
  'tiers/edge-sharding': edge,
  'tiers/gateway': () => overlaid('tiers/gateway'),
};
