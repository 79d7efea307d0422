/** What a Jaeger without its UI answers to every address of a page. */
const PLACEHOLDER = 'This is not the Jaeger UI you are looking for';

/** Whether a page is a placeholder that stands in for a UI that is not there. */
export const isPlaceholder = (html: string): boolean => html.includes(PLACEHOLDER);

/**
 * Whether an address opens a page of its own: HTML, answered with 2xx, no placeholder. It says nothing about what the page
 * loads afterwards.
 */
export async function pageOpens(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000), headers: { accept: 'text/html' } });
    const html = await answer.text();
    return answer.ok && /<html|<!doctype html/i.test(html) && !isPlaceholder(html);
  } catch {
    return false;
  }
}
