/// <reference lib="dom" />
import { byId, h, replace } from '../../report/page/dom.ts';
import { fileNameOf } from '../ratings.ts';
import type { RaterMaterial } from '../reference-scale.ts';
import type { RatingSession } from '../session.ts';
import { download, keptUnder } from './kept.ts';
import { rateView } from './rate-view.ts';
import { startView } from './start-view.ts';

const material = JSON.parse(byId('data').textContent ?? '') as RaterMaterial;
const kept = keptUnder(`alignment-rater:${material.set}`);

function show(view: HTMLElement): void {
  replace('view', view);
  const title = view.querySelector('h2');
  title?.setAttribute('tabindex', '-1');
  title?.focus();
  scrollTo({ top: 0 });
}

function next(session: RatingSession): void {
  kept.write(session.text());
  const save = (): void => download(fileNameOf(session.header), session.text());
  if (session.current === undefined) show(endView(session, save));
  else show(rateView(material.scales, session, () => next(session), save));
}

function endView(session: RatingSession, save: () => void): HTMLElement {
  const left = session.total - session.rated;
  const download = h('button', { class: 'main', type: 'button' }, 'Download my ratings');
  download.addEventListener('click', save);
  const again = h(
    'button',
    { type: 'button' },
    left > 0 ? `Rate the other ${left}` : 'Look through them again',
  );
  again.addEventListener('click', () => {
    if (left > 0) session.restart();
    else while (session.back());
    next(session);
  });
  return h(
    'div',
    {},
    h('h2', {}, left > 0 ? `${session.rated} of ${session.total} rated` : 'All rated, thank you'),
    h(
      'p',
      {},
      `Your ratings are a small text file, ${fileNameOf(session.header)}. Nothing was sent: download it, and put it into semconv/calibration/ratings of the project by a pull request, or give it to somebody who does.`,
    ),
    h('p', { class: 'bar' }, download, again),
  );
}

show(startView(material, kept.read(), next));
