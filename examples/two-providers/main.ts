// One command: two providers, each with its own telemetry; fragments of both; one session of them.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startCollector } from './collector.ts';
import { picture } from './picture.ts';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? 'two-providers');
const at = (name: string): string => join(out, name);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const running: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of running) child.kill();
});
const start = (script: string, ...args: string[]): ChildProcess => {
  const child = spawn(process.execPath, [join(here, script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  return child;
};
const ended = async (child: ChildProcess): Promise<void> => {
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${child.spawnargs[1]} ended with ${code}`);
};
const lines = (child: ChildProcess) => createInterface({ input: child.stdout! });

/** The package's own command, as `npx otel-alignment` would run it. */
const sessions = (...args: string[]): void => {
  console.log(`\n$ otel-alignment sessions ${args.map(arg => arg.replace(`${out}/`, '')).join(' ')}`);
  const cli = fileURLToPath(new URL('cli/main.js', import.meta.resolve('otel-alignment')));
  execFileSync(process.execPath, [cli, 'sessions', ...args], { stdio: 'inherit' });
};

// each provider has a Collector of its own, or where there is none a file
const collectors = [
  await startCollector(at('telemetry-a.jsonl')),
  await startCollector(at('telemetry-b.jsonl')),
];
const [toA, toB] = [
  collectors[0]?.url ?? at('telemetry-a.jsonl'),
  collectors[1]?.url ?? at('telemetry-b.jsonl'),
];
console.log(
  collectors[0]
    ? 'Each provider has its own Collector.'
    : 'No Collector is installed: each provider writes a file.',
);

const b = start('provider-b.ts', toB);
const [url] = (await once(lines(b), 'line')) as [string];
const a = start('provider-a.ts', toA, url);
lines(a).on('line', line => console.log(line));
await ended(a);
b.stdin!.end();
await ended(b);
for (const collector of collectors) await collector?.stop();

// the contributors share a key an epoch; each makes fragments of its own telemetry
sessions('keygen', '--out', at('asr.keys'), '--weeks', '1');
for (const name of ['a', 'b'])
  sessions(
    ...['fragment', '--in', at(`telemetry-${name}.jsonl`), '--out', at(`fragments-${name}.jsonl`)],
    ...['--key-file', at('asr.keys'), '--contributor', `provider-${name}`, '--edge-host', '127.0.0.1'],
  );
// the layer has the fragments of both, and no key
sessions(
  ...[
    'stitch',
    '--in',
    at('fragments-a.jsonl'),
    '--in',
    at('fragments-b.jsonl'),
    // no service of the layer runs here, by which a provider could have its own erased
    '--erased',
    'none',
    '--out',
    at('sessions.jsonl'),
  ],
);

const stitched = readFileSync(at('sessions.jsonl'), 'utf8').trim().split('\n');
const backend = process.env.JAEGER_OTLP_HTTP;
for (const line of stitched) {
  const traceId = /"traceId":"([0-9a-f]{32})"/.exec(line)?.[1];
  if (backend !== undefined) {
    const answer = await fetch(`${backend}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: line,
    });
    if (!answer.ok) throw new Error(`${backend} answered ${answer.status}`);
  }
  console.log(`session ${traceId}${backend === undefined ? '' : `, sent to ${backend}`}`);
}
writeFileSync(at('session.svg'), picture(JSON.parse(stitched[0]!)));
console.log(`\nEverything is in ${out}.`);
