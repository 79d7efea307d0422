#!/usr/bin/env node
import { VERSION } from '../signals/version.ts';
import { group } from './command.ts';
import { UsageError } from './usage.ts';

const main = group(
  'otel-alignment',
  'Alignment signals of AI agents in OpenTelemetry.',
  {
    doctor: {
      brief: 'look at a set-up, say what is wrong and how to mend it',
      load: async () => (await import('./doctor-command.ts')).doctor,
    },
    explain: {
      brief: 'say what the rules think of one command or tool call',
      load: async () => (await import('./explain-command.ts')).explain,
    },
    assess: {
      brief: 'assess recorded steps or telemetry of any agent',
      load: async () => (await import('./assess-command.ts')).assess,
    },
    validate: {
      brief: 'check signals (JSON or OTLP/JSON) and say what is wrong where',
      load: async () => (await import('./validate-command.ts')).validate,
    },
    report: {
      brief: 'show risk, autonomy and interventions of recorded sessions as a page',
      load: async () => (await import('./report-command.ts')).report,
    },
    calibration: {
      brief: 'make scores of different raters comparable',
      load: async () => (await import('./calibration/group.ts')).calibration,
    },
    sessions: {
      brief: 'sessions across providers: fragments, stitching, private aggregates',
      load: async () => (await import('./sessions/group.ts')).sessions,
    },
    hook: {
      brief: "read an agent's hook events; install the hook",
      load: async () => (await import('./hook-command.ts')).hook,
    },
    acp: {
      brief: 'watch an agent through its protocol: ACP, Codex app-server',
      load: async () => (await import('./acp-command.ts')).acp,
    },
  },
  `otel-alignment --version says which version this is.

Exit codes: 0 all is well, 1 something was found, 2 the command line or a file is unusable.
`,
);

try {
  const args = process.argv.slice(2);
  if (args[0] === '--version') process.stdout.write(`${VERSION}\n`);
  else process.exitCode = await main.run(args);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`otel-alignment: ${error.message}\n`);
  process.exitCode = 2;
}
