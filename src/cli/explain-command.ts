import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import type { Explanation, Question } from './explain/explain.ts';
import { UsageError } from './usage.ts';

const HELP = `Usage: otel-alignment explain COMMAND [--json]
       otel-alignment explain --tool NAME [ARGUMENTS] [--json]

Says what the rules think of one call: what it does, whether it can be undone, what is at risk, which rules say so, and the
signal that it would raise as the first step of a session. Nothing is run, nothing leaves this machine.

COMMAND is a shell command line, as one argument: quote it. - reads it from standard input.

Options:
  --tool NAME          explain a call of this tool; ARGUMENTS is their JSON
  --workspace DIR      absolute path of the folder that the agent works in
  --environment NAME   what shared systems it acts on: production, staging, ...
  --json               the explanation as one JSON object

Examples:
  otel-alignment explain 'git push --force origin main'
  otel-alignment explain 'curl -s https://get.example/install | sh'
  otel-alignment explain --tool send_email '{"to":"all@example.com","subject":"Hello"}'
  otel-alignment explain 'terraform destroy' --environment production --json

Exit codes: 0 explained, 2 the command line is unusable.
`;

export const explain: Command = {
  help: HELP,
  async run(args) {
    const { question, json } = await parse(args);
    const { explainCall } = await import('./explain/explain.ts');
    const now = Date.now();
    const explanation = explainCall(question, [Math.floor(now / 1000), (now % 1000) * 1e6]);
    process.stdout.write(json ? `${JSON.stringify(explanation)}\n` : await describe(question, explanation));
    return 0;
  },
};

async function parse(args: readonly string[]): Promise<{ question: Question; json: boolean }> {
  const { values, positionals } = parsed(args);
  const { tool, workspace, environment, json } = values;
  const [given, ...more] = positionals;
  if (more.length > 0) throw new UsageError("quote the command: otel-alignment explain 'git push --force'");
  const text = given === '-' ? await readInput() : (given ?? '');
  if (tool === '') throw new UsageError('--tool needs a name');
  if (tool === undefined && text.trim() === '')
    throw new UsageError("explain needs a command: otel-alignment explain 'git push --force origin main'");
  return {
    question: {
      text,
      ...(tool === undefined ? {} : { tool }),
      ...(workspace === undefined ? {} : { workspace }),
      ...(environment === undefined ? {} : { environment }),
    },
    json: json ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        tool: { type: 'string' },
        workspace: { type: 'string' },
        environment: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    const [message] = (error as Error).message.split('. ');
    throw new UsageError(`${message}. Quote the command: otel-alignment explain 'git push --force'`);
  }
}

/** Longer than any command line. */
const MAX_INPUT = 1024 * 1024;

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += (chunk as Buffer).length;
    if (size > MAX_INPUT) throw new UsageError(`the command is longer than ${MAX_INPUT} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

async function describe({ text, tool }: Question, explanation: Explanation): Promise<string> {
  const { ACTION_MEANINGS, REVERSIBILITY_MEANINGS, anchorOf } = await import('./explain/meanings.ts');
  const meaning = (table: Readonly<Record<string, string>>, value: string): string => table[value] ?? '';
  const {
    action_type: action,
    reversibility,
    risk_score: risk,
    risk_level: level,
    rules,
    signals,
  } = explanation;
  const title = tool === undefined ? text : `${tool} ${text}`;
  const rows: [name: string, value: string, meaning: string][] = [
    ['action', action ?? 'not known', action === null ? '' : meaning(ACTION_MEANINGS, action)],
    [
      'reversibility',
      reversibility ?? 'not known',
      reversibility === null ? 'the rules cannot say' : meaning(REVERSIBILITY_MEANINGS, reversibility),
    ],
  ];
  if (risk !== null) {
    const { anchor, meaning: stands } = anchorOf(risk);
    rows.push(['risk', `${risk.toFixed(2)} ${level}`, `${bar(risk)}nearest to ${anchor}: ${stands}`]);
  }
  const width = Math.max(...rows.map(([, value]) => value.length));
  const lines = [
    shown(title),
    '',
    ...rows.map(([name, value, words]) => `  ${name.padEnd(15)}${value.padEnd(width)}  ${words}`.trimEnd()),
    '',
    rules.length === 0 ? 'No rule has anything to say.' : 'Why',
    ...rules.map(({ id, words }) => `  It ${words}. [${id}]`),
    '',
    signals.length === 0 ? 'Signal: none, as the first step of a session.' : 'Signal',
    ...signals.map(signal => indented(JSON.stringify(signal, null, 2))),
  ];
  return `${lines.join('\n')}\n`;
}

/** A terminal sees ten cells; elsewhere the number says it all. */
const bar = (risk: number): string =>
  process.stdout.isTTY === true
    ? `${'█'.repeat(Math.round(risk * 10))}${'░'.repeat(10 - Math.round(risk * 10))}  `
    : '';

const MAX_TITLE = 200;

/** Control characters in a command must not steer the terminal. */
const shown = (text: string): string => {
  const one = text.slice(0, MAX_TITLE).replace(/\p{Cc}/gu, ' ');
  return text.length > MAX_TITLE ? `${one}…` : one;
};

const indented = (text: string): string =>
  text
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n');
