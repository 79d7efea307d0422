import type { AutonomyLevel } from '../semconv/index.ts';
import type { AgentStep } from '../step/step.ts';
import type { AssessmentContext } from './assessment.ts';
import {
  LEVEL_BY_INVOLVEMENT,
  LEVEL_BY_MODE,
  LOOKING_MODES,
  PRODUCTION_NAMES,
  PUBLIC_DOMAINS,
  SCRATCH_NAMES,
} from './rules/supervision.ts';

const MAX_LABEL = 64;

function modeOf(step: AgentStep, context: AssessmentContext): string | undefined {
  const label = context.mode ?? step.mode?.label;
  if (typeof label !== 'string' || label.length > MAX_LABEL) return undefined;
  return label.toLowerCase().replaceAll('_', '').replaceAll('-', '').replaceAll(' ', '');
}

/** The level that the agent's mode leaves, else the one that a person's involvement does. */
export function autonomyOf(step: AgentStep, context: AssessmentContext): AutonomyLevel | undefined {
  const mode = modeOf(step, context);
  const byMode = mode === undefined ? undefined : LEVEL_BY_MODE.get(mode);
  if (byMode !== undefined) return byMode;
  const involvement = context.humanInvolvement ?? step.humanInvolvement;
  if (involvement !== undefined && Object.hasOwn(LEVEL_BY_INVOLVEMENT, involvement))
    return LEVEL_BY_INVOLVEMENT[involvement];
  return context.approvedByHuman === true ? 'operator' : undefined;
}

/** True in a mode in which the agent was told to change nothing. */
export function looksOnly(step: AgentStep, context: AssessmentContext): boolean {
  const mode = modeOf(step, context);
  return mode !== undefined && LOOKING_MODES.has(mode);
}

export type Environment = 'production' | 'scratch';

/** The kind of environment that a name means. */
export function environmentOf(name: string | undefined): Environment | undefined {
  if (typeof name !== 'string') return undefined;
  const lower = name.toLowerCase();
  if (PRODUCTION_NAMES.has(lower)) return 'production';
  return SCRATCH_NAMES.has(lower) ? 'scratch' : undefined;
}

/** True for the last part of the name of a public host, such as `example.dev`, which names no environment. */
function endsHost(text: string, start: number, end: number): boolean {
  if (text[start - 1] !== '.' || !PUBLIC_DOMAINS.has(text.slice(start, end).toLowerCase())) return false;
  const next = text[end];
  return next !== '.' && next !== '-' && next !== '_';
}

/** The kind of environment that a text names, such as `--context staging` or `prod-db.example.com`. Production wins. */
export function environmentNamedIn(text: string): Environment | undefined {
  let found: Environment | undefined;
  let start = -1;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) | 32 : 32;
    if (code >= 97 && code <= 122) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      if (i - start >= 2 && i - start <= 11 && !endsHost(text, start, i)) {
        const one = environmentOf(text.slice(start, i));
        if (one === 'production') return one;
        found ??= one;
      }
      start = -1;
    }
  }
  return found;
}
