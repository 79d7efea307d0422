import { words } from './rule.ts';

/** Last words of a name that only say that it is a tool. */
export const TITLE_WORDS: ReadonlySet<string> = new Set(
  words(
    'tool tools system module app application utility assistant platform engine program software suite plugin service interface function action helper agent kit',
  ),
);

/** What a tool may look into that is for everybody, or that the call itself gives it. */
export const PUBLIC_WORDS: ReadonlySet<string> = new Set(
  words(
    'market news weather web course courses product products research literature journal paper papers article articles academic library public open wiki encyclopedia dictionary map maps recipe recipes movie movies music book books sport sports stock stocks price prices currency exchange hotel restaurant holiday time date text language spelling grammar guide guideline guidelines handbook faq help version summarizer translator converter translation',
  ),
);

/** Of what stands in public, beside these, where it is kept in order: profiles of researchers, reviews of products. */
export const PUBLISHED_WORDS: ReadonlySet<string> = new Set(
  words('researcher researchers author authors review reviews listing listings blog'),
);
/** Beside which they are not: reviews of peers. */
export const WITHHELD_WORDS: ReadonlySet<string> = new Set(words('peer draft drafts private internal'));

/** Words that are a thing and no verb before one of these: a grant that is applied for. */
export const NOUNS_BEFORE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'grant',
    new Set(
      words(
        'application applications information proposal proposals funding writing writer database opportunity opportunities search finder program award awards money',
      ),
    ),
  ],
]);

/** The same behind one of these: an address book is read, not booked. */
export const NOUNS_BEHIND: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['book', new Set(words('address order phone note guest play run cook log'))],
]);

/** Nouns that an action is done to as often: `PostMessage`, `print_report`. */
export const OBJECT_NOUNS: ReadonlySet<string> = new Set(
  words(
    'message email mail sms dm notification announcement letter letters newsletter report reports data request details info',
  ),
);

/** What is posted for people to see. */
export const POSTED_WORDS: ReadonlySet<string> = new Set(
  words(
    'message messages tweet story stories photo photos picture pictures image video videos reel update updates status announcement announcements comment comments reply replies review reviews social facebook twitter x instagram linkedin tiktok reddit youtube mastodon bluesky threads to on in at news notice notices ad ads advert listing job vacancy blog article articles content poll chat slack teams discord channel thread feed wall notification notifications alert alerts broadcast bulletin letter email sms statement press question answer',
  ),
);

/** Nouns that end as those do that are made of a verb, and are not made of one. */
export const UNMADE_NOUNS: ReadonlySet<string> = new Set(
  words(
    'logging user seller buyer driver customer player printer server building meeting setting rating investment water order paper letter folder number counter timer member partner owner holder vendor doctor error color author responder',
  ),
);
