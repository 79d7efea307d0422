// Runs configurations in turn, and writes what they cost as a table.
import { cpus, totalmem } from 'node:os';
import { measure } from './collector.mjs';

export const machine = () => `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
export const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const range = numbers => `${Math.min(...numbers).toFixed(2)}–${Math.max(...numbers).toFixed(2)}`;

/** Runs the configurations, by name, in turn, `rounds` times, the order turned round each time. */
export async function alternate(binary, configs, rounds, spans, env) {
  const names = Object.keys(configs);
  const results = Object.fromEntries(names.map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const result = await measure(binary, configs[name], spans, { env });
      results[name].push(result);
      if (result.refused > 0) throw new Error(`${name}: ${result.refused} requests were refused`);
      process.stderr.write(`${round + 1}/${rounds} ${name}: ${result.microseconds.toFixed(1)} µs a span\n`);
    }
  }
  return results;
}

export const row = cells => `| ${cells.join(' | ')} |`;

/** A table of the configurations; the ratio is taken pair by pair, and is that of the spans per second and core. */
export function table(results, base) {
  const lines = [
    row([
      'configuration',
      'µs CPU a span',
      'least–greatest',
      'spans/s a core',
      `of \`${base}\``,
      'least–greatest',
      'peak MiB',
    ]),
    row(Array(7).fill('---')),
  ];
  for (const [name, runs] of Object.entries(results)) {
    const micros = runs.map(run => run.microseconds);
    const ratios = runs.map((run, i) => results[base][i].microseconds / run.microseconds);
    lines.push(
      row([
        name,
        median(micros).toFixed(2),
        range(micros),
        Math.round(1e6 / median(micros)),
        `${(median(ratios) * 100).toFixed(0)} %`,
        range(ratios),
        Math.round(median(runs.map(run => run.peak))),
      ]),
    );
  }
  return lines.join('\n');
}
