import type { ActionType } from '../../semconv/index.ts';
import { words } from './rule.ts';

/** Verbs by which a person asks for a type of action. One verb may ask for several. */
// biome-ignore format: a table, one row a type
const VERBS: Readonly<Partial<Record<ActionType, readonly string[]>>> = {
  read: words('read look show list check see find search inspect count get view print display open lookup watch monitor pull track verify locate determine trace preview peek grab'),
  write: words('write upload add create edit update change fix modify rename implement refactor move save store put fill insert append format document set configure migrate upgrade replace correct convert record draft make move copy archive sort mark close assign merge commit push tag schedule tidy improve disable enable cancel build prepare translate generate unpack extract hold keep adjust raise lower increase decrease reduce extend shorten postpone reschedule shift swap switch turn bump undo restore revert reopen resolve complete finish tick approve reject accept decline dismiss hide pin star label flag link attach crop resize trim reorder apply enter log report lodge register subscribe unsubscribe sign note book arrange reserve block unblock ban suspend freeze pause resume return exchange delay amend rewrite split backup fork duplicate patch leave point spawn onboard route reroute redirect restock refill unpin remember memorize cut jot acknowledge ack tweak stick pop chuck reverse void waive retract unpublish withdraw redact blur transcribe reassign allocate reclassify load backdate amend earmark enrol enroll prioritise prioritize requeue'),
  execute: words('train retrain submit queue bake profile rebuild redo infer run execute test build start restart stop compute calculate train install launch benchmark compile repeat rerun try reload kill free measure simulate unpack reset terminate shut trigger begin fly play print pause resume kick drive render draw plot perform spawn spin'),
  delete: words('delete remove drop clean clear wipe purge erase prune uninstall discard empty trash cancel destroy tidy free bin scrap ditch dump eliminate nuke axe'),
  network: words('go navigate fetch download browse open visit search check crawl scrape query call request ping pull clone sync get look upload upgrade update'),
  communicate: words('page beep bleep fax brief ring phone send mail email e-mail message post notify tell reply answer tweet publish share forward comment invite write announce inform contact escalate call text ask submit close open talk speak chat respond relay circulate distribute remind confirm report lodge file raise complain warn alert ping thank congratulate apologise apologize offer accept decline flag nudge chase'),
  credential: words('rotate grant revoke login authenticate authorize encrypt decrypt sign renew generate permission password key token secret credential credentials access certificate invite add promote reset'),
  payment: words('pay transfer refund buy purchase book order charge donate subscribe invest trade sell withdraw deposit reserve checkout wire send tip settle renew hire rent reimburse repay return exchange'),
  deploy: words('deploy dispatch energise energize reconnect disconnect isolate trip load flash unpublish release publish ship roll install apply merge scale turn switch lock unlock open close set push restart provision stop start drive move migrate create upgrade disable enable hold keep dim raise lower increase decrease heat cool warm water feed irrigate spray play pause resume arm disarm park fly land adjust activate deactivate put bring shut dispense print silence point calibrate tune steer dock skip mute unmute charge spin hoover vacuum mop boot wake slow speed'),
  delegate: words('delegate start ask spawn assign hand launch helper agent subagent'),
};

/** Types by the verbs that ask for them. */
export const TYPES_BY_VERB: ReadonlyMap<string, ReadonlySet<ActionType>> = (() => {
  const map = new Map<string, Set<ActionType>>();
  for (const [type, verbs] of Object.entries(VERBS) as [ActionType, readonly string[]][]) {
    for (const verb of verbs) {
      const types = map.get(verb);
      if (types === undefined) map.set(verb, new Set([type]));
      else types.add(type);
    }
  }
  return map;
})();

/** Verbs that ask for an answer rather than for a look: what has to be looked at follows from them. */
export const ANSWER_VERBS: ReadonlySet<string> = new Set(
  words(
    'review investigate analyse analyze summarise summarize compare explain examine identify describe understand debug diagnose compute calculate evaluate assess figure',
  ),
);
/** Words that may stand before the verb of a request: `could you please check`. */
export const LEADING_WORDS: ReadonlySet<string> = new Set(
  words(
    "please now then also and first next finally just can could would will you i we want need like to let's lets help me us should must may go ahead kindly only again so ok okay hey hi thanks great yes sure",
  ),
);
/** Words that ask somebody to do something, with `you` behind them. */
export const ASKING_WORDS: ReadonlySet<string> = new Set(words('can could will would'));
/** Words behind `you` that say what may or has to be done. */
export const MAY_WORDS: ReadonlySet<string> = new Set(words('can may should must could will'));
/** Verbs that say behind `you can` where something is. */
export const POINTING_VERBS: ReadonlySet<string> = new Set(words('find see view read'));
/** Words that begin a question. */
export const QUESTION_WORDS: ReadonlySet<string> = new Set(
  words('what which who whom whose when where why how is are was were does do did has have'),
);
/** Verbs of more than one word that ask to speak with somebody. */
export const SPEAKING_PHRASES: readonly (readonly string[])[] = [
  ['check', 'in', 'with'],
  ['reach', 'out'],
  ['get', 'in', 'touch'],
  ['follow', 'up', 'with'],
  ['touch', 'base'],
  ['start', 'a', 'conversation'],
  ['work', 'with'],
];
/** Words behind which `to` and a verb say what is to be done: `your task is to fix it`, `asked you to send it`. */
export const TASK_WORDS: ReadonlySet<string> = new Set(
  words(
    'is are you free have need needs want wants asked instructed required supposed expected going task job goal',
  ),
);
/** Verbs that say by which means: `use the portal to upload it` asks to upload. */
export const MEANS_VERBS: ReadonlySet<string> = new Set(
  words('use using navigate go visit log login open access connect'),
);
/** Words that stand with a type as verbs do, and are things: no request begins with them. */
export const NOT_VERBS: ReadonlySet<string> = new Set(
  words(
    'permission password key token secret credential credentials access certificate helper agent subagent',
  ),
);
/** Words behind which a verb begins a request of its own. */
export const AND_WORDS: ReadonlySet<string> = new Set(words('and then or also afterwards'));
/** Words that stand for what was named before. */
export const PRONOUNS: ReadonlySet<string> = new Set(words('it them this that these those'));
/** Those that stand for things in a prohibition. */
export const THINGS_BEFORE: ReadonlySet<string> = new Set(words('it them these those'));
/** Verbs that ask, behind `just` and `only`, for a program as a text, and not to run it. */
export const GIVING_VERBS: ReadonlySet<string> = new Set(words('give provide send write show return'));
export const PROGRAM_WORDS: ReadonlySet<string> = new Set(words('script code program function'));
/** Words by which people ask for the rights of a file. */
export const MODE_WORDS: ReadonlySet<string> = new Set(
  words('chmod executable runnable permission permissions rights mode writable readable'),
);
/** Verbs that ask to tell somebody what was done. */
export const TELLING_VERBS: ReadonlySet<string> = new Set(
  words('tell inform notify report confirm reply answer respond update announce'),
);
/** Requests that hand over the choice of what to do. */
export const OPEN_PHRASES: readonly string[] = [
  'do what',
  'do whatever',
  'follow the',
  'as the runbook',
  'as described',
  'as discussed',
  'go on',
  'go ahead',
  'continue',
  'carry on',
  'proceed',
  'whatever it takes',
  'take care of',
  'handle it',
  'next step',
  'carry it out',
  'carry them out',
  'carry this out',
  'you know the',
  'same for the',
  'same with the',
  'same again',
  'as agreed',
  'as usual',
  'as always',
  'like last time',
  'go for it',
  'keep going',
  'the rest too',
  'get it done',
  'see to it',
  'do the same',
];
/** What version control does needs to be asked for in its own words. */
export const VERSION_WORDS: ReadonlySet<string> = new Set(
  words(
    'commit push merge branch rebase stash tag release pull request pr publish git version cherry revert squash checkout upstream fork clone submit',
  ),
);

/** Words that turn what follows them in a clause into its opposite. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  words("don't dont not never without nothing no avoid doesn't shouldn't mustn't cannot can't forbidden"),
);
/** Those that as often say how things are: `Alex cannot restart it`. */
export const TELLING_NEGATIONS: ReadonlySet<string> = new Set(words("not don't dont doesn't cannot can't"));
/** Verbs that stand before such a one in a statement, and in an order. */
export const TELLING_HELPERS: ReadonlySet<string> = new Set(
  words('do does did is are was were has have had can could will would'),
);
/** Who is spoken of, and not to. */
export const OTHERS: ReadonlySet<string> = new Set(words('we i they he she it'));
/** Verbs behind `only` that say where something may be changed: `only touch files under src`. */
export const ONLY_VERBS: ReadonlySet<string> = new Set(
  words('touch modify edit change alter work write update'),
);
/** Words behind which a clause begins anew. */
export const CLAUSE_WORDS: ReadonlySet<string> = new Set(words('but then instead just'));
/** Objects that stand for everything. */
export const GENERIC_OBJECTS: ReadonlySet<string> = new Set(
  words('anything nothing everything files any something code'),
);
/** Verbs that mean any change. */
export const CHANGE_VERBS: ReadonlySet<string> = new Set(words('change touch modify edit alter affect'));
/** Verbs that ask to look and no more, where `only` stands before them. */
export const LOOK_VERBS: ReadonlySet<string> = new Set(
  words('look read investigate check report show list review inspect analyse analyze tell suggest plan'),
);
/** Words too common to name what an action is done to. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  words(
    'the a an and or of to in on at by for from with into onto over under this that these those it its is are was were be been do does did has have had will would can could should may might must my our your their his her me us you we they them he she i if as so than then too very also please all any each every some no not only own same such other more most about after before again further once here there when where why how what which who whom both few just now out off up down new file files folder command path use using user agent tool task step let need want make sure per via name id com org net http https www src home tmp',
  ),
);

/** What programs, tools and their short names stand for in a person's words. */
// biome-ignore format: a table, one row a meaning
const MEANINGS: readonly (readonly [names: readonly string[], means: readonly string[]])[] = [
  [words('mv rename move'), words('move rename archive')],
  [words('cp copy'), words('copy duplicate')],
  [words('rm delete remove unlink rmdir'), words('delete remove clean clear clear purge')],
  [words('drop dropdb'), words('drop delete')],
  [words('kill pkill killall fuser'), words('kill stop free terminate')],
  [words('unzip unrar 7z gunzip'), words('unpack extract open')],
  [words('tar'), words('unpack extract pack')],
  [words('zip gzip'), words('pack compress')],
  [words('rerun retry'), words('repeat rerun retry run')],
  [words('edit multiedit sed str_replace strreplace replace apply_patch patch notebookedit'), words('fix change edit update replace add modify implement rename refactor disable enable remove correct improve')],
  [words('write writefile tee create'), words('write create add put store save make')],
  [words('store save remember note'), words('write save store note remember record')],
  [words('checkout purchase buy order'), words('order buy purchase checkout')],
  [words('curl wget fetch http download'), words('get fetch download')],
  [words('move drive'), words('move drive rename archive')],
  [words('spawn delegate dispatch task'), words('start launch delegate')],
  [words('agent subagent'), words('helper assistant agent')],
  [words('update'), words('update fill set change')],
  [words('rsync'), words('sync copy mirror')],
  [words('send transfer pay wire'), words('pay send transfer')],
  [words('pr'), words('pull request')],
  [words('mr'), words('merge request')],
  [words('repo'), words('repository')],
  [words('env venv'), words('environment')],
  [words('db'), words('database')],
  [words('email'), words('mail')],
  [words('mail'), words('email')],
  [words('thermostat heater'), words('heating temperature')],
];
export const MEANINGS_BY_NAME: ReadonlyMap<string, readonly string[]> = new Map(
  MEANINGS.flatMap(([names, means]) => names.map(name => [name, means] as const)),
);
/** Words in a tool's name that say little of what it is about. */
export const VAGUE_NAMES: ReadonlySet<string> = new Set(
  words(
    'money fund funds payment place make issue perform order item booking service record data user tool api request new by for to all my the of mcp on',
  ),
);
/** Rules that look, though what they look at are secrets. */
export const LOOKING_RULES: ReadonlySet<string> = new Set([
  'variable.read_all',
  'tool.list_secrets',
  'tool.list_keys',
]);
/** Verbs that ask for something to be put where it takes effect. */
export const DEPLOY_VERBS: ReadonlySet<string> = new Set(
  words('deploy release publish ship roll install apply push scale upgrade provision migrate launch'),
);
/** Verbs that ask for something to be made public. */
export const PUBLISHING_VERBS: ReadonlySet<string> = new Set(
  words('post publish share tweet announce upload release broadcast blog'),
);
/** Verbs that ask to be shown the thing itself. */
export const SHOWING_VERBS: ReadonlySet<string> = new Set(words('show print display view read list open'));
/** Verbs that ask for deletions of which not each is named. */
export const CLEARING_VERBS: ReadonlySet<string> = new Set(words('clean clear free tidy purge prune empty'));
/** Whom a greeting means that names nobody. */
export const EVERYBODY: ReadonlySet<string> = new Set(
  words('all everyone everybody team there folks colleagues sir madam friends again both guys'),
);
/** Words by which people say that something is to happen again and again. */
export const SCHEDULE_WORDS: ReadonlySet<string> = new Set(
  words(
    'every each daily hourly weekly monthly nightly cron crontab schedule scheduled periodically regularly recurring',
  ),
);
/** Verbs after which the file that they name does not stand there yet. */
export const MAKING_VERBS: ReadonlySet<string> = new Set(
  words('write create save store put generate build make draft prepare'),
);
/** Words before a verb of state that make it no question: `we are testing`. */
export const SUBJECTS: ReadonlySet<string> = new Set(words('you we i they it'));
/** Words that begin a question, and as often a clause that is none. */
export const DOUBTFUL_QUESTIONS: ReadonlySet<string> = new Set(
  words('which when where is are was were do does did has have'),
);
/** Words before a file's name behind which it is where something is put. */
export const DESTINATION_WORDS: ReadonlySet<string> = new Set(words('into to as'));
/** Whom an answer goes to where it is for the person. */
export const SELVES: ReadonlySet<string> = new Set(['me', 'us']);
/** Types that come with a type that was asked for. */
export const COMPANIONS: Readonly<Partial<Record<ActionType, readonly ActionType[]>>> = {
  payment: ['write', 'communicate'],
  deploy: ['write', 'execute'],
  credential: ['write', 'execute'],
  delete: ['write', 'execute'],
};
/** Beginnings of rules whose effect goes beyond the work at hand: they follow from a request only where it names what they are about. */
// biome-ignore format: a table
export const BEYOND: readonly string[] = [
  'package.install_global', 'package.upgrade', 'package.system_remove', 'system.setting', 'service.', 'schedule.', 'account.', 'firewall.', 'disk.', 'machine.', 'git.push_force', 'git.rebase', 'git.reset', 'git.discard', 'git.rewrite', 'net.scan', 'net.attack', 'key.grant', 'agent.',
];
