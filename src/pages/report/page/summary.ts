/// <reference lib="dom" />
import { leftOut } from '../notes.ts';
import { counted, fileWords, headline, moment, storyWords } from '../words.ts';
import { h, replace } from './dom.ts';
import type { State } from './state.ts';

/** Stories that are open from the start; the rest is behind a button. */
const OPEN = 6;

/** The answer first: which sessions, who stopped them, what had they done before. */
export function showSummary(state: State, select: (session: number) => void): void {
  const { totals, files, problems } = state.data;
  const span = totals.from === undefined ? '' : `, ${moment(totals.from)} to ${moment(totals.to ?? 0)} UTC`;
  replace(
    'about',
    `${counted(totals.sessions, 'session')} of ${counted(totals.agents, 'agent')}, ${counted(totals.steps, 'step')}, ` +
      `${counted(totals.signals, 'signal')}${span}. Read from ${fileWords(files)}.`,
  );
  replace('headline', headline(totals.upperRightSessions, totals.sessions));
  const worst = state.sessions.flatMap((row, i) => (row.upperRight > 0 ? [i] : []));
  const list = h('ol', { class: 'stories' }, ...worst.slice(0, OPEN).map(i => storyItem(state, i, select)));
  replace(
    'stories',
    list,
    more(worst.length - OPEN, () => {
      list.append(...worst.slice(OPEN, OPEN + MORE).map(i => storyItem(state, i, select)));
    }),
  );
  const notes = leftOut({
    totals,
    sessions: state.sessions,
    points: state.points.length,
    timelines: state.data.timelines.length,
    density: state.data.density !== undefined,
  });
  replace('left-out', ...[...notes, ...problems].map(note => h('li', {}, note)));
  if (notes.length + problems.length === 0)
    replace('left-out', h('li', {}, 'Nothing: everything that was read is here.'));
}

const MORE = 180;

function more(count: number, show: () => void): HTMLElement | undefined {
  if (count <= 0) return undefined;
  const button = h(
    'button',
    { type: 'button' },
    `Show ${Math.min(count, MORE).toLocaleString('en-US')} more`,
  );
  button.addEventListener('click', () => {
    show();
    button.remove();
  });
  return h(
    'p',
    {},
    button,
    count > MORE
      ? ` The other ${(count - MORE).toLocaleString('en-US')} are in the list of sessions below.`
      : '',
  );
}

function storyItem(state: State, session: number, select: (session: number) => void): HTMLElement {
  const row = state.sessions[session];
  const story = state.story(session);
  const open = h('button', { type: 'button', class: 'open' }, 'Open its timeline');
  open.setAttribute('aria-label', `Open the timeline of session ${row?.session ?? ''}`);
  open.addEventListener('click', () => select(session));
  const head = h(
    'p',
    { class: 'story-head' },
    h('strong', {}, row?.agent ?? ''),
    ' ',
    h('span', { class: 'id' }, row?.session ?? ''),
    h('span', { class: 'when' }, ` ${moment(row?.start ?? 0)} UTC`),
  );
  if (story === undefined)
    return h(
      'li',
      {},
      head,
      h(
        'p',
        {},
        `${counted(row?.upperRight ?? 0, 'step')} in the upper right; no timeline of it is in this page.`,
      ),
    );
  const { did, stopped, before, moments, actions } = storyWords(story);
  const others = (row?.upperRight ?? 1) - 1;
  return h(
    'li',
    { class: story.stop === undefined ? 'unstopped' : 'stopped' },
    head,
    h(
      'dl',
      {},
      h('dt', {}, 'Riskiest action'),
      h('dd', {}, `${did}${others > 0 ? ` (and ${counted(others, 'more step')} in the upper right)` : ''}`),
      h('dt', {}, 'Who stopped it'),
      h('dd', { class: 'who' }, stopped),
      h('dt', {}, 'What it had done before'),
      h('dd', {}, before, moments.length === 0 ? '' : '. In this order:', momentList(moments)),
      ...(actions.length === 0 ? [] : [h('dt', {}, 'Just before it'), h('dd', {}, actions.join(', then '))]),
    ),
    open,
  );
}

const momentList = (moments: readonly string[]): HTMLElement | undefined =>
  moments.length === 0 ? undefined : h('ol', { class: 'moments' }, ...moments.map(one => h('li', {}, one)));
