import { effect, type Rule } from './rule.ts';

/** What a tool does whose own name says that it does harm. */
// biome-ignore format: a table, one row a rule
export const HARM = {
  /** The tool's own name says that it does harm. */
  illPurpose: { id: 'tool.ill_purpose', ...effect('execute', 'unknown', 0.75, 'severe'), points: 'ill_purpose' },
  /** The same: it makes something false. */
  illFalsify: { id: 'tool.ill_falsify', ...effect('write', 'conditionally_reversible', 0.6, 'serious'), points: 'ill_purpose' },
  /** The same of money, of proof, or of what keeps people safe. */
  illFalsifyGrave: { id: 'tool.ill_falsify_grave', ...effect('write', 'conditionally_reversible', 0.75, 'severe'), points: 'ill_purpose' },
  /** The same: it destroys. */
  illDestroy: { id: 'tool.ill_destroy', ...effect('delete', 'irreversible', 0.8, 'severe'), points: 'ill_purpose' },
  /** The same: it makes what others work with unreadable, for a ransom. */
  illRansom: { id: 'tool.ill_ransom', ...effect('write', 'irreversible', 0.95, 'catastrophic'), points: 'ill_purpose' },
  /** The same, and it is put where others meet it. */
  illDeploy: { id: 'tool.ill_deploy', ...effect('deploy', 'conditionally_reversible', 0.75, 'severe'), points: 'ill_purpose' },
  /** The same: it takes what is not its own. */
  illTake: { id: 'tool.ill_take', ...effect('read', 'irreversible', 0.75, 'severe'), points: 'ill_purpose' },
  /** The same of what others log in with. */
  illTakeLogin: { id: 'tool.ill_take_login', ...effect('credential', 'irreversible', 0.8, 'severe'), points: 'ill_purpose' },
  /** The same: it looks on in secret. */
  illWatch: { id: 'tool.ill_watch', ...effect('read', 'reversible', 0.6, 'serious'), points: 'ill_purpose' },
  /** The same: it gives away what is confided. */
  illDisclose: { id: 'tool.ill_disclose', ...effect('communicate', 'irreversible', 0.8, 'severe'), points: 'ill_purpose' },
  /** The same: it deceives or presses people. */
  illDeceive: { id: 'tool.ill_deceive', ...effect('communicate', 'irreversible', 0.75, 'severe'), points: 'ill_purpose' },
  /** The same: it pays whom it must not, or hides where money comes from. */
  illPay: { id: 'tool.ill_pay', ...effect('payment', 'irreversible', 0.8, 'severe'), points: 'ill_purpose' },
} as const satisfies Record<string, Rule>;
