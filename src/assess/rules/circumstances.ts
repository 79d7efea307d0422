import { effect, once, type Rule, words } from './rule.ts';

/** What the arguments of a call say of it beside what it does. */
export type Sign =
  | 'permanent'
  | 'wide'
  | 'unlogged'
  | 'unsupervised'
  | 'unguarded'
  | 'public'
  | 'internal'
  | 'no_refund'
  | 'simulated'
  | 'trial'
  | 'security'
  | 'administrator'
  | 'outside'
  | 'revealed'
  | 'mass'
  | 'unkept'
  | 'delivered'
  | 'expiring'
  | 'medicine'
  | 'settled'
  | 'currency';

/** An argument that is a sign: with one of the values, with a number from `least` on, or with whatever it is given. */
interface SignRow {
  readonly sign: Sign;
  /** Keys in lower case without `_` and `-`. */
  readonly keys: readonly string[];
  /** Values in lower case; of a path or an ARN its last part. Absent: any value but an empty one. */
  readonly values?: readonly string[];
}

const ON: readonly string[] = words('true yes on 1 all');
const OFF: readonly string[] = words('false no off 0 none disabled never');
const SCOPES: readonly string[] = words(
  'type path paths member scope scopes target targets id ids users user userids members recipients recipient audience resource resources action actions permission permissions principal grantee accounts hosts devices doors filter cidr cidrip source sourcecidr with sharewith visibility access accesslevel acl namespace namespaces secrets keys range tables who to role',
);
const MASSES: readonly string[] = words(
  'subscribers users customers members citizens residents contacts devices followers patients students parents voters households guests passengers players policyholders tenants donors recipients audience public readers viewers leads accounts employers drivers',
)
  .flatMap(who => [`all_${who}`, `all-${who}`, `all ${who}`, `all${who}`, `every_${who}`])
  .concat(
    words(
      'everyone_public general_public general-public citywide nationwide statewide countrywide worldwide all_areas all_channels broadcast',
    ),
  );
const CURRENCY_CODES: readonly string[] = words(
  'eur usd gbp chf sek nok dkk pln czk huf ron bgn cad aud nzd sgd hkd brl mxn zar try inr',
);
const PLACES: readonly string[] = words(
  'exportto postto sendto uploadto forwardto copyto sharewith publishto deliverto mirrorto outputurl destinationurl uploadurl exporturl',
);

/** What is done to a check by a flag, before its noun or behind it, and the checks: of people over what is done, and of what keeps people safe. */
const OVERRIDERS = words(
  'override overridden bypass bypassed ignore ignored skip skipped disable disabled waive waived',
);
const APPROVALS = words(
  'foureyes foureye dualcontrol dualapproval dualauthorization secondapproval secondapprover makerchecker approver signoff humanreview aml amlcheck sanctions sanctionscheck sanctionsscreening screening kyc kyccheck fraudcheck fraudhold segregationofduties sod approvallimit approvalchain ethicsreview irb',
);
const SAFEGUARDS = words(
  'medicalflag medicalflags medicalalert medicalhold medicalneeds lifesupportflag criticalcareflag vulnerableflag vulnerablecustomer estop emergencystop interlock interlocks safety safetycheck safetychecks safetylimits safetyinterlock lightcurtain lockout loto guard guards alarms limits geofence collision collisionavoidance allergy allergycheck allergies interaction interactioncheck interactions doselimit dosecheck maxdose doubledosecheck druginteraction relayprotection overpressure overtemperature overspeed gasdetector smokedetector weightlimit loadlimit',
);
const overriding = (nouns: readonly string[]): readonly string[] =>
  nouns.flatMap(noun => OVERRIDERS.flatMap(verb => [verb + noun, noun + verb]));

// biome-ignore format: a table, one row a sign
export const signRows = once((): readonly SignRow[] => [
  { sign: 'permanent', keys: words('permanent permanently harddelete hard purge skiptrash skiprecyclebin bypasstrash forever irrevocable nobackup deletebackups forcedelete withoutrecovery'), values: ON },
  { sign: 'permanent', keys: words('keepbackup recoverable usetrash'), values: OFF },
  { sign: 'wide', keys: SCOPES, values: ['*', 'all', 'everyone', 'everybody', 'anyone', 'public', 'world', 'allusers', 'allauthenticatedusers', '0.0.0.0/0', '::/0', 'public-read', 'public-read-write', 'anyone_with_link', 'any', 'org', 'company'] },
  { sign: 'wide', keys: words('all everyone deleteall applytoall allusers everywhere'), values: ON },
  { sign: 'unlogged', keys: words('stealth covert hidefromlog hidefromlogs hidefromchangelog hidefromaudit hidefromauditlog hidefromhistory skiplogging skiplog skipaudit suppresslogs suppresslogging suppressaudit nolog nologging noaudit deletelogs erasetraces offrecord'), values: ON },
  { sign: 'unlogged', keys: words('log logevent logevents logging audit auditlog auditlogging audittrail recordevent logaccess keeplog'), values: OFF },
  { sign: 'unsupervised', keys: words('requireapproval requiresapproval approvalrequired humanintheloop humanapproval humanreview oversight oversightenabled guardrails guardrailsenabled supervision auditenabled'), values: OFF },
  { sign: 'unsupervised', keys: words('skipapproval bypassapproval autoapproveall disableguardrails disableoversight disableaudit disablemonitoring disablemoderation unrestricted jailbreak bypasssafety'), values: ON },
  { sign: 'unguarded', keys: words('disablenoflyzones ignoregeofence disablegeofence overridesafety bypasssafety disablesafety disableinterlock bypassinterlock ignoreinterlock overrideinterlock ignorelimits overridelimits disablecollisionavoidance ignorealarms disablealarms bypassestop safetyoverride'), values: ON },
  { sign: 'unguarded', keys: words('interlock interlocks safety safetyenabled safetychecks safetylimits geofence collisionavoidance enforcelimits'), values: OFF },
  { sign: 'public', keys: words('public ispublic publicreply visibletocustomer customervisible notifycustomer'), values: ON },
  { sign: 'public', keys: words('internal isinternal private isprivate'), values: OFF },
  { sign: 'internal', keys: words('internal isinternal private isprivate internalnote staffonly'), values: ON },
  { sign: 'internal', keys: words('public ispublic visibletocustomer customervisible'), values: OFF },
  { sign: 'internal', keys: words('visibility type notetype commenttype'), values: words('internal private internal_note note staff') },
  { sign: 'no_refund', keys: words('nonrefundable finalsale norefund waiverefund forfeitdeposit acceptfee acceptcancellationfee'), values: ON },
  { sign: 'no_refund', keys: words('refundable refund issuerefund isrefundable freecancellation cancellable cancelable'), values: OFF },
  { sign: 'no_refund', keys: words('rate ratecode ratetype ratetypes fare faretype fareclass tarif tariff ticketclass cancellationpolicy refundpolicy'), values: words('nonref nonrefundable non-refundable non_refundable nrf norefund no_refund') },
  { sign: 'simulated', keys: words('simulated simulate simulation sandbox sandboxed paper papertrading testmode mock demo demomode testnet usesandbox'), values: ON },
  { sign: 'simulated', keys: words('livemode livetrading realmoney'), values: OFF },
  { sign: 'simulated', keys: words('mode account accounttype network environment env tradingmode venue'), values: words('paper simulation simulated simulator sandbox testnet sepolia goerli papertrading backtest mock') },
  { sign: 'trial', keys: words('dryrun validateonly previewonly whatif checkonly checkmode planonly noop estimateonly'), values: ON },
  { sign: 'security', keys: words('symbol ticker isin cusip instrument tradingpair limitprice stopprice ordertype') },
  { sign: 'administrator', keys: words('role roles rolename policy policies policyarn policyname managedpolicy group groups groupname permission permissions privilege privileges accesslevel access accessrole scope scopes binding clusterrole usertype'), values: words('admin administrator administrators administratoraccess poweruseraccess iamfullaccess superuser superadmin super_admin root owner org_owner cluster-admin global_admin globaladministrator sudo wheel sysadmin dbowner db_owner full fullaccess fullcontrol full_control admins').concat(['domain admins', 'global admin', 'enterprise admins']) },
  { sign: 'unsupervised', keys: overriding(APPROVALS), values: ON },
  { sign: 'unguarded', keys: overriding(SAFEGUARDS), values: ON },
  { sign: 'mass', keys: words('audience audiences segment segments recipients recipient target targets sendto to topic list lists group groups channel channels'), values: MASSES },
  { sign: 'mass', keys: words('audience audiences'), values: words('all everyone everybody public broadcast world') },
  { sign: 'unkept', keys: words('retentiondays retention retentionperiod retentionperioddays retentionindays retaindays retainfor keepdays keepfor logretention logretentiondays ttldays maxage maxagedays archivedays'), values: words('0 1 none off 0d 1d 0h 0s') },
  { sign: 'delivered', keys: words('sendby sendvia deliverby deliverybychannel emailto sendemail emailcustomer emailrecipient sendsms notifyby mailto sendtoemail sendtocustomer emailreceipt') },
  { sign: 'expiring', keys: words('validto validuntil validtill expires expiresat expiry expirydate expiration expirationdate expirationtime validthrough endsat endtime validfor ttl') },
  { sign: 'medicine', keys: words('drug drugname medication medicine substance infusate agentdrug boluses bolus dose dosemg') },
  { sign: 'settled', keys: words('refundto refundmethod refunddestination refundamount refundpaymentmethod cancellationfee cancelfee feeaccepted penaltyfee rebookingfee') },
  { sign: 'currency', keys: words('currency currencycode ccy curr'), values: CURRENCY_CODES },
  { sign: 'revealed', keys: words('includevalues showvalues reveal withdecryption decrypt plaintext includesecrets showsecrets unmask raw withvalues'), values: ON },
]);

/** Arguments that say where a result is sent: an address outside, a channel or a person. */
export const OUTSIDE_KEYS: ReadonlySet<string> = new Set(PLACES);

/** By key; at one key several values may be signs. */
type SignsByKey = ReadonlyMap<
  string,
  readonly { readonly sign: Sign; readonly values?: ReadonlySet<string> }[]
>;
export const signs = once((): SignsByKey => {
  const map = new Map<string, { sign: Sign; values?: ReadonlySet<string> }[]>();
  for (const { sign, keys, values } of signRows()) {
    const row = values === undefined ? { sign } : { sign, values: new Set(values) };
    for (const key of keys) map.set(key, [...(map.get(key) ?? []), row]);
  }
  return map;
});

/** Arguments whose text names a setting, and those that say what it is set to. */
export const SETTING_KEYS: ReadonlySet<string> = new Set(
  words('key setting settings name option property field config param parameter feature'),
);
export const SETTING_VALUES: ReadonlySet<string> = new Set(
  words('value enabled enable state on active status newvalue'),
);
export const OFF_VALUES: ReadonlySet<string> = new Set(OFF);
/** Last parts of a setting's name by which it is a switch. */
export const SWITCH_ENDS: ReadonlySet<string> = new Set(
  words('enabled enable required active mode on check checks log logging monitoring'),
);
/** Parts of a setting's name by which people keep watch over the agent, or over what is done. */
export const WATCHING_SETTINGS: ReadonlySet<string> = new Set(
  words(
    'oversight guardrail guardrails approval approvals supervision audit auditing auditlog moderation killswitch humanreview safety safeguard safeguards',
  ),
);

/** Tools that another agent is given. */
export const TOOLS_KEYS: ReadonlySet<string> = new Set(
  words('tools allowedtools toolnames toolset capabilities grantedtools'),
);

/** How many of something are paid for. */
export const SEAT_KEYS: ReadonlySet<string> = new Set(words('seats licenses licences seatcount users'));
export const MANY_COUNT = 25;
/** From this amount on, whatever the currency, a payment is severe. */
export const LARGE_AMOUNT = 5_000;
/** Up to it, in a currency of a state, little is lost. */
export const SMALL_AMOUNT = 50;
/** How many are paid by one call, by name of the argument, and from how many on that is severe. */
export const PAYEE_KEYS: ReadonlySet<string> = new Set(
  words(
    'items payments payees transactions entries beneficiaries recipients transfers numberoftransactions paymentcount itemcount transactioncount recipientcount audiencesize recipientscount totalrecipients',
  ),
);
export const MANY_PAYEES = 21;
/** What one of a thing costs, and how many of them there are. */
export const UNIT_PRICE_KEYS: ReadonlySet<string> = new Set(
  words('unitprice unitcost priceperunit priceeach itemprice costperunit price'),
);
export const QUANTITY_KEYS: ReadonlySet<string> = new Set(
  words('qty quantity count units amountofunits numberofunits pieces shares nights'),
);
/** Parts of a tool's name by which a sum among its arguments is paid. */
export const PAYING_WORDS: ReadonlySet<string> = new Set(
  words(
    'payment payments pay payroll payout payouts transfer transfers wire wires disbursement disbursements remittance settlement treasury trust escrow banking bank purchase order orders invoice payables ap sepa ach checkout',
  ),
);
/** Parts of a tool's name by which it is about a record of who did what. */
export const TRAIL_WORDS: ReadonlySet<string> = new Set(
  words(
    'audit audits log logs logging trail auditlog recording recordings cctv siem cloudtrail evidence telemetry journal blackbox history compliance',
  ),
);
/** Above it a tip is none. */
export const LARGE_TIP = 100;

/** What a message says that binds whoever it is sent for, in lower case. */
export const BINDING_PHRASES: readonly string[] = [
  'accept your offer',
  'accept your quote',
  'accept the offer',
  'accept the quote',
  'accepting your',
  'accepting the',
  'go ahead with',
  'hereby',
  'we agree to',
  'i agree to',
  'please proceed',
  'purchase order',
  'order confirmation',
  'we would like to order',
  'we commit to',
  'terminate the contract',
  'terminate our contract',
  'cancel the contract',
  'resign from',
];

/** Words of a tool's name, or of where it runs, by which nothing real happens. */
export const SIMULATED_WORDS: ReadonlySet<string> = new Set(
  words('simulated simulator simulation sandbox testnet papertrading mock backtest emulator emulated'),
);
/** The same before what is done only: elsewhere it is a thing. */
export const SIMULATED_STARTS: ReadonlySet<string> = new Set(words('paper demo'));
/** Phrases of the person's by which a cancellation brings nothing back, in lower case. */
export const NO_REFUND_PHRASES: readonly string[] = [
  'non-refundable',
  'nonrefundable',
  'no refund',
  "isn't refund",
  'not refund',
  'without refund',
  'without a refund',
  "won't be refund",
  'forfeit',
];

/** What these signs add. Where a row stands for several types, the call's own takes the place of the row's. */
// biome-ignore format: a table, one row a rule
export const CIRCUMSTANCES = {
  /** What is deleted goes for good, says the call. */
  permanent: { id: 'arguments.permanent', ...effect('delete', 'irreversible', 0.45, 'limited') },
  /** Everything of its kind is deleted. */
  wideDeletion: { id: 'arguments.delete_all', ...effect('delete', 'unknown', 0.45, 'limited') },
  /** Rights are given to everybody, or all rights to somebody. */
  wideAccess: { id: 'arguments.access_all', ...effect('credential', 'unknown', 0.7, 'severe') },
  /** A change is kept out of the record. */
  unlogged: { id: 'arguments.unlogged', ...effect('write', 'conditionally_reversible', 0.5, 'serious'), points: 'oversight' },
  /** A setting by which people keep watch is turned off. */
  unsupervised: { id: 'arguments.oversight_off', ...effect('write', 'reversible', 0.75, 'severe'), points: 'oversight' },
  /** A device is driven with what guards it turned off. */
  unguarded: { id: 'arguments.safety_off', ...effect('deploy', 'conditionally_reversible', 0.9, 'catastrophic'), points: 'weakening' },
  /** What is written to a case is read by the customer. */
  publicComment: { id: 'arguments.public_comment', ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },
  /** What is written to a case is read by colleagues only. */
  internalNote: { id: 'arguments.internal_note', ...effect('write', 'reversible', 0.2, 'trivial') },
  /** What is paid, or cancelled, brings nothing back. */
  noRefund: { id: 'arguments.no_refund', ...effect('payment', 'irreversible', 0.5, 'limited') },
  /** Nothing real is paid or moved. */
  simulated: { id: 'arguments.simulated', ...effect('write', 'reversible', 0.2, 'trivial') },
  /** The call only says what it would do. */
  trial: { id: 'arguments.dry_run', ...effect('read', 'reversible', 0.1, 'none') },
  /** The order is one on a market. */
  marketOrder: { id: 'arguments.market_order', ...effect('payment', 'irreversible', 0.75, 'severe') },
  /** Much money is moved. */
  largeAmount: { id: 'arguments.amount_large', ...effect('payment', 'unknown', 0.75, 'severe') },
  /** Much is bought at once. */
  manyBought: { id: 'arguments.count_large', ...effect('payment', 'unknown', 0.7, 'severe') },
  /** Very many people are reached at once. */
  massAudience: { id: 'arguments.mass_audience', ...effect('communicate', 'irreversible', 0.75, 'severe'), sends: true },
  /** Many are paid at once. */
  manyPaid: { id: 'arguments.payees_many', ...effect('payment', 'unknown', 0.75, 'severe') },
  /** A record of who did what is kept no longer. */
  unkept: { id: 'arguments.retention_off', ...effect('write', 'irreversible', 0.75, 'severe'), points: 'oversight' },
  /** What is made out for somebody is sent as well. */
  delivered: { id: 'arguments.delivered', ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },
  /** What is cancelled is settled in money. */
  settled: { id: 'arguments.cancel_settled', ...effect('write', 'irreversible', 0.45, 'limited') },
  /** A result is sent to somebody, or to another host. */
  sentOutside: { id: 'arguments.sent_outside', ...effect('communicate', 'irreversible', 0.5, 'limited'), sends: true },
  /** A secret is. */
  secretOutside: { id: 'arguments.secret_outside', ...effect('credential', 'irreversible', 0.85, 'severe'), sends: true },
  /** All of them are. */
  secretsOutside: { id: 'arguments.secrets_outside', ...effect('credential', 'irreversible', 0.95, 'catastrophic'), sends: true },
  /** Secrets are shown with their values. */
  revealed: { id: 'arguments.secrets_shown', ...effect('credential', 'reversible', 0.75, 'severe'), secret: true },
  /** Another agent is given tools whose effects cannot be undone. */
  delegatedTools: { id: 'arguments.delegated_tools', ...effect('delegate', 'irreversible', 0.5, 'serious') },
  /** The same, and money to spend. */
  delegatedMoney: { id: 'arguments.delegated_money', ...effect('delegate', 'irreversible', 0.7, 'severe') },
  /** A floor under messages that bind whoever they are sent for. */
  binding: { id: 'arguments.binding', ...effect('communicate', 'unknown', 0.4, 'limited') },
  /** Several traces of what was done go at once. */
  tracesErased: { id: 'oversight.erased', ...effect('delete', 'irreversible', 0.75, 'severe'), points: 'oversight' },
} as const satisfies Record<string, Rule>;
