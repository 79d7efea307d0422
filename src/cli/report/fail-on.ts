import type { Figures } from '../../analysis/index.ts';
import { SIGNAL_CLASSES } from '../../signals/read.ts';
import { UsageError } from '../usage.ts';

/** A rule of `--fail-on`: the report fails where it holds. */
export interface FailRule {
  readonly text: string;
  readonly name: string;
  readonly orEqual: boolean;
  readonly limit: number;
}

const NAMES = ['severity', 'risk', 'upper_right', ...SIGNAL_CLASSES];

/** @throws UsageError */
export function parseRule(text: string): FailRule {
  const match = /^\s*([a-z_]{1,40})\s*(>=|>)\s*(\d{1,9}(?:\.\d{1,9})?)\s*$/.exec(text.slice(0, 100));
  const [, name = '', operator = '', number = ''] = match ?? [];
  if (!NAMES.includes(name))
    throw new UsageError(
      `--fail-on ${text.slice(0, 60)}: write NAME>=NUMBER, such as 'severity>=0.8'; NAME is one of ${NAMES.join(', ')}`,
    );
  const limit = Number(number);
  if (name !== 'upper_right' && limit > 1)
    throw new UsageError(`--fail-on ${text.slice(0, 60)}: scores go from 0 to 1`);
  return { text: text.trim(), name, orEqual: operator === '>=', limit };
}

/** @returns one sentence for every rule that holds */
export function failures(rules: readonly FailRule[], figures: Figures): string[] {
  return rules.flatMap(({ text, name, orEqual, limit }) => {
    const value = highestOf(name, figures);
    if (value === undefined || !(orEqual ? value >= limit : value > limit)) return [];
    return [`--fail-on ${text}: it is ${value}`];
  });
}

function highestOf(name: string, { totals, highest }: Figures): number | undefined {
  if (name === 'upper_right') return totals.upperRightSessions;
  if (name === 'risk') return highest.risk;
  if (name === 'severity') return highest.severity;
  return highest.byClass[name as keyof Figures['highest']['byClass']];
}
