import { words } from './rule.ts';

/** Nouns by which an act is forbidden, by the verb that they stand for: `no cut-offs this week`. */
// biome-ignore format: a table, one row a verb
const NOUNS: readonly (readonly [verb: string, nouns: string])[] = [
  ['disconnect', 'cut cutoff cutoffs disconnection disconnections outage outages'],
  ['shut', 'shutdown shutdowns'],
  ['delete', 'deletion deletions removal removals purges'],
  ['cancel', 'cancellation cancellations'],
  ['pay', 'payment payments payout payouts spending'],
  ['transfer', 'transfers'],
  ['refund', 'refunds reimbursement reimbursements'],
  ['buy', 'purchase purchases'],
  ['order', 'orders'],
  ['trade', 'trades trading'],
  ['deploy', 'deployment deployments deploys rollout rollouts'],
  ['release', 'releases'],
  ['publish', 'publication publications posts tweets articles story stories'],
  ['announce', 'announcement announcements statement statements'],
  ['notify', 'notification notifications alerts pushes'],
  ['send', 'message messages mail mails email emails letter letters newsletter newsletters text texts mailing mailings reminders invitation invitations invites reply replies'],
  ['restart', 'restarts reboot reboots'],
  ['book', 'booking bookings reservation reservations'],
  ['change', 'changes edits modification modifications'],
  ['merge', 'merges'],
  ['push', 'pushes'],
  ['suspend', 'suspension suspensions bans'],
  ['share', 'sharing'],
];
export const REFUSED_NOUNS: ReadonlyMap<string, string> = new Map(
  NOUNS.flatMap(([verb, nouns]) => words(nouns).map(noun => [noun, verb] as const)),
);
/** Forms of verbs that no ending shows. */
export const PARTICIPLES: ReadonlyMap<string, string> = new Map(
  words(
    'sent:send paid:pay bought:buy sold:sell put:put written:write told:tell made:make begun:start run:run given:give cut:disconnect shut:shut set:set withdrawn:withdraw taken:delete thrown:delete built:build let:let read:read said:tell spent:pay lent:pay goes:send go:send leaves:send leave:send moves:move changes:change happens:change touches:change',
  ).map(pair => pair.split(':') as [string, string]),
);
/** Behind `no` these say how things are. */
export const REPORTING_WORDS: ReadonlySet<string> = new Set(
  words(
    'from received arrived came come found shows shown far has have had was were seems idea need problem problems rush worries reason matter wonder doubt hurry longer clue luck one way',
  ),
);
/** Words that end what a veto is about. */
export const VETO_ENDS: ReadonlySet<string> = new Set(
  words('without until till before unless except once if because since as so while after'),
);
/** Words that name nothing. */
export const VETO_FILLERS: ReadonlySet<string> = new Set(
  words(
    "goes going gets getting out off offs week weeks month day weekend year morning night evening now time today tonight tomorrow yet anymore please more further live public happens this next for monday tuesday wednesday thursday friday saturday sunday mondays fridays weekends anything anybody anyone somebody it them they that you one you've been being",
  ),
);
/** Who forbids with `nobody`, `nothing`. */
export const NONE_WORDS: ReadonlySet<string> = new Set(words('nothing nobody none'));
/** Verbs by which somebody sees to something before it is done. */
export const VETTING_VERBS: ReadonlySet<string> = new Set(
  words(
    'see seen read check checked approve approved review reviewed sign signed look looked ok okay okayed confirm confirmed ask asked run show consult vet proofread go-ahead permission approval consent say signature word blessing talk speak call phone',
  ),
);
export const SELF_OBJECTS: ReadonlySet<string> = new Set(words("i i've i'd me my us we we've our"));
/** What stays so is not to be changed: `X stays as it is`, `the public branch stays on the old one`. */
export const STAY_VERBS: ReadonlySet<string> = new Set(words('stays stay remains remain'));
export const STAY_STATES: ReadonlySet<string> = new Set(
  words('up online running as put untouched unchanged unpublished frozen where'),
);
export const OLD_WORDS: ReadonlySet<string> = new Set(
  words('old current present same previous existing until till for'),
);
