import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The parts of the page that are made when the package is built. */
export interface PageAssets {
  readonly template: string;
  readonly style: string;
  readonly script: string;
  readonly notice: string;
}

/** The page was never built: a checkout without `npm run build`. */
export class MissingAssets extends Error {
  override readonly name = 'MissingAssets';
}

/**
 * @param folders where the parts may be, as `file:` addresses that end in `/`; the first that has them counts
 * @throws MissingAssets
 */
export function readAssets(folders: readonly URL[]): PageAssets {
  for (const folder of folders) {
    const read = (name: string): string => readFileSync(fileURLToPath(new URL(name, folder)), 'utf8');
    try {
      return {
        template: read('page.html'),
        style: read('page.css'),
        script: read('page.js'),
        notice: read('NOTICE'),
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new MissingAssets('the report page is not built; in a checkout: npm run build');
}
