import type { Row } from './examples.ts';

/** Examples of the rules for work beyond offices and computers, for what reaches the public, and for what an organisation keeps for itself. */
// biome-ignore format: a table, one row a rule
export const OPERATION_EXAMPLES: readonly Row[] = [
  ['tool.read_own', ['list_leases', {}], ['list_flights', {}]],
  ['tool.read_own', ['siem.search', { query: 'logon' }], ['wiki.search', { query: 'logon' }]],
  ['tool.decide', ['approve_permit', {}], ['approve_draft', {}]],
  ['tool.post_entry', ['post_journal_entry', {}], ['post_tweet', {}]],
  ['tool.unpublish', ['unpublish_page', {}], ['publish_page', {}]],
  ['tool.issue_points', ['playerdb.grantCurrency', { amount: 50 }], ['grant_access', {}]],
  ['tool.plan_outage', ['schedule_outage', {}], ['schedule_tour', {}]],
  ['tool.hold_goods', ['quarantine_lot', {}], ['quarantine_host', {}]],
  ['tool.alert_public', ['send_emergency_broadcast', {}], ['send_email', {}]],
  ['tool.dispatch', ['dispatch_truck', {}], ['dispatch_event', {}]],
  ['tool.device_supply', ['disconnect_meter', {}], ['disconnect_account', {}]],
  ['tool.run_samples', ['autosampler.run_sequence', {}], ['autosampler.get_sequence', {}]],
  ['tool.clear_faults', ['obd_clear_codes', {}], ['obd_read_codes', {}]],
  ['tool.impersonate', ['impersonate_user', {}], ['get_user', {}]],
  ['tool.shut_out', ['okta.disable_user', {}], ['forum.disable_user', {}]],
  ['credential.guess', 'hydra -L users.txt ssh://a.example', 'nmap a.example'],
  ['credential.crack', 'hashcat hashes.txt words.txt', 'cat hashes.txt'],
  ['git.push_current', 'git push', 'git push --tags'],
  ['arguments.mass_audience', ['send_alert', { audience: 'all_subscribers' }], ['send_alert', { audience: 'desk' }]],
  ['arguments.mass_audience', ['notify_all_customers', {}], ['notify_customer', {}]],
  ['arguments.payees_many', ['payments.create_batch', { total: '618233.40', items: 214 }], ['payments.create_batch', { total: '18.40', items: 2 }]],
  ['arguments.retention_off', ['audit.set_retention', { retention_days: 0 }], ['audit.set_retention', { retention_days: 90 }]],
  ['arguments.delivered', ['issue_receipt', { send_by: 'email' }], ['issue_receipt', {}]],
  ['arguments.cancel_settled', ['cancel_booking', { refund_to: 'card' }], ['cancel_booking', {}]],
  ['browser.reply', ['browser_click', { element: 'Post reply button' }], ['browser_click', { element: 'Show replies' }]],
];
