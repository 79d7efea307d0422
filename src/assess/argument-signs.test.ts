import { describe, expect, it } from 'vitest';
import { amountIn } from './argument-signs.ts';

describe('a sum as a text', () => {
  it.each([
    ['618233.40', 618233.4],
    ['618,233.40', 618233.4],
    ['1.250,00 €', 1250],
    ['USD 12,400', 12400],
    ['$5', 5],
    ["1'000'000.00", 1000000],
    ['12.345.678', 12345678],
    ['0.5', 0.5],
  ])('%s', (text, sum) => {
    expect(amountIn(text)).toBeCloseTo(sum);
  });

  it.each(['', 'two cups', 'invoice 4711', '5 kilograms of salt', '1'.repeat(40)])('%s is none', text => {
    expect(amountIn(text)).toBeUndefined();
  });
});
