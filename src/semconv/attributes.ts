// Generated from semconv/model. Do not edit; run `npm run semconv:generate`.

/**
 * Whether the agent was allowed to do what it did.
 *
 * @example implied
 * @example prohibited
 *
 * @note A separate axis from risk: a harmless action may be prohibited, and a dangerous one may be explicitly authorized.
 * Absent when unknown. `explicit` asks that the person named the act and what it is done to: a request to fix a bug makes the edit that fixes it
 * `implied`, and a commit or a push that nobody mentioned `none`. Looking at what the work is about, building, testing and preparing are
 * `implied`; secrets, other people, money, deletions and shared systems are not, unless the request is about them.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_ACTION_AUTHORIZATION = 'alignment.action.authorization' as const;

/**
 * Enum value 'explicit' for {@link ATTR_ALIGNMENT_ACTION_AUTHORIZATION}: The action was asked for or approved in so many words.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_AUTHORIZATION_VALUE_EXPLICIT = 'explicit' as const;

/**
 * Enum value 'implied' for {@link ATTR_ALIGNMENT_ACTION_AUTHORIZATION}: The action follows from what was asked for.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_AUTHORIZATION_VALUE_IMPLIED = 'implied' as const;

/**
 * Enum value 'none' for {@link ATTR_ALIGNMENT_ACTION_AUTHORIZATION}: Nothing that was asked for covers the action.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_AUTHORIZATION_VALUE_NONE = 'none' as const;

/**
 * Enum value 'prohibited' for {@link ATTR_ALIGNMENT_ACTION_AUTHORIZATION}: The action was forbidden.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_AUTHORIZATION_VALUE_PROHIBITED = 'prohibited' as const;

/** A value of {@link ATTR_ALIGNMENT_ACTION_AUTHORIZATION} that this version knows. Readers pass others through. */
export type ActionAuthorization = 'explicit' | 'implied' | 'none' | 'prohibited';

/**
 * Whether the effect of the action can be undone.
 *
 * @example reversible
 * @example irreversible
 *
 * @note Absent when unknown. What is asked is whether the effect can be taken back, not whether it does harm: looking, also at a secret, has
 * nothing to undo and is `reversible`, and so are a right that was granted, a service that was stopped, a package that was installed and a
 * branch of one's own that was pushed. What is deleted is `conditionally_reversible` where it is made again or kept elsewhere (build products,
 * files under version control, mail in a trash), else `irreversible`. A message that was sent is `irreversible`; a post that can be taken
 * down is `conditionally_reversible`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_ACTION_REVERSIBILITY = 'alignment.action.reversibility' as const;

/**
 * Enum value 'reversible' for {@link ATTR_ALIGNMENT_ACTION_REVERSIBILITY}: The action can be undone.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_REVERSIBILITY_VALUE_REVERSIBLE = 'reversible' as const;

/**
 * Enum value 'conditionally_reversible' for {@link ATTR_ALIGNMENT_ACTION_REVERSIBILITY}: The action can be undone under a condition, such as a backup, a time limit or the help of another party.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_REVERSIBILITY_VALUE_CONDITIONALLY_REVERSIBLE =
  'conditionally_reversible' as const;

/**
 * Enum value 'irreversible' for {@link ATTR_ALIGNMENT_ACTION_REVERSIBILITY}: The action cannot be undone.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_REVERSIBILITY_VALUE_IRREVERSIBLE = 'irreversible' as const;

/** A value of {@link ATTR_ALIGNMENT_ACTION_REVERSIBILITY} that this version knows. Readers pass others through. */
export type ActionReversibility = 'reversible' | 'conditionally_reversible' | 'irreversible';

/**
 * The main effect of the tool call.
 *
 * @example read
 * @example delete
 *
 * @note Where an action has several effects, the most consequential one is named; looking never outweighs another effect. A package that is installed
 * runs code of others and is `execute`; a push to a repository, an upload and a request that changes a record (`POST`, `PUT`, `PATCH`)
 * are `write`; a comment, a post and a request to merge are `communicate`; giving or taking access, also by a link, is `credential`, as is
 * looking at a secret or at all variables of an environment; starting or stopping a service is `execute`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_ACTION_TYPE = 'alignment.action.type' as const;

/**
 * Enum value 'read' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Read data without changing anything.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_READ = 'read' as const;

/**
 * Enum value 'write' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Create or modify files, records or configuration.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_WRITE = 'write' as const;

/**
 * Enum value 'execute' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Run code whose running is the effect, or whose effect is unknown.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_EXECUTE = 'execute' as const;

/**
 * Enum value 'delete' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Delete files, records or resources.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_DELETE = 'delete' as const;

/**
 * Enum value 'network' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Fetch from or probe remote hosts, without a message to people.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_NETWORK = 'network' as const;

/**
 * Enum value 'communicate' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Message, post or publish to people.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_COMMUNICATE = 'communicate' as const;

/**
 * Enum value 'credential' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Read, use or change secrets, keys or access rights.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_CREDENTIAL = 'credential' as const;

/**
 * Enum value 'payment' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Move or commit money.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_PAYMENT = 'payment' as const;

/**
 * Enum value 'deploy' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Release or install to shared or production systems, or actuate devices.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_DEPLOY = 'deploy' as const;

/**
 * Enum value 'delegate' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: Start another agent.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_DELEGATE = 'delegate' as const;

/**
 * Enum value 'none' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: No effect outside of the agent, such as thinking or finishing.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_NONE = 'none' as const;

/**
 * Enum value '_OTHER' for {@link ATTR_ALIGNMENT_ACTION_TYPE}: An effect that no other value describes.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_ACTION_TYPE_VALUE_OTHER = '_OTHER' as const;

/** A value of {@link ATTR_ALIGNMENT_ACTION_TYPE} that this version knows. Readers pass others through. */
export type ActionType =
  | 'read'
  | 'write'
  | 'execute'
  | 'delete'
  | 'network'
  | 'communicate'
  | 'credential'
  | 'payment'
  | 'deploy'
  | 'delegate'
  | 'none'
  | '_OTHER';

/**
 * The id of the calibration profile that mapped the native autonomy score.
 *
 * @example autonomy-provider-x-2026-11
 *
 * @note It **MUST** be written wherever `alignment.autonomy.calibration.status` is `profiled`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_AUTONOMY_CALIBRATION_PROFILE_ID =
  'alignment.autonomy.calibration.profile.id' as const;

/**
 * How the autonomy score reached the reference scale.
 *
 * @example profiled
 * @example declared
 *
 * @note An absent value reads as `declared`. Rates of rare events **MUST NOT** be compared across providers on the strength of
 * a profile alone.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_AUTONOMY_CALIBRATION_STATUS = 'alignment.autonomy.calibration.status' as const;

/**
 * Enum value 'profiled' for {@link ATTR_ALIGNMENT_AUTONOMY_CALIBRATION_STATUS}: A calibration profile mapped the native score.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_CALIBRATION_STATUS_VALUE_PROFILED = 'profiled' as const;

/**
 * Enum value 'declared' for {@link ATTR_ALIGNMENT_AUTONOMY_CALIBRATION_STATUS}: The source states the reference scale, or a declared minimum and maximum were rescaled.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_CALIBRATION_STATUS_VALUE_DECLARED = 'declared' as const;

/**
 * Enum value 'none' for {@link ATTR_ALIGNMENT_AUTONOMY_CALIBRATION_STATUS}: There is a native score or label only, and no score on the reference scale.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_CALIBRATION_STATUS_VALUE_NONE = 'none' as const;

/** A value of {@link ATTR_ALIGNMENT_AUTONOMY_CALIBRATION_STATUS} that this version knows. Readers pass others through. */
export type AutonomyCalibrationStatus = 'profiled' | 'declared' | 'none';

/**
 * The role of the person that the agent's autonomy leaves, as the band of the autonomy score.
 *
 * @example collaborator
 * @example observer
 *
 * @note The bands of `alignment.autonomy.score` are: < 0.1 `none`, < 0.3 `operator`, < 0.5 `collaborator`, < 0.7
 * `consultant`, < 0.9 `approver`, else `observer`. The level is that of the agent's supervision, by its mode or by how a person is involved, and not
 * of the single step: a mode for looking and planning only, in which nothing is done before a person decides, leaves the person `operator`; a person who
 * only watches while actions do not wait is `observer`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_AUTONOMY_LEVEL = 'alignment.autonomy.level' as const;

/**
 * Enum value 'none' for {@link ATTR_ALIGNMENT_AUTONOMY_LEVEL}: The agent decides nothing. Below 0.1.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_LEVEL_VALUE_NONE = 'none' as const;

/**
 * Enum value 'operator' for {@link ATTR_ALIGNMENT_AUTONOMY_LEVEL}: The person operates, the agent assists. From 0.1, below 0.3.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_LEVEL_VALUE_OPERATOR = 'operator' as const;

/**
 * Enum value 'collaborator' for {@link ATTR_ALIGNMENT_AUTONOMY_LEVEL}: The person and the agent work together. From 0.3, below 0.5.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_LEVEL_VALUE_COLLABORATOR = 'collaborator' as const;

/**
 * Enum value 'consultant' for {@link ATTR_ALIGNMENT_AUTONOMY_LEVEL}: The agent acts and consults the person. From 0.5, below 0.7.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_LEVEL_VALUE_CONSULTANT = 'consultant' as const;

/**
 * Enum value 'approver' for {@link ATTR_ALIGNMENT_AUTONOMY_LEVEL}: The agent acts and the person approves what matters. From 0.7, below 0.9.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_LEVEL_VALUE_APPROVER = 'approver' as const;

/**
 * Enum value 'observer' for {@link ATTR_ALIGNMENT_AUTONOMY_LEVEL}: The agent acts and the person at most observes. From 0.9.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_AUTONOMY_LEVEL_VALUE_OBSERVER = 'observer' as const;

/** A value of {@link ATTR_ALIGNMENT_AUTONOMY_LEVEL} that this version knows. Readers pass others through. */
export type AutonomyLevel = 'none' | 'operator' | 'collaborator' | 'consultant' | 'approver' | 'observer';

/**
 * The autonomy label of the provider itself, unchanged.
 *
 * @example auto_edit
 * @example full-auto
 *
 * @note Only a value that matches `^[\w.+:/-]{1,64}$` is written; `_OTHER` stands for any other.
 *
 * > [!WARNING]
 * > It **MUST NOT** be taken from a native field that can hold content of the user, of the model or of a tool.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_AUTONOMY_NATIVE_LABEL = 'alignment.autonomy.native.label' as const;

/**
 * The name of the scale of the native autonomy score or label.
 *
 * @example provider-autonomy-1-to-10
 *
 * @note It **SHOULD** name the producer and the version of the scale. A native score or label without it can be compared with
 * nothing.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_AUTONOMY_NATIVE_SCALE = 'alignment.autonomy.native.scale' as const;

/**
 * The autonomy score of the provider itself, unchanged.
 *
 * @example 7
 * @example 62.5
 *
 * @note On the provider's own scale, which `alignment.autonomy.native.scale` names; it has no range of its own. Compare it
 * with nothing but scores of the same scale. It **MUST** be written wherever `alignment.autonomy.score` was mapped from it.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_AUTONOMY_NATIVE_SCORE = 'alignment.autonomy.native.score' as const;

/**
 * How independently the agent acts, on the reference scale.
 *
 * @example 0.25
 * @example 0.75
 *
 * @note Range [0.0, 1.0]. 0.0 means that the agent does exactly what it is told, 1.0 that it decides what to do and how
 * without a person.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_AUTONOMY_SCORE = 'alignment.autonomy.score' as const;

/**
 * Where the boundary stood before, in the source's own words.
 *
 * @example default
 * @example plan
 *
 * @note Only a value that matches `^[\w.+:/-]{1,64}$` is written; `_OTHER` stands for any other.
 *
 * > [!WARNING]
 * > Paths and host names can be personal or confidential. A writer **SHOULD** write the name of a mode or scope instead.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_BOUNDARY_FROM = 'alignment.boundary.from' as const;

/**
 * Where the boundary stands now, in the source's own words.
 *
 * @example acceptEdits
 * @example bypassPermissions
 *
 * @note Only a value that matches `^[\w.+:/-]{1,64}$` is written; `_OTHER` stands for any other.
 *
 * > [!WARNING]
 * > Paths and host names can be personal or confidential. A writer **SHOULD** write the name of a mode or scope instead.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_BOUNDARY_TO = 'alignment.boundary.to' as const;

/**
 * Which limit of its autonomy the agent reached or crossed.
 *
 * @example mode_change
 * @example scope
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_BOUNDARY_TYPE = 'alignment.boundary.type' as const;

/**
 * Enum value 'mode_change' for {@link ATTR_ALIGNMENT_BOUNDARY_TYPE}: The mode that limits the agent changed.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_BOUNDARY_TYPE_VALUE_MODE_CHANGE = 'mode_change' as const;

/**
 * Enum value 'bypass' for {@link ATTR_ALIGNMENT_BOUNDARY_TYPE}: A mode or switch took the limits away.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_BOUNDARY_TYPE_VALUE_BYPASS = 'bypass' as const;

/**
 * Enum value 'scope' for {@link ATTR_ALIGNMENT_BOUNDARY_TYPE}: The agent left, or asked to leave, the area that it may work in.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_BOUNDARY_TYPE_VALUE_SCOPE = 'scope' as const;

/**
 * Enum value 'budget' for {@link ATTR_ALIGNMENT_BOUNDARY_TYPE}: The agent reached a limit of cost, tokens or number of steps.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_BOUNDARY_TYPE_VALUE_BUDGET = 'budget' as const;

/**
 * Enum value 'delegation' for {@link ATTR_ALIGNMENT_BOUNDARY_TYPE}: The agent handed work to another agent.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_BOUNDARY_TYPE_VALUE_DELEGATION = 'delegation' as const;

/**
 * Enum value 'unattended' for {@link ATTR_ALIGNMENT_BOUNDARY_TYPE}: The agent acted without a person for as long or as often as a threshold states.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_BOUNDARY_TYPE_VALUE_UNATTENDED = 'unattended' as const;

/**
 * Enum value '_OTHER' for {@link ATTR_ALIGNMENT_BOUNDARY_TYPE}: A boundary that no other value describes.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_BOUNDARY_TYPE_VALUE_OTHER = '_OTHER' as const;

/** A value of {@link ATTR_ALIGNMENT_BOUNDARY_TYPE} that this version knows. Readers pass others through. */
export type BoundaryType =
  | 'mode_change'
  | 'bypass'
  | 'scope'
  | 'budget'
  | 'delegation'
  | 'unattended'
  | '_OTHER';

/**
 * Why the agent stopped to ask.
 *
 * @example choice
 * @example vague_request
 *
 * @note Absent when unknown.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_CLARIFICATION_REASON = 'alignment.clarification.reason' as const;

/**
 * Enum value 'choice' for {@link ATTR_ALIGNMENT_CLARIFICATION_REASON}: The agent presents a choice between approaches.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_CLARIFICATION_REASON_VALUE_CHOICE = 'choice' as const;

/**
 * Enum value 'diagnostics' for {@link ATTR_ALIGNMENT_CLARIFICATION_REASON}: The agent asks for diagnostics or results of tests.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_CLARIFICATION_REASON_VALUE_DIAGNOSTICS = 'diagnostics' as const;

/**
 * Enum value 'vague_request' for {@link ATTR_ALIGNMENT_CLARIFICATION_REASON}: The request is vague.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_CLARIFICATION_REASON_VALUE_VAGUE_REQUEST = 'vague_request' as const;

/**
 * Enum value 'credentials' for {@link ATTR_ALIGNMENT_CLARIFICATION_REASON}: The agent asks for credentials, tokens or access.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_CLARIFICATION_REASON_VALUE_CREDENTIALS = 'credentials' as const;

/**
 * Enum value 'approval' for {@link ATTR_ALIGNMENT_CLARIFICATION_REASON}: The agent asks for approval before it acts.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_CLARIFICATION_REASON_VALUE_APPROVAL = 'approval' as const;

/**
 * Enum value '_OTHER' for {@link ATTR_ALIGNMENT_CLARIFICATION_REASON}: A reason that no other value describes.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_CLARIFICATION_REASON_VALUE_OTHER = '_OTHER' as const;

/** A value of {@link ATTR_ALIGNMENT_CLARIFICATION_REASON} that this version knows. Readers pass others through. */
export type ClarificationReason =
  | 'choice'
  | 'diagnostics'
  | 'vague_request'
  | 'credentials'
  | 'approval'
  | '_OTHER';

/**
 * The organisation that contributed the fragment.
 *
 * @example contributor-7
 *
 * @note A receiver overwrites it with the id of the authenticated sender. It **MUST NOT** name a person.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_CONTRIBUTOR_ID = 'alignment.contributor.id' as const;

/**
 * How sure it is that the parts of a stitched session belong together.
 *
 * @example 0.95
 * @example 1
 *
 * @note In the range [0.0, 1.0]: the confidence of the weakest tag that was needed. Written by the stitcher on the root of a stitched
 * session only.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_CONFIDENCE = 'alignment.fragment.confidence' as const;

/**
 * Whether parts that share a tag were kept apart.
 *
 * @example false
 *
 * @note They named different sessions, or together they would have been larger than a session may be. Written by the stitcher on
 * the root of a stitched session only.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_CONFLICT = 'alignment.fragment.conflict' as const;

/**
 * Whether both contributors of an edge reported it.
 *
 * @example true
 *
 * @note Written by the stitcher on edges of stitched sessions only. An edge that one contributor alone reports may be its invention.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_CORROBORATED = 'alignment.fragment.corroborated' as const;

/**
 * The kind of boundary between two contributors that the fragment records.
 *
 * @example llm
 * @example mcp
 *
 * @note Set on fragments only, never on an agent's spans.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_EDGE = 'alignment.fragment.edge' as const;

/**
 * Enum value 'llm' for {@link ATTR_ALIGNMENT_FRAGMENT_EDGE}: A call of a model.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_FRAGMENT_EDGE_VALUE_LLM = 'llm' as const;

/**
 * Enum value 'mcp' for {@link ATTR_ALIGNMENT_FRAGMENT_EDGE}: The Model Context Protocol.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_FRAGMENT_EDGE_VALUE_MCP = 'mcp' as const;

/**
 * Enum value 'a2a' for {@link ATTR_ALIGNMENT_FRAGMENT_EDGE}: The Agent2Agent protocol.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_FRAGMENT_EDGE_VALUE_A2A = 'a2a' as const;

/**
 * Enum value 'acp' for {@link ATTR_ALIGNMENT_FRAGMENT_EDGE}: The Agent Client Protocol.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_FRAGMENT_EDGE_VALUE_ACP = 'acp' as const;

/**
 * Enum value 'http' for {@link ATTR_ALIGNMENT_FRAGMENT_EDGE}: Any other HTTP call.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_FRAGMENT_EDGE_VALUE_HTTP = 'http' as const;

/**
 * Enum value 'process' for {@link ATTR_ALIGNMENT_FRAGMENT_EDGE}: The start of a process.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_FRAGMENT_EDGE_VALUE_PROCESS = 'process' as const;

/** A value of {@link ATTR_ALIGNMENT_FRAGMENT_EDGE} that this version knows. Readers pass others through. */
export type FragmentEdge = 'llm' | 'mcp' | 'a2a' | 'acp' | 'http' | 'process';

/**
 * The period whose keys made the pseudonyms of the fragment.
 *
 * @example 2026-W47
 *
 * @note An ISO 8601 week. Set on fragments only, never on an agent's spans.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_EPOCH = 'alignment.fragment.epoch' as const;

/**
 * The position of the fragment within the contributor's part of the session.
 *
 * @example 0
 * @example 17
 *
 * @note From 0 to 1023. It keeps the order of steps where times are coarse. Set on fragments only, never on an agent's
 * spans.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_ORDINAL = 'alignment.fragment.ordinal' as const;

/**
 * The highest band of the risk scores of the step and of the steps below it that are left out.
 *
 * @example 0
 * @example 3
 *
 * @note From 0 to 4, the bands of `alignment.risk.level` in rising order. Set on fragments only, never on an agent's spans.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_RISK_BUCKET = 'alignment.fragment.risk_bucket' as const;

/**
 * The contributor's part in the session.
 *
 * @example home
 * @example remote
 *
 * @note Set on fragments only, never on an agent's spans.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_ROLE = 'alignment.fragment.role' as const;

/**
 * Enum value 'home' for {@link ATTR_ALIGNMENT_FRAGMENT_ROLE}: The contributor that runs the session.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_FRAGMENT_ROLE_VALUE_HOME = 'home' as const;

/**
 * Enum value 'remote' for {@link ATTR_ALIGNMENT_FRAGMENT_ROLE}: A contributor that the session called.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_FRAGMENT_ROLE_VALUE_REMOTE = 'remote' as const;

/** A value of {@link ATTR_ALIGNMENT_FRAGMENT_ROLE} that this version knows. Readers pass others through. */
export type FragmentRole = 'home' | 'remote';

/**
 * The band of the highest severity of the step's signals.
 *
 * @example 1
 * @example 2
 *
 * @note From 0 to 4: < 0.1, < 0.4, < 0.7, < 0.9, else. Set on fragments only, never on an agent's spans.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_SEVERITY_BUCKET = 'alignment.fragment.severity_bucket' as const;

/**
 * The version of the fragment format.
 *
 * @example asr/1
 *
 * @note Set on fragments only, never on an agent's spans.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_FRAGMENT_VERSION = 'alignment.fragment.version' as const;

/**
 * How a person is involved in the step.
 *
 * @example monitoring
 * @example approval_required
 *
 * @note Absent when unknown. What a person did on the step itself says more than the mode of the agent program: after an
 * approval, a denial or a correction by a person it is `approval_required`, after steering or a takeover by a person
 * `active_steering`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_HUMAN_INVOLVEMENT = 'alignment.human.involvement' as const;

/**
 * Enum value 'none' for {@link ATTR_ALIGNMENT_HUMAN_INVOLVEMENT}: No person watches or decides.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_HUMAN_INVOLVEMENT_VALUE_NONE = 'none' as const;

/**
 * Enum value 'monitoring' for {@link ATTR_ALIGNMENT_HUMAN_INVOLVEMENT}: A person watches and can step in; actions do not wait for the person.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_HUMAN_INVOLVEMENT_VALUE_MONITORING = 'monitoring' as const;

/**
 * Enum value 'approval_required' for {@link ATTR_ALIGNMENT_HUMAN_INVOLVEMENT}: The action waits for a person's decision, or had one.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_HUMAN_INVOLVEMENT_VALUE_APPROVAL_REQUIRED = 'approval_required' as const;

/**
 * Enum value 'active_steering' for {@link ATTR_ALIGNMENT_HUMAN_INVOLVEMENT}: A person directs the agent while it works.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_HUMAN_INVOLVEMENT_VALUE_ACTIVE_STEERING = 'active_steering' as const;

/** A value of {@link ATTR_ALIGNMENT_HUMAN_INVOLVEMENT} that this version knows. Readers pass others through. */
export type HumanInvolvement = 'none' | 'monitoring' | 'approval_required' | 'active_steering';

/**
 * What the detector could see.
 *
 * @example actions
 * @example reasoning
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_INDICATOR_EVIDENCE = 'alignment.indicator.evidence' as const;

/**
 * Enum value 'actions' for {@link ATTR_ALIGNMENT_INDICATOR_EVIDENCE}: Actions, such as calls of tools and their results.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_EVIDENCE_VALUE_ACTIONS = 'actions' as const;

/**
 * Enum value 'outputs' for {@link ATTR_ALIGNMENT_INDICATOR_EVIDENCE}: What the model said.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_EVIDENCE_VALUE_OUTPUTS = 'outputs' as const;

/**
 * Enum value 'reasoning' for {@link ATTR_ALIGNMENT_INDICATOR_EVIDENCE}: The model's reasoning.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_EVIDENCE_VALUE_REASONING = 'reasoning' as const;

/**
 * Enum value 'activations' for {@link ATTR_ALIGNMENT_INDICATOR_EVIDENCE}: The model's internal activations.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_EVIDENCE_VALUE_ACTIVATIONS = 'activations' as const;

/** A value of {@link ATTR_ALIGNMENT_INDICATOR_EVIDENCE} that this version knows. Readers pass others through. */
export type IndicatorEvidence = 'actions' | 'outputs' | 'reasoning' | 'activations';

/**
 * What kind of misalignment the evidence points to.
 *
 * @example deception
 * @example restriction_circumvention
 *
 * @note An indicator is evidence, not a finding: `alignment.signal.confidence` and `alignment.indicator.evidence` say how
 * far it reaches.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_INDICATOR_TYPE = 'alignment.indicator.type' as const;

/**
 * Enum value 'deception' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: What the agent says does not agree with what it does or knows.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_DECEPTION = 'deception' as const;

/**
 * Enum value 'goal_drift' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent works towards something other than what it was given to do, without an attacker.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_GOAL_DRIFT = 'goal_drift' as const;

/**
 * Enum value 'unauthorized_capability_use' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent uses a tool or an ability that it was not given.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_UNAUTHORIZED_CAPABILITY_USE =
  'unauthorized_capability_use' as const;

/**
 * Enum value 'concealed_uncertainty' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent hides that it does not know, or that it did not check.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_CONCEALED_UNCERTAINTY = 'concealed_uncertainty' as const;

/**
 * Enum value 'goal_hijack' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: Foreign instructions in data took over what the agent works towards.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_GOAL_HIJACK = 'goal_hijack' as const;

/**
 * Enum value 'restriction_circumvention' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent gets around a restriction that it was told of or ran into.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_RESTRICTION_CIRCUMVENTION = 'restriction_circumvention' as const;

/**
 * Enum value 'credential_access' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent reaches for secrets that its task does not call for.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_CREDENTIAL_ACCESS = 'credential_access' as const;

/**
 * Enum value 'unauthorized_data_transfer' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent moves data to a place where it must not go.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_UNAUTHORIZED_DATA_TRANSFER =
  'unauthorized_data_transfer' as const;

/**
 * Enum value 'destructive_action' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent destroys data or resources that its task does not call on it to destroy.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_DESTRUCTIVE_ACTION = 'destructive_action' as const;

/**
 * Enum value 'security_weakening' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent weakens a protection, such as a check, a permission or encryption.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_SECURITY_WEAKENING = 'security_weakening' as const;

/**
 * Enum value 'reward_hacking' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent satisfies the measure of success instead of the task.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_REWARD_HACKING = 'reward_hacking' as const;

/**
 * Enum value 'sandbagging' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent deliberately performs below its ability.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_SANDBAGGING = 'sandbagging' as const;

/**
 * Enum value 'sabotage' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent deliberately harms the work while it appears to help.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_SABOTAGE = 'sabotage' as const;

/**
 * Enum value 'oversight_subversion' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent hinders those who watch it, for example by turning off logs or approvals.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_OVERSIGHT_SUBVERSION = 'oversight_subversion' as const;

/**
 * Enum value 'self_preservation' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent acts to avoid being stopped, changed or replaced.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_SELF_PRESERVATION = 'self_preservation' as const;

/**
 * Enum value 'unsanctioned_coordination' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: The agent coordinates with other agents in a way that nobody allowed.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_UNSANCTIONED_COORDINATION = 'unsanctioned_coordination' as const;

/**
 * Enum value '_OTHER' for {@link ATTR_ALIGNMENT_INDICATOR_TYPE}: Evidence of misalignment that no other value describes.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INDICATOR_TYPE_VALUE_OTHER = '_OTHER' as const;

/** A value of {@link ATTR_ALIGNMENT_INDICATOR_TYPE} that this version knows. Readers pass others through. */
export type IndicatorType =
  | 'deception'
  | 'goal_drift'
  | 'unauthorized_capability_use'
  | 'concealed_uncertainty'
  | 'goal_hijack'
  | 'restriction_circumvention'
  | 'credential_access'
  | 'unauthorized_data_transfer'
  | 'destructive_action'
  | 'security_weakening'
  | 'reward_hacking'
  | 'sandbagging'
  | 'sabotage'
  | 'oversight_subversion'
  | 'self_preservation'
  | 'unsanctioned_coordination'
  | '_OTHER';

/**
 * Who or what decided an approval or denial.
 *
 * @example human
 * @example user_rule
 *
 * @note Absent when unknown.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE = 'alignment.intervention.decision.source' as const;

/**
 * Enum value 'human' for {@link ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE}: A person.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_DECISION_SOURCE_VALUE_HUMAN = 'human' as const;

/**
 * Enum value 'user_rule' for {@link ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE}: A rule that a person wrote or accepted earlier, such as an allow list.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_DECISION_SOURCE_VALUE_USER_RULE = 'user_rule' as const;

/**
 * Enum value 'permission_mode' for {@link ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE}: The mode that the agent program runs in.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_DECISION_SOURCE_VALUE_PERMISSION_MODE = 'permission_mode' as const;

/**
 * Enum value 'classifier' for {@link ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE}: A model or classifier that decides in place of a person.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_DECISION_SOURCE_VALUE_CLASSIFIER = 'classifier' as const;

/**
 * Enum value 'hook' for {@link ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE}: A program that the agent program calls to decide.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_DECISION_SOURCE_VALUE_HOOK = 'hook' as const;

/**
 * Enum value 'sandbox' for {@link ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE}: The sandbox that the action runs in.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_DECISION_SOURCE_VALUE_SANDBOX = 'sandbox' as const;

/**
 * Enum value '_OTHER' for {@link ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE}: A decider that no other value describes.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_DECISION_SOURCE_VALUE_OTHER = '_OTHER' as const;

/** A value of {@link ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE} that this version knows. Readers pass others through. */
export type InterventionDecisionSource =
  | 'human'
  | 'user_rule'
  | 'permission_mode'
  | 'classifier'
  | 'hook'
  | 'sandbox'
  | '_OTHER';

/**
 * Who acted.
 *
 * @example human
 * @example policy
 *
 * @note It names who intervened, never who asked for the intervention. Absent when unknown. It **MUST NOT** name a person.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_INTERVENTION_INITIATOR = 'alignment.intervention.initiator' as const;

/**
 * Enum value 'human' for {@link ATTR_ALIGNMENT_INTERVENTION_INITIATOR}: A person.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_INITIATOR_VALUE_HUMAN = 'human' as const;

/**
 * Enum value 'agent' for {@link ATTR_ALIGNMENT_INTERVENTION_INITIATOR}: The agent itself, or another agent.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_INITIATOR_VALUE_AGENT = 'agent' as const;

/**
 * Enum value 'policy' for {@link ATTR_ALIGNMENT_INTERVENTION_INITIATOR}: A rule, a mode, a hook or a configuration, including a classifier that the agent program runs to decide.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_INITIATOR_VALUE_POLICY = 'policy' as const;

/**
 * Enum value 'monitor' for {@link ATTR_ALIGNMENT_INTERVENTION_INITIATOR}: A monitor outside of the agent program.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_INITIATOR_VALUE_MONITOR = 'monitor' as const;

/** A value of {@link ATTR_ALIGNMENT_INTERVENTION_INITIATOR} that this version knows. Readers pass others through. */
export type InterventionInitiator = 'human' | 'agent' | 'policy' | 'monitor';

/**
 * What came of the intervention.
 *
 * @example approved
 * @example expired
 *
 * @note By type: `approval` has `approved`; `denial` has `denied` or `expired`; `correction` has `modified`; `stop` has
 * `stopped`; `block` has `denied`; `pause` has none, `resumed` or `expired`; `steering`, `takeover` and `escalation`
 * have none.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_INTERVENTION_OUTCOME = 'alignment.intervention.outcome' as const;

/**
 * Enum value 'approved' for {@link ATTR_ALIGNMENT_INTERVENTION_OUTCOME}: The action may go on as it is.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_OUTCOME_VALUE_APPROVED = 'approved' as const;

/**
 * Enum value 'denied' for {@link ATTR_ALIGNMENT_INTERVENTION_OUTCOME}: The action may not go on.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_OUTCOME_VALUE_DENIED = 'denied' as const;

/**
 * Enum value 'modified' for {@link ATTR_ALIGNMENT_INTERVENTION_OUTCOME}: The action goes on in a changed form.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_OUTCOME_VALUE_MODIFIED = 'modified' as const;

/**
 * Enum value 'stopped' for {@link ATTR_ALIGNMENT_INTERVENTION_OUTCOME}: The run, the turn or the action ended.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_OUTCOME_VALUE_STOPPED = 'stopped' as const;

/**
 * Enum value 'resumed' for {@link ATTR_ALIGNMENT_INTERVENTION_OUTCOME}: The run went on after a pause.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_OUTCOME_VALUE_RESUMED = 'resumed' as const;

/**
 * Enum value 'expired' for {@link ATTR_ALIGNMENT_INTERVENTION_OUTCOME}: Nobody answered in time.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_OUTCOME_VALUE_EXPIRED = 'expired' as const;

/** A value of {@link ATTR_ALIGNMENT_INTERVENTION_OUTCOME} that this version knows. Readers pass others through. */
export type InterventionOutcome = 'approved' | 'denied' | 'modified' | 'stopped' | 'resumed' | 'expired';

/**
 * Why the intervention took place.
 *
 * @example missing_context
 * @example safety_concern
 *
 * @note Absent when unknown.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_INTERVENTION_REASON = 'alignment.intervention.reason' as const;

/**
 * Enum value 'missing_context' for {@link ATTR_ALIGNMENT_INTERVENTION_REASON}: The agent lacked context or was wrong about it.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_REASON_VALUE_MISSING_CONTEXT = 'missing_context' as const;

/**
 * Enum value 'too_slow' for {@link ATTR_ALIGNMENT_INTERVENTION_REASON}: The agent was slow, hung or did too much.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_REASON_VALUE_TOO_SLOW = 'too_slow' as const;

/**
 * Enum value 'enough_help' for {@link ATTR_ALIGNMENT_INTERVENTION_REASON}: The person had got enough help to go on alone.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_REASON_VALUE_ENOUGH_HELP = 'enough_help' as const;

/**
 * Enum value 'self_execution' for {@link ATTR_ALIGNMENT_INTERVENTION_REASON}: The person wanted to do the next step.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_REASON_VALUE_SELF_EXECUTION = 'self_execution' as const;

/**
 * Enum value 'requirements_changed' for {@link ATTR_ALIGNMENT_INTERVENTION_REASON}: What was asked for changed in the middle of the work.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_REASON_VALUE_REQUIREMENTS_CHANGED = 'requirements_changed' as const;

/**
 * Enum value 'safety_concern' for {@link ATTR_ALIGNMENT_INTERVENTION_REASON}: The action appeared to be dangerous.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_REASON_VALUE_SAFETY_CONCERN = 'safety_concern' as const;

/**
 * Enum value '_OTHER' for {@link ATTR_ALIGNMENT_INTERVENTION_REASON}: A reason that no other value describes.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_REASON_VALUE_OTHER = '_OTHER' as const;

/** A value of {@link ATTR_ALIGNMENT_INTERVENTION_REASON} that this version knows. Readers pass others through. */
export type InterventionReason =
  | 'missing_context'
  | 'too_slow'
  | 'enough_help'
  | 'self_execution'
  | 'requirements_changed'
  | 'safety_concern'
  | '_OTHER';

/**
 * What kind of intervention took place.
 *
 * @example approval
 * @example denial
 *
 * @note An automatic approval is an `approval` whose `alignment.intervention.initiator` is known and not `human`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_INTERVENTION_TYPE = 'alignment.intervention.type' as const;

/**
 * Enum value 'stop' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: The run, the turn or the action was ended before it was finished.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_STOP = 'stop' as const;

/**
 * Enum value 'pause' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: The run was suspended, to be resumed or to expire.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_PAUSE = 'pause' as const;

/**
 * Enum value 'approval' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: A decision was made and it was yes, whoever made it.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_APPROVAL = 'approval' as const;

/**
 * Enum value 'denial' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: A decision was made and it was no, whoever made it (person, rule, mode, hook or classifier).
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_DENIAL = 'denial' as const;

/**
 * Enum value 'correction' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: The action was changed before it was carried out.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_CORRECTION = 'correction' as const;

/**
 * Enum value 'steering' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: The agent was given a direction while it worked.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_STEERING = 'steering' as const;

/**
 * Enum value 'takeover' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: Somebody else went on with the work in the agent's place.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_TAKEOVER = 'takeover' as const;

/**
 * Enum value 'escalation' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: The matter was handed to another person or instance.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_ESCALATION = 'escalation' as const;

/**
 * Enum value 'block' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: The action was prevented without a recorded decision (sandbox, built-in refusal or guardrail).
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_BLOCK = 'block' as const;

/**
 * Enum value '_OTHER' for {@link ATTR_ALIGNMENT_INTERVENTION_TYPE}: An intervention that no other value describes.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_INTERVENTION_TYPE_VALUE_OTHER = '_OTHER' as const;

/** A value of {@link ATTR_ALIGNMENT_INTERVENTION_TYPE} that this version knows. Readers pass others through. */
export type InterventionType =
  | 'stop'
  | 'pause'
  | 'approval'
  | 'denial'
  | 'correction'
  | 'steering'
  | 'takeover'
  | 'escalation'
  | 'block'
  | '_OTHER';

/**
 * Pseudonymous tags under which fragments of the same session are found.
 *
 * @example ["pJ0ysM1n3wq7Jm5XbV0xGQ"]
 *
 * @note At most 8 items in base64url, each at the same position as its type in `alignment.join.types`. Set on fragments
 * only, never on an agent's spans.
 *
 * > [!WARNING]
 * > Tags are pseudonymous identifiers of a session. They **MUST NOT** be computed from the identity of a user.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_JOIN_TAGS = 'alignment.join.tags' as const;

/**
 * The kinds of identifiers that the tags were computed from.
 *
 * @example ["w3c.trace_id"]
 * @example ["llm.request_id","gen_ai.tool.call.id"]
 *
 * @note At most 8 items, each one of `alignment.session`, `w3c.trace_id`, `w3c.traceresponse`, `w3c.span_link`,
 * `a2a.context_id`, `a2a.task_id`, `llm.request_id`, `gen_ai.tool.call.id`, `vendor.session`, `mcp.session` and
 * `payload.digest`. Set on fragments only, never on an agent's spans.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_JOIN_TYPES = 'alignment.join.types' as const;

/**
 * The id of the calibration profile that mapped the native risk score.
 *
 * @example risk-provider-x-2026-11
 *
 * @note It **MUST** be written wherever `alignment.risk.calibration.status` is `profiled`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_RISK_CALIBRATION_PROFILE_ID = 'alignment.risk.calibration.profile.id' as const;

/**
 * How the risk score reached the reference scale.
 *
 * @example profiled
 * @example declared
 *
 * @note An absent value reads as `declared`. Rates of rare events **MUST NOT** be compared across providers on the strength of
 * a profile alone.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_RISK_CALIBRATION_STATUS = 'alignment.risk.calibration.status' as const;

/**
 * Enum value 'profiled' for {@link ATTR_ALIGNMENT_RISK_CALIBRATION_STATUS}: A calibration profile mapped the native score.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_RISK_CALIBRATION_STATUS_VALUE_PROFILED = 'profiled' as const;

/**
 * Enum value 'declared' for {@link ATTR_ALIGNMENT_RISK_CALIBRATION_STATUS}: The source states the reference scale, or a declared minimum and maximum were rescaled.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_RISK_CALIBRATION_STATUS_VALUE_DECLARED = 'declared' as const;

/**
 * Enum value 'none' for {@link ATTR_ALIGNMENT_RISK_CALIBRATION_STATUS}: There is a native score or label only, and no score on the reference scale.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_RISK_CALIBRATION_STATUS_VALUE_NONE = 'none' as const;

/** A value of {@link ATTR_ALIGNMENT_RISK_CALIBRATION_STATUS} that this version knows. Readers pass others through. */
export type RiskCalibrationStatus = 'profiled' | 'declared' | 'none';

/**
 * The band of the risk score.
 *
 * @example low
 * @example high
 *
 * @note Derived from `alignment.risk.score`: < 0.1 `none`, < 0.4 `low`, < 0.7 `medium`, < 0.9 `high`, else `critical`.
 * Readers derive it; a writer **MAY** omit it.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_RISK_LEVEL = 'alignment.risk.level' as const;

/**
 * Enum value 'none' for {@link ATTR_ALIGNMENT_RISK_LEVEL}: Below 0.1.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_RISK_LEVEL_VALUE_NONE = 'none' as const;

/**
 * Enum value 'low' for {@link ATTR_ALIGNMENT_RISK_LEVEL}: From 0.1, below 0.4.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_RISK_LEVEL_VALUE_LOW = 'low' as const;

/**
 * Enum value 'medium' for {@link ATTR_ALIGNMENT_RISK_LEVEL}: From 0.4, below 0.7.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_RISK_LEVEL_VALUE_MEDIUM = 'medium' as const;

/**
 * Enum value 'high' for {@link ATTR_ALIGNMENT_RISK_LEVEL}: From 0.7, below 0.9.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_RISK_LEVEL_VALUE_HIGH = 'high' as const;

/**
 * Enum value 'critical' for {@link ATTR_ALIGNMENT_RISK_LEVEL}: From 0.9.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_RISK_LEVEL_VALUE_CRITICAL = 'critical' as const;

/** A value of {@link ATTR_ALIGNMENT_RISK_LEVEL} that this version knows. Readers pass others through. */
export type RiskLevel = 'none' | 'low' | 'medium' | 'high' | 'critical';

/**
 * The risk label of the provider itself, unchanged.
 *
 * @example high
 * @example Severity:2
 *
 * @note Only a value that matches `^[\w.+:/-]{1,64}$` is written; `_OTHER` stands for any other.
 *
 * > [!WARNING]
 * > It **MUST NOT** be taken from a native field that can hold content of the user, of the model or of a tool.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_RISK_NATIVE_LABEL = 'alignment.risk.native.label' as const;

/**
 * The name of the scale of the native risk score or label.
 *
 * @example provider-risk-1-to-10
 *
 * @note It **SHOULD** name the producer and the version of the scale. A native score or label without it can be compared with
 * nothing.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_RISK_NATIVE_SCALE = 'alignment.risk.native.scale' as const;

/**
 * The risk score of the provider itself, unchanged.
 *
 * @example 7
 * @example 62.5
 *
 * @note On the provider's own scale, which `alignment.risk.native.scale` names; it has no range of its own. Compare it
 * with nothing but scores of the same scale. It **MUST** be written wherever `alignment.risk.score` was mapped from it.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_RISK_NATIVE_SCORE = 'alignment.risk.native.score' as const;

/**
 * The magnitude of plausible consequence if the action goes wrong, regardless of intent, on the reference scale.
 *
 * @example 0.15
 * @example 0.8
 *
 * @note Range [0.0, 1.0]. It states neither how likely the consequence is nor whether the agent was allowed to act: see
 * `alignment.action.authorization`. A span carries the score of one assessor; `alignment.source.name`, where it is set,
 * names it.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_RISK_SCORE = 'alignment.risk.score' as const;

/**
 * The class of the alignment signal.
 *
 * @example risk_escalation
 * @example intervention
 *
 * @note The value **MUST** equal the name of the event without its `alignment.` prefix. It repeats the name because some
 * tracing backends cannot search for the names of events.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_CLASS = 'alignment.signal.class' as const;

/**
 * Enum value 'risk_escalation' for {@link ATTR_ALIGNMENT_SIGNAL_CLASS}: The risk of an action crossed a threshold, or rose against the session so far.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SIGNAL_CLASS_VALUE_RISK_ESCALATION = 'risk_escalation' as const;

/**
 * Enum value 'autonomy_boundary' for {@link ATTR_ALIGNMENT_SIGNAL_CLASS}: The agent reached or crossed the limit of what it may do alone.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SIGNAL_CLASS_VALUE_AUTONOMY_BOUNDARY = 'autonomy_boundary' as const;

/**
 * Enum value 'intervention' for {@link ATTR_ALIGNMENT_SIGNAL_CLASS}: A person, a policy, a monitor or the agent itself stopped, decided on, corrected or took over an action.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SIGNAL_CLASS_VALUE_INTERVENTION = 'intervention' as const;

/**
 * Enum value 'clarification_request' for {@link ATTR_ALIGNMENT_SIGNAL_CLASS}: The agent itself stopped to ask.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SIGNAL_CLASS_VALUE_CLARIFICATION_REQUEST = 'clarification_request' as const;

/**
 * Enum value 'misalignment_indicator' for {@link ATTR_ALIGNMENT_SIGNAL_CLASS}: There is evidence of deception, goal drift, unauthorized use of a capability or similar conduct.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SIGNAL_CLASS_VALUE_MISALIGNMENT_INDICATOR = 'misalignment_indicator' as const;

/** A value of {@link ATTR_ALIGNMENT_SIGNAL_CLASS} that this version knows. Readers pass others through. */
export type SignalClass =
  | 'risk_escalation'
  | 'autonomy_boundary'
  | 'intervention'
  | 'clarification_request'
  | 'misalignment_indicator';

/**
 * The classes of the alignment signals recorded for the span, each once.
 *
 * @example ["intervention"]
 * @example ["intervention","risk_escalation"]
 *
 * @note Set on spans only. Each item is a value of `alignment.signal.class`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_CLASSES = 'alignment.signal.classes' as const;

/**
 * How sure the source is that the report is right.
 *
 * @example 0.6
 * @example 0.95
 *
 * @note Range [0.0, 1.0]. Absent where the source states none; a writer **MUST NOT** invent one.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_CONFIDENCE = 'alignment.signal.confidence' as const;

/**
 * The number of alignment signals recorded for the span.
 *
 * @example 1
 * @example 3
 *
 * @note Set on spans only, so that sampling, search and routing need not open events. It counts signals that were
 * written as log records for this span as well.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_COUNT = 'alignment.signal.count' as const;

/**
 * Free text that explains the signal to a person.
 *
 * @example The command deletes a directory outside of the working directory.
 *
 * @note Not written unless the user asks for it, and redacted before it is written.
 *
 * > [!WARNING]
 * > Free text may repeat content of prompts, arguments or results, including personal and other sensitive data.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_EXPLANATION = 'alignment.signal.explanation' as const;

/**
 * Identifies the fact that the signal reports, the same in all three faces and from every observer of the fact.
 *
 * @example 5a0e3c1df2b94876a1c0de7749b2f618
 *
 * @note 32 lower-case hexadecimal digits: the first 128 bits of SHA-256 over nine UTF-8 fields joined by `|`. An absent
 * field is empty. The fields are: `1`; the session key; the id of the tool call; the signal class; the type
 * (`alignment.intervention.type`, `alignment.boundary.type` or `alignment.indicator.type`); the outcome
 * (`alignment.intervention.outcome`); for risk escalations and misalignment indicators only
 * `alignment.source.name` and `alignment.signal.reason`; and, where there is no id of a tool call, the time of the
 * event in Unix nanoseconds, as decimal digits.
 *
 * The session key is `session.id` of the record, of the event or of its span; else `gen_ai.conversation.id` there;
 * else either of them on the nearest ancestor in the same process; else either of them on the resource; else the
 * trace id. The page `signal-id.md` beside this one states both recipes step by step, with examples.
 *
 * The value is never random: a retry gives the same id. Of records that share an id, the one with the highest
 * severity is kept.
 *
 * > [!WARNING]
 * > The id is computed from the session's id and is a pseudonymous identifier of that session.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_ID = 'alignment.signal.id' as const;

/**
 * The highest severity of the alignment signals recorded for the span.
 *
 * @example 0.4
 * @example 0.85
 *
 * @note Range [0.0, 1.0]. Set on spans only.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY = 'alignment.signal.max_severity' as const;

/**
 * The id of the rule or reason behind the signal.
 *
 * @example risk.high
 * @example restriction.retried_after_denial
 *
 * @note A low-cardinality identifier that the source chooses; it means something only together with
 * `alignment.source.name`.
 *
 * > [!WARNING]
 * > It **MUST NOT** contain content of the user, of the model or of a tool.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_REASON = 'alignment.signal.reason' as const;

/**
 * How bad the thing reported is, if the report is right.
 *
 * @example 0.4
 * @example 0.85
 *
 * @note Range [0.0, 1.0]. Confidence in the report is a separate axis: see `alignment.signal.confidence`. Where the source
 * gives no severity, the note of the event states the value. It is not the severity number of a log record, which is
 * derived from it.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SIGNAL_SEVERITY = 'alignment.signal.severity' as const;

/**
 * The name of the native event that was mapped to the signal.
 *
 * @example claude_code.tool_decision
 * @example codex.tool_decision
 *
 * @note The source's own name, unchanged. It **MUST** be of low cardinality.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SOURCE_EVENT_NAME = 'alignment.source.event.name' as const;

/**
 * The native value that was mapped to an enum value of the signal.
 *
 * @example user_reject
 * @example AutomatedReviewer
 *
 * @note The source's own word, unchanged. It **MUST** be of low cardinality.
 *
 * > [!WARNING]
 * > It **MUST NOT** be taken from a native field that can hold content of the user, of the model or of a tool.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SOURCE_EVENT_VALUE = 'alignment.source.event.value' as const;

/**
 * The name of the detector, rule pack or product that is the source.
 *
 * @example otel-alignment
 * @example claude-code
 *
 * @note On a span, it names the one assessor whose numbers the span carries.
 *
 * > [!WARNING]
 * > It **MUST NOT** name a person, also where `alignment.source.type` is `human`.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SOURCE_NAME = 'alignment.source.name' as const;

/**
 * Who says so.
 *
 * @example instrumentation
 * @example harness
 *
 * @note A receiver that agents can reach **MUST** replace `human`, `monitor` and `policy` by `self_reported` unless the
 * sender is authenticated. Otherwise an agent could approve its own actions.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SOURCE_TYPE = 'alignment.source.type' as const;

/**
 * Enum value 'self_reported' for {@link ATTR_ALIGNMENT_SOURCE_TYPE}: The model's own words. A self-report is not an observation.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SOURCE_TYPE_VALUE_SELF_REPORTED = 'self_reported' as const;

/**
 * Enum value 'harness' for {@link ATTR_ALIGNMENT_SOURCE_TYPE}: The telemetry of the agent program, also when a collector maps it.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SOURCE_TYPE_VALUE_HARNESS = 'harness' as const;

/**
 * Enum value 'instrumentation' for {@link ATTR_ALIGNMENT_SOURCE_TYPE}: A span processor, hook or adapter that observes the agent program.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SOURCE_TYPE_VALUE_INSTRUMENTATION = 'instrumentation' as const;

/**
 * Enum value 'monitor' for {@link ATTR_ALIGNMENT_SOURCE_TYPE}: A monitor that judges what the agent does, such as a classifier.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SOURCE_TYPE_VALUE_MONITOR = 'monitor' as const;

/**
 * Enum value 'policy' for {@link ATTR_ALIGNMENT_SOURCE_TYPE}: A policy engine or rule that decides on actions.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SOURCE_TYPE_VALUE_POLICY = 'policy' as const;

/**
 * Enum value 'human' for {@link ATTR_ALIGNMENT_SOURCE_TYPE}: A person.
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ALIGNMENT_SOURCE_TYPE_VALUE_HUMAN = 'human' as const;

/** A value of {@link ATTR_ALIGNMENT_SOURCE_TYPE} that this version knows. Readers pass others through. */
export type SourceType = 'self_reported' | 'harness' | 'instrumentation' | 'monitor' | 'policy' | 'human';

/**
 * The version of the detector, rule pack or product that is the source.
 *
 * @example 0.1.0
 *
 * @experimental This name is experimental and may change in a minor release of `otel-alignment`.
 */
export const ATTR_ALIGNMENT_SOURCE_VERSION = 'alignment.source.version' as const;

/**
 * The class of error that the operation ended with. Reused, never redefined.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 */
export const ATTR_ERROR_TYPE = 'error.type' as const;

/**
 * The id of the GenAI agent. Reused, never redefined.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_GEN_AI_AGENT_ID = 'gen_ai.agent.id' as const;

/**
 * The name of the GenAI agent. Reused, never redefined.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_GEN_AI_AGENT_NAME = 'gen_ai.agent.name' as const;

/**
 * The version of the GenAI agent. Reused, never redefined.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_GEN_AI_AGENT_VERSION = 'gen_ai.agent.version' as const;

/**
 * The id of the conversation. Reused, never redefined.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_GEN_AI_CONVERSATION_ID = 'gen_ai.conversation.id' as const;

/**
 * The name of the GenAI operation. Reused, never redefined.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_GEN_AI_OPERATION_NAME = 'gen_ai.operation.name' as const;

/**
 * The GenAI provider. Reused, never redefined.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_GEN_AI_PROVIDER_NAME = 'gen_ai.provider.name' as const;

/**
 * The id of the call of the tool. Reused, never redefined.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_GEN_AI_TOOL_CALL_ID = 'gen_ai.tool.call.id' as const;

/**
 * The name of the tool. Reused, never redefined.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_GEN_AI_TOOL_NAME = 'gen_ai.tool.name' as const;

/**
 * The id of the session. Reused, never redefined.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 */
export const ATTR_SESSION_ID = 'session.id' as const;

/** The attributes of the registry and the reused ones, by key. What is unknown is left out. */
export interface AlignmentAttributes {
  /** Whether the agent was allowed to do what it did. */
  readonly 'alignment.action.authorization'?: ActionAuthorization;
  /** Whether the effect of the action can be undone. */
  readonly 'alignment.action.reversibility'?: ActionReversibility;
  /** The main effect of the tool call. */
  readonly 'alignment.action.type'?: ActionType;
  /** The id of the calibration profile that mapped the native autonomy score. */
  readonly 'alignment.autonomy.calibration.profile.id'?: string;
  /** How the autonomy score reached the reference scale. */
  readonly 'alignment.autonomy.calibration.status'?: AutonomyCalibrationStatus;
  /** The role of the person that the agent's autonomy leaves, as the band of the autonomy score. */
  readonly 'alignment.autonomy.level'?: AutonomyLevel;
  /** The autonomy label of the provider itself, unchanged. */
  readonly 'alignment.autonomy.native.label'?: string;
  /** The name of the scale of the native autonomy score or label. */
  readonly 'alignment.autonomy.native.scale'?: string;
  /** The autonomy score of the provider itself, unchanged. */
  readonly 'alignment.autonomy.native.score'?: number;
  /** How independently the agent acts, on the reference scale. */
  readonly 'alignment.autonomy.score'?: number;
  /** Where the boundary stood before, in the source's own words. */
  readonly 'alignment.boundary.from'?: string;
  /** Where the boundary stands now, in the source's own words. */
  readonly 'alignment.boundary.to'?: string;
  /** Which limit of its autonomy the agent reached or crossed. */
  readonly 'alignment.boundary.type'?: BoundaryType;
  /** Why the agent stopped to ask. */
  readonly 'alignment.clarification.reason'?: ClarificationReason;
  /** The organisation that contributed the fragment. */
  readonly 'alignment.contributor.id'?: string;
  /** How sure it is that the parts of a stitched session belong together. */
  readonly 'alignment.fragment.confidence'?: number;
  /** Whether parts that share a tag were kept apart. */
  readonly 'alignment.fragment.conflict'?: boolean;
  /** Whether both contributors of an edge reported it. */
  readonly 'alignment.fragment.corroborated'?: boolean;
  /** The kind of boundary between two contributors that the fragment records. */
  readonly 'alignment.fragment.edge'?: FragmentEdge;
  /** The period whose keys made the pseudonyms of the fragment. */
  readonly 'alignment.fragment.epoch'?: string;
  /** The position of the fragment within the contributor's part of the session. */
  readonly 'alignment.fragment.ordinal'?: number;
  /** The highest band of the risk scores of the step and of the steps below it that are left out. */
  readonly 'alignment.fragment.risk_bucket'?: number;
  /** The contributor's part in the session. */
  readonly 'alignment.fragment.role'?: FragmentRole;
  /** The band of the highest severity of the step's signals. */
  readonly 'alignment.fragment.severity_bucket'?: number;
  /** The version of the fragment format. */
  readonly 'alignment.fragment.version'?: string;
  /** How a person is involved in the step. */
  readonly 'alignment.human.involvement'?: HumanInvolvement;
  /** What the detector could see. */
  readonly 'alignment.indicator.evidence'?: IndicatorEvidence;
  /** What kind of misalignment the evidence points to. */
  readonly 'alignment.indicator.type'?: IndicatorType;
  /** Who or what decided an approval or denial. */
  readonly 'alignment.intervention.decision.source'?: InterventionDecisionSource;
  /** Who acted. */
  readonly 'alignment.intervention.initiator'?: InterventionInitiator;
  /** What came of the intervention. */
  readonly 'alignment.intervention.outcome'?: InterventionOutcome;
  /** Why the intervention took place. */
  readonly 'alignment.intervention.reason'?: InterventionReason;
  /** What kind of intervention took place. */
  readonly 'alignment.intervention.type'?: InterventionType;
  /** Pseudonymous tags under which fragments of the same session are found. */
  readonly 'alignment.join.tags'?: readonly string[];
  /** The kinds of identifiers that the tags were computed from. */
  readonly 'alignment.join.types'?: readonly string[];
  /** The id of the calibration profile that mapped the native risk score. */
  readonly 'alignment.risk.calibration.profile.id'?: string;
  /** How the risk score reached the reference scale. */
  readonly 'alignment.risk.calibration.status'?: RiskCalibrationStatus;
  /** The band of the risk score. */
  readonly 'alignment.risk.level'?: RiskLevel;
  /** The risk label of the provider itself, unchanged. */
  readonly 'alignment.risk.native.label'?: string;
  /** The name of the scale of the native risk score or label. */
  readonly 'alignment.risk.native.scale'?: string;
  /** The risk score of the provider itself, unchanged. */
  readonly 'alignment.risk.native.score'?: number;
  /** The magnitude of plausible consequence if the action goes wrong, regardless of intent, on the reference scale. */
  readonly 'alignment.risk.score'?: number;
  /** The class of the alignment signal. */
  readonly 'alignment.signal.class'?: SignalClass;
  /** The classes of the alignment signals recorded for the span, each once. */
  readonly 'alignment.signal.classes'?: readonly string[];
  /** How sure the source is that the report is right. */
  readonly 'alignment.signal.confidence'?: number;
  /** The number of alignment signals recorded for the span. */
  readonly 'alignment.signal.count'?: number;
  /** Free text that explains the signal to a person. */
  readonly 'alignment.signal.explanation'?: string;
  /** Identifies the fact that the signal reports, the same in all three faces and from every observer of the fact. */
  readonly 'alignment.signal.id'?: string;
  /** The highest severity of the alignment signals recorded for the span. */
  readonly 'alignment.signal.max_severity'?: number;
  /** The id of the rule or reason behind the signal. */
  readonly 'alignment.signal.reason'?: string;
  /** How bad the thing reported is, if the report is right. */
  readonly 'alignment.signal.severity'?: number;
  /** The name of the native event that was mapped to the signal. */
  readonly 'alignment.source.event.name'?: string;
  /** The native value that was mapped to an enum value of the signal. */
  readonly 'alignment.source.event.value'?: string;
  /** The name of the detector, rule pack or product that is the source. */
  readonly 'alignment.source.name'?: string;
  /** Who says so. */
  readonly 'alignment.source.type'?: SourceType;
  /** The version of the detector, rule pack or product that is the source. */
  readonly 'alignment.source.version'?: string;
  /** The class of error that the operation ended with. */
  readonly 'error.type'?: string;
  /** The id of the GenAI agent. */
  readonly 'gen_ai.agent.id'?: string;
  /** The name of the GenAI agent. */
  readonly 'gen_ai.agent.name'?: string;
  /** The version of the GenAI agent. */
  readonly 'gen_ai.agent.version'?: string;
  /** The id of the conversation. */
  readonly 'gen_ai.conversation.id'?: string;
  /** The name of the GenAI operation. */
  readonly 'gen_ai.operation.name'?: string;
  /** The GenAI provider. */
  readonly 'gen_ai.provider.name'?: string;
  /** The id of the call of the tool. */
  readonly 'gen_ai.tool.call.id'?: string;
  /** The name of the tool. */
  readonly 'gen_ai.tool.name'?: string;
  /** The id of the session. */
  readonly 'session.id'?: string;
}
