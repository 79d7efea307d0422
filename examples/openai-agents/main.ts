import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Agent, Runner, setTraceProcessors, tool } from '@openai/agents';
import { trace } from '@opentelemetry/api';
import { withAlignmentContext } from 'otel-alignment';
import { tapOpenAIAgents } from 'otel-alignment/taps';
import { z } from 'zod';
import { scriptedModel } from './model.ts';
import { startTelemetry } from './telemetry.ts';

const file = resolve(process.argv[2] ?? 'openai-agents.jsonl');
const finish = startTelemetry('openai-agents-agent', file);

const tap = tapOpenAIAgents();
// `addTraceProcessor` keeps the SDK's own export to OpenAI beside it
setTraceProcessors([tap.tracingProcessor]);
const runner = new Runner({ workflowName: 'clean up' });
const run = tap.run(runner.run.bind(runner));

/** Says what it would do: an example needs no real shell. */
const runCommand = tool({
  name: 'run_command',
  description: 'Run a command in the project.',
  parameters: z.object({ command: z.string() }),
  // that moving needs no question is careless, as the run shows
  needsApproval: async (_, { command }) => !/^(ls|mv) /.test(command),
  execute: async ({ command }) => `would run: ${command}`,
});
const reviewer = new Agent({
  name: 'reviewer',
  model: scriptedModel([]),
  outputGuardrails: [
    { name: 'no promises', execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) },
  ],
});
const COMMANDS = ['ls -la', 'rm -r reports', 'git commit -am tidy', 'mv reports /tmp/old'];
const cleaner = new Agent({
  name: 'cleaner',
  model: scriptedModel([
    ...COMMANDS.map(command => ({ tool: 'run_command', input: { command } })),
    { tool: 'transfer_to_reviewer', input: {} },
  ]),
  tools: [runCommand],
  handoffs: [reviewer],
});

/** Stands for the person at the prompt: no to `rm`, yes to the rest. */
const personSays = (command: string): boolean => !command.includes('"rm');

async function cleanUp(): Promise<void> {
  let result = await run(cleaner, 'Clean up the project.');
  while (result.interruptions.length > 0) {
    for (const item of result.interruptions) {
      const yes = personSays(item.arguments ?? '');
      console.log(`${yes ? 'yes' : 'no '} to: ${item.arguments}`);
      if (yes) result.state.approve(item);
      else result.state.reject(item);
    }
    result = await run(cleaner, result.state);
  }
}

await withAlignmentContext({ conversationId: randomUUID() }, () =>
  trace.getTracer('application').startActiveSpan('clean up', async span => {
    await cleanUp().catch((error: Error) => console.log(`ended by ${error.name}`));
    span.end();
  }),
);
await finish();
console.log(`written to ${file}`);
