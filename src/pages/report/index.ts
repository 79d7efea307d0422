export { MissingAssets, readAssets } from './asset.ts';
export { htmlReport, MAX_PAGE } from './html.ts';
export { markdownReport } from './markdown.ts';
export type { PageOptions } from './page-data.ts';
