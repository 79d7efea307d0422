/// <reference lib="dom" />
import type { PageData } from '../page-data.ts';
import { drawAll } from './charts.ts';
import { byId, h, replace } from './dom.ts';
import { showOverTime } from './over-time.ts';
import { drawQuadrant } from './quadrant.ts';
import { showScrolling } from './scroll.ts';
import { redraw, showSession } from './session-view.ts';
import { type State, stateOf } from './state.ts';
import { showSummary } from './summary.ts';
import { showAgents, showSessions } from './tables.ts';

function start(): void {
  const state = stateOf(JSON.parse(byId('data').textContent ?? '') as PageData);
  const select = (session: number, spanId?: string): void => {
    showSession(state, session, spanId);
    history.replaceState(null, '', `#session-${session}`);
    if (spanId !== undefined) return;
    byId('session').scrollIntoView({ block: 'start' });
    byId('session-title').focus({ preventScroll: true });
  };
  showSummary(state, select);
  showPlaced(state);
  if (state.sessions.length > 0) {
    const named = /^#session-(\d+)$/.exec(location.hash)?.[1];
    drawQuadrant(state, ({ session, spanId }) => select(session, spanId));
    showSession(state, named === undefined ? 0 : Math.min(Number(named), state.sessions.length - 1));
    showOverTime(state);
  }
  byId('with-sessions').hidden = state.sessions.length === 0;
  showAgents(state);
  showSessions(state, select);
  for (const id of ['by-order', 'by-time']) byId(id).addEventListener('change', redraw);
  showScrolling();
  followColours();
  document.documentElement.dataset['ready'] = 'true';
}

function showPlaced({ sessions, points, data }: State): void {
  const placed = sessions.filter(row => row.risk !== undefined).length;
  const text =
    placed === 0
      ? 'Nothing has a place here: no step states both a risk and an autonomy. `otel-alignment report --assess` scores steps that carry no score.'
      : `A diamond is a session in the upper right: risk ${data.thresholds.risk} or more at autonomy ${data.thresholds.autonomy} or more in the same step. ` +
        'A circle is any other session, at its riskiest step. Choose a point to see its timeline; points that would cover each other stand slightly apart.';
  replace('quadrant-about', text);
  byId('quadrant').setAttribute(
    'aria-label',
    `Scatter plot of risk against autonomy: ${placed} sessions, ${data.totals.upperRightSessions} of them in the upper right, and ${points.length} steps. The list above and the table of sessions below tell the same.`,
  );
  byId('quadrant').hidden = placed === 0 && points.length === 0;
}

/** On paper everything is dark on white, whatever the screen shows. */
function followColours(): void {
  const root = document.documentElement;
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('beforeprint', () => {
    root.classList.add('paper');
    drawAll();
  });
  addEventListener('afterprint', () => {
    root.classList.remove('paper');
    drawAll();
  });
}

try {
  start();
} catch (error) {
  replace('headline', h('span', {}, `This page cannot be shown: ${(error as Error).message}`));
  throw error;
}
