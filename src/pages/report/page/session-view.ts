/// <reference lib="dom" />
import type { TimelineItem } from '../../../analysis/index.ts';
import { timelineNotes } from '../notes.ts';
import { supervised } from '../supervision.ts';
import {
  autonomyWords,
  CLASS_WORDS,
  capital,
  counted,
  decisionWords,
  interventionsWords,
  itemWords,
  lasting,
  moment,
  preciseMoment,
  score,
  signalsIn,
  sourceWords,
  supervisionWords,
} from '../words.ts';
import { byId, h, replace } from './dom.ts';
import { type State, traceLink } from './state.ts';
import { drawTimeline, type Spacing } from './timeline-chart.ts';

let shown: { state: State; session: number } | undefined;

export const spacing = (): Spacing =>
  byId('by-time') instanceof HTMLInputElement && (byId('by-time') as HTMLInputElement).checked
    ? 'time'
    : 'order';

/** Fills the part of the page that tells one session. @param spanId of the step to point out */
export function showSession(state: State, session: number, spanId?: string): void {
  shown = { state, session };
  const row = state.sessions[session];
  const timeline = timelineIn(state, session);
  byId('session').hidden = row === undefined;
  if (row === undefined) return;
  const length = row.end > row.start ? `, ${lasting(row.end - row.start)} long` : '';
  replace('session-title', `Timeline: ${row.agent}, session ${row.session}`);
  replace(
    'session-about',
    `${moment(row.start)} UTC${length}. ${counted(row.steps, 'step')}, ${counted(row.upperRight, 'of them', 'of them')} in the upper right; ` +
      `${counted(signalsIn(row), 'signal')}. Stopped or refused: ${interventionsWords(row)}.`,
  );
  byId('timeline').hidden = timeline === undefined;
  if (timeline === undefined) {
    replace('items-notes');
    replace(
      'items',
      h('p', {}, 'This page holds no timeline of this session: it is among the less severe ones.'),
    );
    return;
  }
  drawTimeline(timeline.items, row.start, spacing(), at => pointOut(at));
  byId('timeline').setAttribute(
    'aria-label',
    `Timeline of ${counted(timeline.items.length, 'moment')}; the table below tells the same.`,
  );
  const rows = timeline.items.map((item, at) => itemRow(state, item, at));
  replace('items-notes', ...timelineNotes(row, timeline).map(note => h('p', { class: 'quiet' }, note)));
  replace(
    'items',
    h(
      'table',
      { class: 'items' },
      h('caption', { class: 'hidden' }, 'What happened in this session, in order of time'),
      h(
        'thead',
        {},
        headRow([
          'Time (UTC)',
          'What happened',
          'Risk',
          'Autonomy',
          'Supervision',
          'Severity',
          'Says who',
          'Trace',
        ]),
      ),
      h('tbody', {}, ...rows),
    ),
  );
  const chosen =
    spanId === undefined
      ? -1
      : timeline.items.findIndex(item => item.kind === 'step' && item.spanId === spanId);
  if (chosen >= 0) pointOut(chosen);
}

function timelineIn(state: State, session: number): ReturnType<State['timeline']> {
  const timeline = state.timeline(session);
  return timeline === undefined ? undefined : { ...timeline, items: supervised(timeline.items) };
}

/** The same session drawn with the other spacing. */
export function redraw(): void {
  if (shown === undefined) return;
  const timeline = timelineIn(shown.state, shown.session);
  const start = shown.state.sessions[shown.session]?.start ?? 0;
  if (timeline !== undefined) drawTimeline(timeline.items, start, spacing(), at => pointOut(at));
}

function pointOut(at: number): void {
  for (const old of document.querySelectorAll('tr.chosen')) old.classList.remove('chosen');
  const row = document.getElementById(`item-${at}`);
  row?.classList.add('chosen');
  row?.scrollIntoView({ block: 'center' });
  row?.focus();
}

export const headRow = (names: readonly string[]): HTMLElement =>
  h('tr', {}, ...names.map(name => h('th', { scope: 'col' }, name)));

function itemRow(state: State, item: TimelineItem, at: number): HTMLElement {
  const { kind, risk, autonomy, severity } = item;
  const isStep = kind === 'step';
  const decision = isStep ? decisionWords(item) : '';
  const inside =
    isStep &&
    risk !== undefined &&
    autonomy !== undefined &&
    risk >= state.data.thresholds.risk &&
    autonomy >= state.data.thresholds.autonomy;
  return h(
    'tr',
    {
      id: `item-${at}`,
      tabindex: -1,
      class: `${isStep ? 'step' : 'signal'} ${kind}${inside ? ' inside' : ''}`,
    },
    h('td', {}, h('time', {}, preciseMoment(item.time))),
    h(
      'td',
      {},
      kind === 'step' ? undefined : h('span', { class: 'kind' }, CLASS_WORDS[kind] ?? kind, ': '),
      itemWords(item),
      decision === '' ? undefined : h('span', { class: 'quiet' }, ` ${decision}`),
      item.native === undefined ? undefined : h('span', { class: 'quiet' }, ` native: ${item.native}`),
      inside ? h('strong', { class: 'flag' }, ' upper right') : undefined,
    ),
    h('td', { class: 'number' }, risk === undefined ? '' : score(risk)),
    h(
      'td',
      { class: 'number' },
      autonomy === undefined ? '' : h('span', { title: autonomyWords(autonomy) }, score(autonomy)),
    ),
    h('td', {}, supervisionWords(item)),
    h('td', { class: 'number' }, severity === undefined ? '' : score(severity)),
    h('td', {}, sourceWords(item)),
    h('td', {}, traceCell(state, item)),
  );
}

function traceCell(state: State, item: TimelineItem): Node | string {
  if (item.traceId === undefined) return '';
  const url = traceLink(state.data, item);
  if (url === undefined)
    return h(
      'code',
      { title: `trace ${item.traceId}, span ${item.spanId ?? '-'}` },
      item.traceId.slice(0, 8),
    );
  const link = h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, 'Open');
  link.setAttribute('aria-label', `${capital(itemWords(item))}: open its trace`);
  return link;
}
