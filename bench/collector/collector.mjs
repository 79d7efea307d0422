// One Collector under load, and what it costs: CPU seconds and memory of its process, from /proc.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { sendLoad } from './load.mjs';

const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

const cpuSeconds = pid => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
};
const residentMiB = pid =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

async function freePort() {
  const server = createSocket();
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}

/** A backend that takes everything and keeps nothing, or refuses everything. */
async function startSink(status) {
  let last = Date.now();
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on('data', chunk => (bytes += chunk.length));
    request.once('end', () => {
      last = Date.now();
      response.statusCode = status;
      response.setHeader('content-type', 'application/x-protobuf');
      response.end();
    });
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    quietFor: () => Date.now() - last,
    bytes: () => bytes,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Runs a configuration under `spans` spans and gives the CPU seconds from the first span to the last delivery, the peak of
 * the memory, and, every second, the memory. With `status` the backend answers so, and the bytes of the disk queue are given.
 */
export async function measure(binary, config, spans, { decisionSeconds = 2, env = {}, status = 200 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-bench-'));
  const file = join(folder, 'config.yaml');
  writeFileSync(file, stringify(config));
  const sink = await startSink(status);
  const [grpc, http, health, prometheus, telemetry] = await Promise.all(Array.from({ length: 5 }, freePort));
  const child = spawn(binary, ['--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      ALIGNMENT_BACKEND: sink.url,
      ALIGNMENT_BACKEND_HEADERS: '',
      ALIGNMENT_STATE_DIR: join(folder, 'state'),
      ALIGNMENT_OTLP_GRPC: `127.0.0.1:${grpc}`,
      ALIGNMENT_OTLP_HTTP: `127.0.0.1:${http}`,
      ALIGNMENT_HEALTH: `127.0.0.1:${health}`,
      ALIGNMENT_PROMETHEUS: `127.0.0.1:${prometheus}`,
      ALIGNMENT_TELEMETRY_PORT: String(telemetry),
      ALIGNMENT_DECISION_WAIT: `${decisionSeconds}s`,
      ALIGNMENT_NUM_TRACES: '200000',
      ...env,
    },
  });
  let errors = '';
  child.stderr.on('data', chunk => (errors = (errors + chunk).slice(-4_000)));
  const ended = new Promise(done => child.once('exit', done));
  try {
    for (let i = 0; ; i++) {
      if (child.exitCode !== null || i > 300) throw new Error(`the Collector did not start:\n${errors}`);
      if (
        await fetch(`http://127.0.0.1:${health}`).then(
          answer => answer.ok,
          () => false,
        )
      )
        break;
      await delay(100);
    }
    const memory = [];
    const watch = setInterval(() => memory.push(residentMiB(child.pid)), 1_000);
    const before = cpuSeconds(child.pid);
    const begin = performance.now();
    const refused = await sendLoad(`http://127.0.0.1:${http}`, spans);
    const wall = (performance.now() - begin) / 1_000;
    // the last traces are decided on and delivered
    const decided = Date.now() + (decisionSeconds + 2) * 1_000;
    while (Date.now() < decided || (status === 200 && sink.quietFor() < 1_500)) await delay(100);
    const cpu = cpuSeconds(child.pid) - before;
    clearInterval(watch);
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
    const state = join(folder, 'state');
    const stored = existsSync(state)
      ? readdirSync(state).reduce((bytes, file) => bytes + statSync(join(state, file)).size, 0)
      : 0;
    return {
      cpu,
      wall,
      peak,
      stored,
      memory,
      refused,
      microseconds: (cpu / spans) * 1e6,
      bytes: sink.bytes(),
    };
  } finally {
    child.kill('SIGKILL');
    await ended;
    sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
