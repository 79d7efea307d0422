// Builds the page for raters: one file that needs no server and loads nothing.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import type { RaterMaterial, ReferenceScales } from '../../src/pages/rater/reference-scale.ts';
import { loadSet, SET_FOLDER } from './load.ts';

const ROOT: string = resolve(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'src/pages/rater/page');
const OUT = 'dist/pages/rater/rater.html';

/** The page's text. @param folder of the set */
export async function raterPage(folder: string = SET_FOLDER): Promise<string> {
  const bundle = await rolldown({ cwd: ROOT, input: join(PAGE, 'main.ts'), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
  if (output.length !== 1) throw new Error('the page must be one script');
  // an end tag within a script would end its element
  const script = output[0].code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim();
  const style = readFileSync(join(PAGE, 'page.css'), 'utf8').trim();
  const parts: Record<string, string> = {
    policy: `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; base-uri 'none'; form-action 'none'`,
    style,
    script,
    data: JSON.stringify(material(folder)).replaceAll('<', '\\u003c'),
  };
  return readFileSync(join(PAGE, 'page.html'), 'utf8').replace(
    // as the formatter of HTML wants a place to be marked: a comment in style and script, a text in JSON
    /\/\*\{\{([a-z]+)\}\}\*\/|"\{\{(data)\}\}"|\{\{([a-z]+)\}\}/g,
    (_, ...names: string[]) => parts[names.find(name => name !== undefined)!]!,
  );
}

function material(folder: string): RaterMaterial {
  const { set, version, scenarios } = loadSet(folder);
  const scales = JSON.parse(readFileSync(join(folder, 'reference-scales.json'), 'utf8')) as ReferenceScales;
  return { set, version, scenarios: scenarios.map(({ scenario }) => scenario), scales };
}

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

if (import.meta.main) {
  const out = resolve(process.argv[2] ?? join(ROOT, OUT));
  const page = await raterPage();
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, page);
  if (process.argv[2])
    console.log(`${process.argv[2] ?? OUT}: ${(Buffer.byteLength(page) / 1000).toFixed(0)} kB`);
}
