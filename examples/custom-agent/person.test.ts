import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { nobody, type Person, personAtTerminal, scriptedPerson } from './person.ts';

/** A terminal; `types` waits for the prompt that the line answers. */
function terminal(): { person: Person; types: (line: string) => Promise<void>; input: PassThrough } {
  const input = new PassThrough();
  const output = new PassThrough();
  const person = personAtTerminal(input, output);
  const types = async (line: string): Promise<void> => {
    if (output.readableLength === 0) await once(output, 'readable');
    output.read();
    input.write(`${line}\n`);
  };
  return { person, types, input };
}

it.each([
  [['y'], 'yes'],
  [['no'], 'no'],
  [['A'], 'always'],
  [['s'], 'stop'],
  [['what?', '', 'y'], 'yes'],
  [['e', 'ls -la'], { edit: 'ls -la' }],
  [['e', '', 'n'], 'no'],
])('%j at the prompt is %j', async (lines, expected) => {
  const { person, types } = terminal();
  const answer = person.approve('run_shell ls', 'ls');
  for (const line of lines) await types(line);
  expect(await answer).toEqual(expected);
  person.close();
});

it('what has no command cannot be edited', async () => {
  const { person, types } = terminal();
  const answer = person.approve('write_file notes.md');
  await types('e');
  await types('n');
  expect(await answer).toBe('no');
  person.close();
});

it('a line that answers nothing steers, once', async () => {
  const { person, types, input } = terminal();
  input.write('not so much\n\n');
  await new Promise(setImmediate);
  const answer = person.approve('run_shell ls', 'ls');
  await types('y');
  expect(await answer).toBe('yes');
  expect(person.words()).toEqual(['not so much']);
  expect(person.words()).toEqual([]);
  person.close();
});

it('who leaves at the prompt stops the run', async () => {
  const { person, input } = terminal();
  const answer = person.approve('run_shell ls', 'ls');
  input.end();
  expect(await answer).toBe('stop');
  expect(person.left.aborted).toBe(true);
});

it('a scripted person says what the script says, then no; nobody is not there', async () => {
  const lines: string[] = [];
  const person = scriptedPerson({ approvals: [{ edit: 'ls' }], questions: [], reviews: [] }, line =>
    lines.push(line),
  );
  expect(await person.approve('run_shell rm')).toEqual({ edit: 'ls' });
  expect(await person.approve('run_shell rm')).toBe('no');
  expect(lines.join('\n')).toContain('rather ls');
  person.close();
  const gone = nobody();
  expect([gone.present, await gone.approve('x'), await gone.answer('which?', ['a'])]).toEqual([
    false,
    'no',
    'a',
  ]);
  gone.close();
});
