import { type Finding, findingsOf } from './finding.ts';
import type { ProviderSeen } from './probe.ts';

const { ok, note, warning, problem } = findingsOf('provider');

const OURS = 'AlignmentSpanProcessor';
const ADD =
  'wrap the configuration: new NodeSDK(withAlignment({ … })), or start with node --import otel-alignment/register';

/**
 * What a running application shows of its set-up.
 *
 * @param seen one report a process; an application started by npm is two
 */
export function checkProvider(seen: readonly ProviderSeen[]): Finding[] {
  const [report] = [...seen].sort((a, b) => weight(b) - weight(a));
  if (report === undefined || report.api === null)
    return [
      problem(
        'provider.api',
        'the application never loaded @opentelemetry/api',
        'start the SDK before anything else: node --import ./telemetry.js app.js',
      ),
    ];
  if (report.provider === null)
    return [
      problem(
        'provider.registered',
        'no tracer provider was registered: spans go nowhere',
        'call sdk.start(), or trace.setGlobalTracerProvider(provider), before the first span',
      ),
    ];
  return [
    ok('provider.registered', `a tracer provider is registered, with @opentelemetry/api ${report.api}`),
    ...checkProcessors(report),
    ...checkSampler(report),
    ...(report.contextManager
      ? []
      : [
          problem(
            'provider.context',
            'no context manager is registered: a span has no parent, and emitters find no active span',
            'NodeSDK registers one; else context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())',
          ),
        ]),
  ];
}

const weight = ({ api, provider, processors, wrapped }: ProviderSeen): number =>
  (api === null ? 0 : 1) + (provider === null ? 0 : 2) + (processors?.length ?? 0) + (wrapped ? 1 : 0);

function checkProcessors({ processors, wrapped }: ProviderSeen): Finding[] {
  if (processors === null)
    return [
      wrapped
        ? ok('provider.processor', 'otel-alignment is around the provider')
        : note(
            'provider.processor',
            'this provider does not show its processors: whether ours is there cannot be told',
          ),
    ];
  const at = processors.findIndex(({ name }) => name === OURS);
  const names = processors.map(({ name }) => name).join(', ') || 'none';
  const findings: Finding[] = [];
  if (at < 0 && !wrapped)
    findings.push(problem('provider.processor', `otel-alignment is not at work (processors: ${names})`, ADD));
  else if (at >= 0 && wrapped)
    findings.push(
      warning(
        'provider.twice',
        'otel-alignment is there twice, as a processor and around the provider',
        'keep one; the first acts',
      ),
    );
  else
    findings.push(
      ok('provider.processor', wrapped ? `otel-alignment is around ${names}` : `processors: ${names}`),
    );
  const exporting = processors.findIndex(one => one.exports);
  if (exporting < 0)
    findings.push(
      at === 0 && processors.length === 1
        ? problem(
            'provider.exporter',
            'ours is the only span processor: nothing exports the spans, because NodeSDK builds no exporter of its own once it is given processors',
            'put a BatchSpanProcessor with your exporter beside it, or wrap the configuration in withAlignment()',
          )
        : warning(
            'provider.exporter',
            `no processor with an exporter is seen among ${names}`,
            'add a BatchSpanProcessor with your exporter',
          ),
    );
  else if (at > exporting)
    findings.push(
      warning(
        'provider.order',
        `${processors[exporting]?.name} stands before ${OURS}`,
        "put ours first: the SDK's own processors do not mind, those of vendors may read a span before ours has written",
      ),
    );
  return findings;
}

/** Head sampling hides steps from every processor. */
function checkSampler({ sampler }: ProviderSeen): Finding[] {
  if (sampler === null || !/TraceIdRatio|^AlwaysOff|root=AlwaysOff/.test(sampler)) return [];
  return [
    warning(
      'provider.sampler',
      `${sampler.slice(0, 80)} keeps steps from every processor, and with them their signals`,
      'sample in the Collector, or wrap the sampler in createAlwaysRecordSampler()',
    ),
  ];
}
