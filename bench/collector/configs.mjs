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

/** alignment.yaml with an overlay: maps are merged, lists replaced, as the Collector does it. */
function overlaid(name) {
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
  return merge(full(), read(`overlays/${name}.yaml`));
}

export const CONFIGS = {
  full,
  bare,
  unsplit,
  'memory queue': memoryQueue,
  pseudonyms: () => overlaid('pseudonyms'),
  strict: () => overlaid('strict'),
};
