// Times `assessStep` alone, in a fresh process: `node assess-child.mjs <calls SOURCE | hostile | scaling>`.
import { assessStep } from 'otel-alignment/assess';
import { FLAT, HOSTILE, HOSTILE_ARGUMENTS } from './lib/hostile.mjs';
import { measured, warmUp } from './lib/streams.mjs';

const [mode, source] = process.argv.slice(2);
const CONTEXT = { workspace: '/workspace', humanInvolvement: 'monitoring' };
const step = (toolName, given) => ({ dialect: 'genai', kind: 'tool', toolName, arguments: given });
const timed = one => {
  const start = process.hrtime.bigint();
  assessStep(one, CONTEXT);
  return Number(process.hrtime.bigint() - start);
};

for (const { tool, args } of warmUp()) assessStep(step(tool, JSON.stringify(args)), CONTEXT);

const modes = {
  calls: () => ({ times: measured(source).map(({ tool, args }) => timed(step(tool, JSON.stringify(args)))) }),
  hostile() {
    const cases = [
      ...Object.entries(HOSTILE).flatMap(([name, command]) => [
        [name, step('bash', { command })],
        [`${name}, as JSON text`, step('bash', JSON.stringify({ command }))],
      ]),
      ...Object.entries(HOSTILE_ARGUMENTS).map(([name, text]) => [name, step('fetch_file', text)]),
    ];
    // the first time counts as well: an attacker needs no second
    return { worst: cases.map(([name, one]) => [name, Math.max(timed(one), timed(one), timed(one))]) };
  },
  scaling: () => ({
    lengths: LENGTHS,
    shapes: Object.entries(FLAT).map(([name, make]) => [
      name,
      LENGTHS.map(length => {
        const one = step('bash', { command: make(length) });
        const times = Array.from({ length: 60 }, () => timed(one)).slice(20);
        return times.sort((a, b) => a - b)[times.length >> 1];
      }),
    ]),
  }),
};
const LENGTHS = [1000, 2000, 4000, 8000, 16000];
process.stdout.write(`${JSON.stringify(modes[mode]())}\n`);
