import { type Access, effect, type Rule } from './rule.ts';

/**
 * Where a path lies: below the workspace (`inside`, its root `worktree`, its version control `vcs`, documents, media and databases, which version
 * control seldom keeps, `data`), data about persons where it is read (`personal`), what is made again at need wherever it lies (`rebuildable`), in a folder for temporary files, elsewhere (`outside`, or
 * `unknown` without a workspace), in the operating system (`system`), among installed services and their data (`service`), what starts by itself (`control`), what
 * decides who may log in (`access`), logs (`log`), an agent's own permissions (`guard`), settings that hold secrets (`secret`), keys and stores of
 * passwords (`key`), a disk, a network socket, the root of a file system, or a whole `home`.
 */
export type Zone =
  | 'inside'
  | 'worktree'
  | 'vcs'
  | 'rebuildable'
  | 'data'
  | 'personal'
  | 'temporary'
  | 'outside'
  | 'unknown'
  | 'system'
  | 'service'
  | 'control'
  | 'access'
  | 'log'
  | 'guard'
  | 'secret'
  | 'key'
  | 'device'
  | 'socket'
  | 'root'
  | 'home';

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

  { id: 'path.read_key', access: ['read'], zones: ['key'], ...effect('credential', 'reversible', 0.75, 'severe'), secret: true },
  { id: 'path.read_secret', access: ['read'], zones: ['secret'], ...effect('credential', 'reversible', 0.55, 'serious'), secret: true },
  { id: 'path.read_personal', access: ['read'], zones: ['personal'], ...effect('read', 'reversible', 0.4, 'limited') },
  { id: 'path.read_elsewhere', access: ['read'], zones: ['outside', 'access', 'log', 'guard', 'device', 'home'], ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'path.read', access: ['read'], ...effect('read', 'reversible', 0.05, 'none') },

  { id: 'path.write_device', access: ['write'], zones: ['device'], ...effect('delete', 'irreversible', 0.95, 'catastrophic') },
  { id: 'path.write_access', access: ['write'], zones: ['access'], ...effect('credential', 'reversible', 0.75, 'severe'), points: 'backdoor' },
  { id: 'path.write_guard', access: ['write', 'delete', 'tree', 'permission', 'mode'], zones: ['guard'], ...effect('write', 'reversible', 0.5, 'serious'), points: 'oversight' },
  { id: 'path.write_log', access: ['write'], zones: ['log'], ...effect('write', 'irreversible', 0.4, 'limited'), points: 'oversight' },
  { id: 'path.delete_log', access: ['delete', 'tree'], zones: ['log'], ...effect('delete', 'irreversible', 0.6, 'serious'), points: 'oversight' },
  { id: 'path.write_control', access: ['write'], zones: ['control'], ...effect('write', 'reversible', 0.35, 'limited'), points: 'persistence' },
  { id: 'path.write_secret', access: ['write'], zones: ['secret', 'key'], ...effect('credential', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'path.write_system', access: ['write'], zones: ['system', 'root'], ...effect('write', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'path.write_service', access: ['write'], zones: ['service'], ...effect('write', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'path.write_versions', access: ['write'], zones: ['vcs'], ...effect('write', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'path.write_outside', access: ['write'], zones: ['outside', 'home'], ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'path.write', access: ['write'], ...effect('write', 'reversible', 0.2, 'trivial') },

  { id: 'path.delete_rebuildable', access: ['delete', 'tree'], zones: ['rebuildable'], ...effect('delete', 'conditionally_reversible', 0.2, 'trivial') },
  { id: 'path.delete_temporary', access: ['delete', 'tree'], zones: ['temporary'], ...effect('delete', 'conditionally_reversible', 0.2, 'trivial') },
  { id: 'path.delete_system', access: ['delete'], zones: ['system', 'control', 'access', 'device', 'root', 'home'], ...effect('delete', 'irreversible', 0.8, 'severe') },
  { id: 'path.delete_secret', access: ['delete'], zones: ['secret', 'key'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'path.delete_outside', access: ['delete'], zones: ['outside', 'vcs', 'service'], ...effect('delete', 'irreversible', 0.5, 'serious') },
  { id: 'path.delete_data', access: ['delete'], zones: ['data', 'worktree'], ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'path.delete', access: ['delete'], ...effect('delete', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'path.tree_system', access: ['tree'], zones: ['system', 'root'], ...effect('delete', 'irreversible', 0.95, 'catastrophic') },
  { id: 'path.tree_service', access: ['tree'], zones: ['service'], ...effect('delete', 'irreversible', 0.8, 'severe') },
  { id: 'path.tree_home', access: ['tree'], zones: ['home', 'control', 'access', 'device'], ...effect('delete', 'irreversible', 0.8, 'severe') },
  { id: 'path.tree_project', access: ['tree'], zones: ['worktree', 'vcs', 'secret', 'key'], ...effect('delete', 'irreversible', 0.75, 'severe') },
  { id: 'path.tree_outside', access: ['tree'], zones: ['outside'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'path.tree_unknown', access: ['tree'], zones: ['unknown'], ...effect('delete', 'irreversible', 0.55, 'serious') },
  { id: 'path.tree', access: ['tree'], ...effect('delete', 'irreversible', 0.45, 'limited') },

  { id: 'path.permission_system', access: ['permission'], zones: ['system', 'root', 'home', 'device', 'access', 'log'], ...effect('credential', 'conditionally_reversible', 0.75, 'severe') },
  { id: 'path.permission_outside', access: ['permission'], zones: ['outside', 'service', 'vcs', 'control', 'secret', 'key'], ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'path.mode_system', access: ['mode'], zones: ['system', 'root', 'home', 'device', 'access', 'log', 'service', 'key', 'control'], ...effect('credential', 'reversible', 0.45, 'limited') },
  { id: 'path.permission', access: ['permission', 'mode'], ...effect('write', 'reversible', 0.2, 'trivial') },
];
