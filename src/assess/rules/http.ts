import { effect, type Rule, words } from './rule.ts';

export interface HttpRule extends Rule {
  readonly methods: readonly string[];
  /** True for this machine, false for any other. */
  readonly loopback: boolean;
  /** Hosts that the row is for, ends of their names that begin with a dot, or beginnings that end with one. Absent: every host. */
  readonly hosts?: readonly string[];
  /** The last part of the path that is no number or id is one of these words. */
  readonly parts?: readonly string[];
}

const READING = words('GET HEAD OPTIONS TRACE PROPFIND REPORT SEARCH');
const SENDING = words('POST PUT PATCH MKCOL MOVE COPY PROPPATCH LOCK UNLOCK');

/** By method and by whether the host is this machine. */
// biome-ignore format: a table, one row a rule
export const HTTP_RULES: readonly HttpRule[] = [
  { id: 'http.read_local', methods: READING, loopback: true, ...effect('network', 'reversible', 0.05, 'none'), fetches: true },
  { id: 'http.read', methods: READING, loopback: false, ...effect('network', 'reversible', 0.05, 'none'), fetches: true },
  { id: 'http.post_public', methods: SENDING, loopback: false, hosts: words('paste. pastebin.com .pastebin.com transfer.sh file.io 0x0.st ix.io termbin.com dpaste.com dpaste.org hastebin.com paste.ee paste.rs gist.github.com anonfiles.com gofile.io catbox.moe .catbox.moe tmpfiles.org bashupload.com temp.sh webhook.site requestbin.com .requestbin.com .pipedream.net .ngrok.io .ngrok-free.app .burpcollaborator.net .oast.fun discord.com hooks.slack.com'), ...effect('communicate', 'irreversible', 0.5, 'limited'), sends: true },
  { id: 'http.pay', methods: SENDING, loopback: false, parts: words('payment payments charge charges checkout order orders refund refunds transfer transfers payout payouts invoice invoices subscription subscriptions purchase'), ...effect('payment', 'conditionally_reversible', 0.5, 'limited'), sends: true, shared: true },
  { id: 'http.message', methods: ['POST'], loopback: false, parts: words('complaint complaints feedback contact enquiry enquiries inquiry inquiries message messages sms mail email emails'), ...effect('communicate', 'irreversible', 0.35, 'limited'), sends: true, shared: true },
  { id: 'http.send_local', methods: SENDING, loopback: true, ...effect('write', 'conditionally_reversible', 0.2, 'trivial') },
  { id: 'http.send', methods: SENDING, loopback: false, ...effect('write', 'conditionally_reversible', 0.4, 'limited'), sends: true, fetches: true, shared: true },
  { id: 'http.delete_local', methods: ['DELETE'], loopback: true, ...effect('delete', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'http.delete', methods: ['DELETE'], loopback: false, ...effect('delete', 'irreversible', 0.6, 'serious'), shared: true },
];
