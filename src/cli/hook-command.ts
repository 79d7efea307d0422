import { readSync } from 'node:fs';
import { isatty } from 'node:tty';
import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { UsageError } from './usage.ts';

const HELP = `Usage: otel-alignment hook --agent AGENT
       otel-alignment hook install --agent AGENT [--scope user|project] [--yes] [--undo] [--print]
       otel-alignment hook status

Reads one event of an agent's hook system on standard input, assesses the tool call that it is about on this machine, and sends alignment
signals over OTLP/HTTP (JSON). Arguments, results and prompts are read here and never sent or kept. It answers nothing and always
exits with 0, so it never changes what the agent does.

AGENT is claude-code, codex, gemini-cli or cline.

Options:
  --decisions own|all   own (default): what only a hook sees, beside the assessment. all: also approvals, denials and
                        questions that the agent's own telemetry reports, for agents that send none
  --mode MODE           cline: auto-approve or ask, because its events do not say; also $ALIGNMENT_HOOK_MODE

install:
  --scope user|project  whose settings are written: yours (default) or this folder's
  --yes                 write without asking
  --undo                take back what install wrote
  --print               show what would be written, and write nothing

Environment:
  OTEL_EXPORTER_OTLP_ENDPOINT, _LOGS_ENDPOINT, _HEADERS, _TIMEOUT   where signals go; default http://localhost:4318
  ALIGNMENT_HOOK_DIR    where unsent signals and the sessions' memory are kept; default ~/.local/state/otel-alignment/hook

Examples:
  otel-alignment hook install --agent claude-code
  otel-alignment hook install --agent cline --mode ask --print
  otel-alignment hook status

Exit codes: 0 always, as a hook; install: 0 it is as it should be, 1 nothing was written, 2 the command line or a file is unusable.
`;

export const hook: Command = {
  help: HELP,
  async run(args) {
    const [first, ...rest] = args;
    if (first === 'install')
      return (await import('../taps/hook/install/command.ts')).install(rest, UsageError);
    if (first === 'status') {
      process.stdout.write((await import('../taps/hook/status.ts')).describeStatus(process.env));
      return 0;
    }
    if (isatty(0))
      throw new UsageError('hook reads an event on standard input; see otel-alignment hook --help');
    return receive(args);
  },
};

/** From here on nothing may fail and nothing may be said: agents read the exit code and the output as an answer. */
async function receive(args: readonly string[]): Promise<never> {
  const quit = (): never => process.exit(0);
  process.on('uncaughtException', quit);
  process.on('unhandledRejection', quit);
  try {
    const { runHook, MAX_INPUT_BYTES } = await import('../taps/hook/run.ts');
    const { isHookAgent } = await import('../taps/hook/agents.ts');
    const { values } = parseArgs({
      args: [...args],
      strict: false,
      options: { agent: { type: 'string' }, decisions: { type: 'string' }, mode: { type: 'string' } },
    });
    const input = await readInput(MAX_INPUT_BYTES);
    const { agent, decisions, mode = process.env['ALIGNMENT_HOOK_MODE'] } = values;
    if (!isHookAgent(agent)) {
      process.stderr.write(
        'otel-alignment hook: --agent must be claude-code, codex, gemini-cli or cline; see otel-alignment hook --help\n',
      );
    } else if (input !== undefined) {
      await runHook(input, {
        agent,
        decisions: decisions === 'all' ? 'all' : 'own',
        ...(typeof mode === 'string' && mode !== '' ? { mode } : {}),
        env: process.env,
      });
    }
  } catch {
    // said nowhere: the agent would take it for an answer
  }
  return quit();
}

/**
 * The whole input, so that the agent can write all of it; `undefined` where there is more than `limit` bytes. Read in one go: a
 * stream costs milliseconds to set up. A descriptor that does not block needs one all the same.
 */
async function readInput(limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const add = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
  };
  const buffer = Buffer.allocUnsafe(64 * 1024);
  try {
    for (let read = readSync(0, buffer); read > 0; read = readSync(0, buffer))
      add(Buffer.from(buffer.subarray(0, read)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') {
      try {
        for await (const chunk of process.stdin) add(chunk as Buffer);
      } catch {
        // what came so far
      }
    }
  }
  return bytes > limit ? undefined : Buffer.concat(chunks).toString('utf8');
}
