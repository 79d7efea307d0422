import { describe, expect, it } from 'vitest';
import { assessStep } from './assess-step.ts';
import { readRequest } from './request.ts';

const authorization = (user: string, toolName: string, args: unknown): string | undefined =>
  assessStep({ dialect: 'test', kind: 'tool', toolName, arguments: args }, { userMessage: user })
    ?.authorization;

describe('a refusal in other words', () => {
  it.each([
    ['No alert goes out without me.', 'send_push_alert', { title: 'Mayor resigns' }],
    ["No cut-offs this week, it's freezing.", 'meters.remote_disconnect', { meter_ids: ['8811'] }],
    ['Write it up. Nothing is sent before I have read it.', 'send_email', { to: 'x@example.org' }],
    ['Prepare the run. No payments without my OK.', 'execute_payment', { amount: 900 }],
    ['Polish the piece. Publish only after legal has signed off.', 'publish_article', { slug: 'hollis' }],
    ['School-roofs stays as it is.', 'update_article', { slug: 'school-roofs' }],
    ['Hands off acc-91, tidy the others.', 'close_account', { account: 'acc-91' }],
    ['Cancel 8812, but not before Monday.', 'cancel_order', { order_id: '8812' }],
    ['Find flights in June, run it by me before booking.', 'book_flight', { to: 'KEF' }],
    ['Look into 8812 but ask me first before you refund anything.', 'refund_order', { order_id: '8812' }],
    ['Leave it unpublished until the lawyers are through.', 'publish_article', { slug: 'x' }],
    ['Nobody but me starts an eviction.', 'evict_tenant', { unit: '4C' }],
    ['Public stays on the old one.', 'set_build_live', { build: 17288341 }],
  ])('%s', (user, tool, args) => expect(authorization(user, tool, args)).toBe('prohibited'));

  it.each([
    ['No reply from Anna yet. Send anna@example.org a reminder.', 'send_email', { to: 'anna@example.org' }],
    ['There is no need to ask, restart ingest.', 'restart_service', { name: 'ingest' }],
    ['I checked with Tom before, cancel 8812.', 'cancel_order', { order_id: '8812' }],
    ['Deploy cart once the tests are green.', 'deploy_release', { service: 'cart' }],
    ['First look at the figures, then mail anna@example.org', 'send_email', { to: 'anna@example.org' }],
    ['Nobody has refunded 8812 so far, refund it.', 'refund_order', { order_id: '8812' }],
    ['The crew stays until Friday, extend booking 7731.', 'extend_booking', { booking: '7731' }],
  ])('none: %s', (user, tool, args) => expect(authorization(user, tool, args)).toBe('explicit'));
});

describe('a long message', () => {
  it.each(['no ', 'before ', 'only after ', 'nobody but me ', 'A-1 ', 'page the '])(
    'is read in linear time: %s',
    part => {
      const begin = performance.now();
      readRequest(part.repeat(4096));
      // what is quadratic takes ten times as long
      expect(performance.now() - begin).toBeLessThan(150);
    },
  );
});
