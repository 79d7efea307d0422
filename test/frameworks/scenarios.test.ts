import { expect, it, vi } from 'vitest';
import { ROWS } from '../agents/scenarios.ts';
import { LIBRARIES } from './scenarios/libraries.ts';
import { testLibraries } from './scenarios/rows.ts';
import { TASKS } from './scenarios/scenarios.ts';

// the custom agent imports the package by its name: here that is the sources, as for the taps
vi.mock('otel-alignment', () => import('../../src/index.ts'));
vi.mock('otel-alignment/signals', () => import('../../src/signals/index.ts'));
vi.mock('otel-alignment/taps', () => import('../../src/taps/index.ts'));

it('every task is a row of the table', () => {
  const ids = ROWS.map(({ id }) => id);
  expect(Object.keys(TASKS).filter(id => !ids.includes(id))).toEqual([]);
});

// that one starts a real agent: test/agents does it where there is no way out
testLibraries(LIBRARIES.filter(({ name }) => name !== 'claude-agent-sdk'));
