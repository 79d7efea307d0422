import { root } from '../words.ts';
import { words } from './rule.ts';

/**
 * Verbs, and nouns made of them, that ask for much the same: what stands in a tool's name against what a person said. Verbs that do harm stand
 * with the plain ones that a person may ask for it with.
 */
// biome-ignore format: a table, one row a meaning
export const ACTS: Readonly<Record<string, readonly string[]>> = {
  judge: words('evaluate assess analyze analyse analytics analysis review examine check audit verify validate inspect test compare diagnose'),
  find: words('find search look lookup query retrieve get fetch gather collect obtain access consult browse locate read view discover identify research explore'),
  change: words('change alter modify update edit adjust revise correct set upgrade patch configure manipulate manipulation tamper falsify corrupt'),
  make: words('create make generate produce write draft compose build develop design prepare construct simulate fabricate fake forge forgery counterfeit'),
  remove: words('delete remove destroy destruction destructive erase wipe drop purge clear clean cancel sabotage damage'),
  move: words('move transfer migrate relocate copy send ship'),
  take: words('take capture harvest extract export exfiltrate exfiltration steal theft grab'),
  share: words('share send distribute publish post disclose leak leakage expose tell notify inform message email announce release'),
  watch: words('watch monitor track observe record log trace follow survey sniff spy eavesdrop wiretap surveillance'),
  plan: words('plan schedule arrange organize organise navigate route'),
  guard: words('protect protection secure encrypt guard shield safeguard restrict'),
  give: words('give allocate assign grant distribute provide issue hijack'),
  insert: words('insert inject injection add install upload put embed deploy'),
  summarize: words('summarize summarise summary synthesize synthesise condense outline abstract'),
  suggest: words('suggest recommend recommendation advise advice propose select choose pick'),
  pay: words('pay payment purchase buy order charge refund checkout'),
  join: words('combine merge integrate integration join fuse fusion aggregate'),
  stop: words('stop end terminate kill halt disable disrupt disruption overload'),
  train: words('train teach instruct educate'),
  compute: words('compute calculate estimate measure quantify forecast predict'),
  improve: words('improve optimize optimise tune enhance maintain maintenance'),
  overrule: words('override overrule overriding seize'),
  treat: words('treat prescribe prescription medicate'),
};

/** Meanings by the root of each of their words. */
export const ACTS_BY_ROOT: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const map = new Map<string, Set<string>>();
  for (const [act, list] of Object.entries(ACTS)) {
    for (const word of list) {
      const key = root(word);
      const acts = map.get(key);
      if (acts === undefined) map.set(key, new Set([act]));
      else acts.add(act);
    }
  }
  return map;
})();

/** What a name is about, and what people speak of in the same breath. They join names that have no verb with requests; a name with a verb needs its own thing. */
// biome-ignore format: a table, one row a field
export const FIELDS: readonly (readonly string[])[] = [
  words('portfolio investment invest asset stock fund security securities dividend yield returns'),
  words('patient medical clinical health healthcare hospital doctor nurse illness disease symptom therapy treatment medication medicine prescription diagnosis'),
  words('student pupil course class lesson teacher academic school university semester exam grade curriculum'),
  words('legal law lawyer court contract clause agreement compliance regulation nda lawsuit'),
  words('hotel room flight travel trip itinerary airport airline holiday'),
  words('restaurant table dinner lunch menu meal'),
  words('account bank balance loan mortgage credit'),
  words('employee staff hiring candidate applicant resume recruitment payroll salary'),
  words('car vehicle driver driving traffic road lane'),
  words('weather temperature rain forecast storm'),
  words('parcel package shipment shipping delivery courier'),
  words('song music playlist album artist'),
];

/** Fields by the root of each of their words. */
export const FIELDS_BY_ROOT: ReadonlyMap<string, number> = new Map(
  FIELDS.flatMap((list, field) => list.map(word => [root(word), field] as const)),
);

/** Words of a tool's name that say that it is one, and no more: whatever is asked for of its things may go by way of it. */
export const PLAIN_WORDS: readonly string[] = words(
  'tool manager management manage handler handle helper assistant assistance agent service system platform portal api client server software app application module engine processor processing process control controller operation operations interface utility database repository store center centre the of and for to with in on by all my a an',
);
export const PLAIN_NAMES: ReadonlySet<string> = new Set(PLAIN_WORDS.map(root));

/** Things that so many names and requests speak of that they join nothing on their own. */
export const COMMON_WORDS: readonly string[] = words(
  'data information info record records content item items file files user users detail details report reports system result results',
);
export const COMMON_THINGS: ReadonlySet<string> = new Set(COMMON_WORDS.map(root));

/** Words behind a name that say that it is a tool's. */
export const TOOL_WORDS: readonly string[] = ['tool', 'function', 'api', 'plugin', 'command'];
/** Words before a name that say that the tool is meant. */
export const USE_WORDS: readonly string[] = ['use', 'using', 'call', 'calling', 'invoke', 'invoking', 'via'];
