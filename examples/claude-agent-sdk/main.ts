import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type PermissionResult, query, type SDKUserMessage } from '@anthropic-ai/claude-agent-sdk';
import { type Span, trace } from '@opentelemetry/api';
import { tapClaudeAgent } from 'otel-alignment/taps';
import { type Answer, startScriptedModel } from './model.ts';
import { startTelemetry } from './telemetry.ts';

const file = resolve(process.argv[2] ?? 'claude-agent-sdk.jsonl');
const finish = startTelemetry('claude-agent', file);
const tapped = tapClaudeAgent(query);

const bash = (command: string): Answer => ({ tool: 'Bash', input: { command, description: 'clean up' } });
const question = {
  question: 'Where may old files go?',
  header: 'Folder',
  multiSelect: false,
  options: [
    { label: 'archive', description: 'in the project' },
    { label: 'trash', description: 'outside' },
  ],
};
const SCRIPT: Answer[] = [
  { tool: 'AskUserQuestion', input: { questions: [question] } },
  bash('rm -r reports'),
  bash('mv reports archive'),
  bash('touch archive/.done'),
  'silence',
];

/** Stands for the person at the prompt. */
async function canUseTool(tool: string, input: Record<string, unknown>): Promise<PermissionResult> {
  if (tool === 'AskUserQuestion')
    return { behavior: 'allow', updatedInput: { ...input, answers: { [question.question]: 'archive' } } };
  const command = String(input['command']);
  if (command.startsWith('rm')) {
    console.log(`no  to: ${command}`);
    return { behavior: 'deny', message: 'Keep the reports.' };
  }
  const edited = command.replace(/^mv /, 'cp -r ');
  console.log(edited === command ? `yes to: ${command}` : `made of: ${command} → ${edited}`);
  return { behavior: 'allow', updatedInput: { ...input, command: edited } };
}

async function cleanUp(span: Span): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'claude-agent-'));
  const cwd = join(home, 'project');
  await mkdir(join(cwd, 'reports'), { recursive: true });
  const model = await startScriptedModel(SCRIPT);
  let stop = (): void => {};
  const stopped = new Promise<void>(done => {
    stop = done;
  });
  try {
    const run = tapped({
      prompt: prompts(stopped),
      options: {
        cwd,
        canUseTool,
        settingSources: [],
        model: 'claude-sonnet-4-5',
        env: environment(home, model.url, span),
        // the agent that the SDK brings, or the one that you have
        ...(process.env.CLAUDE_CODE && { pathToClaudeCodeExecutable: process.env.CLAUDE_CODE }),
      },
    });
    let results = 0;
    for await (const message of run) {
      if (message.type === 'user') results++;
      // the last call is done: from here on the person lets edits pass, sees nothing happen, and stops the run
      if (message.type === 'user' && results === SCRIPT.length - 1)
        void run.setPermissionMode('acceptEdits').then(() => run.interrupt());
      if (message.type === 'result') stop();
    }
  } catch (error) {
    // the SDK ends an interrupted run so
    console.log(`ended: ${error instanceof Error ? error.message : error}`);
  } finally {
    stop();
    model.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Stays open until the run is over: only then can modes be changed and runs be interrupted. */
async function* prompts(over: Promise<void>): AsyncGenerator<SDKUserMessage> {
  yield {
    type: 'user',
    message: { role: 'user', content: 'Clean up the project.' },
    parent_tool_use_id: null,
    session_id: '',
  };
  await over;
}

function environment(home: string, url: string, span: Span): Record<string, string> {
  const { traceId, spanId } = span.spanContext();
  const endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    HOME: home,
    PATH: process.env.PATH ?? '',
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'none',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    // the agent's own spans become part of the application's trace
    TRACEPARENT: `00-${traceId}-${spanId}-01`,
    ...(endpoint && {
      CLAUDE_CODE_ENABLE_TELEMETRY: '1',
      CLAUDE_CODE_ENHANCED_TELEMETRY_BETA: '1',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    }),
  };
}

await trace.getTracer('application').startActiveSpan('clean up', async span => {
  await cleanUp(span);
  span.end();
});
await finish();
console.log(`written to ${file}`);
