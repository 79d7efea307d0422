/// <reference lib="dom" />
import { byId, type Child, h, replace } from '../report/page/dom.ts';
import type { Engine, Question } from './engine.ts';
import { CALLS, type Example, SESSION, SIGNALS } from './examples.ts';
import { assessed, explained, validated } from './results.ts';

/** More than fits a screen, and little enough that a key press is answered at once. */
const MAX_TEXT = 1_000_000;

/** Makes the page work. Everything happens here: the page's policy allows it no request. */
export function startPlayground(engine: Engine): void {
  byId('version').textContent = engine.version;
  part('explain', CALLS, ['tool', 'workspace', 'environment'], text =>
    explained(engine.explain(questionOf(text))),
  );
  part('assess', SESSION, [], text => assessed(engine.assess(text)));
  part('validate', SIGNALS, [], async text => validated(await engine.validate(text)));
}

const input = (id: string): HTMLInputElement => byId(id) as HTMLInputElement;

function questionOf(text: string): Question {
  const given = ['tool', 'workspace', 'environment'].map(name => [
    name,
    input(`explain-${name}`).value.trim(),
  ]);
  return { text, ...Object.fromEntries(given.filter(([, value]) => value !== '')) };
}

/** One part of the page: a text, its examples, and what comes of it whenever something changes. */
function part(
  name: string,
  examples: readonly Example[],
  fields: readonly string[],
  answer: (text: string) => Child[] | Promise<Child[]>,
): void {
  const text = input(`${name}-text`);
  const result = `${name}-result`;
  let asked = 0;
  const update = async (): Promise<void> => {
    const mine = ++asked;
    const shown = await answerTo(text.value, answer);
    // a later question may have been answered already
    if (mine === asked) replace(result, ...shown);
  };
  for (const field of [text, ...fields.map(field => input(`${name}-${field}`))])
    field.addEventListener('input', () => void update());
  const use = (example: Example): void => {
    text.value = example.text;
    for (const field of fields)
      input(`${name}-${field}`).value =
        (example as unknown as Record<string, string | undefined>)[field] ?? '';
    void update();
  };
  const buttons = examples.map(example => {
    const button = h('button', { type: 'button' }, example.label);
    button.addEventListener('click', () => use(example));
    return button;
  });
  replace(`${name}-examples`, ...buttons);
  const [first] = examples;
  if (first !== undefined) use(first);
}

async function answerTo(
  text: string,
  answer: (text: string) => Child[] | Promise<Child[]>,
): Promise<Child[]> {
  const wrong = (message: string): Child[] => [h('p', { class: 'bad' }, message)];
  if (text.trim() === '') return [];
  if (text.length > MAX_TEXT)
    return wrong(`This page takes ${MAX_TEXT} characters; the command line takes files of any size.`);
  try {
    return await answer(text);
  } catch (error) {
    return wrong(`That cannot be read: ${(error as Error).message}`);
  }
}
