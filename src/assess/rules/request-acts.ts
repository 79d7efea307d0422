import { stem } from '../words.ts';
import { once, words } from './rule.ts';

/** Acts that people and the names of tools call by different verbs. A verb may stand in several. */
// biome-ignore format: a table, one row an act
export const ACTS: Readonly<Record<string, readonly string[]>> = {
  remove: words('unpublish retract delete remove drop clear clean wipe purge erase prune discard empty trash destroy bin scrap ditch dump uninstall unlink tidy free truncate expunge dismiss nuke axe'),
  cancel: words('cancel abort revoke withdraw rescind unsubscribe terminate void delete remove drop'),
  book: words('book reserve schedule appoint request rent hire'),
  buy: words('buy purchase order checkout place acquire reorder'),
  sell: words('sell liquidate place order'),
  pay: words('pay payment payout tip settle transfer send wire remit donate repay give'),
  refund: words('waive refund reimburse return credit repay compensate'),
  charge: words('charge invoice bill'),
  on: words('reconnect energise energize connect start enable activate power resume reactivate unmute toggle boot wake'),
  off: words('disconnect isolate trip cut stop disable deactivate halt pause kill terminate shut suspend power mute toggle shutdown snooze end silence'),
  set: words('set change adjust raise lower increase decrease reduce dim warm cool heat turn switch hold keep bring reset bump drop limit cap update modify control configure regulate put point route redirect tune calibrate aim crank slow speed'),
  add: words('load enter enrol enroll add put insert include append enter register record log note create import save store attach schedule remember restock fill load submit memorize memorise jot stick pop chuck pencil'),
  make: words('create make generate draft build prepare design compose write new spawn issue'),
  tell: words('beep bleep fax brief ring tell write send message mail email notify inform ping ask answer reply respond remind post comment text forward thank confirm warn alert contact say announce apologise apologize congratulate propose offer email dm nudge chase fire'),
  call: words('call phone dial ring'),
  report: words('report file log raise lodge submit post escalate complain flag'),
  enter: words('login signin authenticate logon'),
  approve: words('approve accept confirm sign authorize authorise grant ok greenlight'),
  reject: words('reject decline deny refuse dismiss'),
  assign: words('assign give hand allocate reassign'),
  move: words('move shift postpone push reschedule transfer relocate delay reroute redirect route bring'),
  change: words('reverse load replan update edit modify change alter correct fix adjust amend revise patch rename replace swap extend set renew point tweak switch'),
  share: words('share invite give grant add publish'),
  block: words('block ban freeze suspend lock mute quarantine isolate blacklist deactivate'),
  unblock: words('unblock unban unfreeze unlock reactivate unmute release'),
  play: words('play resume start'),
  lock: words('lock close shut secure arm'),
  open: words('open unlock raise'),
  hide: words('hide archive collapse'),
  mark: words('mark flag tag label star pin tick check acknowledge ack'),
  close: words('close resolve complete finish solve done settle transition end acknowledge ack'),
  ship: words('deploy release ship publish apply promote rollout install launch upgrade'),
  apply: words('apply'),
  merge: words('merge land'),
  run: words('train retrain submit queue run execute start launch trigger begin fly drive simulate place try test perform dispatch fire spawn spin'),
  print: words('print'),
  render: words('render draw plot generate chart create'),
  restore: words('reverse rollback restore revert undo rollback recover reopen bring'),
  duplicate: words('copy duplicate clone fork replicate backup'),
  upload: words('load upload attach push put add'),
  rotate: words('rotate renew regenerate reset replace'),
  water: words('water irrigate spray feed irrigation watering'),
  subscribe: words('subscribe register enrol enroll join follow'),
  scale: words('scale resize'),
  dispatch: words('dispatch send assign'),
  vacuum: words('vacuum hoover mop sweep'),
  checkin: words('checkin'),
  refill: words('refill renew restock reorder'),
  crop: words('crop cut trim'),
  land: words('land dock park'),
  extend: words('extend renew prolong'),
  vote: words('like upvote react rate'),
};

/** Acts by the stems of their verbs. */
export const actsByStem = once((): ReadonlyMap<string, ReadonlySet<string>> => {
  const map = new Map<string, Set<string>>();
  for (const [act, verbs] of Object.entries(ACTS))
    for (const verb of verbs) {
      const acts = map.get(stem(verb));
      if (acts === undefined) map.set(stem(verb), new Set([act]));
      else acts.add(act);
    }
  return map;
});

/** A verb that means something else with a word behind it: `turn … off`, `get rid of`. */
export interface VerbPhrase {
  /** One of these stands behind it in the clause. */
  readonly with: ReadonlySet<string>;
  readonly acts: readonly string[];
  /** A type of action that it asks for. */
  readonly type: 'delete' | 'communicate' | 'payment' | 'credential' | 'write' | 'deploy' | 'execute';
}

export type Phrase = readonly [verbs: string, behind: string, acts: string, type: VerbPhrase['type']];

// biome-ignore format: a table, one row a phrase
export const phrases = once((): readonly Phrase[] => [
  ['get', 'rid', 'remove cancel', 'delete'],
  ['bring', 'down', 'land set', 'deploy'],
  ['remind', 'me us', 'add make', 'write'],
  ['let', 'down', 'set', 'deploy'],
  ['let', 'in into see read', 'share approve open', 'credential'],
  ['send', 'in', 'add report', 'communicate'],
  ['send', 'home', 'land', 'deploy'],
  ['put', 'back', 'restore', 'write'],
  ['give', 'off discount', 'set', 'write'],
  ['give', 'to', 'assign pay', 'write'],
  ['throw toss', 'out away', 'remove', 'delete'],
  ['take', 'down off out', 'remove', 'delete'],
  ['sort', 'out', 'remove move mark', 'write'],
  ['call', 'off', 'cancel', 'write'],
  ['turn switch power', 'on', 'on', 'deploy'],
  ['turn switch power shut', 'off down', 'off', 'deploy'],
  ['turn crank', 'up', 'set', 'deploy'],
  ['spin bring', 'up', 'on run make', 'execute'],
  ['tear', 'down', 'remove off', 'delete'],
  ['pass', 'on along', 'tell', 'communicate'],
  ['hand', 'over', 'assign', 'write'],
  ['sign', 'off', 'approve', 'write'],
  ['square', 'up', 'pay', 'payment'],
  ['chip', 'in', 'pay', 'payment'],
  ['pencil', 'in', 'book add', 'write'],
  ['check', 'in', 'checkin', 'write'],
  ['back', 'up', 'duplicate', 'write'],
  ['set', 'up', 'make add share', 'write'],
  ['loop', 'in', 'share tell', 'communicate'],
  ['put', 'through', 'call', 'communicate'],
  ['knock', 'off', 'set', 'write'],
  ['log sign', 'in into on onto', 'enter', 'credential'],
  ['sign', 'up', 'subscribe', 'write'],
  ['let', 'know', 'tell', 'communicate'],
  ['give', 'call ring shout heads', 'tell', 'communicate'],
  ['drop', 'line note', 'tell', 'communicate'],
  ['give send pay', 'back', 'refund pay', 'payment'],
  ['give', 'access rights permission permissions', 'share approve', 'credential'],
  ['give', 'refund money discount credit', 'refund', 'payment'],
  ['get grab', 'table ticket tickets room seat seats slot appointment flight flights taxi cab car hotel reservation desk', 'book buy', 'payment'],
  ['get', 'in into', 'share', 'credential'],
  ['pick', 'up', 'buy', 'payment'],
  ['put', 'up', 'tell make', 'communicate'],
  ['put', 'off', 'move', 'write'],
  ['bring', 'forward', 'move', 'write'],
  ['kick', 'off', 'run', 'execute'],
  ['try', 'out', 'run', 'execute'],
  ['take', 'note', 'add', 'write'],
  ['take make', 'snapshot backup copy', 'make duplicate', 'write'],
  ['write put jot', 'down', 'add', 'write'],
  ['get send', 'out off away', 'dispatch tell ship', 'execute'],
  ['keep', 'posted informed', 'tell', 'communicate'],
  ['fill', 'in', 'tell', 'communicate'],
  ['run', 'by past', 'tell', 'communicate'],
  ['hide pull', 'down', 'remove hide', 'write'],
  ['put pop stick slap', 'on onto', 'add set assign move ship', 'write'],
  ['cut', 'off', 'off block', 'deploy'],
  ['lock', 'out', 'block off', 'credential'],
  ['mark write', 'off', 'mark set', 'write'],
  ['roll', 'out', 'ship', 'deploy'],
  ['roll', 'back', 'restore', 'deploy'],
  ['top', 'up', 'pay buy', 'payment'],
]);

/** Phrases by the word that they begin with. */
export const phrasesByVerb = once((): ReadonlyMap<string, readonly VerbPhrase[]> => {
  const map = new Map<string, VerbPhrase[]>();
  for (const [verbs, behind, acts, type] of phrases())
    for (const verb of words(verbs)) {
      const phrase = { with: new Set(words(behind)), acts: words(acts), type };
      map.set(verb, [...(map.get(verb) ?? []), phrase]);
    }
  return map;
});

/** Words that stand for a thing that was named before, wherever they stand. */
export const STANDING_WORDS: ReadonlySet<string> = new Set(words('one ones him her'));
/** Words of a tool's name that say no more than that it is about files. */
export const FILE_TOOL_WORDS: ReadonlySet<string> = new Set(
  words(
    'file files text editor str string replace patch notebook multi directory folder path content cell document tool bash shell sh terminal command exec python ipython javascript code interpreter',
  ),
);
/** Words behind a verb of a wish: `the colours should be centred`. */
export const WISH_WORDS: ReadonlySet<string> = new Set(words('should must needs ought shall'));
/** Verbs that ask a question with one of the words of `ASKED_WORDS` behind them. */
export const SEEING_VERBS: ReadonlySet<string> = new Set(
  words('see check find look know ask tell wonder determine verify figure understand explain say'),
);
/** Words that lead to what is asked: `check whether`, `find out who`. */
export const ASKED_WORDS: ReadonlySet<string> = new Set(
  words('if whether what which who whom whose when why how where'),
);
/** Verbs and subjects that make a question of what begins with them: `should I sell?`. */
export const MODAL_WORDS: ReadonlySet<string> = new Set(
  words('should shall do does did can could may might is are was were will would has have'),
);
export const OWN_SUBJECTS: ReadonlySet<string> = new Set(words('i we it that this there he she they'));

/** Words of which an approval is made, and words that may stand among them. */
export const APPROVING_WORDS: ReadonlySet<string> = new Set(
  words(
    'yes yep yeah yup ok okay k sure fine go ahead proceed approved agreed confirmed lgtm perfect great correct right exactly absolutely definitely good sounds looks do',
  ),
);
export const APPROVAL_FILLERS: ReadonlySet<string> = new Set(
  words(
    "please it that this thats that's is the a plan to me by with on for and then now thanks thank you all so very i am i'm happy let's lets just like them both works",
  ),
);
/** Without one of these nothing is approved: `thank you`. */
export const APPROVAL_HEADS: ReadonlySet<string> = new Set(
  words('yes yep yeah yup ok okay sure ahead proceed approved agreed confirmed lgtm perfect do good fine'),
);

/** Words by which a person keeps an act to themselves: `I'll pay later myself`. */
export const SELF_STARTS: ReadonlySet<string> = new Set(words("i'll we'll i we"));
export const SELF_HELPERS: ReadonlySet<string> = new Set(words('will would can'));
export const SELF_WORDS: ReadonlySet<string> = new Set(words('myself ourselves later own'));
/** Words that say nothing of what is forbidden. */
export const REFUSAL_FILLERS: ReadonlySet<string> = new Set(
  words(
    'yet ever myself ourselves later own yourself please today tonight still anymore already actually anywhere anyone anybody',
  ),
);
/** Words that end what is forbidden: `do not send it before I have read it`. */
export const REFUSAL_ENDS: ReadonlySet<string> = new Set(
  words('until till before unless because since if when while so though although'),
);
/** `do not forget to send it` asks to send it. */
export const FORGET_WORDS: ReadonlySet<string> = new Set(words('forget hesitate miss worry bother'));
/** What is left so is not touched: `leave the invoices alone`. */
export const LEFT_WORDS: ReadonlySet<string> = new Set(words('alone untouched unchanged'));
/** Behind `just`, verbs and things that ask to look and no more. */
export const JUST_LOOKING: ReadonlySet<string> = new Set(
  words('look looking browsing plan planning checking'),
);

/** Words that make an effect reach everybody, or give all rights. */
export const WIDE_WORDS: ReadonlySet<string> = new Set(
  words(
    'admin administrator administratoraccess fullaccess owner superuser anyone everyone anybody everybody allusers allauthenticatedusers anyonewithlink public',
  ),
);
/** Words by which a person means all. */
export const ALL_WORDS: readonly string[] = words(
  'all every each everyone everybody anyone everything whole entire any',
);

/** Names of arguments that hold the number of a record. */
export const ID_KEYS: ReadonlySet<string> = new Set(
  words(
    'id ids iid number no num ref reference key code order invoice ticket issue case booking reservation account',
  ),
);
/** Names of arguments that hold a percentage, a sum of money, or how many. */
export const PERCENT_KEYS: ReadonlySet<string> = new Set(words('percent percentage pct rollout discount'));
export const MONEY_KEYS: ReadonlySet<string> = new Set(
  words('amount price total cost fee budget sum tip donation bid'),
);
export const COUNT_KEYS: ReadonlySet<string> = new Set(
  words(
    'quantity qty count copies seats nights guests shares replicas celsius fahrenheit temperature degrees people',
  ),
);
export const CURRENCIES: ReadonlySet<string> = new Set(
  words(
    'euro euros eur dollar dollars usd pound pounds gbp kroner kr crowns nok sek dkk chf francs yen bucks quid',
  ),
);
export const CURRENCY_SIGNS = '$\u20ac\u00a3\u00a5';
/** Words before a sum that make it the most that may be spent. */
export const BOUND_WORDS: ReadonlySet<string> = new Set(
  words('to under below most max maximum within than budget over until'),
);
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  words('one two three four five six seven eight nine ten eleven twelve').map(
    (word, i) => [word, i + 1] as const,
  ),
);
/** Verbs of tools' names that leave it to the noun behind them what is done: `create_refund`, `place_order`. */
export const DOING_WORDS: ReadonlySet<string> = new Set(
  words(
    'create make issue process place perform do execute confirm submit handle initiate request schedule start run open post file log raise',
  ),
);
/** Words of a tool's name that say how it is done, or whose it is. */
export const NAME_FILLERS: ReadonlySet<string> = new Set(
  words(
    'batch bulk multi many async force quick smart now http rest manager service controller client action mission paper event entry item element object resource unit value state status setting settings row mode level position phase zone area on off up down in out to into from of for by with all file files document account device appliance entity limit block section line paragraph column cell cells product target turn power shut',
  ),
);
/** Verbs of tools' names that may do whatever was asked for: what they do it to decides. */
export const GENERIC_ACTS: ReadonlySet<string> = new Set(
  words(
    'set update change modify put patch control toggle switch edit configure adjust manage start run activate trigger execute perform command operate',
  ),
);
/** Things that people and the names of tools call by different nouns. */
// biome-ignore format: a table, one row a thing
export const THINGS: readonly (readonly string[])[] = [
  words('basket cart bag trolley checkout'),
  words('incident fault claim defect problem issue ticket case complaint report breakdown malfunction bug damage'),
  words('stock inventory'),
  words('light lights lamp lamps lighting bulb'),
  words('blinds blind shutters shutter curtains curtain shades'),
  words('heating heater thermostat temperature hvac climate'),
  words('meeting event appointment calendar dinner lunch call standup slot invite'),
  words('reminder alarm timer'),
  words('bill invoice payment'),
  words('mail email message messages draft drafts newsletter newsletters inbox mailbox'),
  words('picture photo image'),
  words('machine server instance vm host node box'),
  words('customer client guest'),
  words('parcel package shipment delivery'),
  words('song music track playlist album'),
  words('car vehicle truck van'),
  words('holiday vacation leave timeoff'),
  words('flat apartment'),
  words('sheet spreadsheet workbook table'),
  words('page site website article'),
  words('account member colleague'),
  words('medicine medication drug prescription dose'),
  words('price rate discount cost'),
  words('rule policy'),
  words('order purchase'),
  words('trip ride taxi cab'),
  words('door lock gate'),
  words('paper simulator simulation sandbox demo'),
  words('booking reservation'),
  words('todo card'),
];
export const THINGS_BY_STEM: ReadonlyMap<string, number> = new Map(
  THINGS.flatMap((list, i) => list.map(word => [stem(word), i] as const)),
);
/** Last words of a clause without a verb that say how something is to be: `kitchen light off`. */
export const STATE_WORDS: ReadonlyMap<string, string> = new Map([
  ['off', 'off'],
  ['on', 'on'],
  ['open', 'open'],
  ['closed', 'lock'],
  ['shut', 'lock'],
]);
/** Arguments beyond `RECIPIENT_KEYS` that say whom something is for, in lower case. */
export const PERSON_KEYS: ReadonlySet<string> = new Set(
  words('contact assignee receiver assigned_to assign_to'),
);
/** Acts that no generic verb does: they are named. */
export const NAMED_ACTS: ReadonlySet<string> = new Set(
  words('book buy sell pay refund charge remove cancel tell call report make share enter run'),
);
/** Services and things that names of tools begin with, and that are verbs as well: `drive_share_file`. */
export const NAME_STARTS: ReadonlySet<string> = new Set(
  words(
    'drive mail email message messages photo photos order orders contact contacts note notes book file files log logs trade post posts report print test',
  ),
);
/** Acts that take something away or stop it: no mere noun asks for them. */
export const TAKING_ACTS: ReadonlySet<string> = new Set(words('remove cancel reject block off sell'));
/** `if so, book it`: words behind `if` that lead to what is to be done. */
export const IF_WORDS: ReadonlySet<string> = new Set(words('so yes possible needed necessary'));
/** Words by which a payment is asked for that takes place later. */
export const PLANNING_WORDS: ReadonlySet<string> = new Set(
  words('schedule cancel stop every monthly standing rid end subscription change update move'),
);
