import { type Rule, words } from './rule.ts';

/** What the first operand of a program that no table knows says, as with tools. */
export const PROGRAM_VERBS = {
  reads: { id: 'program.read', actionType: 'read', reversibility: 'reversible', risk: 0.05, anchor: 'none' },
  deletes: {
    id: 'program.delete',
    actionType: 'delete',
    reversibility: 'irreversible',
    risk: 0.5,
    anchor: 'limited',
  },
  writes: {
    id: 'program.write',
    actionType: 'write',
    reversibility: 'conditionally_reversible',
    risk: 0.35,
    anchor: 'limited',
  },
  deploys: {
    id: 'program.deploy',
    actionType: 'deploy',
    reversibility: 'conditionally_reversible',
    risk: 0.5,
    anchor: 'limited',
  },
  runs: {
    id: 'program.run',
    actionType: 'execute',
    reversibility: 'reversible',
    risk: 0.3,
    anchor: 'trivial',
  },
} as const satisfies Record<string, Rule>;
export const VERBS_OF_PROGRAMS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...words(
    'status list ls show get describe info version help check view logs log search ps stat stats inspect query validate verify doctor whoami diff history top cat find lint explain count',
  ).map(verb => [verb, PROGRAM_VERBS.reads] as const),
  ...words('delete remove rm destroy purge drop wipe erase prune').map(
    verb => [verb, PROGRAM_VERBS.deletes] as const,
  ),
  ...words(
    'create add set update put edit apply write insert import init new config configure rename move copy patch enable disable',
  ).map(verb => [verb, PROGRAM_VERBS.writes] as const),
  ...words('deploy publish release promote rollback rollout ship').map(
    verb => [verb, PROGRAM_VERBS.deploys] as const,
  ),
  ...words('run start stop restart exec build test serve up down watch reload').map(
    verb => [verb, PROGRAM_VERBS.runs] as const,
  ),
]);
