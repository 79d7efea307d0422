/// <reference lib="dom" />

import type { AgentRow, SessionRow } from '../../../analysis/index.ts';
import { CLASS_WORDS, CLASSES, counted, interventionsWords, moment, score, signalsIn } from '../words.ts';
import { byId, h, replace } from './dom.ts';
import { headRow } from './session-view.ts';
import type { State } from './state.ts';

/** Signals by agent and class, and how far the scores can be compared. */
export function showAgents({ data }: State): void {
  replace(
    'agents-table',
    h(
      'thead',
      {},
      headRow(['Agent', 'Sessions', 'Steps', ...CLASSES.map(name => CLASS_WORDS[name]), 'Scores']),
    ),
    h('tbody', {}, ...data.agents.map(agentRow)),
  );
}

function agentRow(agent: AgentRow): HTMLElement {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, agent.agent),
    h('td', { class: 'number' }, agent.sessions.toLocaleString('en-US')),
    h('td', { class: 'number' }, agent.steps.toLocaleString('en-US')),
    ...CLASSES.map(name => {
      const found = agent.signals[name];
      return h(
        'td',
        { class: 'number' },
        found === undefined ? '–' : found.count.toLocaleString('en-US'),
        found === undefined
          ? undefined
          : h('span', { class: 'quiet highest' }, ` severity up to ${score(found.severity)}`),
      );
    }),
    h('td', {}, statusWords(agent)),
  );
}

function statusWords({ status, scales }: AgentRow): string {
  const parts = [
    status.profiled > 0 ? `${status.profiled.toLocaleString('en-US')} mapped by a profile` : '',
    status.declared > 0 ? `${status.declared.toLocaleString('en-US')} declared` : '',
    status.none > 0 ? `${status.none.toLocaleString('en-US')} native only` : '',
  ].filter(part => part !== '');
  const where = scales.length === 0 ? '' : ` (${scales.join(', ')})`;
  return parts.length === 0 ? 'no scores' : `${parts.join(', ')}${where}`;
}

const PAGE = 50;
let shown = PAGE;

/** Every session, to be searched and opened. */
export function showSessions(state: State, select: (session: number) => void): void {
  const search = byId('search') as HTMLInputElement;
  const only = byId('only-worst') as HTMLInputElement;
  const more = byId('more-sessions') as HTMLButtonElement;
  const refresh = (): void => {
    const wanted = search.value.trim().toLowerCase();
    const found = state.sessions.flatMap((row, i) =>
      (!only.checked || row.upperRight > 0) && `${row.agent} ${row.session}`.toLowerCase().includes(wanted)
        ? [i]
        : [],
    );
    replace(
      'sessions-body',
      ...found.slice(0, shown).map(i => sessionRow(state.sessions[i] as SessionRow, i, select)),
    );
    replace(
      'found',
      `${counted(found.length, 'session')}, ${Math.min(found.length, shown)} shown, most severe first`,
    );
    more.hidden = found.length <= shown;
  };
  const restart = (): void => {
    shown = PAGE;
    refresh();
  };
  search.addEventListener('input', restart);
  only.addEventListener('change', restart);
  more.addEventListener('click', () => {
    shown += PAGE * 4;
    refresh();
  });
  refresh();
}

function sessionRow(row: SessionRow, session: number, select: (session: number) => void): HTMLElement {
  const open = h('button', { type: 'button', class: 'link' }, row.session);
  open.addEventListener('click', () => select(session));
  const cell = (value: number | undefined): HTMLElement =>
    h('td', { class: 'number' }, value === undefined ? '–' : score(value));
  return h(
    'tr',
    { class: row.upperRight > 0 ? 'inside' : '' },
    h('td', {}, open, row.upperRight > 0 ? h('strong', { class: 'flag' }, ' upper right') : undefined),
    h('td', {}, row.agent),
    h('td', {}, moment(row.start)),
    h('td', { class: 'number' }, row.steps.toLocaleString('en-US')),
    cell(row.risk),
    cell(row.autonomy),
    h('td', { class: 'number' }, signalsIn(row).toLocaleString('en-US')),
    cell(row.severity),
    h('td', {}, interventionsWords(row)),
  );
}
