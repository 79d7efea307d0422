// A process of its own, so that its memory is that of the engine alone: node analysis-child.mjs SPANS RUNS
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { figuresOf } from '../src/analysis/index.ts';
import { openEmbedded, prepareForFiles, sqlSource, stageViews } from '../src/analysis/sql/index.ts';
import { EXPORTER_VERSION, exporterTables } from '../test/clickhouse/exporter-tables.ts';
import { progress } from './lib/report.mjs';

const [spans = 10_000_000, runs = 3] = process.argv.slice(2).map(Number);
/** As bench/lib/recorded.mjs has it: a run of an agent, and turns of a model's call, a tool call and an HTTP request below it. */
const TURNS = 33;
const A_SESSION = 1 + TURNS * 3;
const SESSIONS_AT_ONCE = 5000;
const sessions = Math.ceil(spans / A_SESSION);

let engine;
try {
  engine = openEmbedded(fileURLToPath(new URL('../test/clickhouse', import.meta.url)));
} catch {
  process.exit(3);
}
const [{ version }] = await engine.rows('SELECT version() AS version');
const tables = exporterTables('alignment', version);
if (tables === undefined) process.exit(3);
await prepareForFiles(engine, tables);

const begin = performance.now();
for (let first = 0; first < sessions; first += SESSIONS_AT_ONCE) {
  await engine.run(filling(first, Math.min(SESSIONS_AT_ONCE, sessions - first)));
  if (first % 20_000 === 0) progress(`analysis: ${first * A_SESSION} spans written`);
}
const filled = (performance.now() - begin) / 1000;
const [{ disk }] = await engine.rows(
  "SELECT concat(formatReadableSize(sumIf(bytes_on_disk, table LIKE 'otel%')), ', ', formatReadableSize(sumIf(bytes_on_disk, table LIKE 'alignment%'))) AS disk FROM system.parts WHERE active AND database = 'alignment'",
);
const megabytes = { filled: peak(), asked: 0 };
const measured = [];
for (let i = 0; i < runs; i++) {
  // Linux begins to count anew
  writeFileSync('/proc/self/clear_refs', '5');
  measured.push(await asked());
  megabytes.asked = Math.max(megabytes.asked, peak());
}
const [{ signals }] = await engine.rows('SELECT count() AS signals FROM alignment_signals');
process.stdout.write(
  JSON.stringify({
    spans: sessions * A_SESSION,
    sessions,
    signals,
    version,
    exporter: EXPORTER_VERSION,
    filled,
    disk,
    megabytes,
    runs: measured,
  }),
);
await engine.close();

async function asked() {
  for (const [name] of await engine
    .rows('SELECT name FROM system.tables WHERE is_temporary')
    .then(rows => rows.map(row => [row.name])))
    await engine.run(`DROP TEMPORARY TABLE ${name}`);
  const seconds = {};
  let last = performance.now();
  const mark = name => {
    seconds[name] = (performance.now() - last) / 1000;
    last = performance.now();
  };
  await stageViews({
    ...engine,
    run: async sql => {
      await engine.run(sql);
      mark(`${/TABLE (\w+)/.exec(sql)[1]}`);
    },
  });
  await figuresOf(sqlSource(engine));
  mark('figures');
  return seconds;
}

function peak() {
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1000;
}

/** Sessions as bench/lib/recorded.mjs writes them, made by the engine itself. */
function filling(first, count) {
  const who = `'gen_ai.conversation.id', concat('0199f3c1-7a2e-7c1d-9e1a-', leftPad(lower(hex(session)), 12, '0')),
    'gen_ai.agent.id', concat('agent-', toString(session % 7)), 'gen_ai.agent.name', concat('coder-', toString(session % 7)), 'gen_ai.provider.name', 'anthropic'`;
  const state = `'alignment.autonomy.level', if(alone, 'observer', 'operator'), 'alignment.human.involvement', if(alone, 'none', 'approval_required')`;
  const event = (at, name, id, severity, more) =>
    `(fromUnixTimestamp64Milli(toInt64(start + ${at}), 'UTC'), 'alignment.${name}', map('alignment.signal.class', '${name}',
      'alignment.signal.id', lower(hex(MD5(concat(toString(session), '${id}', toString(turn))))), 'alignment.signal.severity', '${severity}',
      'alignment.source.type', 'instrumentation', ${more}))`;
  return `INSERT INTO otel_traces (Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ResourceAttributes, ScopeName,
      SpanAttributes, Duration, StatusCode, \`Events.Timestamp\`, \`Events.Name\`, \`Events.Attributes\`)
    WITH
      ${first} + intDiv(number, ${A_SESSION}) AS session, number % ${A_SESSION} AS place,
      intDiv(place + 2, 3) - 1 AS turn, (place + 2) % 3 AS part, session % 100 = 99 AS unsafe,
      unsafe AND turn > ${TURNS / 2} AS alone, alone AND turn = ${TURNS - 2} AS deletes,
      1790000000000 + session * 1000 AS begin,
      place = 0 ? begin : begin + turn * 100 + [0, 50, 60][part + 1] AS start,
      (turn + session) % 4 + 1 AS which,
      [${[
        event(
          20,
          'intervention',
          'a',
          0.05,
          `'alignment.intervention.type', 'approval', 'alignment.intervention.initiator', turn % 8 = 0 ? 'human' : 'policy', 'alignment.intervention.outcome', 'approved'`,
        ),
        event(
          40,
          'risk_escalation',
          'r',
          0.75,
          `'alignment.risk.score', '0.75', 'alignment.signal.reason', 'risk.high', 'alignment.intervention.outcome', ''`,
        ),
      ].join(', ')}] AS both,
      [${event(3300, 'intervention', 's', 0.5, `'alignment.intervention.type', 'stop', 'alignment.intervention.initiator', 'human', 'alignment.intervention.outcome', 'stopped'`)}] AS stop,
      multiIf(place = 0, session % 200 = 199 ? stop : arraySlice(stop, 1, 0), part = 1, deletes ? both : (turn % 2 = 0 ? arraySlice(both, 1, 1) : arraySlice(both, 1, 0)), arraySlice(stop, 1, 0)) AS events
    SELECT
      fromUnixTimestamp64Milli(toInt64(start), 'UTC'), leftPad(lower(hex(session + 1)), 32, '0'),
      lower(hex(sipHash64(session, place))), place = 0 ? '' : lower(hex(sipHash64(session, part = 2 ? place - 1 : 0))),
      multiIf(place = 0, 'invoke_agent coder', part = 0, 'chat model-4', part = 1, 'execute_tool', 'GET'), 'Internal', 'bench-agents',
      map('service.name', 'bench-agents'), 'bench',
      multiIf(
        place = 0, map(${who}, 'gen_ai.operation.name', 'invoke_agent'),
        part = 0, map(${who}, 'gen_ai.operation.name', 'chat', 'gen_ai.request.model', 'model-4', 'server.address', 'api.example.com', ${state}),
        part = 1, map(${who}, 'gen_ai.operation.name', 'execute_tool', 'gen_ai.tool.name', deletes ? 'run_shell' : ['read_file', 'edit_file', 'run_shell', 'http_request'][which],
          'gen_ai.tool.call.id', concat('call_', toString(session), '_', toString(turn)), 'gen_ai.tool.type', 'function',
          'alignment.action.type', deletes ? 'delete' : ['read', 'write', 'execute', 'network'][which],
          'alignment.action.reversibility', deletes ? 'irreversible' : ['reversible', 'reversible', 'conditionally_reversible', 'conditionally_reversible'][which],
          'alignment.risk.score', deletes ? '0.75' : ['0.05', '0.2', '0.35', '0.3'][which], ${state}),
        map('http.request.method', 'GET', 'url.full', 'https://api.example.com/v1/items?page=1', 'server.address', 'api.example.com')),
      40000000, 'Unset', arrayMap(e -> e.1, events), arrayMap(e -> e.2, events), arrayMap(e -> e.3, events)
    FROM numbers(${count * A_SESSION})
    SETTINGS max_partitions_per_insert_block = 0`;
}
