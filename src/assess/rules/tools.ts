import { type Access, effect, type Rule, words } from './rule.ts';

export interface ToolRule extends Rule {
  /** Whole names, in lower case without separators. */
  readonly names?: readonly string[];
  /** Verbs: parts of a name. The first part that is some row's verb decides. */
  readonly verbs?: readonly string[];
  /** Verbs that are nouns as well (`email_search`): they count only where no other part is a verb. */
  readonly nouns?: readonly string[];
  /** One of these must be another part of the name, or two neighbouring parts joined. */
  readonly objects?: readonly string[];
  /** How paths among the arguments are touched. A path then decides instead of this row. */
  readonly access?: Access;
  /** The tool runs a shell command (or other code) from its arguments. */
  readonly runs?: 'shell' | 'code';
  /** The argument `command` names an operation of the tool, and these operations change files. */
  readonly editor?: readonly string[];
}

const SHELLS = words(
  'bash shell sh zsh terminal cmd powershell pwsh localshell bashtool runcommand runbash executebash executecommand execcommand runshell runshellcommand executeshellcommand shellcommand shellexec runterminalcmd runterminalcommand runinterminal executecommandline',
);
const CODE = words(
  'python ipython jupyter codeinterpreter executecode runcode executepython runpython pythonrepl executejavascript runjavascript javascripttool evaluatescript',
);
const THINKING = words(
  'think thinking sequentialthinking finish done submit todowrite todoread writetodos updateplan plan exitplanmode enterplanmode taskcomplete completetask attemptcompletion reflect taskdone completetask calculate calculator askuserquestion askuser askfollowupquestion requestuserinput wait sleep finalanswer',
);

/** Rows in the order in which they are tried for one verb: those with objects before those without. */
// biome-ignore format: a table, one row a rule
export const TOOL_RULES: readonly ToolRule[] = [
  { id: 'tool.shell', names: SHELLS, runs: 'shell', ...effect('execute', 'unknown', 0.4, 'limited') },
  { id: 'tool.code', names: CODE, runs: 'code', ...effect('execute', 'unknown', 0.3, 'trivial') },
  { id: 'tool.none', names: THINKING, ...effect('none', 'reversible', 0, 'none') },
  { id: 'tool.editor', names: words('strreplaceeditor strreplacebasededittool texteditor editfile applypatch filewrite fileedit'), editor: ['create', 'str_replace', 'insert', 'undo_edit', 'write'], access: 'write', ...effect('write', 'reversible', 0.2, 'trivial') },

  { id: 'tool.hand_to_person', verbs: words('transfer escalate handoff hand'), objects: words('human humans person operator support supervisor'), ...effect('communicate', 'conditionally_reversible', 0.1, 'trivial') },
  { id: 'tool.move_money', verbs: words('transfer send move deposit'), objects: words('money fund funds payment payments cash bank balance crypto bitcoin btc eth usd wire'), ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.body', verbs: words('administer inject dispense infuse'), ...effect('deploy', 'irreversible', 0.9, 'catastrophic') },
  { id: 'tool.safety_off', verbs: words('override bypass disable disarm defeat'), objects: words('safety interlock alarm limit limits protection estop failsafe'), ...effect('deploy', 'conditionally_reversible', 0.85, 'severe'), points: 'weakening' },
  { id: 'tool.emergency_stop', names: words('emergencystop estop stopall'), ...effect('deploy', 'reversible', 0.3, 'trivial') },
  { id: 'tool.commit_money', verbs: words('create submit issue schedule set approve authorize confirm add'), objects: words('purchaseorder payment payments payout giftcard voucher transaction expense invoice order orders reimbursement'), ...effect('payment', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'tool.purchase', verbs: ['order'], objects: words('part parts item items product products food supplies taxi ride groceries'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.pay', verbs: words('pay wire withdraw remit payout'), ...effect('payment', 'irreversible', 0.8, 'severe') },
  { id: 'tool.charge', verbs: words('charge refund invoice'), ...effect('payment', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.purchase', verbs: ['place'], objects: words('order orders bid bet trade'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.purchase', verbs: words('buy purchase book reserve trade sell checkout donate'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },

  { id: 'tool.delegate', verbs: words('start launch run create invoke ask call'), objects: words('agent agents subagent assistant'), ...effect('delegate', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.delegate', names: words('task agent subagent'), verbs: words('delegate handoff dispatch spawn'), ...effect('delegate', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'tool.delegate', verbs: ['transfer'], objects: words('to agent agents'), ...effect('delegate', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'tool.second_factor', verbs: words('enable disable set reset'), objects: words('factor mfa 2fa twofactor otp sso'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.credential', verbs: words('set update change add delete create assign'), objects: words('permission permissions role roles acl access policy'), ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.credential', verbs: words('get read create generate rotate reset set update change retrieve fetch show add delete revoke'), objects: words('secret secrets password passwords passphrase credential credentials apikey accesskey privatekey accesstoken'), ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'tool.credential', verbs: words('grant revoke authorize impersonate'), ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },

  { id: 'tool.purge_cache', verbs: words('purge clear flush invalidate wipe'), objects: ['cache', 'caches'], ...effect('delete', 'reversible', 0.3, 'trivial') },
  { id: 'tool.delete_store', verbs: words('delete remove drop destroy wipe truncate purge erase format'), objects: words('database databases db table tables account accounts user users production bucket cluster namespace volume backup backups repository repo disk drive instance server all'), ...effect('delete', 'irreversible', 0.8, 'severe'), shared: true },
  { id: 'tool.destroy', verbs: words('drop destroy wipe truncate purge erase nuke shred'), ...effect('delete', 'irreversible', 0.7, 'severe'), shared: true },
  { id: 'tool.delete_store', verbs: ['terminate'], objects: words('instance instances server vm machine cluster database'), ...effect('delete', 'irreversible', 0.8, 'severe'), shared: true },
  { id: 'tool.empty', verbs: ['empty'], objects: words('trash bin recycle folder bucket queue'), ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'tool.trash', verbs: words('trash forget dismiss'), access: 'delete', ...effect('delete', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.delete', verbs: words('delete del rm unlink'), access: 'delete', ...effect('delete', 'irreversible', 0.55, 'serious') },
  { id: 'tool.remove', verbs: words('remove clear discard uninstall'), access: 'delete', ...effect('delete', 'conditionally_reversible', 0.4, 'limited') },

  { id: 'tool.release', verbs: ['publish', 'release'], objects: words('package npm pypi crate version artifact image app site model'), ...effect('deploy', 'irreversible', 0.7, 'severe'), shared: true },
  { id: 'tool.deploy', verbs: words('deploy release rollout rollback promote provision'), ...effect('deploy', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'tool.device', verbs: words('unlock lock arm disarm actuate'), ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'tool.device_light', verbs: words('turn switch set dim play pause start stop'), objects: words('lights light lamp music playlist volume tv vacuum speaker speakers blinds curtain'), ...effect('deploy', 'reversible', 0.2, 'trivial') },
  { id: 'tool.device', verbs: words('open close turn switch set start stop move drive rotate calibrate adjust'), objects: words('door doors valve gate garage heater oven thermostat heating alarm pump motor gripper arm robot conveyor drone vehicle speed sensor furnace reactor'), ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },

  { id: 'tool.broadcast', verbs: words('publish tweet broadcast announce'), ...effect('communicate', 'irreversible', 0.6, 'serious'), sends: true },
  { id: 'tool.post', verbs: words('create update publish edit'), objects: words('blogpost blog post article story tweet'), ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },
  { id: 'tool.share_link', verbs: words('create make generate'), objects: words('sharelink publiclink sharedlink'), ...effect('communicate', 'conditionally_reversible', 0.5, 'limited'), sends: true },
  { id: 'tool.respond', verbs: words('decline accept respond rsvp'), objects: words('invitation invite event meeting request'), ...effect('communicate', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'tool.call', verbs: words('call phone dial'), objects: words('phone number person contact customer'), ...effect('communicate', 'irreversible', 0.4, 'limited') },
  { id: 'tool.send', verbs: words('send reply forward notify invite share contact'), nouns: words('email mail sms message dm comment'), ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },
  { id: 'tool.send', verbs: words('post add create write submit'), objects: words('message comment comments reply tweet review slack channel email'), ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },

  { id: 'tool.search_web', names: words('websearch googlesearch bravewebsearch tavilysearch'), verbs: words('search fetch read get open browse'), objects: words('web internet online google bing url webpage website page http browser'), ...effect('network', 'reversible', 0.1, 'none'), fetches: true },
  { id: 'tool.export', verbs: ['export'], ...effect('read', 'reversible', 0.4, 'limited') },
  { id: 'tool.upload', verbs: ['upload'], ...effect('network', 'conditionally_reversible', 0.45, 'limited'), sends: true },
  { id: 'tool.network', verbs: words('browse navigate crawl scrape visit goto ping download'), nouns: words('request http curl webhook'), ...effect('network', 'reversible', 0.15, 'trivial'), fetches: true },

  { id: 'tool.network_send', verbs: ['post', 'patch'], objects: words('request http api url'), ...effect('network', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'tool.send', verbs: ['post'], ...effect('communicate', 'irreversible', 0.45, 'limited'), sends: true },

  { id: 'tool.scale', verbs: words('scale resize'), objects: words('service services deployment instance instances replicas cluster'), ...effect('deploy', 'conditionally_reversible', 0.5, 'serious'), shared: true },
  { id: 'tool.campaign', verbs: words('launch start pause resume'), objects: words('campaign ad ads'), ...effect('deploy', 'conditionally_reversible', 0.5, 'serious'), shared: true },
  { id: 'tool.submit', verbs: ['submit'], objects: words('form application assignment answer request'), ...effect('network', 'irreversible', 0.45, 'limited'), sends: true },
  { id: 'tool.freeze', verbs: words('freeze unfreeze pause resume mute unmute toggle'), ...effect('write', 'reversible', 0.35, 'limited') },
  { id: 'tool.stop', verbs: words('stop kill restart reboot shutdown terminate disable suspend block ban'), ...effect('execute', 'conditionally_reversible', 0.45, 'limited'), shared: true },
  { id: 'tool.code', verbs: words('run execute exec eval evaluate'), objects: words('code python javascript js node script cell notebook'), runs: 'code', ...effect('execute', 'unknown', 0.3, 'trivial') },
  { id: 'tool.run', verbs: words('run execute exec eval evaluate invoke launch start trigger install build test compile click type press tap fill submit use'), ...effect('execute', 'unknown', 0.3, 'trivial') },

  { id: 'tool.change_care', verbs: words('update change modify set create'), objects: words('prescription dose dosage medication diagnosis treatment'), ...effect('write', 'conditionally_reversible', 0.65, 'serious') },
  { id: 'tool.sign', verbs: ['sign'], objects: words('document contract agreement form'), ...effect('write', 'irreversible', 0.6, 'serious') },
  { id: 'tool.restore', verbs: ['restore'], objects: words('backup database db snapshot version'), ...effect('write', 'conditionally_reversible', 0.55, 'serious'), shared: true },
  { id: 'tool.change', verbs: words('update edit modify set replace patch put change rename move transfer upsert assign close cancel merge push approve reject return exchange reschedule configure enable sync apply commit resolve complete adjust overwrite'), access: 'write', ...effect('write', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'tool.create', verbs: ['open'], objects: words('ticket issue case account'), ...effect('write', 'reversible', 0.25, 'trivial') },
  { id: 'tool.create', verbs: words('write create add save insert append copy mark tag label schedule register import draft generate make store log record archive restore undo upsert mkdir remember sort index unsubscribe subscribe star follow pin bookmark tick calibrate print'), access: 'write', ...effect('write', 'reversible', 0.25, 'trivial') },

  { id: 'tool.list', verbs: words('list ls glob tree'), access: 'list', ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'tool.read_private', verbs: words('get read search find view fetch lookup query list retrieve show'), objects: words('patient patients medical health ssn salary salaries payroll passport diagnosis'), ...effect('read', 'reversible', 0.4, 'limited') },
  { id: 'tool.read', verbs: words('get read search find show view describe check fetch lookup look query count retrieve inspect load open grep cat tail summarize summarise analyze analyse compare validate verify preview watch track recall extract detect parse classify translate convert compute explain select identify estimate suggest recommend screenshot snapshot'), nouns: words('status history info details help version'), access: 'read', ...effect('read', 'reversible', 0.05, 'none') },
];

/** Parts of a tool's name by which the argument `query` is SQL. */
export const SQL_TOOL_WORDS: ReadonlySet<string> = new Set([
  'sql',
  'database',
  'db',
  'postgres',
  'postgresql',
  'mysql',
  'sqlite',
  'bigquery',
  'snowflake',
]);
