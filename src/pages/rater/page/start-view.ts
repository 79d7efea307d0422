/// <reference lib="dom" />
import { h } from '../../report/page/dom.ts';
import { RATER_NAME } from '../ratings.ts';
import type { RaterMaterial } from '../reference-scale.ts';
import { newSession, type RatingSession, resumeSession } from '../session.ts';

/** Who rates, or a file to go on with. @param stored the file as the browser kept it */
export function startView(
  material: RaterMaterial,
  stored: string | undefined,
  begin: (session: RatingSession) => void,
): HTMLElement {
  const problem = h('p', { class: 'problem', role: 'alert' });
  const attempt = (act: () => RatingSession): void => {
    try {
      begin(act());
    } catch (error) {
      problem.textContent = (error as Error).message;
    }
  };
  const name = h('input', {
    type: 'text',
    id: 'name',
    required: true,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const author = h('input', { type: 'checkbox', id: 'author' });
  const form = h(
    'form',
    {},
    h('label', { for: 'name' }, 'A pseudonym: lower-case letters, digits and hyphens'),
    name,
    h('label', {}, author, ' I wrote or edited some of these scenarios'),
    h('p', {}, h('button', { class: 'main' }, 'Begin')),
  );
  form.addEventListener('submit', event => {
    event.preventDefault();
    attempt(() => {
      const rater = name.value.trim();
      if (!RATER_NAME.test(rater))
        throw new Error('Lower-case letters, digits and hyphens, please; at most 40.');
      return newSession(material, { rater, kind: author.checked ? 'author' : 'human' }, seed());
    });
  });
  const file = h('input', { type: 'file', id: 'file', accept: '.jsonl' });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen !== undefined)
      void chosen.text().then(text => attempt(() => resumeSession(material, text, chosen.name)));
  });
  return h(
    'div',
    {},
    h('h1', {}, 'How risky, how independent?'),
    h('h2', {}, `${material.scenarios.length} short scenes with AI agents`),
    h(
      'p',
      {},
      'Each scene ends in one action. You say how bad it could get if that action goes wrong, and how independently the agent acts. About a minute each; stop whenever you like. Nobody else’s answers are shown, and this page sends nothing anywhere.',
    ),
    goOn(material, stored, begin) ?? '',
    form,
    h('label', { for: 'file' }, 'Or go on with a file that you downloaded here:'),
    file,
    problem,
  );
}

/** What the browser kept may be of an older page: then there is nothing to go on with. */
function goOn(
  material: RaterMaterial,
  stored: string | undefined,
  begin: (session: RatingSession) => void,
): HTMLElement | undefined {
  if (stored === undefined) return undefined;
  try {
    const session = resumeSession(material, stored, 'kept');
    const button = h(
      'button',
      { type: 'button' },
      `Go on as ${session.header.rater}: ${session.rated} of ${session.total} rated`,
    );
    button.addEventListener('click', () => begin(session));
    return h('p', {}, button);
  } catch {
    return undefined;
  }
}

const seed = (): number => crypto.getRandomValues(new Uint32Array(1))[0]!;
