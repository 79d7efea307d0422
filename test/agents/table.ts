// Writes examples/agents.md from the results that the tests recorded and assert: `node test/agents/table.ts`. The format of a result is in
// results.ts; a file that is added to results/ is in the page.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cell, type Result, readResult } from './results.ts';
import { rowsOf } from './scenarios.ts';

export const tableFile: string = fileURLToPath(new URL('../../examples/agents.md', import.meta.url));

/** The programs first, in the order that the docs name them in. */
const ORDER = ['claude-code', 'codex', 'gemini-cli', 'cline'];
const rank = ({ agent }: Result): number => (ORDER.indexOf(agent) + 1 || ORDER.length + 1) - 1;

export function readResults(): Result[] {
  const folder = fileURLToPath(new URL('results', import.meta.url));
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => readResult(basename(name, '.json'))!)
    .sort((a, b) => rank(a) - rank(b));
}

const OBSERVERS: Readonly<Record<string, string>> = { harness: 'T', instrumentation: 'H' };

/** The signal that the row is about stands first and in bold. */
function cell({ signals = [], missing }: Cell, about: string | undefined): string {
  const shown = signals.map(line => {
    const at = line.indexOf(': ');
    const text = line.slice(at + 2);
    const by = line.slice(0, at).split('+');
    return { text, by: by.map(source => OBSERVERS[source] ?? source).join(', ') };
  });
  const isAbout = (text: string): boolean => about !== undefined && new RegExp(`^(${about})`).test(text);
  const first = shown.filter(({ text }) => isAbout(text));
  const rest = shown.filter(({ text }) => !isAbout(text));
  const parts = [
    ...(missing === undefined ? [] : [`**not available**: ${missing}`]),
    ...first.map(({ text, by }) => `**${text}** (${by})`),
    ...rest.map(({ text, by }) => `${text} (${by})`),
  ];
  return parts.length === 0 ? 'nothing' : parts.join('<br>');
}

function table(group: Result['group']): string {
  const results = readResults().filter(result => result.group === group);
  const row = ({ id, brief, signal }: ReturnType<typeof rowsOf>[number]): string => {
    const cells = results.map(({ rows }) => cell(rows[id] ?? { missing: 'not run' }, signal));
    return `| **${id}**: ${brief} | ${cells.join(' | ')} |`;
  };
  const head = results.map(({ title, version }) => `${title} ${version}`);
  return [
    `| scenario | ${head.join(' | ')} |`,
    `|---|${results.map(() => '---').join('|')}|`,
    ...rowsOf(group).map(row),
    '',
  ].join('\n');
}

/** Who sees a person's stop, and which one nobody sees. The rows hold what was run; a limit beyond them stands on the agent's page. */
export const STOPS: Readonly<Record<string, { readonly by: string; readonly blind: string }>> = {
  'claude-code': {
    by: 'the hook, with the next message or at the end of the session',
    blind: 'one before the first output',
  },
  codex: {
    by: 'its telemetry (traces); for `codex exec`, `otel-alignment acp` (`--json`)',
    blind: 'Ctrl-C in `codex exec` without the proxy',
  },
  'gemini-cli': {
    by: '`otel-alignment acp`',
    blind:
      'Ctrl-C in `gemini -p`. Not run: its terminal; what it sends there shows a stop before the first words only',
  },
  cline: { by: 'the hook', blind: 'none that we found; with a call open it does not say who stopped' },
  'claude-agent-sdk': {
    by: '`tapClaudeAgent`: `interrupt()`, or `interrupt` with a denial',
    blind: 'one that ends your program at once',
  },
  'custom-agent': { by: 'the agent: a line in its code', blind: 'one that ends it at once (SIGKILL)' },
  langgraph: {
    by: '`tapInvoke`: the `signal` of the run',
    blind: 'a run through `stream`, or stopped otherwise',
  },
  mcp: {
    by: '`tapMcpClient`: the `signal` of a call; by whom, `aborter` says',
    blind: 'one while the model answers: that is no part of the protocol',
  },
  'openai-agents': {
    by: '`run` of `tapOpenAIAgents`: the `signal` of the run',
    blind: 'a run that is stopped otherwise',
  },
  'vercel-ai': {
    by: '`tapVercelAI`: the `abortSignal` of the run; by whom, `aborter` says',
    blind: 'an abort whose reason is no `AbortError`',
  },
};

function stops(results: readonly Result[]): string {
  const row = ({ agent, title }: Result): string => {
    const { by = 'unknown', blind = 'unknown' } = STOPS[agent] ?? {};
    return `| ${title} | ${by} | ${blind} |`;
  };
  return ['| agent | seen by | not seen |', '|---|---|---|', ...results.map(row), ''].join('\n');
}

const ABOUT_LIBRARIES = `An application around the library plays them (\`test/frameworks/scenarios\`), with the adapter of \`otel-alignment/taps\`, or, in the custom
agent, calls of \`otel-alignment/signals\` and \`tapClaims\`. Rules and people are the application's and scripted, and no tool does anything. **(T)** is what spans
of the library, or of its instrumentation, say by themselves. What the agent's own telemetry and the adapter both say of
one fact, with one \`alignment.signal.id\`, is one line: **(T, H)**.`;

/** The page as it should be. */
export function page(): string {
  return `# What real agents show

Generated by \`test/agents/table.ts\` from results that the tests write down and then assert; do not edit. Each cell holds every signal that
reached the backend when the real program ran the scenario: with a scripted model, the hook installed as \`otel-alignment hook install\` does
it, and the Collector with its committed configuration. **(T)**: from the agent's own telemetry, mapped by the Collector. **(H)**: from our hook, proxy or
adapter. In bold: what the scenario is about.

A signal reads: class, then type, initiator, outcome and decider, or where it moved from and to, or the rule's id.

A person's part is played over each program's own protocol: control messages for Claude Code, \`codex app-server\` and \`gemini --acp\`, both behind
\`otel-alignment acp\`; for Cline with keys, at a terminal. Everything else runs as a program starts it: \`claude -p\`, \`codex exec\`, \`gemini -p\`,
\`cline --json\`. "×2": two such signals, each with an id of its own. That a "no" came with a reason is in no signal: the words are content.

${table('program')}
## Libraries

${ABOUT_LIBRARIES}

${table('library')}
## A stop by a person

Every agent's is seen by something. What sees it, and which stop nobody sees:

${stops(readResults())}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(tableFile, page());
