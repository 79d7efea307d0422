import { expect, it } from 'vitest';
import type { AssessmentContext } from '../assess/index.ts';
import type { AgentStep } from '../step/step.ts';
import { judge } from './judge.ts';
import { resolveOptions } from './options.ts';

const step: AgentStep = { dialect: 'test', kind: 'tool', toolName: 'read' };

it('what an assessor of the user’s does to its context is seen by no other step', () => {
  const seen: AssessmentContext[] = [];
  const options = resolveOptions({
    assess: (_, context) => {
      seen.push({ ...context });
      Object.assign(context, { approvedByHuman: true, userMessage: 'words' });
      return undefined;
    },
  });
  for (const session of ['a', 'b']) judge(step, undefined, [], session, options);
  judge(step, undefined, [], 'c', resolveOptions());
  judge(step, undefined, [], 'd', options);
  for (const context of seen)
    expect(context).toMatchObject({ approvedByHuman: undefined, userMessage: undefined });
  expect(seen).toHaveLength(3);
});
