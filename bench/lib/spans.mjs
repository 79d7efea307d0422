import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';

/** Attributes are made beforehand, so that making them is no part of a figure. */
const PREPARED = 4096;
/** As an id is that came with a model's answer: text that was just joined is slower to read. */
const received = text => Buffer.from(text).toString();
/** @param {number} number of the span */
const toolAttributes = number => ({
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': 'bash',
  'gen_ai.tool.type': 'function',
  'gen_ai.tool.call.id': received(`call_${number.toString(16).padStart(24, '0')}`),
  'gen_ai.tool.description': 'Runs a command in a shell and returns what it prints.',
  'gen_ai.tool.call.arguments': '{"command":"npm test -- --run src/parser.test.ts"}',
  'gen_ai.tool.call.result': 'Tests  41 passed (41)',
  'gen_ai.conversation.id': `conversation-${number}`,
  'gen_ai.agent.name': 'coder',
  'server.address': 'agent.example.com',
});

const HTTP = {
  'http.request.method': 'GET',
  'http.response.status_code': 200,
  'http.route': '/v1/orders/{id}',
  'network.protocol.version': '1.1',
  'server.address': 'api.example.com',
  'server.port': 443,
  'url.full': 'https://api.example.com/v1/orders/4711',
  'url.path': '/v1/orders/4711',
  'url.scheme': 'https',
  'user_agent.original': 'undici',
};

const AGENT = {
  'gen_ai.operation.name': 'invoke_agent',
  'gen_ai.agent.name': 'coder',
  'gen_ai.agent.id': 'agent-1',
  'gen_ai.conversation.id': 'conversation-1',
};

const prepared = make => Array.from({ length: PREPARED }, (_, i) => make(i));

/**
 * The kinds of span that variants are measured on, each with ten attributes. `steps` is the length of a session: every
 * batch begins new ones.
 */
export const KINDS = {
  tool: { name: 'execute_tool bash', attributes: prepared(toolAttributes), steps: 256 },
  'tool-new-session': { name: 'execute_tool bash', attributes: prepared(toolAttributes), steps: 1 },
  http: { name: 'GET /v1/orders/{id}', attributes: prepared(() => ({ ...HTTP })) },
  'http-child': {
    name: 'GET /v1/orders/{id}',
    attributes: prepared(() => ({ ...HTTP })),
    parent: { name: 'invoke_agent coder', attributes: AGENT },
  },
};

/**
 * Starts and ends spans of a kind in batches, each flushed. A session is never begun twice, so that each of its steps is new.
 *
 * @param {object} provider of the SDK
 * @param {keyof typeof KINDS} kindName
 * @param {{ around?: (from: import('@opentelemetry/api').Context) => import('@opentelemetry/api').Context,
 *   before?: (span: import('@opentelemetry/api').Span) => void }} variant `around` extends the context; `before` runs
 *   before each span ends
 * @returns runs so many batches of a size, and says how many nanoseconds a span took
 */
export function spansOf(provider, kindName, { around = from => from, before }) {
  const kind = KINDS[kindName];
  const tracer = provider.getTracer('bench', '1.0.0');
  let next = 0;
  let sessions = 0;
  const beginSessions = (steps, size) => {
    let session;
    for (let i = 0; i < size; i++) {
      // one text for all its steps, as an application holds it
      if (i % steps === 0) session = `conversation-${++sessions}`;
      kind.attributes[(next + i) % PREPARED]['gen_ai.conversation.id'] = session;
    }
  };
  const spans = size => {
    for (let i = 0; i < size; i++) {
      const span = tracer.startSpan(kind.name, { attributes: kind.attributes[next++ % PREPARED] });
      before?.(span);
      span.end();
    }
  };
  // one for all: what its own end costs is no part of what its children cost
  const parent =
    kind.parent && tracer.startSpan(kind.parent.name, { attributes: kind.parent.attributes }, ROOT_CONTEXT);
  const batch = async size => {
    if (kind.steps !== undefined) beginSessions(kind.steps, size);
    const from = around(ROOT_CONTEXT);
    context.with(parent === undefined ? from : trace.setSpan(from, parent), spans, undefined, size);
    await provider.forceFlush();
  };
  return async (batches, size) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < batches; i++) await batch(size);
    return Number(process.hrtime.bigint() - start) / (batches * size);
  };
}
