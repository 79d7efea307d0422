/// <reference lib="dom" />
import { type Child, h } from '../report/page/dom.ts';
import type { AssessedStep, Explained, Found, Validated, Worded } from './engine.ts';

/** One call, as `explain` says it. */
export function explained({ json, action, reversibility, risk, rules, signals }: Explained): Child[] {
  const row = (name: string, { value, words }: Worded): Child[] => [
    h('dt', {}, name),
    h('dd', {}, h('strong', {}, value), words === '' ? '' : `: ${words}`),
  ];
  return [
    h(
      'dl',
      {},
      ...row('action', action),
      ...row('reversibility', reversibility),
      ...(risk === undefined ? row('risk', { value: 'not known', words: '' }) : riskRow(risk)),
      h('dt', {}, 'why'),
      h(
        'dd',
        {},
        rules.length === 0
          ? 'No rule has anything to say.'
          : h('ul', {}, ...rules.map(({ id, words }) => h('li', {}, `It ${words}. `, h('code', {}, id)))),
      ),
      h('dt', {}, 'signals'),
      h('dd', {}, signals.length === 0 ? 'none, as the first step of a session' : `${signals.length}, below`),
    ),
    details('As JSON', json, signals.length > 0),
  ];
}

function riskRow({ score, value, words }: NonNullable<Explained['risk']>): Child[] {
  const meter = h('meter', {
    min: 0,
    max: 1,
    low: 0.3,
    high: 0.7,
    optimum: 0,
    value: score,
    'aria-label': 'risk',
  });
  return [h('dt', {}, 'risk'), h('dd', {}, h('strong', {}, value), ' ', meter, ` ${words}`)];
}

const details = (title: string, value: unknown, open = false): Child =>
  h('details', { open }, h('summary', {}, title), h('pre', {}, JSON.stringify(value, null, 2)));

const HEAD = ['line', 'step', 'risk', 'action', 'reversibility', 'signals', 'rules'];
const HIGH = 0.7;

/** A session, a row a step. */
export function assessed(steps: readonly AssessedStep[]): Child[] {
  if (steps.length === 0) return [h('p', { class: 'quiet' }, 'No line of an agent yet.')];
  const cell = (text: string, bad = false): Child => h('td', bad ? { class: 'bad' } : {}, text);
  const row = (step: AssessedStep): Child =>
    'problem' in step
      ? h(
          'tr',
          {},
          cell(String(step.line)),
          h('td', { colspan: HEAD.length - 1, class: 'bad' }, step.problem),
        )
      : h(
          'tr',
          {},
          cell(String(step.line)),
          cell(`${step.session} ${step.step}`),
          cell(
            step.risk === null ? 'not known' : `${step.risk.toFixed(2)} ${step.level ?? ''}`,
            (step.risk ?? 0) >= HIGH,
          ),
          cell(step.action ?? ''),
          cell(step.reversibility ?? ''),
          cell(step.signals.join(', '), step.signals.length > 0),
          cell(step.rules.join(', ')),
        );
  const head = h('tr', {}, ...HEAD.map(name => h('th', { scope: 'col' }, name)));
  const lines = steps.filter(step => 'json' in step).map(({ json }) => JSON.stringify(json));
  return [
    h('table', {}, h('thead', {}, head), h('tbody', {}, ...steps.map(row))),
    h('details', {}, h('summary', {}, 'As JSON Lines'), h('pre', {}, lines.join('\n'))),
  ];
}

/** Findings, as `validate` says them. */
export function validated({ signals, problems, warnings }: Validated): Child[] {
  const found = (list: readonly Found[], kind: string): Child[] =>
    list.map(({ line, path, message, fix }) =>
      h('li', {}, `line ${line}: ${kind}${path === '' ? '' : `${path}: `}${message}; `, h('strong', {}, fix)),
    );
  const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  const verdict = problems.length === 0 ? 'all good' : counted(problems.length, 'problem');
  return [
    h('p', problems.length === 0 ? {} : { class: 'bad' }, `${counted(signals, 'signal')}: ${verdict}`),
    h('ul', {}, ...found(problems, ''), ...found(warnings, 'warning: ')),
  ];
}
