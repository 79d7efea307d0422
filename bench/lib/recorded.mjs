// A recording as the Collector's file exporter writes it: OTLP requests, one a line, of agents' sessions.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const SPANS_A_LINE = 200;
/** Spans of a session: a run of an agent, and turns of a model's call, a tool call and an HTTP request below it. */
const TURNS = 33;
export const SPANS_A_SESSION = 1 + TURNS * 3;
const START = 1_790_000_000_000;

const TOOLS = [
  ['read_file', 'read', 'reversible', 0.05],
  ['edit_file', 'write', 'reversible', 0.2],
  ['run_shell', 'execute', 'conditionally_reversible', 0.35],
  ['http_request', 'network', 'conditionally_reversible', 0.3],
];

const hex = (number, digits) => number.toString(16).padStart(digits, '0');
const pair = (key, value) =>
  `{"key":"${key}","value":{"${typeof value === 'string' ? 'stringValue' : 'doubleValue'}":${JSON.stringify(value)}}}`;
const pairs = map =>
  Object.entries(map)
    .map(([key, value]) => pair(key, value))
    .join(',');

/**
 * Writes about `spans` spans. Every hundredth session switches approvals off and deletes something, and a person stops every other one of these.
 *
 * @returns {Promise<{ spans: number, sessions: number, upperRight: number }>}
 */
export async function writeRecording(file, spans) {
  const sessions = Math.ceil(spans / SPANS_A_SESSION);
  const out = createWriteStream(file);
  let line = [];
  const flush = async () => {
    const request = `{"resourceSpans":[{"resource":{"attributes":[${pairs({ 'service.name': 'bench-agents' })}]},"scopeSpans":[{"scope":{"name":"bench"},"spans":[${line.join(',')}]}]}]}\n`;
    line = [];
    if (!out.write(request)) await once(out, 'drain');
  };
  let upperRight = 0;
  for (let session = 0; session < sessions; session++) {
    const unsafe = session % 100 === 99;
    if (unsafe) upperRight += 1;
    for (const span of sessionSpans(session, unsafe)) {
      line.push(span);
      if (line.length === SPANS_A_LINE) await flush();
    }
  }
  if (line.length > 0) await flush();
  out.end();
  await once(out, 'finish');
  return { spans: sessions * SPANS_A_SESSION, sessions, upperRight };
}

function* sessionSpans(session, unsafe) {
  const trace = hex(session + 1, 32);
  const begin = START + session * 1000;
  const id = index => hex(session * SPANS_A_SESSION + index + 1, 16);
  const who = {
    'gen_ai.conversation.id': `0199f3c1-7a2e-7c1d-9e1a-${hex(session, 12)}`,
    'gen_ai.agent.id': `agent-${session % 7}`,
    'gen_ai.agent.name': `coder-${session % 7}`,
    'gen_ai.provider.name': 'anthropic',
  };
  const span = (index, parent, name, at, attributes, events = '') =>
    `{"traceId":"${trace}","spanId":"${id(index)}",${parent === undefined ? '' : `"parentSpanId":"${id(parent)}",`}"name":"${name}","kind":1,` +
    `"startTimeUnixNano":"${at}000000","endTimeUnixNano":"${at + 40}000000","attributes":[${pairs(attributes)}],"events":[${events}],"status":{}}`;
  for (let turn = 0; turn < TURNS; turn++) {
    const at = begin + turn * 100;
    const alone = unsafe && turn > TURNS / 2;
    const involved = alone ? 'none' : 'approval_required';
    const state = {
      'alignment.autonomy.level': alone ? 'observer' : 'operator',
      'alignment.human.involvement': involved,
    };
    const chat = {
      ...who,
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'model-4',
      'server.address': 'api.example.com',
      ...state,
    };
    yield span(turn * 3 + 1, 0, 'chat model-4', at, chat);
    const deletes = alone && turn === TURNS - 2;
    const [tool, action, reversibility, risk] = deletes
      ? ['run_shell', 'delete', 'irreversible', 0.75]
      : TOOLS[(turn + session) % TOOLS.length];
    const call = {
      ...who,
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool,
      'gen_ai.tool.call.id': `call_${session}_${turn}`,
      'gen_ai.tool.type': 'function',
      'alignment.action.type': action,
      'alignment.action.reversibility': reversibility,
      'alignment.risk.score': risk,
      ...state,
    };
    const approval = event(at + 20, 'intervention', `${session}a${turn}`, 0.05, {
      'alignment.intervention.type': 'approval',
      'alignment.intervention.initiator': turn % 8 === 0 ? 'human' : 'policy',
      'alignment.intervention.outcome': 'approved',
    });
    const rise = event(at + 40, 'risk_escalation', `${session}r${turn}`, 0.75, {
      'alignment.risk.score': 0.75,
      'alignment.signal.reason': 'risk.high',
    });
    const events = deletes ? `${approval},${rise}` : turn % 2 === 0 ? approval : '';
    yield span(turn * 3 + 2, 0, `execute_tool ${tool}`, at + 50, call, events);
    yield span(turn * 3 + 3, turn * 3 + 2, 'GET', at + 60, {
      'http.request.method': 'GET',
      'url.full': 'https://api.example.com/v1/items?page=1',
      'server.address': 'api.example.com',
    });
  }
  const stop = event(begin + TURNS * 100, 'intervention', `${session}s`, 0.5, {
    'alignment.intervention.type': 'stop',
    'alignment.intervention.initiator': 'human',
    'alignment.intervention.outcome': 'stopped',
  });
  const run = { ...who, 'gen_ai.operation.name': 'invoke_agent' };
  yield span(0, undefined, 'invoke_agent coder', begin, run, unsafe && session % 200 === 99 ? stop : '');
}

const event = (at, name, id, severity, attributes) =>
  `{"name":"alignment.${name}","timeUnixNano":"${at}000000","attributes":[${pairs({
    'alignment.signal.class': name,
    'alignment.signal.id': Buffer.from(id).toString('hex').padEnd(32, '0'),
    'alignment.signal.severity': severity,
    'alignment.source.type': 'instrumentation',
    ...attributes,
  })}]}`;
