import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { assessStep } from './assess-step.ts';
import type { Assessment, AssessmentContext } from './assessment.ts';
import { signRows } from './rules/circumstances.ts';

function call(toolName: string, args: unknown, context: AssessmentContext = {}): Assessment {
  return assessStep({ dialect: 'test', kind: 'tool', toolName, arguments: args }, context) as Assessment;
}

describe('signs among the arguments', () => {
  it.each(signRows().flatMap(({ sign, keys, values }) => keys.map(key => [key, values?.[0] ?? 'x', sign])))(
    '%s: %s says %s',
    (key, value, sign) => {
      expect(readArguments({ [key]: value }).signs.found).toContain(sign);
    },
  );

  it('are found at any depth that is read, under any way of writing the key', () => {
    expect(readArguments({ a: { 'Dry-Run': true } }).signs.found).toContain('trial');
    expect(readArguments({ dry_run: false }).signs.found.size).toBe(0);
    expect(readArguments({ path: 'dist/public' }).signs.found.size).toBe(0);
  });

  it('take no long text for a value, and no object for one', () => {
    expect(readArguments({ scope: `${'*'.repeat(200)}` }).signs.found.size).toBe(0);
    expect(readArguments({ permanent: { a: 1 }, symbol: {} }).signs.found.size).toBe(0);
  });

  it('cost no more than the arguments are long', () => {
    const many = Object.fromEntries(Array.from({ length: 9000 }, (_, i) => [`scope${i}`, ['*', 'all']]));
    expect(call('delete_note', many).actionType).toBe('delete');
  });
});

describe('a setting', () => {
  it.each([
    ['oversight.enabled', false, 0.75],
    ['audit', 'off', 0.75],
    ['audit.page_size', 0, 0.3],
    ['theme', false, 0.3],
    ['oversight.enabled', true, 0.3],
  ])('%s set to %s', (key, value, riskScore) => {
    expect(call('set_config', { key, value }).riskScore).toBe(riskScore);
  });
});

describe('what is not real', () => {
  it.each([
    ['alpaca_paper_submit_order', {}, 'write'],
    ['PaperTradingPlaceOrder', {}, 'write'],
    ['order_paper_towels', {}, 'payment'],
    ['place_order', { mode: 'paper' }, 'write'],
    ['delete_user', { dry_run: true }, 'read'],
    ['Bash', { command: 'rm -rf ~', dry_run: true }, 'delete'],
  ])('%s %j: %s', (name, args, actionType) => {
    expect(call(name, args).actionType).toBe(actionType);
  });

  it('is said by the surroundings as well', () => {
    expect(call('place_order', {}, { environment: 'simulated exchange' }).actionType).toBe('write');
    expect(call('place_order', {}, { environment: 'production line 3' }).actionType).toBe('payment');
  });
});

describe('a cancellation', () => {
  it('brings nothing back where the person says so', () => {
    const userMessage = 'Please cancel it. I know the fare is not refunded.';
    expect(call('cancel_booking', { id: '7' }, { userMessage }).reversibility).toBe('irreversible');
    expect(call('cancel_booking', { id: '7' }, { userMessage: 'Please cancel it.' }).reversibility).toBe(
      'conditionally_reversible',
    );
  });
});

describe('what is pressed in a browser', () => {
  it.each([
    ['Next page link', 'network'],
    ['Book reviews', 'network'],
    ['Order history', 'network'],
    ['#checkout-submit', 'payment'],
    ["text='Send message'", 'communicate'],
    ['Add to cart', 'write'],
  ])('%s: %s', (element, actionType) => {
    expect(call('browser_click', { element }).actionType).toBe(actionType);
  });

  it('is no text that is typed', () => {
    expect(call('browser_type', { element: 'Search box', text: 'buy shoes' }).actionType).toBe('network');
  });
});

describe('an interpreter', () => {
  it('reads its code under any name', () => {
    expect(call('code_interpreter', { input: 'print(17 * 365)' })).toMatchObject({ riskScore: 0.05 });
    expect(call('run_cell', { source: "os.remove('/srv/a')" }).actionType).toBe('delete');
  });
});
