import type { HumanInvolvement } from '../../semconv/index.ts';
import type { HookAgentName, HookKind } from './event.ts';

/** Facts without or beside an assessment that a hook can see. */
export type HookFact =
  | 'approval'
  | 'denial'
  /** By another hook, or by a rule of the user's own. */
  | 'silent_denial'
  | 'block'
  | 'stop'
  | 'clarification'
  | 'delegation'
  | 'bypass_at_start'
  | 'mode_change'
  | 'session_grant';

/** Words in the failure of a call that was not let through, without a person having been asked. */
export interface Refusal {
  readonly says: string;
  readonly source: 'permission_mode' | 'user_rule' | 'hook';
}

/** How one agent's hook events read. Paths are keys joined by dots; the first that holds a value wins. */
export interface HookAgent {
  readonly event: readonly string[];
  readonly events: Readonly<Record<string, HookKind>>;
  readonly session: readonly string[];
  readonly agentId?: readonly string[];
  readonly parentAgentId?: readonly string[];
  readonly toolName?: readonly string[];
  readonly toolCallId?: readonly string[];
  readonly arguments?: readonly string[];
  readonly result?: readonly string[];
  readonly failure?: readonly string[];
  /** Paths whose value `false` says that the call failed. */
  readonly success?: readonly string[];
  /** Events whose name says that the call failed. */
  readonly failureEvents?: readonly string[];
  readonly time?: readonly string[];
  readonly mode?: readonly string[];
  readonly modeScale: string;
  readonly human: Readonly<Record<string, HumanInvolvement>>;
  /** The mode that asks nobody and confines nothing. */
  readonly bypass?: string;
  /** Variables that the agent gives its hooks where there is nobody to ask, whatever the mode. */
  readonly unattended?: Readonly<Record<string, string>>;
  /** What the failure of a call says where the program itself refused it, and why it did. */
  readonly refusals?: readonly Refusal[];
  /** How the failure of a call ends that was asked about and not allowed: where no refusal says otherwise, a person said no. */
  readonly rejected?: string;
  /** What the result of a call says that somebody stopped while it ran. */
  readonly aborted?: string;
  readonly workspace?: readonly string[];
  readonly transcript?: readonly string[];
  /** The tool with which the agent asks a person. */
  readonly question?: string;
  /** The tool with which the agent starts another one, where no event says that it did. */
  readonly delegate?: string;
  /** What the agent said last, on the event that ends its turn. */
  readonly said?: readonly string[];
  /**
   * The words of the program's command line that start a session in the mode `bypass`, and the variable that holds the program's process
   * id. A person who changes to it before the first message is in the agent's own telemetry.
   */
  readonly start?: { readonly pid: string; readonly bypass: readonly string[] };
  /**
   * The facts that are reported unless the user asks for all. Every other one is in the agent's own telemetry, from which the
   * Collector makes the same signal: two observers must not count one fact twice.
   */
  readonly reports: readonly HookFact[];
  /** Those of them that a proxy in front of the agent sees as well, by its protocol, and better. */
  readonly watched?: Readonly<Record<string, readonly HookFact[]>>;
}

/** The variable by which a proxy tells the hooks of the agent behind it, through the agent, which protocol it watches. */
export const WATCHED = 'ALIGNMENT_WATCHED_PROTOCOL';

const CLAUDE_MODES: Readonly<Record<string, HumanInvolvement>> = {
  default: 'approval_required',
  plan: 'approval_required',
  acceptEdits: 'monitoring',
  bypassPermissions: 'none',
  dontAsk: 'none',
  auto: 'none',
};

/** The fields that Claude Code and Codex share. */
const COMMON = {
  event: ['hook_event_name'],
  session: ['session_id'],
  agentId: ['agent_id'],
  toolName: ['tool_name'],
  toolCallId: ['tool_use_id'],
  arguments: ['tool_input'],
  result: ['tool_response'],
  mode: ['permission_mode'],
  workspace: ['cwd'],
  transcript: ['transcript_path'],
  said: ['last_assistant_message'],
} as const;

/** Nobody was there to ask, or nobody answered; a tool that is switched off; another hook. */
const CLINE_REFUSALS: readonly Refusal[] = [
  { says: 'requires approval in a TTY session', source: 'permission_mode' },
  { says: 'requires approval but no approval callback is configured', source: 'permission_mode' },
  { says: 'approval callback is not configured', source: 'permission_mode' },
  { says: 'approval requires an interactive session', source: 'permission_mode' },
  { says: 'tool approval IPC is not', source: 'permission_mode' },
  { says: 'approval request failed', source: 'permission_mode' },
  { says: 'approval request timed out', source: 'permission_mode' },
  { says: 'before approval was resolved', source: 'permission_mode' },
  { says: 'webview is attached to this session', source: 'permission_mode' },
  { says: '" is disabled by policy', source: 'user_rule' },
  { says: 'was blocked by a runtime hook', source: 'hook' },
];

export const HOOK_AGENTS: Readonly<Record<HookAgentName, HookAgent>> = {
  'claude-code': {
    ...COMMON,
    events: {
      SessionStart: 'session_start',
      UserPromptSubmit: 'prompt',
      PreToolUse: 'tool_before',
      PermissionRequest: 'asked',
      PostToolUse: 'tool_after',
      PostToolUseFailure: 'tool_after',
      Stop: 'turn_end',
      StopFailure: 'turn_end',
      SubagentStart: 'agent_start',
      SubagentStop: 'agent_end',
      SessionEnd: 'session_end',
      PermissionDenied: 'other',
      Notification: 'other',
      PreCompact: 'other',
    },
    failure: ['error'],
    failureEvents: ['PostToolUseFailure'],
    modeScale: 'claude-code.permission_mode',
    human: CLAUDE_MODES,
    bypass: 'bypassPermissions',
    unattended: { CLAUDE_CODE_ENTRYPOINT: 'sdk-cli', CLAUDE_CODE_SESSION_ATTENDED: '0' },
    question: 'AskUserQuestion',
    start: {
      pid: 'CLAUDE_PID',
      bypass: ['--dangerously-skip-permissions', 'bypassPermissions'],
    },
    reports: ['stop', 'bypass_at_start', 'session_grant', 'delegation'],
  },
  codex: {
    ...COMMON,
    events: {
      SessionStart: 'session_start',
      UserPromptSubmit: 'prompt',
      PreToolUse: 'tool_before',
      PermissionRequest: 'asked',
      PostToolUse: 'tool_after',
      Stop: 'turn_end',
      SubagentStart: 'agent_start',
      SubagentStop: 'agent_end',
      PreCompact: 'other',
      PostCompact: 'other',
    },
    // the hooks speak Claude Code's words, the telemetry speaks of approval_policy
    modeScale: 'codex.permission_mode',
    human: CLAUDE_MODES,
    reports: ['mode_change', 'silent_denial', 'delegation'],
    watched: { codex: ['mode_change'] },
  },
  'gemini-cli': {
    event: ['hook_event_name'],
    events: {
      SessionStart: 'session_start',
      BeforeAgent: 'prompt',
      BeforeTool: 'tool_before',
      AfterTool: 'tool_after',
      AfterAgent: 'turn_end',
      SessionEnd: 'session_end',
      Notification: 'other',
      BeforeModel: 'other',
      AfterModel: 'other',
      BeforeToolSelection: 'other',
      PreCompress: 'other',
    },
    session: ['session_id'],
    toolName: ['tool_name'],
    arguments: ['tool_input'],
    result: ['tool_response.llmContent'],
    failure: ['tool_response.error.message', 'tool_response.error'],
    time: ['timestamp'],
    modeScale: 'gemini-cli.approval_mode',
    human: {
      default: 'approval_required',
      plan: 'approval_required',
      autoEdit: 'monitoring',
      auto_edit: 'monitoring',
      yolo: 'none',
    },
    workspace: ['cwd'],
    question: 'ask_user',
    delegate: 'invoke_agent',
    said: ['prompt_response'],
    reports: ['delegation'],
  },
  cline: {
    event: ['hookName'],
    events: {
      agent_start: 'prompt',
      agent_resume: 'prompt',
      prompt_submit: 'other',
      tool_call: 'tool_before',
      tool_result: 'tool_after',
      agent_end: 'turn_end',
      agent_error: 'turn_end',
      agent_abort: 'other',
      pre_compact: 'other',
      session_shutdown: 'session_end',
    },
    session: ['sessionContext.rootSessionId', 'taskId'],
    agentId: ['agent_id'],
    parentAgentId: ['parent_agent_id'],
    toolName: ['tool_call.name', 'tool_result.name'],
    toolCallId: ['tool_call.id', 'tool_result.id'],
    arguments: ['tool_call.input', 'tool_result.input'],
    result: ['tool_result.output'],
    failure: ['tool_result.output.error', 'tool_result.error'],
    success: ['postToolUse.success'],
    time: ['timestamp'],
    modeScale: 'cline.auto_approve',
    human: { 'auto-approve': 'none', ask: 'approval_required' },
    bypass: 'auto-approve',
    refusals: CLINE_REFUSALS,
    rejected: ' -- NOT a tool or system failure. Clarify with user before proceeding.',
    aborted: 'Command was aborted',
    workspace: ['workspaceInfo.rootPath', 'workspaceRoots.0'],
    question: 'ask_question',
    said: ['turn.outputText'],
    reports: [
      'approval',
      'denial',
      'block',
      'stop',
      'clarification',
      'delegation',
      'bypass_at_start',
      'mode_change',
    ],
  },
};

export const HOOK_AGENT_NAMES = Object.keys(HOOK_AGENTS) as readonly HookAgentName[];

export const isHookAgent = (name: unknown): name is HookAgentName =>
  typeof name === 'string' && Object.hasOwn(HOOK_AGENTS, name);
