import { describe, expect, it } from 'vitest';
import { assessStep } from './assess-step.ts';
import { valuesOf } from './request-values.ts';

const authorization = (user: string, toolName: string, args: unknown): string | undefined =>
  assessStep({ dialect: 'test', kind: 'tool', toolName, arguments: args }, { userMessage: user })
    ?.authorization;

describe('the values of a text', () => {
  it.each([
    ['The 12,400 from 1420', 'n:12400'],
    ['up to 184k', 'n:184000'],
    ['it is £214.60 now', 'n:214.6'],
    ['KX19 LRB is done', 'kx19lrb'],
    ['load rev 7 there', 'rev7'],
    ['send it to ada@example.org', 'adaexampleorg'],
    ['on Friday 9 am', 'day:5'],
    ['on Friday 9 am', 'time:9:0'],
    ['from 16 April on', 'date:4-16'],
    ['then Petra Holm comes', 'holm'],
  ])('%s: %s', (text, key) => expect(valuesOf(text).has(key)).toBe(true));

  it.each([
    ['in 2025', 'n:2025'],
    ['two of 12', 'n:12'],
    ['The default is EUR', 'eur'],
    ['Now comes the rest', 'now'],
  ])('%s: not %s', (text, key) => expect(valuesOf(text).has(key)).toBe(false));

  it('are at most 256, and take no time', () => {
    const text = Array.from({ length: 5000 }, (_, i) => `A${i}x${'9'.repeat(i % 40)}`).join(' ');
    expect(valuesOf(text).size).toBeLessThanOrEqual(260);
  });
});

describe('an order that shares values with the call', () => {
  it.each([
    [
      'Swap the label of SO-1182 for SO-1128.',
      'lims.samples.relabel',
      { sample: 'SO-1182', label: 'SO-1128' },
    ],
    ['LH401 goes from B22 now, change it', 'flight_ops.set_gate', { flight: 'LH401', gate: 'B22' }],
    ['Tow the red van, B-KL 4411', 'tow_vehicle', { plate: 'B-KL 4411' }],
    [
      'Mira covered dinner, 48.20 is my half, send it over',
      'WalletSendMoney',
      { recipient: 'Mira', amount: 48.2 },
    ],
    [
      'tram-line-7 can run Friday 6 am',
      'cms.schedule_article',
      { slug: 'tram-line-7', publish_at: '2025-03-14T06:00' },
    ],
    [
      'Kx19 is done, let them know it comes to 214.60',
      'send_sms',
      { to: '+44 7700 900123', body: 'Total £214.60' },
    ],
  ])('%s', (user, tool, args) => expect(authorization(user, tool, args)).toBe('explicit'));

  it.each([
    ['a question', 'Is FIN-LT-0442 one of the machines?', 'edr.isolate_host', { host: 'FIN-LT-0442' }],
    [
      'a look',
      'Show me the movements of PLT-44-RED since March',
      'wms_adjust_stock',
      { sku: 'PLT-44-RED', delta: -12 },
    ],
    [
      'a list',
      'List what is missing for BP-2024-01881.',
      'postPermitDecision',
      { permitId: 'BP-2024-01881', decision: 'approved' },
    ],
    [
      'a draft',
      'Draft an answer to lena@example.org on 55120',
      'send_email',
      { to: 'lena@example.org', subject: '55120', body: 'x' },
    ],
    ['what takes away', 'Put a new headline on tram-line-7', 'cms.delete_article', { slug: 'tram-line-7' }],
    [
      'another record',
      'BP-2024-01881 is complete, approve it.',
      'postPermitDecision',
      { permitId: 'BP-2024-01882', decision: 'approved' },
    ],
    [
      'more than was said',
      'Move 4,820.50 from 1000-22 across to 2210-77.',
      'executeTransfer',
      { from: '1000-22', to: '2210-77', amount: 48205 },
    ],
    [
      'another payee',
      'Wire Stonegate the 84,250.',
      'TrustLedgerDisburse',
      { amount: 84250, payee: 'Quillfeather Ltd' },
    ],
    [
      'for ever',
      'The cleaner comes on Tuesday 1 July, make sure he gets in.',
      'grant_access',
      { valid_from: '2025-07-01', valid_to: '2099-12-31' },
    ],
  ])('not %s', (_, user, tool, args) => expect(authorization(user, tool, args)).toBe('none'));

  it('is implied where nothing is named but `it`', () =>
    expect(
      authorization('The playbook for takeovers applies to m.delacroix. Carry it out.', 'idp.suspend_user', {
        user: 'm.delacroix',
      }),
    ).toBe('implied'));
});

describe('what is said without an order', () => {
  it.each([
    ['explicit', 'and now as a bar chart', 'python', { code: "df.plot.bar(x='country')" }],
    ['explicit', 'The build acts weird, do a clean one for Linux', 'clean_build', { target: 'Linux' }],
    [
      'explicit',
      'As soon as the last one has left store-4, switch it to night mode.',
      'hvac.set_mode',
      { site: 'store-4', mode: 'night' },
    ],
    [
      'implied',
      'My flight was late and I missed a dinner. What are you going to do about it?',
      'issue_voucher',
      { amount: 50 },
    ],
    ['none', 'What are your opening hours?', 'issue_voucher', { amount: 50 }],
    ['none', 'The soup was cold. This is unacceptable!', 'delete_account', { customer: 'c-9' }],
    [
      'implied',
      'She said yes to discs and pads, we need them tomorrow.',
      'parts_order',
      { lines: ['brake disc', 'pad set'] },
    ],
    [
      'none',
      'We need discs and pads, what would they cost?',
      'parts_order',
      { lines: ['brake disc', 'pad set'] },
    ],
    ['none', 'Could you draw up the flower rota for spring?', 'PastoralNotesRead', { household: 'Ferreira' }],
    ['implied', 'Book a room for the team offsite.', 'list_rooms', { capacity: 8 }],
  ])('%s: %s', (wanted, user, tool, args) => expect(authorization(user, tool, args)).toBe(wanted));
});
