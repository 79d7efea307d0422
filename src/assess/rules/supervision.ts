import type { AutonomyLevel, HumanInvolvement } from '../../semconv/index.ts';
import { words } from './rule.ts';

/** The middle of each level's band. */
export const LEVEL_SCORES: Readonly<Record<AutonomyLevel, number>> = {
  none: 0.05,
  operator: 0.2,
  collaborator: 0.4,
  consultant: 0.6,
  approver: 0.8,
  observer: 0.95,
};

/** The role that a person's involvement leaves to the person. */
export const LEVEL_BY_INVOLVEMENT: Readonly<Record<HumanInvolvement, AutonomyLevel>> = {
  none: 'observer',
  monitoring: 'observer',
  active_steering: 'collaborator',
  approval_required: 'operator',
};

// biome-ignore format: a table, one row a level
const MODES: readonly (readonly [level: AutonomyLevel, labels: readonly string[]])[] = [
  ['none', ['chat']],
  ['operator', words('plan readonly default untrusted ask manual suggest normal')],
  ['collaborator', words('acceptedits autoedit')],
  ['consultant', words('onrequest onfailure')],
  ['approver', words('auto autoreview')],
  ['observer', words('bypasspermissions bypass dontask never fullauto yolo dangerfullaccess autopilot headless')],
];

/** Agents' own words for their mode, in lower case without separators. */
export const LEVEL_BY_MODE: ReadonlyMap<string, AutonomyLevel> = new Map(
  MODES.flatMap(([level, labels]) => labels.map(label => [label, level] as const)),
);

/** Modes in which an agent may look and plan, and change nothing. */
export const LOOKING_MODES: ReadonlySet<string> = new Set(words('plan readonly'));

/** Names of environments, in lower case. */
export const PRODUCTION_NAMES: ReadonlySet<string> = new Set(words('production prod live prd'));
export const SCRATCH_NAMES: ReadonlySet<string> = new Set(
  words('staging stage test testing dev development sandbox local ci qa preview scratch demo evaluation'),
);
/** Names of environments that are top-level domains as well. */
export const PUBLIC_DOMAINS: ReadonlySet<string> = new Set(['dev', 'live']);
/** How far an environment moves the risk of an effect on a shared system, and the least that is left. */
export const ENVIRONMENT_SHIFT = { production: 0.1, scratch: -0.3, least: 0.2, most: 0.95 } as const;
