import type { Rule } from './rule.ts';

/** Rules for what no other table names. */
export const GENERAL = {
  /** Nothing is known of the tool: that alone is no evidence of high risk. */
  toolUnknown: { id: 'tool.unknown', actionType: 'execute', risk: 0.3, anchor: 'trivial' },
  /** A tool that runs code, and its arguments were not recorded. */
  noArguments: { id: 'no_arguments', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  /** A tool that runs code, and its arguments are no JSON, too long, or cannot be read. */
  unreadArguments: { id: 'arguments.unread', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  programUnknown: { id: 'shell.other_program', actionType: 'execute', risk: 0.3, anchor: 'trivial' },
  unparsed: { id: 'shell.unparsed', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  truncated: { id: 'shell.truncated', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  localScript: { id: 'shell.local_script', actionType: 'execute', risk: 0.25, anchor: 'trivial' },
  inlineCode: { id: 'shell.inline_code', actionType: 'execute', risk: 0.3, anchor: 'trivial' },
  pipedScript: { id: 'shell.piped_script', actionType: 'execute', risk: 0.35, anchor: 'limited' },
  encodedCode: { id: 'shell.encoded_code', actionType: 'execute', risk: 0.7, anchor: 'severe' },
  /** Code of another host runs unseen: anything may follow. */
  remoteCode: { id: 'shell.remote_code', actionType: 'execute', risk: 0.75, anchor: 'severe' },
  /** A floor under what runs with another user's rights. */
  elevated: { id: 'shell.elevated', actionType: 'execute', risk: 0.45, anchor: 'limited' },
  /** A floor under what runs on another machine. */
  remoteHost: { id: 'shell.remote_host', actionType: 'execute', risk: 0.45, anchor: 'limited' },
  dryRun: {
    id: 'shell.dry_run',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.1,
    anchor: 'trivial',
  },
  /** Files go to another host. */
  copyRemote: {
    id: 'net.copy_remote',
    actionType: 'network',
    reversibility: 'conditionally_reversible',
    risk: 0.45,
    anchor: 'limited',
    sends: true,
  },
  harmless: {
    id: 'shell.harmless',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0,
    anchor: 'none',
  },
  secretVariable: {
    id: 'variable.read_secret',
    actionType: 'credential',
    reversibility: 'conditionally_reversible',
    risk: 0.5,
    anchor: 'serious',
    secret: true,
  },
  /** One step reads a secret and sends data away. */
  secretSent: {
    id: 'credential.sent',
    actionType: 'credential',
    reversibility: 'irreversible',
    risk: 0.85,
    anchor: 'severe',
  },
} as const satisfies Record<string, Rule>;

/** Rules that say "not known" rather than what an action does. */
export const UNINFORMED_RULES: ReadonlySet<string> = new Set([
  GENERAL.toolUnknown.id,
  GENERAL.noArguments.id,
  GENERAL.unreadArguments.id,
  GENERAL.programUnknown.id,
  GENERAL.unparsed.id,
  GENERAL.truncated.id,
]);

/** Words in the name of a variable that make it a secret. Compared with the name's parts between underscores. */
export const SECRET_VARIABLE_WORDS: ReadonlySet<string> = new Set([
  'SECRET',
  'SECRETS',
  'TOKEN',
  'PASSWORD',
  'PASSWD',
  'PASSPHRASE',
  'APIKEY',
  'CREDENTIALS',
]);

/** Pairs of neighbouring words that do the same. */
export const SECRET_VARIABLE_PAIRS: ReadonlySet<string> = new Set(['API KEY', 'ACCESS KEY', 'PRIVATE KEY']);
