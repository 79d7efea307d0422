import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { AlignmentSpanProcessor } from 'otel-alignment';
import { findDestination } from '../custom-agent/destination.ts';

/** The same six calls, and what the two providers' own monitors say of them. Neither is real. */
const CALLS = [
  { tool: 'Bash', command: 'npm test', acme: 22, borealis: 'low' },
  { tool: 'Edit', command: 'src/server.ts', acme: 45, borealis: 'low' },
  { tool: 'Bash', command: 'git push --force origin my-branch', acme: 60, borealis: 'medium' },
  { tool: 'Bash', command: './deploy.sh production', acme: 79, borealis: 'high' },
  { tool: 'Bash', command: 'psql "$PROD" -c "DROP TABLE orders"', acme: 96, borealis: 'critical' },
  { tool: 'Read', command: 'README.md', acme: 10, borealis: 'low' },
] as const;

const inMemory = new InMemorySpanExporter();
const destination = await findDestination(process.env);
const exporters = [new SimpleSpanProcessor({ exporter: inMemory })];
const sending =
  destination &&
  new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${destination.otlpHttp}/v1/traces` }) });
const provider = new TracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'two-scales' }),
  // the profiles come from ALIGNMENT_PROFILES
  spanProcessors: [new AlignmentSpanProcessor(), ...exporters, ...(sending ? [sending] : [])],
});
trace.setGlobalTracerProvider(provider);
const tracer = trace.getTracer('two-scales');

/** One provider's agent makes the calls; its monitor says what it thinks of each in its own way. */
function session(name: 'acme' | 'borealis'): void {
  for (const call of CALLS) {
    const span = tracer.startSpan(`execute_tool ${call.tool}`, {
      root: true,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': call.tool,
        'gen_ai.provider.name': name,
        'gen_ai.conversation.id': `${name}-session`,
        'call.summary': call.command,
      },
    });
    if (name === 'acme') span.setAttribute('security.risk_score', call.acme);
    else
      span.addEvent('gen_ai.evaluation.result', {
        'gen_ai.evaluation.name': 'borealis.tier',
        'gen_ai.evaluation.score.label': call.borealis,
      });
    span.end();
  }
}

session('acme');
session('borealis');

const spans = inMemory.getFinishedSpans();
const of = (name: string): ReadableSpan[] =>
  spans.filter(({ attributes }) => attributes['gen_ai.provider.name'] === name);
const shown = ({ attributes }: ReadableSpan, native: unknown): string => {
  const status = attributes['alignment.risk.calibration.status'];
  const score = attributes['alignment.risk.score'];
  return `${String(native).padStart(8)} → ${status === 'profiled' ? Number(score).toFixed(2) : 'no profile'}`;
};
const [acme, borealis] = [of('acme'), of('borealis')];
console.log(`${'call'.padEnd(38)}${'acme, 0 to 100'.padEnd(22)}borealis, four tiers`);
for (const [index, call] of CALLS.entries())
  console.log(
    `${call.command.slice(0, 36).padEnd(38)}${shown(acme[index]!, call.acme).padEnd(22)}${shown(borealis[index]!, call.borealis)}`,
  );

await sending?.forceFlush();
if (destination) {
  const link = destination.link(acme.at(-2)!.spanContext().traceId);
  console.log(`\nsent to ${destination.otlpHttp}${link ? `; the riskiest call of acme: ${link}` : ''}`);
}
await provider.shutdown();
