/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { h } from './dom.ts';

/** A table that does not fit says so above it, and can be reached and scrolled by keyboard. */
export function showScrolling(): void {
  for (const region of document.querySelectorAll<HTMLElement>('.scroll')) {
    region.tabIndex = 0;
    const hint = h(
      'p',
      { class: 'scroll-hint', hidden: true },
      'More columns to the right: scroll the table →',
    );
    region.before(hint);
    const look = (): void => {
      const wide = region.scrollWidth > region.clientWidth + 1;
      region.classList.toggle('wide', wide);
      hint.hidden = !wide;
    };
    const size = new ResizeObserver(look);
    size.observe(region);
    // what is in it may become wider and leave its own size as it is
    new MutationObserver(look).observe(region, { childList: true, subtree: true });
  }
}
