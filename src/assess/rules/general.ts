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
  unparsed: { id: 'unparsed', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  truncated: { id: 'truncated', actionType: 'execute', risk: 0.4, anchor: 'limited' },
  localScript: { id: 'shell.local_script', actionType: 'execute', risk: 0.25, anchor: 'trivial' },
  /** Code whose text is seen. Without a call that is known to do more, it computes. */
  inlineCode: {
    id: 'shell.inline_code',
    actionType: 'execute',
    reversibility: 'reversible',
    risk: 0.3,
    anchor: 'trivial',
  },
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
    actionType: 'none',
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
  /** A query reads a column that is named as secrets are. */
  secretColumn: {
    id: 'sql.read_secret',
    actionType: 'credential',
    reversibility: 'conditionally_reversible',
    risk: 0.55,
    anchor: 'serious',
    secret: true,
  },
  /** The arguments themselves hold something with the form of a key or a token. */
  secretText: {
    id: 'secret.in_arguments',
    actionType: 'credential',
    reversibility: 'conditionally_reversible',
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
  /** Every variable is shown, which may show secrets. */
  environmentRead: {
    id: 'variable.read_all',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.25,
    anchor: 'trivial',
  },
  /** Something of another host is stored here. */
  download: {
    id: 'net.download',
    actionType: 'network',
    reversibility: 'reversible',
    risk: 0.2,
    anchor: 'trivial',
    fetches: true,
  },
  /** A folder of another host is made the same as one here, and what it has more is deleted. */
  mirrorRemote: {
    id: 'net.mirror_remote',
    actionType: 'delete',
    reversibility: 'irreversible',
    risk: 0.6,
    anchor: 'serious',
    sends: true,
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
    risk: 0.1,
    anchor: 'none',
  },
  /** A function that starts itself twice: it takes the machine down. */
  forkBomb: {
    id: 'machine.exhaust',
    actionType: 'execute',
    reversibility: 'conditionally_reversible',
    risk: 0.75,
    anchor: 'severe',
  },
  /** The tool's own name says that it does harm. */
  illPurpose: {
    id: 'tool.ill_purpose',
    actionType: 'execute',
    risk: 0.75,
    anchor: 'severe',
    points: 'ill_purpose',
  },
  /** The tool's own server declares that it only reads. */
  hintReadOnly: {
    id: 'mcp.read_only',
    actionType: 'read',
    reversibility: 'reversible',
    risk: 0.1,
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

/** Variables that stop a record of what happens, with the values that do; `*` stands for any. */
export const RECORD_VARIABLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['HISTFILE', ['/dev/null', '']],
  ['HISTSIZE', ['0']],
  ['OTEL_SDK_DISABLED', ['true']],
  ['OTEL_TRACES_EXPORTER', ['none']],
  ['OTEL_LOGS_EXPORTER', ['none']],
  ['CLAUDE_CODE_ENABLE_TELEMETRY', ['0', 'false']],
]);

/** Modes of `chmod` by which everybody may write, or a file runs with its owner's rights. */
export const OPEN_MODES: ReadonlySet<string> = new Set([
  '777',
  '0777',
  '666',
  '0666',
  'a+rwx',
  'a+w',
  'o+w',
  'o+rwx',
  'ugo+rwx',
  'a=rwx',
  'u+s',
  '4755',
  '4777',
  '+s',
  'g+s',
]);

/** Folders and endings by which a file is a test or a grader, and texts by which it cannot fail. */
export const TEST_PARTS: readonly string[] = [
  'test',
  'tests',
  '__tests__',
  'spec',
  'specs',
  'e2e',
  'grader',
  'graders',
  'evals',
];
export const TEST_ENDINGS: readonly string[] = [
  '.test.',
  '.spec.',
  '_test.',
  'test_',
  'grader.',
  'evaluator.',
];
// biome-ignore format: a table
export const NEVER_FAILING: readonly string[] = [
  '.skip(', 'xit(', 'xdescribe(', '@pytest.mark.skip', 'pytest.skip(', '@unittest.skip', 't.Skip(', '#[ignore]', '@Disabled', '@Ignore', 'expect(true).toBe(true)', 'assert True', 'assert.ok(true)',
];
