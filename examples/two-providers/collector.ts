import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** `$OTELCOL`, or `otelcol-contrib` on PATH. */
function find(): string | undefined {
  const named = process.env.OTELCOL;
  const onPath = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'otelcol-contrib'));
  return [...(named ? [named] : []), ...onPath].find(path => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A provider's Collector, which writes to the file; `undefined` where none is installed. */
export async function startCollector(
  file: string,
): Promise<{ readonly url: string; stop(): Promise<void> } | undefined> {
  const program = find();
  if (program === undefined) return undefined;
  const address = `127.0.0.1:${await freePort()}`;
  const config = fileURLToPath(new URL('collector.yaml', import.meta.url));
  const child = spawn(program, ['--config', config], {
    env: { ...process.env, OTLP_HTTP: address, TELEMETRY_FILE: file },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', chunk => (said = (said + String(chunk)).slice(-4_000)));
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  for (let tries = 0; ; tries++) {
    const up = await fetch(`http://${address}/`).then(
      () => true,
      () => false,
    );
    if (up) break;
    if (tries === 600 || child.exitCode !== null) throw new Error(`the Collector did not start:\n${said}`);
    await delay(50);
  }
  return {
    url: `http://${address}`,
    async stop() {
      const exit = once(child, 'exit');
      child.kill();
      await exit;
      process.off('exit', kill);
    },
  };
}
