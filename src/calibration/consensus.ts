import { CalibrationError, isObject, parseJson, shown } from './error.ts';
import type { SignalName } from './scale.ts';
import type { Summary } from './statistics/index.ts';

/** How far a scenario's reference values are settled. */
export type ConsensusStatus = 'proposed' | 'agreed' | 'contested';

/** What a scenario is for. */
export type Split = 'anchor' | 'verification' | 'control';

/** The panel's answer on one scenario; values on the reference scales, range [0.0, 1.0]. */
export interface ConsensusEntry {
  readonly risk?: Summary;
  readonly autonomy?: Summary;
  readonly status: ConsensusStatus;
  /** Default `anchor`. Profiles are fitted on anchors and verified on what is held out. */
  readonly split?: Split;
}

/** The reference values: `semconv/calibration/consensus.json`. */
export interface Consensus {
  /** The set's name, as `ars-scenarios`. */
  readonly set: string;
  /** The set's version, as `1.0.0`. */
  readonly version: string;
  /** Digest of the set's scenarios, 64 hex digits. */
  readonly sha256: string;
  readonly scenarios: Readonly<Record<string, ConsensusEntry>>;
}

const STATUSES: readonly unknown[] = ['proposed', 'agreed', 'contested'];
const SPLITS: readonly unknown[] = ['anchor', 'verification', 'control'];

/**
 * Reads `consensus.json`.
 *
 * @param source the file's name, for messages
 * @throws CalibrationError naming the scenario and field
 */
export function parseConsensus(text: string, source: string): Consensus {
  const value = parseJson(text, source);
  const fail = (field: string, problem: string): never => {
    throw new CalibrationError(`${source}: ${field}: ${problem}`);
  };
  if (!isObject(value)) return fail('file', 'an object with set, version, sha256 and scenarios');
  const { set, version, sha256, scenarios } = value;
  if (typeof set !== 'string' || set === '') return fail('set', `a name, not ${shown(set)}`);
  if (typeof version !== 'string' || version === '')
    return fail('version', `a version, not ${shown(version)}`);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    return fail('sha256', `64 hex digits, not ${shown(sha256)}`);
  if (!isObject(scenarios)) return fail('scenarios', 'an object, scenario id to values');
  for (const [id, entry] of Object.entries(scenarios)) checkEntry(entry, `scenarios.${id}`, fail);
  return value as unknown as Consensus;
}

type Fail = (field: string, problem: string) => never;

function checkEntry(entry: unknown, at: string, fail: Fail): void {
  if (!isObject(entry)) fail(at, 'an object with risk, autonomy and status');
  if (!STATUSES.includes(entry['status']))
    fail(`${at}.status`, `proposed, agreed or contested, not ${shown(entry['status'])}`);
  if (entry['split'] !== undefined && !SPLITS.includes(entry['split']))
    fail(`${at}.split`, `anchor, verification or control, not ${shown(entry['split'])}`);
  for (const signal of ['risk', 'autonomy'] satisfies SignalName[]) {
    const summary = entry[signal];
    if (summary === undefined) continue;
    if (!isObject(summary)) fail(`${at}.${signal}`, 'an object with mean, sd, n and se');
    const { mean, n } = summary;
    if (typeof mean !== 'number' || !(mean >= 0 && mean <= 1))
      fail(`${at}.${signal}.mean`, `a number from 0 to 1, not ${shown(mean)}`);
    if (typeof n !== 'number' || !Number.isInteger(n) || n < 1)
      fail(`${at}.${signal}.n`, `a whole number from 1, not ${shown(n)}`);
    for (const key of ['sd', 'se']) {
      const spread = summary[key];
      if (spread !== null && spread !== undefined && !(typeof spread === 'number' && spread >= 0))
        fail(`${at}.${signal}.${key}`, `a number from 0, or null, not ${shown(spread)}`);
    }
  }
}
