import { describe, expect, it } from 'vitest';
import type { ProviderSeen } from '../../src/cli/doctor/probe.ts';
import { checkProvider } from '../../src/cli/doctor/provider.ts';

const OURS = { name: 'AlignmentSpanProcessor', exports: false };
const BATCH = { name: 'BatchSpanProcessor', exports: true };
const SEEN: ProviderSeen = {
  pid: 1,
  api: '1.10.0',
  provider: 'TracerProvider',
  processors: [OURS, BATCH],
  wrapped: false,
  sampler: null,
  contextManager: true,
};
const EMPTY: ProviderSeen = { ...SEEN, api: null, provider: null, processors: null };

const wrong = (...seen: Partial<ProviderSeen>[]): string[] =>
  checkProvider(seen.map(one => ({ ...SEEN, ...one })))
    .filter(({ status }) => status === 'problem' || status === 'warning')
    .map(({ status, check }) => `${status} ${check}`);

describe('a running application', () => {
  it.each<[string, Partial<ProviderSeen>[], string[]]>([
    ['all is well', [{}], []],
    ['npm and the application', [EMPTY, {}], []],
    ['around the provider', [{ wrapped: true, processors: [BATCH] }], []],
    ['around a provider of another make', [{ wrapped: true, processors: null }], []],
    ['a provider of another make', [{ processors: null }], []],
    ['no process said anything', [], ['problem provider.api']],
    ['no API', [EMPTY], ['problem provider.api']],
    ['no provider', [{ provider: null, processors: null }], ['problem provider.registered']],
    ['without ours', [{ processors: [BATCH] }], ['problem provider.processor']],
    ['ours alone', [{ processors: [OURS] }], ['problem provider.exporter']],
    [
      'no exporter',
      [{ processors: [OURS, { name: 'Baggage', exports: false }] }],
      ['warning provider.exporter'],
    ],
    ['ours last', [{ processors: [BATCH, OURS] }], ['warning provider.order']],
    ['twice', [{ wrapped: true }], ['warning provider.twice']],
    ['no context manager', [{ contextManager: false }], ['problem provider.context']],
    ['a ratio', [{ sampler: 'ParentBased{root=TraceIdRatioBased{0.1}}' }], ['warning provider.sampler']],
    ['off', [{ sampler: 'AlwaysOffSampler' }], ['warning provider.sampler']],
    [
      'the default sampler',
      [{ sampler: 'ParentBased{root=AlwaysOnSampler, remoteParentNotSampled=AlwaysOffSampler}' }],
      [],
    ],
  ])('%s', (_, seen, expected) => expect(wrong(...seen)).toEqual(expected));
});
