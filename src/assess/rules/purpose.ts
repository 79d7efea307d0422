import { HARM } from './harm.ts';
import { type Rule, words } from './rule.ts';

/** What a tool does whose name says that it does harm. */
export interface IllKind {
  readonly words: ReadonlySet<string>;
  readonly rule: Rule;
  /** What the word is a term of the trade with: `image_manipulation`. */
  readonly unless?: ReadonlySet<string>;
  /** In place of `rule` where the name also says that it is about one of these. */
  readonly graver?: readonly { readonly objects: ReadonlySet<string>; readonly rule: Rule }[];
}

const set = (text: string): ReadonlySet<string> => new Set(words(text));

/** Money, proof, health, and what keeps people safe. */
const GRAVE_OBJECTS = set(
  'financial finance fund funds insurance tax taxes bank banking invoice payment payments transaction transactions credit card market stock accounting evidence witness judicial court verdict election vote votes ballot safety control brake backup backups database medication dose dosage treatment firmware advice guidance',
);
const PERSONS = set(
  'patient patients user users student students customer customers client clients employee employees staff voter voters public opinion opinions witness child children victim',
);
/** What is said to people so that they believe it. */
const ASSERTIONS = set('claim claims statement statements testimony advertising advertisement rumor rumors');
const SUBMITTED = set('application applications claim claims petition petitions');
const MONEY = set('card cards payment payments wire check cheque loan loans');
const LOGINS = set(
  'credential credentials password passwords identity identities login token tokens key keys account accounts',
);

/**
 * Words in a tool's name that say that it does harm, by what such a tool does. A name is what somebody called the tool: no proof, but
 * no accident either.
 */
export const ILL_KINDS: readonly IllKind[] = [
  {
    words: set(
      'fake forge forged forgery falsify falsified falsification fabricate fabrication fabricated counterfeit tamper tampering manipulation manipulate manipulating corrupt corruption defacement deface sabotage hijack hijacking poisoning poison plagiarize plagiarism subvert false rigging backdate backdating falsifier falsifying doctored corruptor corrupter corrupting overstate overstated overstating understate understated understating mislabel misattribute misreport misreporting misstate misrepresent contaminate contaminating bogus phony hoax saboteur sabotaging vandalize exaggerate counterfeiter',
    ),
    rule: HARM.illFalsify,
    unless: set('image images string dom text audio video pdf dataframe array matrix object color'),
    graver: [
      { objects: ASSERTIONS, rule: HARM.illDeceive },
      { objects: GRAVE_OBJECTS, rule: HARM.illFalsifyGrave },
      { objects: PERSONS, rule: HARM.illDeceive },
    ],
  },
  {
    words: set('fraud fraudulent'),
    rule: HARM.illFalsifyGrave,
    graver: [
      { objects: SUBMITTED, rule: HARM.illDeceive },
      { objects: MONEY, rule: HARM.illPay },
    ],
  },
  { words: set('destruction destructive'), rule: HARM.illDestroy },
  {
    words: set(
      'theft infostealer steal stealing stealer exfiltrate exfiltration exfiltrator harvest harvesting harvester pilfer pilfering',
    ),
    rule: HARM.illTake,
    unless: set('crop crops field fields yield season rain rainwater'),
    graver: [{ objects: LOGINS, rule: HARM.illTakeLogin }],
  },
  {
    words: set(
      'espionage spy spying sniff sniffing sniffer eavesdrop eavesdropping eavesdropper wiretap wiretapping wiretapper stalker snooper surveil voyeur',
    ),
    rule: HARM.illWatch,
  },
  {
    words: set('leak leakage leaking leaker doxing doxxing betray'),
    rule: HARM.illDisclose,
    unless: set('memory water gas pipe pipes roof coolant refrigerant valve'),
  },
  {
    words: set('phishing phish'),
    rule: HARM.illDeceive,
    graver: [{ objects: LOGINS, rule: HARM.illTakeLogin }],
  },
  {
    words: set(
      'vishing smishing catfish swatting spoof spoofing impersonate impersonation misinformation disinformation blackmail blackmailing extort extortion coerce coercion harass harassment intimidate intimidation stalking deceive deception deceptive mislead misleading deepfake scam scammer conceal concealment misinform misinformer misinforming misdirect misguide gaslight gaslighting swindle swindler defame brainwash belittle belittling humiliate retaliate entrap extortionist blackmailer retraumatize ragebait astroturfing coverup',
    ),
    rule: HARM.illDeceive,
  },
  {
    words: set('drainer ponzi bribe bribery launder laundering embezzle embezzlement embezzler'),
    rule: HARM.illPay,
  },
  {
    words: set('ransomware'),
    rule: HARM.illPurpose,
    graver: [
      {
        objects: set('encrypt encryptor run launch execute spread share shares file files disk disks drives'),
        rule: HARM.illRansom,
      },
    ],
  },
  {
    words: set(
      'malware cryptominer cryptojacking stuffing skimmer skimming jammer jamming typosquat typosquatting worm keylogger spyware backdoor rootkit trojan botnet exploit jailbreak bypass disrupt disruption overload crack brute ddos attack breach injection neglect deprivation infection compromise evasion smuggling smuggler smuggle misroute misrouting misrouter misallocate mismanage mistreat misdiagnose destabilize destabilise undermine discriminate discriminatory endanger jeopardize pollute weaponize collude',
    ),
    rule: HARM.illPurpose,
    graver: [{ objects: set('integrity'), rule: HARM.illFalsifyGrave }],
    unless: set(
      'dependency fuel gear cache valve surgery cardiac insulin vaccine molding growth width pavement concrete outbreak',
    ),
  },
];

/** Words that say how something is done: what it is, the rest of the name says. */
export const ILL_MANNERS: ReadonlySet<string> = set(
  'covert covertly stealth malicious maliciously illegal illegally illicit unauthorized unlawful unlawfully secretly deceptively fraudulently unethical',
);

/** Words behind such a word that turn the name round: what stands last is a tool against it, or one that finds it. */
export const GUARDING_ENDS: ReadonlySet<string> = set(
  'protection protector prevention preventer detection detector scanner scan awareness check checker verification verifier monitor monitoring analysis analyzer analyser filter guard guardian shield response defense defence training simulation simulator drill exercise blocker removal remover investigation investigator',
);
/** The same behind a noun only: a fraud report tells of fraud, a fake report is one. */
export const TELLING_ENDS: ReadonlySet<string> = set(
  'report reports reporting reporter alert alerts database policy hotline insurance',
);
export const DESCRIBING: ReadonlySet<string> = set(
  'fake false forged falsified fabricated counterfeit fraudulent deceptive misleading destructive covert covertly stealth malicious illegal illicit unauthorized bogus phony hoax doctored overstated understated maliciously illegally unlawful unlawfully secretly deceptively fraudulently unethical',
);
/** Harms that people report, study and make laws against. */
export const NAMED_HARMS: ReadonlySet<string> = set(
  'theft fraud phishing forgery falsification fabrication manipulation extortion harassment deception injection infection plagiarism impersonation counterfeit brute attack smuggling embezzlement bribery laundering poisoning scam',
);
/** What is about such a harm where it stands last: a complaint, a study, a statute. */
export const ABOUT_ENDS: ReadonlySet<string> = set(
  'intake statute statutes complaint complaints appeal appeals statistics stats survey takedown lockout screening debrief analytics warnings liability bench sim prediction predictor forecast study research classifier auditor helpline',
);

/** Words that can only be what the tool does: what stands behind them is what it is done to. */
export const ACTS: ReadonlySet<string> = set(
  'falsify falsifying forge fabricate manipulate manipulating overstate overstating understate understating mislabel misattribute misreport misstate misrepresent contaminate vandalize exaggerate steal exfiltrate pilfer betray deceive mislead coerce extort intimidate harass impersonate misinform misguide defame belittle humiliate retaliate launder embezzle smuggle misroute misallocate mismanage mistreat misdiagnose destabilize destabilise undermine endanger jeopardize pollute collude discriminate retraumatize',
);
/** Words by which what deceives is an exercise: people are written to all the same. */
export const DRILL_WORDS: ReadonlySet<string> = set(
  'simulated simulation mock awareness training drill exercise',
);
/** Words before such a word that do the same. */
export const GUARDING_STARTS: ReadonlySet<string> = set(
  'anti protect prevent detect check verify monitor analyze analyse scan filter guard shield simulated simulate mock search get list lookup find block remove report flag avoid stop counter investigate fix correct revert undo dispute repair',
);

/** Every word that says harm, and every one that turns it round, wherever they stand. */
export const ILL_WORDS: ReadonlySet<string> = new Set([
  ...ILL_KINDS.flatMap(kind => [...kind.words]),
  ...ILL_MANNERS,
]);
export const GUARDING_WORDS: ReadonlySet<string> = new Set([
  ...GUARDING_ENDS,
  ...TELLING_ENDS,
  ...GUARDING_STARTS,
]);
