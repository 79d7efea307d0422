import type { SessionState } from '../../assess/index.ts';
import type { HumanInvolvement } from '../../semconv/index.ts';
import type { UnixTime } from '../../signals/signal.ts';

/** How a call ended that an earlier one of its agent, which is still open, keeps from being weighed. */
export interface Ended {
  readonly time: UnixTime;
  /** The agent says that it failed. */
  readonly failed: boolean;
  /** Its result says so. */
  readonly fell: boolean;
  /** Its result says that it was not permitted. */
  readonly refused: boolean;
  readonly mode?: string;
  readonly involvement?: HumanInvolvement;
}

/** A tool call that began and was not weighed yet: it is open, it ended, or it will not run. Targets are keyed hashes. */
export interface OpenCall {
  /** The agent's id of the call. */
  readonly id?: string;
  /** Keyed hash of tool and arguments, for events that carry no call id. */
  readonly print: string;
  readonly agent: string;
  readonly tool?: string;
  asked: boolean;
  /** It will not run any more, as far as can be seen. */
  unrun: boolean;
  /** The session's state knows that it did not run. */
  prevented: boolean;
  ended?: Ended;
  readonly action?: string;
  readonly risk?: number;
  readonly rules: readonly string[];
  readonly targets: readonly string[];
  readonly traits: readonly string[];
  /** Reasons that were reported when it began. */
  readonly told: readonly string[];
  readonly authorization?: string;
  /** The mode as it was when somebody was asked. */
  mode?: string;
}

/** What one call of the hook leaves to the next call of the same session: rule ids, outcomes, keyed hashes; no content. */
export interface Memory {
  /** As it was read; `stateOf` makes a state of it when a rule needs one. */
  session: SessionState | undefined;
  stored: Readonly<Record<string, unknown>> | undefined;
  /** In the order in which they began. */
  calls: OpenCall[];
  /** The mode last seen. */
  mode: string | undefined;
  /** True between a person's message and the end of the agent's turn. */
  turnOpen: boolean;
  /** When the last message of a person came, in seconds since 1970. */
  turnStarted: number;
}

export const newMemory = (): Memory => ({
  session: undefined,
  stored: undefined,
  calls: [],
  mode: undefined,
  turnOpen: false,
  turnStarted: 0,
});

/** More calls than any agent has open at a time. */
const MAX_CALLS = 32;
const MAX_LIST = 16;
const MAX_TEXT = 200;

export const isOpen = (call: OpenCall): boolean => !call.unrun && call.ended === undefined;

/** Adds a call to a list of at most 32, forgetting the oldest; first of those that nothing more is expected of. */
export function remember(calls: OpenCall[], call: OpenCall): void {
  calls.push(call);
  if (calls.length <= MAX_CALLS) return;
  const spent = calls.findIndex(({ unrun, prevented }) => unrun && prevented);
  calls.splice(Math.max(0, spent), 1);
}

/** A memory as text, without its oldest parts where it would be longer than `limit` bytes. */
export function dumpMemory(memory: Memory, limit: number): string {
  const { session, stored, ...rest } = memory;
  for (let share = 1; ; share /= 2) {
    const text = JSON.stringify({
      v: 1,
      ...rest,
      calls: rest.calls.slice(-Math.ceil(MAX_CALLS * share)),
      // one that nobody made a state of is written back as it was read
      session: session === undefined ? (share === 1 ? (stored ?? null) : null) : dumpState(session, share),
    });
    if (Buffer.byteLength(text) <= limit) return text;
    if (share < 0.01) return JSON.stringify({ v: 1, session: null });
  }
}

/** What cannot be read is as if it had never been. */
export function loadMemory(text: string): Memory {
  const memory = newMemory();
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return memory;
  }
  if (!isObject(read) || read['v'] !== 1) return memory;
  memory.calls = list(read['calls']).flatMap(callOf).slice(-MAX_CALLS);
  memory.mode = word(read['mode']);
  memory.turnOpen = read['turnOpen'] === true;
  memory.turnStarted = count(read['turnStarted']);
  if (isObject(read['session'])) memory.stored = read['session'];
  return memory;
}

/** The session's state, made of what was stored. */
export function stateOf(memory: Memory, createState: () => SessionState): SessionState {
  if (memory.session === undefined) {
    memory.session = createState();
    if (memory.stored !== undefined) restoreState(memory.session, memory.stored);
  }
  return memory.session;
}

function callOf(value: unknown): OpenCall[] {
  if (!isObject(value)) return [];
  const print = word(value['print']);
  if (print === undefined) return [];
  const optional = (key: string): object => {
    const text = word(value[key]);
    return text === undefined ? {} : { [key]: text };
  };
  const risk = value['risk'];
  return [
    {
      print,
      agent: word(value['agent']) ?? '',
      asked: value['asked'] === true,
      unrun: value['unrun'] === true,
      prevented: value['prevented'] === true,
      rules: list(value['rules']).flatMap(item => word(item) ?? []),
      targets: list(value['targets']).flatMap(item => word(item) ?? []),
      traits: list(value['traits']).flatMap(item => word(item) ?? []),
      told: list(value['told']).flatMap(item => word(item) ?? []),
      ...(typeof risk === 'number' ? { risk } : {}),
      ...optional('id'),
      ...optional('tool'),
      ...optional('action'),
      ...optional('authorization'),
      ...optional('mode'),
      ...endedOf(value['ended']),
    },
  ];
}

const INVOLVEMENTS: readonly unknown[] = [
  'none',
  'monitoring',
  'approval_required',
  'active_steering',
] satisfies HumanInvolvement[];

function endedOf(value: unknown): { ended?: Ended } {
  if (!isObject(value)) return {};
  const [seconds, nanoseconds] = list(value['time']);
  const mode = word(value['mode']);
  const { involvement } = value;
  return {
    ended: {
      time: [count(seconds), Math.min(999_999_999, count(nanoseconds))],
      failed: value['failed'] === true,
      fell: value['fell'] === true,
      refused: value['refused'] === true,
      ...(mode === undefined ? {} : { mode }),
      ...(INVOLVEMENTS.includes(involvement) ? { involvement: involvement as HumanInvolvement } : {}),
    },
  };
}

export const short = (items: readonly string[]): string[] =>
  items.slice(0, MAX_LIST).map(item => item.slice(0, MAX_TEXT));

/**
 * The parts of a session's state that are kept: numbers, rule ids, words of the vocabulary, and, because the state is only ever shown
 * keyed hashes in the place of targets, those. `provenance` holds words of people and tools and is left out.
 */
export const KEPT_STATE = [
  'assessedSteps',
  'maxRisk',
  'streak',
  'signalled',
  'escalated',
  'supervision',
  'denied',
  'seen',
  'secretRead',
  'unasked',
  'approvedByPerson',
  'approvedByOther',
  'last',
] as const satisfies readonly (keyof SessionState)[];

function dumpState(state: SessionState, share: number): Record<string, unknown> {
  const dumped: Record<string, unknown> = {};
  for (const key of KEPT_STATE) {
    const value = state[key];
    dumped[key] = value instanceof Set || value instanceof Map ? newest([...value], share) : value;
  }
  return dumped;
}

const newest = (items: readonly unknown[], share: number): unknown[] =>
  items.slice(items.length - Math.floor(items.length * share));

function restoreState(state: SessionState, dumped: Readonly<Record<string, unknown>>): void {
  const fields = state as unknown as Record<string, unknown>;
  for (const key of KEPT_STATE) {
    const fresh = fields[key];
    const value = dumped[key];
    if (fresh instanceof Set) {
      for (const item of list(value)) if (typeof item === 'string') fresh.add(item);
    } else if (fresh instanceof Map) {
      for (const entry of list(value)) {
        if (Array.isArray(entry) && typeof entry[0] === 'string') fresh.set(entry[0], entry[1]);
      }
    } else if (key === 'last') {
      if (isObject(value) && Array.isArray(value['targets'])) fields[key] = value;
    } else if (typeof value === typeof fresh) fields[key] = value;
  }
}

/** A second state that is told apart from the first: what is tried on it leaves no trace. */
export function copyState(state: SessionState, createState: () => SessionState): SessionState {
  const copy = createState();
  restoreState(copy, dumpState(state, 1));
  return copy;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined;
const count = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
