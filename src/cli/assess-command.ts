import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { readLines } from './lines.ts';
import { lineWriter } from './output.ts';
import { createProgress } from './progress.ts';
import { UsageError, unreadable } from './usage.ts';

const HELP = `Usage: otel-alignment assess [FILE]
       otel-alignment assess --otlp IN --out OUT

Assesses what agents did: risk, reversibility, authorization, autonomy and signals, with the rules that say so. Nothing
leaves this machine, and no content (prompts, arguments, results) is written.

Steps: FILE, or standard input, holds one JSON object a line:
  {"session_id","step","role","content"?,"tool"?,"arguments"?,"result"?,"allowed_tools"?,"permission_mode"?,"environment"?}
  role is user (with content), agent (with content, or tool and arguments, or both), tool (with the result of the
  latest call) or system. {} or [] as arguments: called with none; null or absent: not recorded.
  allowed_tools, permission_mode and environment hold for their session until a line says otherwise.
Every agent line gives one line on standard output, with null where nothing is known or a field does not apply:
  {"session_id","step","risk_score","risk_level","reversibility","action_type","authorization","autonomy_level",
   "signals":[{"class","severity","confidence","reason",...}],"rules":["rule_id",...]}
Sessions may be interleaved; the latest 1000 are remembered.

Recorded telemetry: --otlp reads OTLP as JSON Lines (the Collector's file exporter writes it), whichever agent sent it, and
writes the same lines to OUT, unchanged, and after them lines of log records: the alignment.* events, each with the
trace and span id of the step that it is about.

Options:
  --otlp IN         a file of OTLP requests, one JSON object a line; it is read twice
  --out OUT         the file to write; one that is there is replaced
  --profiles LIST   calibration profiles, FILE or PROVIDER=FILE, separated by commas; default: $ALIGNMENT_PROFILES
  --json            nothing changes: the output is JSON

With profiles, scores that others gave win over ours. A step line brings them as "scores":{"SCALE":7} and "provider":"acme"; its line
of output then has "calibration" with the native value, the profile and our own score. In telemetry they are found where the
processor finds them, and a mapped risk of 0.7 and more is an event.

Examples:
  otel-alignment assess steps.jsonl
  otel-alignment assess steps.jsonl | jq -c 'select(.risk_score >= 0.7)'
  echo '{"session_id":"s","step":1,"role":"agent","tool":"Bash","arguments":{"command":"rm -rf /data"}}' | otel-alignment assess
  otel-alignment assess --otlp traces.jsonl --out assessed.jsonl

A line that cannot be used is named on standard error and passed over.
Exit codes: 0 every line was used, 1 a line was not, 2 the command line or a file is unusable.
`;

/** Longer than any step: 1 MB of text, escaped. */
const MAX_STEP_BYTES = 16 * 1024 * 1024;

export const assess: Command = {
  help: HELP,
  async run(args) {
    const { files, otlp, out, profiles } = parse(args);
    if (otlp !== undefined && out !== undefined) {
      const { assessRecorded } = await import('./assess/recorded.ts');
      const { profilesFor } = await import('./profiles.ts');
      return assessRecorded(otlp, out, profilesFor(profiles));
    }
    return assessSteps(files[0], profiles);
  },
};

function parse(args: readonly string[]): { files: string[]; otlp?: string; out?: string; profiles?: string } {
  const { values, positionals } = parsed(args);
  const { otlp, out, profiles } = values;
  if ((otlp === undefined) !== (out === undefined))
    throw new UsageError('--otlp and --out go together: otel-alignment assess --otlp IN --out OUT');
  if (positionals.length > (otlp === undefined ? 1 : 0))
    throw new UsageError('assess takes one file: otel-alignment assess [FILE]');
  return {
    files: positionals,
    ...(otlp === undefined ? {} : { otlp }),
    ...(out === undefined ? {} : { out }),
    ...(profiles === undefined ? {} : { profiles }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        otlp: { type: 'string' },
        out: { type: 'string' },
        profiles: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See otel-alignment assess --help.`);
  }
}

async function assessSteps(file: string | undefined, given: string | undefined): Promise<number> {
  const piped = file === undefined || file === '-';
  if (piped && process.stdin.isTTY === true)
    throw new UsageError(
      'assess reads steps from a file or from standard input; see otel-alignment assess --help',
    );
  const name = piped ? 'standard input' : file;
  const stream = piped ? process.stdin : createReadStream(file);
  const output = lineWriter(process.stdout);
  const progress = createProgress('lines');
  // loaded here, so that the other commands start without the rules
  const { profilesFor } = await import('./profiles.ts');
  const profiles = profilesFor(given);
  const assessLine = (await import('./assess/steps.ts')).createStepAssessor(profiles);
  let bad = 0;
  try {
    for await (const read of readLines(stream, MAX_STEP_BYTES)) {
      progress.tick();
      if ('text' in read && read.text.trim() === '') continue;
      const result = 'error' in read ? { problem: read.error } : assessLine(read.text);
      if (result === undefined) continue;
      if ('assessed' in result) {
        if (!(await output.write(JSON.stringify(result.assessed)))) break;
        continue;
      }
      bad += 1;
      progress.end();
      process.stderr.write(`otel-alignment: ${name}:${read.line}: ${result.problem}; the line is skipped\n`);
    }
  } catch (error) {
    progress.end();
    throw unreadable(name, error);
  }
  progress.end();
  return bad > 0 ? 1 : 0;
}
