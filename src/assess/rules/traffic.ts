import { effect, type Rule } from './rule.ts';

/** What comes from other hosts, and what is kept the same there. */
// biome-ignore format: a table, one row a rule
export const TRAFFIC = {
  /** Somebody logs in with a password that stands on the command line. */
  passwordGiven: { id: 'http.password_given', ...effect('network', 'reversible', 0.4, 'limited'), fetches: true },
  /** A file about persons comes from another host. */
  personalFetched: { id: 'http.read_personal', ...effect('network', 'reversible', 0.4, 'limited'), fetches: true },
  /** Something of another host is stored here. */
  download: { id: 'net.download', ...effect('network', 'reversible', 0.2, 'trivial'), fetches: true },
  /** The same, to a place outside the workspace. */
  downloadOutside: { id: 'net.download_outside', ...effect('network', 'reversible', 0.3, 'trivial'), fetches: true },
  /** A folder of another host is made the same as one here, and what it has more is deleted. */
  mirrorRemote: { id: 'net.mirror_remote', ...effect('delete', 'irreversible', 0.6, 'serious'), sends: true },
} as const satisfies Record<string, Rule>;
