import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSpans } from '../../demo/otlp.ts';

const main = fileURLToPath(new URL('../../../examples/custom-agent/main.ts', import.meta.url));

/**
 * Runs the example as a program that another one started, in the mode that asks nobody, and interrupts it while its first command waits.
 *
 * @param url the model's endpoint
 * @param otlp the receiver
 * @returns the trace that it made
 */
export async function interruptProgram(url: string, otlp: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-custom-'));
  const file = join(folder, 'run.jsonl');
  const { PATH = '', HOME = '' } = process.env;
  try {
    const child = spawn(process.execPath, [main, '--yes-to-all', '--out', file], {
      env: { PATH, HOME, OPENAI_BASE_URL: `${url}/v1`, OTEL_EXPORTER_OTLP_ENDPOINT: otlp },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => {
        const waited = output.includes('> run_shell');
        output += String(chunk);
        if (!waited && output.includes('> run_shell')) child.kill('SIGINT');
      });
    const code = await new Promise(done => child.once('close', done));
    if (code !== 0 || !output.includes('The run is over: stopped')) throw new Error(output);
    return readSpans(readFileSync(file, 'utf8'))[0]?.traceId ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
