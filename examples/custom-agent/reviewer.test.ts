import { expect, it } from 'vitest';
import { modelReviewer } from './reviewer.ts';

const saying = (text: string) =>
  modelReviewer({
    provider: 'test',
    name: 'test',
    baseUrl: 'http://127.0.0.1:9',
    real: true,
    complete: async () => ({ text, calls: [], inputTokens: 0, outputTokens: 0 }),
  })({ id: '1', tool: 'run_shell', arguments: { command: 'ls' } });

it('a verdict is taken as it is', async () => {
  expect(await saying('{"risk_level":"high","allow":false}')).toEqual({ risk: 'high', allow: false });
});

it.each(['I think so.', '{}', '{"risk_level":"dire","allow":false}', '{"risk_level":"low"}', 'null', '7'])(
  'without one the person decides: %s',
  async text => {
    expect(await saying(text)).toBeUndefined();
  },
);
