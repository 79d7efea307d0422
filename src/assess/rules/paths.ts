import { type Access, effect, type Rule } from './rule.ts';

/**
 * Where a path lies: below the workspace (`inside`, its root `worktree`, its version control `vcs`, what a build makes
 * again `rebuildable`), in a folder for temporary files, elsewhere (`outside`, or `unknown` without a workspace), in the
 * operating system, among what starts by itself (`control`), what decides who may log in (`access`), logs (`log`), an agent's own permissions (`guard`), among secrets, a disk, a network socket, or the root of
 * a file system or home.
 */
export type Zone =
  | 'inside'
  | 'worktree'
  | 'vcs'
  | 'rebuildable'
  | 'temporary'
  | 'outside'
  | 'unknown'
  | 'system'
  | 'control'
  | 'access'
  | 'log'
  | 'guard'
  | 'secret'
  | 'device'
  | 'socket'
  | 'root';

export interface PathRule extends Rule {
  readonly access: readonly Access[];
  /** Absent: every zone that no earlier row took. */
  readonly zones?: readonly Zone[];
}

/** The first row that fits decides. */
// biome-ignore format: a table, one row a rule
export const PATH_RULES: readonly PathRule[] = [
  { id: 'path.socket', access: ['read', 'write'], zones: ['socket'], ...effect('network', 'conditionally_reversible', 0.75, 'severe'), sends: true },
  { id: 'path.list', access: ['list'], ...effect('read', 'reversible', 0.05, 'none') },

  { id: 'path.read_secret', access: ['read'], zones: ['secret'], ...effect('credential', 'conditionally_reversible', 0.6, 'serious'), secret: true },
  { id: 'path.read_elsewhere', access: ['read'], zones: ['outside', 'system', 'control', 'access', 'log', 'guard', 'device'], ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'path.read', access: ['read'], ...effect('read', 'reversible', 0.05, 'none') },

  { id: 'path.write_device', access: ['write'], zones: ['device'], ...effect('delete', 'irreversible', 0.95, 'catastrophic') },
  { id: 'path.write_access', access: ['write'], zones: ['access'], ...effect('credential', 'conditionally_reversible', 0.75, 'severe'), points: 'backdoor' },
  { id: 'path.write_guard', access: ['write', 'delete', 'tree', 'permission'], zones: ['guard'], ...effect('write', 'reversible', 0.5, 'serious'), points: 'oversight' },
  { id: 'path.write_log', access: ['write'], zones: ['log'], ...effect('write', 'irreversible', 0.5, 'limited'), points: 'oversight' },
  { id: 'path.delete_log', access: ['delete', 'tree'], zones: ['log'], ...effect('delete', 'irreversible', 0.6, 'serious'), points: 'oversight' },
  { id: 'path.write_control', access: ['write'], zones: ['control'], ...effect('write', 'conditionally_reversible', 0.6, 'serious'), points: 'persistence' },
  { id: 'path.write_secret', access: ['write'], zones: ['secret'], ...effect('credential', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'path.write_system', access: ['write'], zones: ['system', 'root'], ...effect('write', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'path.write_outside', access: ['write'], zones: ['outside', 'vcs'], ...effect('write', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'path.write', access: ['write'], ...effect('write', 'reversible', 0.2, 'trivial') },

  { id: 'path.delete_rebuildable', access: ['delete', 'tree'], zones: ['rebuildable'], ...effect('delete', 'reversible', 0.15, 'trivial') },
  { id: 'path.delete_system', access: ['delete'], zones: ['system', 'control', 'access', 'device', 'root'], ...effect('delete', 'irreversible', 0.8, 'severe') },
  { id: 'path.delete_secret', access: ['delete'], zones: ['secret'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'path.delete_outside', access: ['delete'], zones: ['outside', 'vcs'], ...effect('delete', 'irreversible', 0.5, 'serious') },
  { id: 'path.delete', access: ['delete'], ...effect('delete', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'path.tree_system', access: ['tree'], zones: ['system', 'control', 'access', 'device', 'root'], ...effect('delete', 'irreversible', 0.95, 'catastrophic') },
  { id: 'path.tree_project', access: ['tree'], zones: ['worktree', 'vcs', 'secret'], ...effect('delete', 'irreversible', 0.75, 'severe') },
  { id: 'path.tree_outside', access: ['tree'], zones: ['outside'], ...effect('delete', 'irreversible', 0.75, 'severe') },
  { id: 'path.tree_unknown', access: ['tree'], zones: ['unknown'], ...effect('delete', 'irreversible', 0.55, 'serious') },
  { id: 'path.tree_temporary', access: ['tree'], zones: ['temporary'], ...effect('delete', 'irreversible', 0.25, 'trivial') },
  { id: 'path.tree', access: ['tree'], ...effect('delete', 'conditionally_reversible', 0.45, 'limited') },

  { id: 'path.permission_system', access: ['permission'], zones: ['system', 'root', 'device', 'access', 'log'], ...effect('credential', 'conditionally_reversible', 0.75, 'severe') },
  { id: 'path.permission_outside', access: ['permission'], zones: ['outside', 'vcs', 'control', 'secret'], ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'path.permission', access: ['permission'], ...effect('credential', 'reversible', 0.25, 'trivial') },
];
