import { effect, type Rule, words } from './rule.ts';

export interface HttpRule extends Rule {
  readonly methods: readonly string[];
  /** True for this machine, false for any other. */
  readonly loopback: boolean;
  /** Hosts that the row is for, or ends of their names that begin with a dot. Absent: every host. */
  readonly hosts?: readonly string[];
}

const READING = words('GET HEAD OPTIONS TRACE');
const SENDING = words('POST PUT PATCH');

/** By method and by whether the host is this machine. */
// biome-ignore format: a table, one row a rule
export const HTTP_RULES: readonly HttpRule[] = [
  { id: 'http.read_local', methods: READING, loopback: true, ...effect('network', 'reversible', 0.05, 'none'), fetches: true },
  { id: 'http.read', methods: READING, loopback: false, ...effect('network', 'reversible', 0.1, 'none'), fetches: true },
  { id: 'http.send_local', methods: SENDING, loopback: true, ...effect('network', 'conditionally_reversible', 0.2, 'trivial') },
  { id: 'http.send', methods: SENDING, loopback: false, ...effect('network', 'conditionally_reversible', 0.4, 'limited'), sends: true, fetches: true, shared: true },
  { id: 'http.delete_local', methods: ['DELETE'], loopback: true, ...effect('delete', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'http.delete', methods: ['DELETE'], loopback: false, ...effect('delete', 'irreversible', 0.6, 'serious'), shared: true },
];
