import { effect, once, words } from './rule.ts';
import type { ToolRule } from './tool-rule.ts';

/** Words on a button or a link, by what follows from pressing it. The first part that is some row's verb, and has its object, decides. */
// biome-ignore format: a table, one row a rule
export const targetRules = once((): readonly ToolRule[] => [
  { id: 'browser.pay', verbs: words('place confirm complete submit finalize finalise authorize approve make send'), objects: words('order purchase payment payments booking reservation bid transfer transaction subscription donation checkout'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'browser.pay', verbs: words('buy pay purchase donate rebook'), first: true, ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'browser.pay', verbs: words('book reserve order subscribe rent upgrade bid checkout'), objects: ['now', 'pay'], ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'browser.pay', verbs: words('start'), objects: words('subscription membership'), ...effect('payment', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'browser.delete_account', verbs: words('delete close remove deactivate'), objects: words('account profile workspace organization organisation repository database project'), ...effect('delete', 'irreversible', 0.7, 'severe') },
  { id: 'browser.delete', verbs: words('delete erase destroy wipe'), ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'browser.delete', verbs: ['empty'], objects: words('trash bin'), ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'browser.reply', verbs: ['post', 'publish', 'submit'], objects: ['reply'], ...effect('communicate', 'irreversible', 0.4, 'limited'), sends: true },
  { id: 'browser.send', verbs: words('send reply forward tweet'), ...effect('communicate', 'irreversible', 0.3, 'trivial'), sends: true },
  { id: 'browser.post', verbs: words('post publish announce'), first: true, ...effect('communicate', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'browser.post', verbs: words('submit'), objects: words('application claim complaint form request review comment report answer assignment'), ...effect('communicate', 'conditionally_reversible', 0.4, 'limited'), sends: true },
  { id: 'browser.grant', verbs: words('grant authorize allow invite revoke'), objects: words('access permission permissions app application user member admin owner'), ...effect('credential', 'reversible', 0.5, 'serious') },
  { id: 'browser.sign', verbs: ['sign'], objects: words('contract document agreement here electronically'), ...effect('write', 'irreversible', 0.6, 'serious') },
  { id: 'browser.deploy', verbs: words('deploy release rollback promote'), first: true, ...effect('deploy', 'conditionally_reversible', 0.55, 'serious') },
  { id: 'browser.cancel', verbs: words('cancel terminate'), objects: words('order booking reservation subscription contract flight appointment membership policy'), ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'browser.accept', verbs: ['merge'], objects: words('pull request branch'), ...effect('write', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'browser.change', verbs: words('save apply update add remove subscribe unsubscribe enable disable create upload rename archive'), first: true, ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'browser.accept', verbs: words('accept approve confirm agree'), objects: words('offer quote contract terms invitation invoice loan changes request'), ...effect('write', 'conditionally_reversible', 0.4, 'limited') },
]);

/** Arguments that describe what is clicked, in lower case without `_` and `-`. */
export const TARGET_KEYS: ReadonlySet<string> = new Set(
  words('element selector label button target text name description arialabel title link elementdescription'),
);
/** Last words of such a description by which it is a place to look at, or to type into, rather than an action. */
export const PLAIN_TARGETS: ReadonlySet<string> = new Set(
  words(
    'tab field input textbox box dropdown menu heading page section filter option column row list history details image icon',
  ),
);
/** What is typed in that keeps others out, in lower case. */
export const SECRET_FIELDS: readonly string[] = [
  'password',
  'passwort',
  'passcode',
  'passphrase',
  'one-time',
  'otp',
  'verification code',
  'security code',
  '2fa',
  'mfa code',
  'authenticator',
  'secret key',
  'recovery code',
  'pin code',
  'pin',
  'cvv',
  'cvc',
  'card number',
  'api key',
  'access token',
];
