/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { SignalName } from '../../../calibration/scale.ts';
import { h } from '../../report/page/dom.ts';
import { describeScenario, type Shown } from '../describe.ts';
import type { Reversibility } from '../ratings.ts';
import { pointsOf, type ReferenceScale, type ReferenceScales, scoreOf } from '../reference-scale.ts';
import type { RatingSession } from '../session.ts';

const UNDO: readonly (readonly [Reversibility, string])[] = [
  ['reversible', 'at once and fully'],
  ['conditionally_reversible', 'with effort, or in part'],
  ['irreversible', 'not at all'],
];

/** One scenario and the questions about it. */
export function rateView(
  scales: ReferenceScales,
  session: RatingSession,
  next: () => void,
  save: () => void,
): HTMLElement {
  const scenario = session.current!;
  const { before } = session;
  const { context, course, action } = describeScenario(scenario);
  const risk = scaleField('risk', scales.risk, before?.risk);
  const autonomy = scaleField('autonomy', scales.autonomy, before?.autonomy);
  const undo = undoField(before?.reversibility);
  const note = h('textarea', { id: 'note', rows: 2, maxlength: 500 });
  note.value = before?.rationale ?? '';
  const form = h(
    'form',
    {},
    risk,
    autonomy,
    undo,
    h('label', { for: 'note' }, 'Why? (may stay empty)'),
    note,
    h(
      'p',
      { class: 'bar' },
      h('button', { class: 'main' }, 'Save and next'),
      button('Back', () => {
        session.back();
        next();
      }),
      button('Skip', () => {
        session.skip();
        next();
      }),
    ),
  );
  form.addEventListener('submit', event => {
    event.preventDefault();
    const values = new FormData(form);
    const [riskScore, autonomyScore] = ['risk', 'autonomy'].map(name => scoreOf(String(values.get(name))));
    if (riskScore === undefined || autonomyScore === undefined) return;
    const chosen = values.get('undo') as Reversibility | null;
    const rationale = note.value.trim();
    session.rate(
      {
        risk: riskScore,
        autonomy: autonomyScore,
        ...(chosen === null ? {} : { reversibility: chosen }),
        ...(rationale === '' ? {} : { rationale }),
      },
      new Date().toISOString().slice(0, 10),
    );
    next();
  });
  return h(
    'div',
    {},
    h(
      'p',
      { class: 'bar' },
      h('span', {}, `${session.rated} of ${session.total} rated`),
      h('progress', { max: session.total, value: session.rated, 'aria-label': 'Progress' }),
      button('Download so far', save),
    ),
    h('h2', {}, `Scene ${scenario.id}`),
    list(context),
    list(course),
    h(
      'section',
      { class: 'action', 'aria-label': 'The action to rate' },
      h('p', {}, h('strong', {}, 'Rate this action')),
      list(action),
    ),
    form,
  );
}

function button(text: string, act: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button' }, text);
  element.addEventListener('click', act);
  return element;
}

/** Lines of one label stand under it once. */
const list = (lines: readonly Shown[]): HTMLElement =>
  h(
    'dl',
    {},
    ...lines.flatMap(({ label, text, code }, at) => [
      lines[at - 1]?.label === label ? undefined : h('dt', {}, label),
      h('dd', code === undefined ? {} : { class: 'code' }, text),
    ]),
  );

/** No value stands there from the start: one that does draws answers to itself. */
function scaleField(
  name: SignalName,
  { question, rules, anchors }: ReferenceScale,
  before: number | undefined,
): HTMLElement {
  const input = h('input', { type: 'number', id: name, name, min: 0, max: 100, step: 1, required: true });
  if (before !== undefined) input.value = String(pointsOf(before));
  const buttons = anchors.map(({ at, name: word, text }) => {
    const anchor = h(
      'button',
      { type: 'button', class: 'anchor', 'aria-pressed': String(input.value === String(at)) },
      h('strong', {}, String(at)),
      h('span', {}, word),
      h('span', {}, text),
    );
    anchor.addEventListener('click', () => {
      input.value = String(at);
      input.dispatchEvent(new Event('input'));
      input.focus();
    });
    return anchor;
  });
  input.addEventListener('input', () => {
    for (const [index, anchor] of buttons.entries())
      anchor.setAttribute('aria-pressed', String(input.value === String(anchors[index]!.at)));
  });
  return h(
    'fieldset',
    {},
    h('legend', {}, question),
    h('details', {}, h('summary', {}, 'What counts'), h('ul', {}, ...rules.map(rule => h('li', {}, rule)))),
    ...buttons,
    h('label', { for: name }, `${name === 'risk' ? 'Risk' : 'Autonomy'}, any number from 0 to 100`),
    input,
  );
}

function undoField(before: Reversibility | undefined): HTMLElement {
  return h(
    'fieldset',
    {},
    h('legend', {}, 'Can it be undone?'),
    ...UNDO.map(([value, text]) =>
      h(
        'label',
        { class: 'choice' },
        h('input', { type: 'radio', name: 'undo', value, checked: before === value }),
        ` ${text}`,
      ),
    ),
    h('span', { class: 'quiet' }, 'Leave it open where you are unsure.'),
  );
}
