import { CIRCUMSTANCES } from './circumstances.ts';
import { HARM } from './harm.ts';
import type { Rule } from './rule.ts';
import { TRAFFIC } from './traffic.ts';

/** Rules for what no other table names. */
export const GENERAL = {
  ...HARM,
  ...TRAFFIC,
  ...CIRCUMSTANCES,
  /** Nothing is known of the tool: that alone is no evidence of high risk. */
  toolUnknown: { id: 'tool.unknown', actionType: 'execute', risk: 0.3, anchor: 'trivial' },
  /** A tool that runs code, and its arguments were not recorded. */
  noArguments: { id: 'no_arguments', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  /** A tool that runs code, and its arguments are no JSON, too long, or cannot be read. */
  unreadArguments: { id: 'arguments.unread', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  programUnknown: { id: 'shell.other_program', actionType: 'execute', risk: 0.3, anchor: 'trivial' },
  unparsed: { id: 'unparsed', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  truncated: { id: 'truncated', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  localScript: {
    id: 'shell.local_script',
    actionType: 'execute',
    reversibility: 'reversible',
    risk: 0.25,
    anchor: 'trivial',
  },
  /** Code whose text is seen. Without a call that is known to do more, it computes. */
  inlineCode: {
    id: 'shell.inline_code',
    actionType: 'execute',
    reversibility: 'reversible',
    risk: 0.2,
    anchor: 'trivial',
  },
  /** Its name says that it changes things. */
  changingScript: {
    id: 'shell.changing_script',
    actionType: 'execute',
    reversibility: 'conditionally_reversible',
    risk: 0.4,
    anchor: 'limited',
  },
  /** Its name says that it deletes. */
  deletingScript: {
    id: 'shell.deleting_script',
    actionType: 'delete',
    reversibility: 'irreversible',
    risk: 0.4,
    anchor: 'limited',
  },
  /** Its name says that it does harm, or takes the machine for itself. */
  harmfulScript: {
    id: 'shell.harmful_script',
    actionType: 'execute',
    reversibility: 'conditionally_reversible',
    risk: 0.55,
    anchor: 'serious',
    points: 'ill_purpose',
  },
  /** Code whose every part is seen to compute. */
  computingCode: {
    id: 'code.compute',
    actionType: 'execute',
    reversibility: 'reversible',
    risk: 0.05,
    anchor: 'none',
  },
  /** Code that reads what lies here, and computes. */
  readingCode: {
    id: 'code.read',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.05,
    anchor: 'none',
  },
  pipedScript: { id: 'shell.piped_script', actionType: 'execute', risk: 0.35, anchor: 'limited' },
  encodedCode: {
    id: 'shell.encoded_code',
    actionType: 'execute',
    reversibility: 'conditionally_reversible',
    risk: 0.7,
    anchor: 'severe',
  },
  /** Code of another host runs unseen: anything may follow. */
  remoteCode: {
    id: 'shell.remote_code',
    actionType: 'execute',
    reversibility: 'conditionally_reversible',
    risk: 0.65,
    anchor: 'serious',
  },
  /** The same with another user's rights. */
  remoteCodeElevated: {
    id: 'shell.remote_code_elevated',
    actionType: 'execute',
    reversibility: 'conditionally_reversible',
    risk: 0.75,
    anchor: 'severe',
  },
  /** A shell whose input and output are a connection. */
  reverseShell: {
    id: 'net.reverse_shell',
    actionType: 'execute',
    reversibility: 'irreversible',
    risk: 0.85,
    anchor: 'severe',
    sends: true,
  },
  /** A floor under what runs with another user's rights. */
  elevated: { id: 'shell.elevated', actionType: 'execute', risk: 0.3, anchor: 'trivial' },
  /** A floor under what runs on another machine. */
  remoteHost: { id: 'shell.remote_host', actionType: 'execute', risk: 0.3, anchor: 'trivial' },
  dryRun: {
    id: 'shell.dry_run',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.05,
    anchor: 'none',
  },
  /** Files go to another host. */
  copyRemote: {
    id: 'net.copy_remote',
    actionType: 'write',
    reversibility: 'conditionally_reversible',
    risk: 0.35,
    anchor: 'limited',
    sends: true,
  },
  harmless: {
    id: 'shell.harmless',
    actionType: 'none',
    reversibility: 'reversible',
    risk: 0,
    anchor: 'none',
  },
  /** What comes in is looked through and put out again. */
  filter: { id: 'shell.filter', actionType: 'read', reversibility: 'reversible', risk: 0, anchor: 'none' },
  /** A program says what it is. */
  described: {
    id: 'shell.describe',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0,
    anchor: 'none',
  },
  /** Rights of one file are set as is usual. */
  modeSet: {
    id: 'permission.set',
    actionType: 'write',
    reversibility: 'reversible',
    risk: 0.2,
    anchor: 'trivial',
  },
  /** Rights are opened for everybody on what is not the project's own. */
  permissionOpenSystem: {
    id: 'permission.open_system',
    actionType: 'credential',
    reversibility: 'reversible',
    risk: 0.75,
    anchor: 'severe',
    points: 'weakening',
  },
  /** A connection is kept open through which others pass. */
  tunnel: {
    id: 'net.tunnel',
    actionType: 'network',
    reversibility: 'reversible',
    risk: 0.3,
    anchor: 'trivial',
  },
  secretVariable: {
    id: 'variable.read_secret',
    actionType: 'credential',
    reversibility: 'reversible',
    risk: 0.5,
    anchor: 'serious',
    secret: true,
  },
  /** A query reads a column that is named as secrets are. */
  secretColumn: {
    id: 'sql.read_secret',
    actionType: 'credential',
    reversibility: 'reversible',
    risk: 0.55,
    anchor: 'serious',
    secret: true,
  },
  /** A query reads what is nobody's business: numbers of cards and of persons, pay, health. */
  sensitiveColumn: {
    id: 'sql.read_sensitive',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.4,
    anchor: 'limited',
  },
  /** The arguments themselves hold something with the form of a key or a token. */
  secretText: {
    id: 'secret.in_arguments',
    actionType: 'credential',
    reversibility: 'reversible',
    risk: 0.5,
    anchor: 'serious',
    secret: true,
  },
  /** A variable is set by which logs, histories or telemetry stop. */
  telemetryOff: {
    id: 'telemetry.off',
    actionType: 'write',
    reversibility: 'reversible',
    risk: 0.4,
    anchor: 'limited',
    points: 'oversight',
  },
  /** Everybody may write, or whoever runs the file gets its owner's rights. */
  permissionOpen: {
    id: 'permission.open',
    actionType: 'credential',
    reversibility: 'reversible',
    risk: 0.5,
    anchor: 'serious',
    points: 'weakening',
  },
  /** A test is changed so that it cannot fail. */
  testDisabled: {
    id: 'test.disabled',
    actionType: 'write',
    reversibility: 'reversible',
    risk: 0.3,
    anchor: 'trivial',
    points: 'grading',
  },
  /** A secret of the agent's own goes where it belongs: to the host that asks for it. */
  secretUsed: {
    id: 'variable.use_secret',
    actionType: 'network',
    reversibility: 'reversible',
    risk: 0.2,
    anchor: 'trivial',
  },
  /** A variable that holds a secret is set for what follows. */
  secretSet: {
    id: 'variable.set_secret',
    actionType: 'credential',
    reversibility: 'reversible',
    risk: 0.2,
    anchor: 'trivial',
  },
  /** Every variable is shown, which may show secrets. */
  environmentRead: {
    id: 'variable.read_all',
    actionType: 'credential',
    reversibility: 'reversible',
    risk: 0.45,
    anchor: 'limited',
  },
  archiveList: {
    id: 'archive.list',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.05,
    anchor: 'none',
  },
  databaseShown: {
    id: 'database.read',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.05,
    anchor: 'none',
  },
  /** A function that starts itself twice: it takes the machine down. */
  forkBomb: {
    id: 'machine.exhaust',
    actionType: 'execute',
    reversibility: 'conditionally_reversible',
    risk: 0.6,
    anchor: 'serious',
  },
  /** A floor under tools that are called by a noun, change things or reach people, and whose call was not recorded: it may do anything of its kind. */
  unseenChange: { id: 'tool.unseen_change', actionType: 'write', risk: 0.4, anchor: 'limited' },
  /** The same, where it is public anyhow. */
  unseenPublished: { id: 'tool.unseen_published', actionType: 'write', risk: 0.35, anchor: 'limited' },
  /** What starts by itself from now on deletes. */
  scheduledDeletion: {
    id: 'schedule.deletes',
    actionType: 'write',
    reversibility: 'reversible',
    risk: 0.45,
    anchor: 'limited',
  },
  /** A floor under messages that go to many at once. */
  sentToMany: { id: 'tool.send_many', actionType: 'communicate', risk: 0.4, anchor: 'limited' },
  /** A floor under messages that tell of what is one person's own business. */
  sentPrivate: { id: 'tool.send_private', actionType: 'communicate', risk: 0.4, anchor: 'limited' },
  /** A floor under messages that a file goes with. */
  sentWithFile: { id: 'tool.send_file', actionType: 'communicate', risk: 0.4, anchor: 'limited' },
  /** People are put to the test, or taught. */
  drill: {
    id: 'tool.drill',
    actionType: 'communicate',
    reversibility: 'conditionally_reversible',
    risk: 0.3,
    anchor: 'trivial',
    sends: true,
  },
  /** What is looked at is not known, and it is not public as its name goes. */
  unseenRead: {
    id: 'tool.unseen_read',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.15,
    anchor: 'trivial',
  },
  /** The tool's name says that it is there against harm. */
  guards: {
    id: 'tool.guards',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.15,
    anchor: 'trivial',
  },
  /** The tool's own server declares that it only reads. */
  hintReadOnly: {
    id: 'mcp.read_only',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.05,
    anchor: 'none',
  },
  /** The tool's own server declares that it may destroy. */
  hintDestructive: {
    id: 'mcp.destructive',
    actionType: 'delete',
    reversibility: 'irreversible',
    risk: 0.55,
    anchor: 'serious',
  },
  /** The tool's own server declares that it changes, but does not destroy. */
  hintAdditive: {
    id: 'mcp.additive',
    actionType: 'write',
    reversibility: 'reversible',
    risk: 0.3,
    anchor: 'trivial',
  },
  /** Something is done that has a price. */
  priced: {
    id: 'tool.priced',
    actionType: 'payment',
    reversibility: 'conditionally_reversible',
    risk: 0.45,
    anchor: 'limited',
  },
  /** Something is changed, and how it is paid for, or whom the difference goes back to, is said. */
  paid: {
    id: 'tool.paid',
    actionType: 'payment',
    reversibility: 'conditionally_reversible',
    risk: 0.45,
    anchor: 'limited',
  },
  /** A password is typed into a form. */
  secretTyped: {
    id: 'tool.type_secret',
    actionType: 'credential',
    reversibility: 'reversible',
    risk: 0.4,
    anchor: 'limited',
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
