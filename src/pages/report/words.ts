import { effectOf } from '../../analysis/decisions.ts';
import type { Actor, SessionRow, Story, TimelineItem } from '../../analysis/index.ts';
import type { SignalClass } from '../../semconv/index.ts';

/** Plain words for the vocabulary's values. A value that this version does not know is shown as it is. */
const said =
  (table: Readonly<Record<string, string>>) =>
  (value: string): string =>
    Object.hasOwn(table, value) ? (table[value] ?? value) : plain(value);
const plain = (value: string): string => value.replaceAll('_', ' ');

export const actorWords: (actor: string) => string = said({
  human: 'a person',
  policy: 'a rule or mode',
  monitor: 'a monitor',
  agent: 'the agent itself',
  unknown: 'somebody not recorded',
});

/** What an action did, what it would have done, and its name. */
const ACTIONS: Readonly<Record<string, readonly [done: string, refused: string, noun: string]>> = {
  read: ['read', 'would have read', 'reading'],
  write: ['changed or created', 'would have changed or created', 'change'],
  execute: ['ran code', 'would have run code', 'run'],
  delete: ['deleted', 'would have deleted', 'deletion'],
  network: ['reached a remote host', 'would have reached a remote host', 'request'],
  communicate: ['sent a message or published', 'would have sent a message or published', 'sending'],
  credential: ['touched a secret', 'would have touched a secret', 'access to the secret'],
  payment: ['moved money', 'would have moved money', 'payment'],
  deploy: ['deployed or released', 'would have deployed or released', 'deployment'],
  delegate: ['started another agent', 'would have started another agent', 'delegation'],
  none: ['no outside effect', 'no outside effect', 'action'],
};
const actionOf = (action: string): (typeof ACTIONS)[string] | undefined =>
  Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;

/** @param refused it did not happen */
export const actionWords = (action: string, refused = false): string =>
  actionOf(action)?.[refused ? 1 : 0] ?? `${refused ? 'would have: ' : ''}${plain(action)}`;
const actionNoun = (action: string): string => actionOf(action)?.[2] ?? 'action';

export const involvementWords: (involvement: string) => string = said({
  none: 'nobody watching',
  monitoring: 'a person monitoring',
  approval_required: 'approval required',
  active_steering: 'a person steering',
});

/** How a person is involved in a step, and who gave the approval that was required. */
export function supervisionWords({ kind, involvement, type = '', by = 'unknown' }: TimelineItem): string {
  if (involvement === undefined) return '';
  const given = kind === 'step' && involvement === 'approval_required' && effectOf(type) === 'approve';
  return `${involvementWords(involvement)}${given ? `; ${actorWords(by)} gave it` : ''}`;
}

const deciderWords = said({
  human: 'a person',
  user_rule: 'a rule of the user',
  permission_mode: "the agent's mode",
  classifier: 'a classifier',
  hook: 'a hook',
  sandbox: 'the sandbox',
});

const DONE = {
  stop: 'stopped the session',
  takeover: 'took over',
  denial: 'refused',
  block: 'blocked',
  pause: 'paused the session',
  approval: 'approved',
  correction: 'changed',
  steering: 'redirected the agent',
  escalation: 'escalated',
} as const;
const doneWords = said(DONE);
const WITH_TOOL: ReadonlySet<string> = new Set(['denial', 'block', 'approval', 'correction']);

const boundaryWords = said({
  mode_change: 'the mode of supervision changed',
  bypass: 'approvals were switched off',
  scope: 'it left its scope',
  budget: 'it reached its budget',
  delegation: 'it handed work to another agent',
  unattended: 'it worked unattended for long',
});

const indicatorWords = said({
  deception: 'deceiving people',
  goal_drift: 'drifting from its goal',
  unauthorized_capability_use: 'using a capability that it was not given',
  concealed_uncertainty: 'concealing that it is not sure',
  goal_hijack: 'its goal being taken over by others',
  restriction_circumvention: 'getting round a restriction',
  credential_access: 'reaching for secrets',
  unauthorized_data_transfer: 'sending data where it should not',
  destructive_action: 'destroying what should stay',
  security_weakening: 'weakening security',
  reward_hacking: 'cheating at its task',
  sandbagging: 'holding back on purpose',
  sabotage: 'sabotage',
  oversight_subversion: 'evading oversight',
  self_preservation: 'protecting itself',
  unsanctioned_coordination: 'colluding with other agents',
});

/** Autonomy as the role that is left to the person. @param score range [0.0, 1.0] */
export function autonomyWords(score: number): string {
  if (score < 0.1) return 'none';
  if (score < 0.3) return 'low: a person operates';
  if (score < 0.5) return 'shared with a person';
  if (score < 0.7) return 'high: a person is consulted';
  return score < 0.9 ? 'high: a person approves at most' : 'full: a person observes at most';
}

export const reversibilityWords: (reversibility: string) => string = said({
  reversible: 'can be undone',
  conditionally_reversible: 'can be undone with effort',
  irreversible: 'cannot be undone',
});

/** Who reports a signal. A self-report is not an observation. */
export function sourceWords({ source, sourceName }: TimelineItem): string {
  const who = source === undefined ? '' : SOURCES(source);
  return sourceName === undefined ? who : `${who === '' ? '' : `${who}: `}${sourceName}`;
}

const SOURCES = said({
  self_reported: "the agent's own words",
  harness: "the agent's program",
  instrumentation: 'software that watches the agent',
  monitor: 'a monitor',
  policy: 'a policy',
  human: 'a person',
});

/** Names of files, the first few of many. */
export const fileWords = (files: readonly string[]): string =>
  files.length > 4 ? `${counted(files.length, 'file')} (${files.slice(0, 2).join(', ')}, …)` : listed(files);

/** A count with its noun. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;

/** A list as a sentence has it. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

export const score = (value: number): string => value.toFixed(2);

/** A length of time that a person can grasp. @param ms milliseconds */
export function lasting(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 90) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 36 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}

/** Date and time in UTC. @param ms milliseconds since the Unix epoch; 0 is none */
export function moment(ms: number): string {
  if (!(ms > 0) || ms > 8.64e15) return 'time unknown';
  return new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
}

/** The same, and what is below a second. */
export const preciseMoment = (ms: number): string =>
  ms > 0 && ms <= 8.64e15 ? new Date(ms).toISOString().slice(11, 23) : '–';

/** The classes in the order in which a reader meets them. */
export const CLASS_WORDS: Readonly<Record<SignalClass, string>> = {
  risk_escalation: 'Risk escalation',
  autonomy_boundary: 'Autonomy boundary',
  intervention: 'Intervention',
  clarification_request: 'Question to a person',
  misalignment_indicator: 'Misalignment indicator',
};
export const CLASSES: readonly SignalClass[] = Object.keys(CLASS_WORDS) as SignalClass[];

const about = (tool: string | undefined): string => (tool === undefined ? '' : ` ${tool}`);

/** What an item is, as a clause: "a person refused http_request". */
export function itemWords(item: TimelineItem): string {
  const { kind, tool, type = '', by = 'unknown', reason } = item;
  switch (kind) {
    case 'step':
      return stepWords(item);
    case 'intervention': {
      const done = doneWords(type) || 'intervened';
      return `${actorWords(by)} ${done}${WITH_TOOL.has(type) ? about(tool) || ' an action' : ''}${reason === undefined ? '' : ` (${plain(reason)})`}`;
    }
    case 'clarification_request':
      return `the agent asked a person${reason === undefined ? '' : ` (${plain(reason)})`}`;
    case 'autonomy_boundary': {
      const way = item.from === undefined ? item.to : `${item.from} to ${item.to ?? '?'}`;
      return `${boundaryWords(type)}${way === undefined ? '' : ` (${way})`}`;
    }
    case 'risk_escalation':
      return `risk rose${item.risk === undefined ? '' : ` to ${score(item.risk)}`}${tool === undefined ? '' : ` with ${tool}`}`;
    default:
      return `sign of ${indicatorWords(type) || 'misalignment'}${tool === undefined ? '' : ` in ${tool}`}`;
  }
}

export function stepWords({ tool = 'an action', action, reversibility, type = '' }: TimelineItem): string {
  const parts = [
    action === undefined ? '' : actionWords(action, effectOf(type) === 'refuse'),
    reversibility === undefined ? '' : reversibilityWords(reversibility),
  ];
  const more = parts.filter(part => part !== '').join(', ');
  return `${tool}${more === '' ? '' : ` (${more})`}`;
}

/** Who decided on a step, empty where nobody is recorded. */
export function decisionWords({ type, by = 'unknown', decider }: TimelineItem): string {
  if (type === undefined) return '';
  const who = decider === undefined || by === 'human' ? actorWords(by) : deciderWords(decider);
  return `${doneWords(type)} by ${who}`.replace('stopped the session by', 'stopped by');
}

/** The sentences of a story: what it did, who stopped it, what came before. */
export interface StoryWords {
  readonly did: string;
  readonly stopped: string;
  readonly before: string;
  readonly moments: readonly string[];
  /** The latest actions, the latest last. */
  readonly actions: readonly string[];
}

export function storyWords(story: Story): StoryWords {
  const { peak, stop, prevented, before, stepsBetween } = story;
  const decision = prevented ? '' : decisionWords(peak);
  const did = `${prevented ? 'Tried ' : ''}${stepWords(peak)}: risk ${score(peak.risk ?? 0)}, autonomy ${score(peak.autonomy ?? 0)}${
    peak.involvement === undefined ? '' : `, ${involvementWords(peak.involvement)}`
  }${decision === '' ? '' : `; ${decision}`}`;
  const number = (count: number, words: string): string[] =>
    count === 0 ? [] : [`${count.toLocaleString('en-US')} ${words}`];
  const parts = [
    ...number(before.autoApproved, 'approved automatically'),
    ...number(before.humanApproved, 'approved by a person'),
    ...number(before.otherApproved, 'approved by somebody not recorded'),
    ...number(before.refused, 'refused'),
    ...number(before.otherDecided, 'stopped or changed'),
    ...number(before.unneeded, 'needed no approval'),
    ...number(before.undecided, 'without a recorded decision'),
  ];
  const steps = `${before.atLeast ? 'at least ' : ''}${counted(before.steps, 'action')}`;
  return {
    did,
    stopped: stoppedWords(story, stop, stepsBetween),
    before:
      before.steps === 0 && before.moments.length === 0
        ? 'Nothing: it was the first action'
        : `${steps}${parts.length === 0 ? '' : `: ${listed(parts)}`}`,
    moments: [
      ...(before.momentsLeftOut > 0
        ? [`${counted(before.momentsLeftOut, 'earlier moment')} not listed`]
        : []),
      ...merged(before.moments.map(itemWords)),
    ],
    actions: before.actions.map(actionDone),
  };
}

function actionDone({ tool = 'an action', action, type = '' }: TimelineItem): string {
  if (effectOf(type) === 'refuse') return `${tool} (refused)`;
  return action === undefined ? tool : `${tool} (${actionWords(action)})`;
}

function stoppedWords({ peak, prevented }: Story, stop: TimelineItem | undefined, between: number): string {
  if (stop === undefined) return 'Nobody stopped it';
  const { by = 'unknown', reason } = stop;
  const why = reason === undefined ? '' : ` (reason: ${plain(reason)})`;
  if (prevented) return `${capital(actorWords(by))} refused it before it ran: it was prevented${why}`;
  const did = `${capital(actorWords(by))} ${stop.type === 'takeover' ? 'took over' : 'stopped the session'}`;
  const what = `the ${actionNoun(peak.action ?? '')}`;
  const after = stop.time - (peak.end ?? peak.time);
  if (after <= 0) return `${did} while ${what} ran${why}`;
  const late = between > 0 ? ` and ${counted(between, 'action')} later` : '';
  return `${did} ${lasting(after)} after ${what} had already finished${late}: it was not prevented${why}`;
}

/** The same clause again and again is told once. */
function merged(clauses: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const clause of clauses) counts.set(clause, (counts.get(clause) ?? 0) + 1);
  return [...counts].map(([clause, count]) => (count === 1 ? clause : `${clause} (${count} times)`));
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Who stopped or refused in a session, as a cell of a table has it. */
export function interventionsWords({ stops, refusals }: SessionRow): string {
  const parts = [
    ...Object.entries(stops).map(([actor, n]) => `stopped by ${actorWords(actor as Actor)}${times(n)}`),
    ...Object.entries(refusals).map(([actor, n]) => `refused by ${actorWords(actor as Actor)}${times(n)}`),
  ];
  return parts.length === 0 ? 'nobody' : parts.join('; ');
}

/** Signals of all classes. */
export const signalsIn = ({ signals }: SessionRow): number =>
  Object.values(signals).reduce((sum, n) => sum + n, 0);

const times = (count: number | undefined): string =>
  count === undefined || count < 2 ? '' : ` (${count} times)`;

/** The sentence at the top of a report. */
export function headline(upperRight: number, sessions: number): string {
  if (sessions === 0) return 'No sessions of agents were found.';
  if (upperRight === 0)
    return `None of ${counted(sessions, 'session')} combined high risk with high autonomy.`;
  return `${upperRight.toLocaleString('en-US')} of ${counted(sessions, 'session')} combined high risk with high autonomy.`;
}
