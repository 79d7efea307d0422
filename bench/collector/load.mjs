// The load: OTLP protobuf requests of 500 spans, encoded once; every sending gets new trace and span ids.
import { randomFillSync } from 'node:crypto';
import { Agent, request } from 'node:http';

export const SPANS_A_REQUEST = 500;
const SPANS_A_TRACE = 5;

const varint = number => {
  const bytes = [];
  let rest = BigInt(number);
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
};
const field = (number, payload) =>
  Buffer.concat([varint((number << 3) | 2), varint(payload.length), payload]);
const text = (number, value) => field(number, Buffer.from(value));
const int = (number, value) => Buffer.concat([varint(number << 3), varint(value)]);
const fixed64 = (number, value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return Buffer.concat([varint((number << 3) | 1), bytes]);
};
const anyValue = value => {
  if (typeof value === 'string') return text(1, value);
  if (Array.isArray(value)) return field(5, Buffer.concat(value.map(one => field(1, anyValue(one)))));
  if (Number.isInteger(value)) return int(3, value);
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint((4 << 3) | 1), bytes]);
};
const attributes = (number, map) =>
  Buffer.concat(
    Object.entries(map).map(([key, value]) =>
      field(number, Buffer.concat([text(1, key), field(2, anyValue(value))])),
    ),
  );

const TIME = 1_760_000_000_000_000_000n;
// the ids are found again by these bytes
const TRACE_MARK = Buffer.from('TRACE-ID-TRACE-I');
const SPAN_MARK = Buffer.from('SPAN-ID-');

/** The spans of one agent's turn, eight attributes each; the third carries a signal as our processor writes it. */
function turn(position, signal) {
  const agent = {
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.conversation.id': '0199f3c1-7a2e-7c1d-9e1a-5b7c',
    'gen_ai.agent.name': 'coder',
    'gen_ai.agent.id': 'agent-7',
  };
  const model = {
    'gen_ai.request.model': 'model-4',
    'gen_ai.usage.input_tokens': 1812,
    'gen_ai.usage.output_tokens': 231,
  };
  switch (position) {
    case 0:
      return {
        name: 'invoke_agent coder',
        attributes: { ...agent, ...model, 'gen_ai.operation.name': 'invoke_agent' },
      };
    case 1:
      return { name: 'chat model-4', attributes: { ...agent, ...model, 'gen_ai.operation.name': 'chat' } };
    case 4:
      return {
        name: 'GET',
        attributes: {
          'http.request.method': 'GET',
          'url.full': 'https://registry.example.org/left-pad',
          'server.address': 'registry.example.org',
          'server.port': 443,
          'http.response.status_code': 200,
          'network.protocol.version': '1.1',
          'user_agent.original': 'npm/11',
          'url.scheme': 'https',
        },
      };
    default:
      return {
        name: 'execute_tool bash',
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'bash',
          'gen_ai.tool.call.id': 'toolu_01A09q90qw90lq917835',
          'alignment.action.type': 'execute',
          'alignment.action.reversibility': 'conditionally_reversible',
          'alignment.risk.score': 0.42,
          'alignment.autonomy.level': 'approver',
          'alignment.human.involvement': 'approval_required',
          ...(signal && {
            'alignment.signal.count': 1,
            'alignment.signal.classes': ['intervention'],
            'alignment.signal.max_severity': 0.4,
          }),
        },
        ...(signal && {
          event: {
            'alignment.signal.class': 'intervention',
            'alignment.signal.id': '4b3f7d6a0c5e4f21b8a97d6c5e4f3a2b',
            'alignment.signal.severity': 0.4,
            'alignment.source.type': 'instrumentation',
            'alignment.intervention.type': 'denial',
            'alignment.intervention.initiator': 'human',
            'alignment.intervention.outcome': 'denied',
            'gen_ai.conversation.id': '0199f3c1-7a2e-7c1d-9e1a-5b7c',
          },
        }),
      };
  }
}

function encodeSpan({ name, attributes: own, event }) {
  return Buffer.concat([
    field(1, TRACE_MARK),
    field(2, SPAN_MARK),
    text(5, name),
    int(6, 1),
    fixed64(7, TIME),
    fixed64(8, TIME + 40_000_000n),
    attributes(9, own),
    ...(event
      ? [
          field(
            11,
            Buffer.concat([fixed64(1, TIME), text(2, 'alignment.intervention'), attributes(3, event)]),
          ),
        ]
      : []),
  ]);
}

/** One request. Half of its traces have one signal, so one span in ten has. */
function encodeRequest() {
  const spans = [];
  for (let i = 0; i < SPANS_A_REQUEST; i++) {
    const trace = Math.floor(i / SPANS_A_TRACE);
    const position = i % SPANS_A_TRACE;
    spans.push(field(2, encodeSpan(turn(position, position === 2 && trace % 2 === 0))));
  }
  const resource = field(
    1,
    attributes(1, {
      'service.name': 'bench',
      'service.version': '1.0.0',
      'deployment.environment.name': 'bench',
    }),
  );
  const scope = field(2, Buffer.concat([field(1, text(1, 'bench')), ...spans]));
  return field(1, Buffer.concat([resource, scope]));
}

const marks = (buffer, mark) => {
  const found = [];
  for (let at = buffer.indexOf(mark); at >= 0; at = buffer.indexOf(mark, at + mark.length)) found.push(at);
  return found;
};

/** Sends `spans` spans to an OTLP/HTTP address over `connections` connections; gives how many were refused on the way. */
export async function sendLoad(base, spans, connections = 4) {
  const template = encodeRequest();
  const traces = marks(template, TRACE_MARK);
  const ids = marks(template, SPAN_MARK);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const url = new URL('/v1/traces', base);
  let left = Math.ceil(spans / SPANS_A_REQUEST);
  let refused = 0;
  const post = body =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/x-protobuf', 'content-length': body.length },
        },
        answer => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode));
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const body = Buffer.from(template);
      while (left-- > 0) {
        for (let i = 0; i < traces.length; i++) {
          if (i % SPANS_A_TRACE === 0) randomFillSync(body, traces[i], 16);
          else body.copy(body, traces[i], traces[i - 1], traces[i - 1] + 16);
          randomFillSync(body, ids[i], 8);
        }
        while ((await post(body)) !== 200) refused++;
      }
    }),
  );
  agent.destroy();
  return refused;
}
