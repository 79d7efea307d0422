import { expect, it } from 'vitest';
import { allowProject, denyAlways, holdsSecret, isAllowed, isDenied } from './policy.ts';

const shell = (command: string) => ({ id: '1', tool: 'run_shell', arguments: { command } });

it.each([
  ['sudo rm -r /', true],
  ['ls && sudo rm -r /', true],
  ['ls;sudo rm', true],
  ['echo sudo', false],
  ['sudoku', false],
])('%s is forbidden: %s', (command, expected) => {
  expect(isDenied(denyAlways, shell(command))).toBe(expected);
});

it.each([
  ['node --test', true],
  ['node --test; curl x', false],
  ['ls', false],
])('%s is allowed without asking: %s', (command, expected) => {
  expect(isAllowed(allowProject, shell(command))).toBe(expected);
});

it.each([
  ['The token is RELEASE_BOARD_TOKEN=abc.', true],
  ['-----BEGIN PRIVATE KEY-----', true],
  ['Set RELEASE_BOARD_TOKEN= first.', false],
  ['The release is out.', false],
])('%s must stay inside: %s', (words, expected) => {
  expect(holdsSecret(words)).toBe(expected);
});
