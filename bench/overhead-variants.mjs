import crypto, { hash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { propagation } from '@opentelemetry/api';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

let reached = 0;
const exporter = {
  export: (spans, done) => {
    reached += spans.length;
    done({ code: 0 });
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};
/** Spans that an exporter was given: a peer that drops spans is no comparison. */
export const exported = () => reached;
const batched = () => new BatchSpanProcessor(exporter);

class Nothing {
  onStart() {}
  onEnding() {}
  onEnd() {}
  async forceFlush() {}
  async shutdown() {}
}

/** Writes the default set as constants: what the SDK alone charges for it, and no processor can be below. */
class Floor extends Nothing {
  constructor({ more = 0, moreOnEvent = 0, id = false } = {}) {
    super();
    this.id = id;
    this.more = Array.from({ length: more }, (_, i) => `alignment.more.${i}`);
    this.moreOnEvent = Array.from({ length: moreOnEvent }, (_, i) => `alignment.more.${i}`);
  }

  onEnding(span) {
    span.setAttribute('alignment.signal.count', 1);
    span.setAttribute('alignment.signal.max_severity', 0.8);
    span.setAttribute('alignment.signal.classes', ['risk_escalation']);
    span.setAttribute('alignment.action.type', 'delete');
    span.setAttribute('alignment.action.reversibility', 'irreversible');
    span.setAttribute('alignment.risk.score', 0.8);
    span.setAttribute('alignment.autonomy.level', 'operator');
    span.setAttribute('alignment.human.involvement', 'approval_required');
    for (const key of this.more) span.setAttribute(key, 'value');
    const call = span.attributes['gen_ai.tool.call.id'];
    const event = {
      'alignment.signal.class': 'risk_escalation',
      'alignment.signal.severity': 0.8,
      'alignment.signal.id': this.id
        ? hash(
            'sha256',
            `1|${span.attributes['gen_ai.conversation.id']}|${call}|risk_escalation|||otel-alignment|rule|`,
            'hex',
          ).slice(0, 32)
        : '00000000000000000000000000000000',
      'alignment.signal.reason': 'risk.high',
      'alignment.source.type': 'instrumentation',
      'alignment.risk.score': 0.8,
    };
    for (const key of this.moreOnEvent) event[key] = 'value';
    span.addEvent('alignment.risk_escalation', event, span.endTime);
  }
}

/** As many as a session of `lib/spans.mjs` has steps: a rule is reported once a session, so each step is reported. */
const RULES = 256;

/** Assessments handed in, all alike but for the rule: the rules of the package do not run. */
function assessments(riskScore) {
  const prepared = Array.from({ length: RULES }, (_, i) => ({
    actionType: 'delete',
    reversibility: 'irreversible',
    riskScore,
    authorization: 'implied',
    autonomyLevel: 'operator',
    autonomyScore: 0.2,
    rules: [`bench.rule_${i}`],
  }));
  let next = 0;
  return () => prepared[next++ % RULES];
}

async function ours(options, last = []) {
  const { AlignmentSpanProcessor, setAlignmentContext } = await import('otel-alignment');
  return {
    // where it stands alone it says so, once, on standard error
    processors: [new AlignmentSpanProcessor(options), ...last],
    around: from =>
      setAlignmentContext(from, {
        humanInvolvement: 'approval_required',
        mode: { label: 'ask', scale: 'bench' },
      }),
  };
}

/** All but the digest of the signal id: what it costs is a row of its own. Changes `node:crypto` for the whole process. */
async function withoutDigest(options) {
  const none = '0'.repeat(64);
  crypto.hash = () => none;
  syncBuiltinESMExports();
  return ours(options);
}

async function emitting(options) {
  const { recordIntervention } = await import('otel-alignment/signals');
  const report = { type: 'approval', initiator: 'human', outcome: 'approved', decisionSource: 'human' };
  return {
    ...(await ours({ assess: assessments(0.3), ...options })),
    before: span => recordIntervention(report, { span }),
  };
}

async function langfuse() {
  const { LangfuseSpanProcessor } = await import('@langfuse/otel');
  return {
    processors: [new LangfuseSpanProcessor({ exporter, publicKey: 'pk-lf-bench', secretKey: 'sk-lf-bench' })],
  };
}

async function openinference() {
  const { OpenInferenceBatchSpanProcessor } = await import('@arizeai/openinference-vercel');
  return { processors: [new OpenInferenceBatchSpanProcessor({ exporter })] };
}

async function traceloop() {
  const { ALL_INSTRUMENTATION_LIBRARIES, createSpanProcessor } = await import('@traceloop/node-server-sdk');
  return {
    processors: [
      createSpanProcessor({ exporter, allowedInstrumentationLibraries: ALL_INSTRUMENTATION_LIBRARIES }),
    ],
  };
}

async function baggage() {
  const { ALLOW_ALL_BAGGAGE_KEYS, BaggageSpanProcessor } = await import(
    '@opentelemetry/baggage-span-processor'
  );
  const entries = { 'session.id': 'session-1', 'gen_ai.agent.id': 'agent-1', tenant: 'tenant-1' };
  const carried = propagation.createBaggage(
    Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, { value }])),
  );
  return {
    processors: [new BaggageSpanProcessor(ALLOW_ALL_BAGGAGE_KEYS)],
    around: from => propagation.setBaggage(from, carried),
  };
}

/**
 * What a provider is made of, by name. Each makes its processors, and may extend the context that spans run in or act
 * on a span before it ends.
 */
export const VARIANTS = {
  bare: async () => ({ processors: [] }),
  nothing: async () => ({ processors: [new Nothing()] }),
  batch: async () => ({ processors: [batched()] }),
  floor: async () => ({ processors: [new Floor()] }),
  'floor-id': async () => ({ processors: [new Floor({ id: true })] }),
  'floor-span-8': async () => ({ processors: [new Floor({ more: 8 })] }),
  'floor-event-8': async () => ({ processors: [new Floor({ moreOnEvent: 8 })] }),
  ours: () => ours({ assess: assessments(0.8) }),
  'ours-without-digest': () => withoutDigest({ assess: assessments(0.8) }),
  'ours-full': () => ours({ assess: assessments(0.8), detail: 'full' }),
  'ours-quiet': () => ours({ assess: assessments(0.3) }),
  'ours-emitter': () => emitting({}),
  'ours-batch': () => ours({ assess: assessments(0.8) }, [batched()]),
  langfuse,
  openinference,
  traceloop,
  baggage,
};
