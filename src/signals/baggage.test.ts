import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { withAlignmentBaggage, withBaggage } from './baggage.ts';

const inbound = (entries: Record<string, string>) =>
  propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage(
      Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, { value }])),
    ),
  );

it('takes opaque ids only, and never what supervises or authorises', () => {
  const from = inbound({
    'gen_ai.conversation.id': 'c-1',
    'session.id': 'has spaces and more',
    'gen_ai.agent.id': 'x'.repeat(129),
    'alignment.human.involvement': 'active_steering',
    humanInvolvement: 'active_steering',
  });
  expect(withBaggage(undefined, from)).toEqual({ conversationId: 'c-1' });
});

it('what the application handed over wins', () => {
  expect(withBaggage({ conversationId: 'mine' }, inbound({ 'gen_ai.conversation.id': 'theirs' }))).toEqual({
    conversationId: 'mine',
  });
  expect(withBaggage(undefined, ROOT_CONTEXT)).toBeUndefined();
});

it('goes out only when asked, and comes back', () => {
  const context = withAlignmentBaggage(ROOT_CONTEXT, {
    conversationId: 'c-2',
    agentName: 'no spaces allowed',
  });
  expect(withBaggage(undefined, context)).toEqual({ conversationId: 'c-2' });
});
