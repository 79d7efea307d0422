// npm run replay: what the Collector's configuration makes of a recording of an agent.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ReplayError, readRecording } from './recording.ts';
import { findCollector, replay } from './run.ts';

const HELP = `npm run --silent replay -- DIR --out FILE

Sends the telemetry recorded in DIR through collector-config/alignment.yaml with every source of collector-config/sources on the real
Collector, waits until all of it has come out, and writes that to FILE: OTLP as JSON, one request a line. Native log records and spans
are in it beside the signals, without content, as a backend would get them.

  DIR          a folder with logs.json, traces.json or both: OTLP/JSON requests, one a file or one a line
  --out FILE   where to write; replaced if it is there
  --help       this text

Every trace is kept and decided on after a second, unless ALIGNMENT_REST_PERCENT and ALIGNMENT_DECISION_WAIT say otherwise. The Collector
listens on free ports of the loopback interface and nothing leaves the machine.

Exit code: 0 written, 1 the recording or the Collector failed, 2 wrong usage.
`;

async function main(): Promise<number> {
  // npm runs this in the package's folder; paths are meant from the caller's
  if (process.env['INIT_CWD']) process.chdir(process.env['INIT_CWD']);
  let parsed: { values: { out?: string; help?: boolean }; positionals: string[] };
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { out: { type: 'string' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\nuse: npm run --silent replay -- DIR --out FILE`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (positionals.length !== 1 || !values.out) {
    console.error('one folder and --out FILE are needed; use: npm run --silent replay -- DIR --out FILE');
    return 2;
  }
  // without these the Collector would outlive an interrupt
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));
  const out = resolve(values.out);
  const recording = await readRecording(positionals[0]!);
  const lines = await replay(findCollector(), recording);
  try {
    writeFileSync(out, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  } catch (error) {
    throw new ReplayError(
      `${out} cannot be written (${(error as Error).message}): choose another with --out`,
    );
  }
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof ReplayError ? error.message : error);
  return 1;
});
