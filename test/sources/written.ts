import type { Request } from '../../tools/replay/recording.ts';
import { type Attributes, logsRequest, tracesRequest } from '../stack/otlp.ts';

/** A log record or a span written by hand, for a row that no recording has. */
export interface Written {
  /** The row that it is for. */
  readonly row: string;
  readonly requests: readonly Request[];
}

interface Parts {
  readonly attributes?: Attributes;
  readonly resource?: Attributes;
  readonly body?: string;
}

let count = 0;
/** Every record has a time of its own: where there is no call id, it is what tells two facts apart. */
const nextTime = (): string => String(1_760_000_000_000_000_000n + BigInt(++count) * 1_000_000n);

const log =
  (scope: string, resource: Attributes, session: string) =>
  (row: string, { attributes, body, resource: more }: Parts): Written => ({
    row,
    requests: [
      {
        path: 'logs',
        from: row,
        body: logsRequest(
          [
            {
              time: nextTime(),
              attributes: { [session]: `session-${row}`, ...attributes },
              ...(body === undefined ? {} : { body }),
            },
          ],
          { scope, resource: { ...resource, ...more } },
        ),
      },
    ],
  });

const span =
  (scope: string, resource: Attributes = {}) =>
  (row: string, name: string, { attributes }: Parts): Written => ({
    row,
    requests: [
      {
        path: 'traces',
        from: row,
        body: tracesRequest([{ name, attributes: { 'session.id': `session-${row}`, ...attributes } }], {
          scope,
          resource,
        }),
      },
    ],
  });

const claude = log(
  'com.anthropic.claude_code.events',
  { 'service.name': 'claude-code', 'service.version': '2.1.329' },
  'session.id',
);
const codex = log('codex_otel.log_only', { 'service.name': 'codex_exec' }, 'conversation.id');
const gemini = log('gemini-cli', { 'service.name': 'gemini-cli' }, 'session.id');
const cline = log('cline', { 'service.name': 'cline' }, 'ulid');
const decision = { 'event.name': 'tool_decision', tool_name: 'Bash', decision: 'accept', source: 'config' };
const codexDecision = {
  'event.name': 'codex.tool_decision',
  tool_name: 'exec_command',
  'app.version': '0.169.0',
};
const call = { 'event.name': 'gemini_cli.tool_call', function_name: 'write_file', interactive: true };
const started = (...args: string[]): Attributes => ({
  'process.command_args': ['node', 'gemini.js', ...args, '-i', 'do it'],
});

export const WRITTEN: readonly Written[] = [
  // what an agent claims on its native record is not on the signal
  claude('claude-code.denial.person', {
    attributes: {
      ...decision,
      decision: 'reject',
      source: 'user_reject',
      tool_use_id: 'toolu_claims',
      'alignment.signal.severity': 0,
      'alignment.signal.id': 'f'.repeat(32),
      'alignment.source.type': 'human',
      'alignment.action.authorization': 'explicit',
    },
  }),
  claude('claude-code.approval.auto', { attributes: { ...decision, permission_mode: 'auto' } }),
  claude('claude-code.approval.config', { attributes: { ...decision, permission_mode: 'someNewMode' } }),
  claude('claude-code.mode.changed', {
    attributes: {
      'event.name': 'permission_mode_changed',
      from_mode: 'default',
      to_mode: 'acceptEdits',
      trigger: 'shift_tab',
    },
  }),
  // what is no word could be content
  claude('claude-code.mode.changed', {
    attributes: { 'event.name': 'permission_mode_changed', from_mode: 'rm -rf / please', to_mode: 'a b' },
  }),
  codex('codex.approval.reviewer', {
    attributes: { ...codexDecision, call_id: 'call_a', decision: 'approved', source: 'AutomatedReviewer' },
  }),
  codex('codex.denial.policy', {
    attributes: { ...codexDecision, call_id: 'call_b', decision: 'denied', source: 'Config' },
  }),
  codex('codex.denial.expired', {
    attributes: { ...codexDecision, call_id: 'call_c', decision: 'timed_out', source: 'User' },
  }),
  codex('codex.stop.decision', {
    attributes: { ...codexDecision, call_id: 'call_d', decision: 'abort', source: 'User' },
  }),
  codex('codex.block.built-in', {
    attributes: {
      'event.name': 'codex.tool_result',
      tool_name: 'exec_command',
      call_id: 'call_e',
      success: 'false',
      output:
        'exec_command failed: CreateProcess { message: "Rejected(\\"blocked: rm -f style commands are not run\\")" }',
    },
  }),
  gemini('gemini-cli.correction', { attributes: { ...call, decision: 'modify' } }),
  gemini('gemini-cli.approval.auto', { attributes: { ...call, decision: 'auto_accept' } }),
  gemini('gemini-cli.approval.yolo-y', {
    attributes: { ...call, decision: 'accept' },
    resource: started('-y'),
  }),
  gemini('gemini-cli.approval.yolo', {
    attributes: { ...call, decision: 'accept' },
    resource: started('--yolo'),
  }),
  gemini('gemini-cli.approval.yolo-mode', {
    attributes: { ...call, decision: 'accept' },
    resource: started('--approval-mode=yolo'),
  }),
  gemini('gemini-cli.approval.yolo-mode-2', {
    attributes: { ...call, decision: 'accept' },
    resource: started('--approval-mode', 'yolo'),
  }),
  // a prompt that quotes the switch is not the switch
  gemini('gemini-cli.approval', {
    attributes: { ...call, decision: 'accept' },
    resource: started('--approval-mode', 'default', 'say "--approval-mode","yolo" or -y', 'a","--yolo","b'),
  }),
  gemini('gemini-cli.mode.bypass', {
    attributes: {
      'event.name': 'gemini_cli.plan.approval_mode_switch',
      from_mode: 'default',
      to_mode: 'yolo',
    },
  }),
  gemini('gemini-cli.mode.changed', {
    attributes: { 'event.name': 'approval_mode_switch', from_mode: 'default', to_mode: 'auto_edit' },
  }),
  cline('cline.approval.auto', {
    body: 'task.tool_used',
    attributes: { tool: 'run_commands', autoApproved: true },
  }),
  cline('cline.approval.editor-auto', {
    body: 'task.tool_used',
    attributes: { tool: 'write', auto_approved: true },
  }),
  cline('cline.bypass', {
    body: 'task.yolo_mode_toggled',
    attributes: { enabled: true, extension_version: '3.9.1' },
  }),
  cline('cline.takeover', {
    body: 'task.terminal_user_intervention',
    attributes: { action: 'manual_paste' },
  }),
  cline('cline.question.option', { body: 'task.option_selected', attributes: { qty: 3 } }),
  cline('cline.question.other', { body: 'task.options_ignored', attributes: { qty: 3 } }),
  cline('cline.edit.accepted', { body: 'task.ai_output.accepted', attributes: { tool: 'write' } }),
  cline('cline.edit.rejected', { body: 'task.ai_output.rejected', attributes: { tool: 'write' } }),
  span('any')('genai.content-filter', 'chat m', {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.finish_reasons': ['stop', 'content_filter'],
    },
  }),
  span('any')('genai.content-filter.hyphen', 'chat m', {
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.response.finish_reasons': ['content-filter'] },
  }),
  span('any')('mcp.sampling-rejected', 'sampling/createMessage', {
    attributes: { 'mcp.method.name': 'sampling/createMessage', 'error.type': '-1' },
  }),
];

/** What a record says that must not leave the Collector. */
export const SECRET = 'words of a person or a model';

/** Records that come close to a row, and yield nothing. */
export const NOTHING: readonly Written[] = [
  // renamed keys, as an unknown version might have them
  claude('renamed attribute', {
    attributes: { ...decision, decision: 'ACCEPTED', permission_mode: 'default' },
  }),
  claude('renamed key', {
    attributes: { 'event.name': 'tool_decision', verdict: 'accept', origin: 'user_temporary' },
  }),
  claude('renamed event', { attributes: { ...decision, 'event.name': 'tool.decision' } }),
  claude('other types', { attributes: { 'event.name': 'tool_decision', decision: true, source: 7 } }),
  claude('lists', {
    attributes: { 'event.name': 'tool_decision', decision: ['accept'], source: ['config'] },
  }),
  log('com.anthropic.claude_code.events2', {}, 'session.id')('another scope', { attributes: decision }),
  codex('renamed attribute', { attributes: { ...codexDecision, decision: 'Approved', source: 'user' } }),
  codex('no success', {
    attributes: { 'event.name': 'codex.tool_result', output: 'approval policy is Never; reject command' },
  }),
  codex("a person's denial has a decision of its own", {
    attributes: {
      'event.name': 'codex.tool_result',
      success: 'false',
      output: 'CreateProcess { message: "Rejected(\\"rejected by user\\")" }',
    },
  }),
  gemini('no decision', { attributes: call }),
  ...(['allow', 'deny', 'ask_user'] as const).map(verdict =>
    gemini(`the safety checker's ${verdict}, which the call's own record repeats`, {
      attributes: {
        'event.name': 'gemini_cli.conseca.verdict',
        verdict,
        user_prompt: SECRET,
        policy: `{"${SECRET}":{}}`,
        tool_call: `{"name":"${SECRET}"}`,
        verdict_rationale: SECRET,
        error: SECRET,
      },
    }),
  ),
  gemini("the safety checker's policy", {
    attributes: {
      'event.name': 'gemini_cli.conseca.policy_generation',
      user_prompt: SECRET,
      trusted_content: SECRET,
      policy: SECRET,
    },
  }),
  gemini('why a model was chosen', {
    attributes: { 'event.name': 'gemini_cli.model_routing', reasoning: SECRET, error_message: SECRET },
  }),
  gemini('an error of another kind', {
    attributes: { 'event.name': 'gemini_cli.api_error', 'error.message': 'quota exceeded' },
  }),
  cline('switched off', { body: 'task.yolo_mode_toggled', attributes: { enabled: false } }),
  log(
    'cline',
    { 'service.name': 'other' },
    'ulid',
  )('of another service', { body: 'task.ai_output.accepted', attributes: {} }),
  span('codex_exec')('another name', 'op.dispatch.interrupted', {}),
  span('any')('another scope', 'op.dispatch.interrupt', {}),
  span('any')('no filter', 'chat m', {
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.response.finish_reasons': ['stop'] },
  }),
  span('any')('another error', 'sampling/createMessage', {
    attributes: { 'mcp.method.name': 'sampling/createMessage', 'error.type': '-32602' },
  }),
];
