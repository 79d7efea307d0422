import { afterEach, describe, expect, it, vi } from 'vitest';
import { shared } from '../signals/shared.ts';
import { resolveOptions } from './options.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  shared.warned.clear();
});

describe('options are read constructor, environment, default', () => {
  it.each([
    ['detail', 'ALIGNMENT_DETAIL', 'full', 'full', 'default'],
    ['events', 'ALIGNMENT_EVENTS', 'log', 'log', 'span'],
    ['spanEventLimit', 'ALIGNMENT_SPAN_EVENT_LIMIT', '7', 7, 128],
    ['spanEventLimit', 'OTEL_SPAN_EVENT_COUNT_LIMIT', '7', 7, 128],
    ['maxSessions', 'ALIGNMENT_MAX_SESSIONS', '7', 7, 2000],
    ['riskThreshold', 'ALIGNMENT_RISK_THRESHOLD', '0.5', 0.5, 0.7],
    ['riskRise', 'ALIGNMENT_RISK_RISE', '0', 0, 0.3],
    ['unattendedSteps', 'ALIGNMENT_UNATTENDED_STEPS', '3', 3, 10],
    ['baggage', 'ALIGNMENT_BAGGAGE', 'true', true, false],
    ['debug', 'ALIGNMENT_DEBUG', '1', true, false],
  ] as const)('%s, %s', (option, variable, text, value, fallback) => {
    expect(resolveOptions()[option]).toBe(fallback);
    vi.stubEnv(variable, text);
    expect(resolveOptions()[option]).toBe(value);
    expect(resolveOptions({ [option]: fallback })[option]).toBe(fallback);
  });

  it('keeps functions', () => {
    const assess = (): undefined => undefined;
    expect(resolveOptions({ assess }).assess).toBe(assess);
  });
});

describe('an unusable option is named once, with its fix, and the default holds', () => {
  it.each([
    [{ detail: 'all' }, 'detail', 'default', 'default or full'],
    [{ riskThreshold: 7 }, 'riskThreshold', 0.7, 'a number in [0.0, 1.0]'],
    [{ maxSessions: 0 }, 'maxSessions', 2000, 'a whole number above 0'],
    [{ assess: 'x' }, 'assess', undefined, 'a function'],
  ])('%j', (given, option, value, expected) => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    expect((resolveOptions(given as never) as unknown as Record<string, unknown>)[option]).toBe(value);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(expected), {
      type: 'AlignmentWarning',
      code: 'ALIGNMENT_006',
    });
  });
});
