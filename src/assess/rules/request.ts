import type { ActionType } from '../../semconv/index.ts';
import { words } from './rule.ts';

/** Verbs by which a person asks for a type of action. One verb may ask for several. */
// biome-ignore format: a table, one row a type
const VERBS: Readonly<Partial<Record<ActionType, readonly string[]>>> = {
  read: words('read look show list check see tell find search review inspect investigate analyse analyze summarise summarize count compare explain view get print display examine identify report describe watch monitor'),
  write: words('write add create edit update change fix modify rename implement refactor move save store put fill insert append format document set configure migrate upgrade replace correct convert record draft make move copy archive sort mark close assign merge commit push tag schedule tidy improve disable enable build prepare translate generate unpack extract'),
  execute: words('run execute test build start restart stop compute calculate train install launch benchmark compile repeat rerun try reload kill free measure simulate unpack reset terminate shut'),
  delete: words('delete remove drop clean clear wipe purge erase prune uninstall discard empty trash cancel destroy tidy free'),
  network: words('fetch download browse open visit search check crawl scrape query call request ping pull clone sync get look upload upgrade update'),
  communicate: words('send mail email e-mail message post notify tell reply answer tweet publish share forward comment invite write announce inform contact escalate call text ask submit close open'),
  credential: words('rotate grant revoke login authenticate authorize encrypt decrypt sign renew generate permission password key token secret credential credentials access certificate'),
  payment: words('pay transfer refund buy purchase book order charge donate subscribe invest trade sell withdraw deposit reserve checkout wire send'),
  deploy: words('deploy release publish ship roll install apply merge scale turn switch lock unlock open close set push restart provision stop start drive move migrate create upgrade disable enable'),
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

/** Words that turn what follows them in a clause into its opposite. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  words("don't dont not never without nothing no avoid doesn't shouldn't mustn't cannot can't forbidden"),
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
