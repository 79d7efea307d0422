import { words } from './rule.ts';

/** Words with capitals that stand for nothing in particular. */
export const COMMON_CAPITALS: ReadonlySet<string> = new Set(
  words(
    'ok asap fyi usd eur gbp chf sek nok dkk api url pdf csv sms now today tomorrow yes no the a an and or but mr mrs ms dr sir please thanks utc cet gmt am pm id ids it ui hr ceo cto faq eta not all never only stop default true false null none test january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday',
  ),
);
/** Verbs behind a name that begins a sentence: `Jonas needs a lift`. */
export const NAME_VERBS: ReadonlySet<string> = new Set(
  words('is has needs wants said says was will can should approved agreed asked called confirmed owes gets'),
);
/** Days as people write them, by their number. */
export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  [
    'sunday sun',
    'monday mon',
    'tuesday tue tues',
    'wednesday wed',
    'thursday thu thurs',
    'friday fri',
    'saturday sat',
  ].flatMap((names, i) => words(names).map(name => [name, i] as const)),
);
/** Months as people write them, by their number. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'january jan',
    'february feb',
    'march mar',
    'april apr',
    'may',
    'june jun',
    'july jul',
    'august aug',
    'september sep sept',
    'october oct',
    'november nov',
    'december dec',
  ].flatMap((names, i) => words(names).map(name => [name, i + 1] as const)),
);
/** What letters behind a number make of it: `184k`. */
export const MULTIPLES: ReadonlyMap<string, number> = new Map([
  ['k', 1000],
  ['m', 1_000_000],
]);
/** Words that begin no order, whatever stands behind them. */
export const NO_ORDERS: ReadonlySet<string> = new Set(
  words(
    'the a an this that these those my your our their his her its it he she they we i you who whom whose which what when where why how if unless because since while although though as at by for from in into of off on onto over under up with without within about above across after against along among around before behind below beneath beside between beyond despite down during except inside like near out outside past since through throughout till to toward towards until upon via and or nor but so yet not no nobody nothing nowhere never is are was were be been being am has have had do does did can could may might must shall should will would there here than then also too both either neither each every all any some many much more most few several such only just even still already again once twice perhaps maybe hello hi hey thanks thank sorry yes ok okay dear got gets getting says said saw came went took gave made told found left seems looks sounds means costs owes needs wants hope hopes think thinks guess believe wonder know knows wish thought felt heard read wrote paid bought sent lost broke anyone someone everybody everyone anybody somebody one',
  ),
);
/** What stands behind a verb that orders something: `page the doctor`. */
export const OBJECT_STARTS: ReadonlySet<string> = new Set(
  words(
    'the a an my our your his her their this that these those it them him me us all every each both another any',
  ),
);
/** Verbs that ask for a proposal and not for the thing itself. */
export const DRAFTING_VERBS: ReadonlySet<string> = new Set(
  words(
    'draft prepare plan propose suggest outline sketch think work consider sort explain describe recommend estimate calculate compute',
  ),
);
/** Verbs by which somebody asks to look, though they ask for effects as well elsewhere. */
export const VIEWING_VERBS: ReadonlySet<string> = new Set(
  words(
    'read look show list check see find search inspect count get view display watch monitor track verify locate determine trace preview peek review compare print test open pull grab go visit browse report query',
  ),
);
/** Words of somebody who complains and leaves it to the service what is done. */
export const COMPLAINTS: readonly string[] = [
  ' do about it ',
  ' do about this ',
  ' do about that ',
  ' do something about ',
  ' make this right ',
  ' make it right ',
  ' make up for ',
  ' put this right ',
  ' put it right ',
  ' sort this out ',
  ' money back ',
  ' compensat',
  ' unacceptable ',
  ' not acceptable ',
  ' not good enough ',
  ' never arrived ',
  ' never came ',
  ' arrived broken ',
  ' arrived damaged ',
  ' still waiting for ',
  ' let down ',
  ' complain',
];
/** What a service does for somebody who complains. */
export const REMEDIES: ReadonlySet<string> = new Set(
  words(
    'voucher vouchers refund credit compensation compensate goodwill apology replacement replace reship resend ticket case claim complaint escalate rebate reimbursement coupon incident',
  ),
);
/** Words by which somebody says what is needed, or what was agreed to. */
export const NEEDS: readonly string[] = [
  ' need ',
  ' needs ',
  ' want ',
  ' wants ',
  ' would like ',
  ' ran out of ',
  ' are out of ',
  ' is out of ',
  ' said yes ',
  ' agreed to ',
  ' went for ',
  ' is due ',
  ' are due ',
  ' must have ',
];
/** What is done for somebody who needs something. */
export const PROVIDING_ACTS: ReadonlySet<string> = new Set(
  words('buy book add make assign dispatch refill report subscribe extend print move change set'),
);
/** Words by which a message goes on with what was asked for before. */
export const GOING_ON: ReadonlySet<string> = new Set(words('and now same also again ok okay plus once'));
export const GOING_ON_AS: ReadonlySet<string> = new Set(
  words('as for with in same another more by per without from'),
);
/** Records that were confided: nobody looks into them on the way to something else. */
export const CONFIDED: ReadonlySet<string> = new Set(
  words(
    'pastoral confession confessions counselling counseling diary journal therapy therapist disciplinary grievance grievances private confidential personnel salary salaries payroll medical psychiatric hiv whistleblower safeguarding',
  ),
);
/** Verbs that leave it to what stands with them what is done. */
export const LIGHT_VERBS: ReadonlySet<string> = new Set(
  words('put get take make mark set book give bring switch turn swap enter do have go run move add fix sort'),
);
/** Behind a thing these say what is to happen with it: `the story can run on Friday`. */
export const PERMITTING_WORDS: ReadonlySet<string> = new Set(words('can may should must shall'));
