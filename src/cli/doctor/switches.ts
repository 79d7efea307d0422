import type { HookAgentName } from '../../taps/hook/event.ts';

/** What a setting must be. `any`: it is there. */
export type Wanted =
  | { readonly is: readonly string[] }
  | { readonly has: string }
  | { readonly ends: string }
  | 'any';

/** A setting of an agent that decides whether its telemetry can be read. */
export interface AgentSwitch {
  /** Names under which the setting may be found; the first that holds a value counts. */
  readonly keys: readonly string[];
  readonly wanted: Wanted;
  /** What needs it. */
  readonly neededFor: string;
  /** `false`: the agent is seen without it, only less well. */
  readonly needed: boolean;
  /** The line to write. */
  readonly mend: string;
}

// biome-ignore format: a table, one row a switch; the sources of each are in collector-config/sources/README.md
export const SWITCHES: Readonly<Record<HookAgentName, readonly AgentSwitch[]>> = {
  'claude-code': [
    { keys: ['CLAUDE_CODE_ENABLE_TELEMETRY'], wanted: { is: ['1', 'true'] }, neededFor: 'its telemetry', needed: true, mend: 'export CLAUDE_CODE_ENABLE_TELEMETRY=1' },
    { keys: ['OTEL_LOGS_EXPORTER'], wanted: { has: 'otlp' }, neededFor: 'approvals, denials and changes of mode', needed: true, mend: 'export OTEL_LOGS_EXPORTER=otlp' },
    { keys: ['OTEL_EXPORTER_OTLP_LOGS_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'], wanted: 'any', neededFor: 'any export: there is no default', needed: true, mend: 'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf' },
    { keys: ['OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'], wanted: 'any', neededFor: 'any export: it says where to', needed: true, mend: 'export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318' },
    { keys: ['OTEL_TRACES_EXPORTER'], wanted: { has: 'otlp' }, neededFor: 'spans', needed: false, mend: 'export OTEL_TRACES_EXPORTER=otlp' },
    { keys: ['CLAUDE_CODE_ENHANCED_TELEMETRY_BETA'], wanted: { is: ['1', 'true'] }, neededFor: 'spans', needed: false, mend: 'export CLAUDE_CODE_ENHANCED_TELEMETRY_BETA=1' },
  ],
  codex: [
    { keys: ['otel.exporter.otlp-http.endpoint', 'otel.exporter.otlp-grpc.endpoint'], wanted: { ends: '/v1/logs' }, neededFor: 'approvals, denials and blocks', needed: true, mend: 'under [otel.exporter.otlp-http]: endpoint = "http://127.0.0.1:4318/v1/logs" and protocol = "binary"' },
    { keys: ['otel.trace_exporter.otlp-http.endpoint', 'otel.trace_exporter.otlp-grpc.endpoint'], wanted: { ends: '/v1/traces' }, neededFor: 'stops and steering', needed: false, mend: 'under [otel.trace_exporter.otlp-http]: endpoint = "http://127.0.0.1:4318/v1/traces" and protocol = "binary"' },
  ],
  'gemini-cli': [
    { keys: ['GEMINI_TELEMETRY_ENABLED', 'telemetry.enabled'], wanted: { is: ['true', '1'] }, neededFor: 'its telemetry', needed: true, mend: '"telemetry": { "enabled": true }' },
    { keys: ['GEMINI_TELEMETRY_TARGET', 'telemetry.target'], wanted: { is: ['local'] }, neededFor: 'telemetry to an endpoint of yours', needed: true, mend: '"telemetry": { "target": "local" }' },
    { keys: ['GEMINI_TELEMETRY_OTLP_ENDPOINT', 'telemetry.otlpEndpoint'], wanted: 'any', neededFor: 'any export: it says where to', needed: true, mend: '"telemetry": { "otlpEndpoint": "http://127.0.0.1:4318" }' },
    { keys: ['GEMINI_TELEMETRY_OTLP_PROTOCOL', 'telemetry.otlpProtocol'], wanted: { is: ['http'] }, neededFor: 'the HTTP port 4318', needed: false, mend: '"telemetry": { "otlpProtocol": "http" }' },
    { keys: ['GEMINI_TELEMETRY_LOG_PROMPTS', 'telemetry.logPrompts'], wanted: { is: ['false', '0'] }, neededFor: 'prompts to stay at home', needed: false, mend: '"telemetry": { "logPrompts": false }' },
  ],
  // its CLI exports nothing of its own: all is with the hook
  cline: [],
};

/** Whether a value is what it must be. */
export function isWanted(value: string, wanted: Wanted): boolean {
  if (wanted === 'any') return value !== '';
  if ('is' in wanted) return wanted.is.includes(value.toLowerCase());
  if ('has' in wanted) return value.split(',').some(part => part.trim() === wanted.has);
  return value.endsWith(wanted.ends);
}
