import { createHash } from 'node:crypto';
import type { Figures } from '../../analysis/index.ts';
import type { PageAssets } from './asset.ts';
import { type PageOptions, pageData } from './page-data.ts';

/** No page is larger, in bytes. */
export const MAX_PAGE = 3_000_000;

/**
 * One page that holds everything: it loads nothing, and its policy lets it load nothing and run no script but its own. What was recorded stands in
 * it as JSON only.
 */
export function htmlReport(figures: Figures, options: PageOptions, assets: PageAssets): string {
  const { template, style, script, notice } = assets;
  const fixed = [template, style, script, notice].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const data = pageData(figures, options, MAX_PAGE - fixed - SPARE);
  const parts: Readonly<Record<string, string>> = {
    policy:
      `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; img-src data:; ` +
      "base-uri 'none'; form-action 'none'",
    title: escaped(options.title),
    generator: escaped(figures.generator),
    style,
    script,
    notice: escaped(notice),
    // a closing tag or the start of a comment in a text would end the element
    data: JSON.stringify(data).replaceAll('<', '\\u003c'),
  };
  // a function as replacement: a text with $& in it stays as it is. One pass: a %style% that was recorded stays too
  return template.replace(PLACE, (whole, ...names: (string | undefined)[]) => {
    const name = names.slice(0, 3).find(one => one !== undefined);
    return (name === undefined ? undefined : parts[name]) ?? whole;
  });
}

/** A part's place, in the form that the language around it takes. */
const PLACE = /\/\*%(\w+)%\*\/|"%(data)%"|%(\w+)%/g;

/** For what escaping adds. */
const SPARE = 60_000;

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
