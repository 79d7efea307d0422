// Builds the static pages into dist/pages: one script a page, with the notices of what is in it.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}src/pages/report/page`;
const out = `${root}dist/pages/report`;

const read = path => readFileSync(path, 'utf8').trim();
const echarts = `${root}node_modules/echarts`;
// what echarts depends on may stand in its own folder
const folderOf = name => [`${echarts}/node_modules/${name}`, `${root}node_modules/${name}`].find(existsSync);
const versionOf = folder => JSON.parse(read(`${folder}/package.json`)).version;
const [zrender, tslib] = [folderOf('zrender'), folderOf('tslib')];

const bundle = await rolldown({
  cwd: root,
  input: `${page}/main.ts`,
  platform: 'browser',
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
});
const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
const [{ code }, ...more] = output;
if (more.length > 0) throw new Error('the page must be one script');
mkdirSync(out, { recursive: true });
// an end tag within the script would end its element
writeFileSync(
  `${out}/page.js`,
  code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim(),
);
for (const file of ['page.css', 'page.html']) copyFileSync(`${page}/${file}`, `${out}/${file}`);
writeFileSync(
  `${out}/NOTICE`,
  `This page contains, minified, parts of:

== Apache ECharts ${versionOf(echarts)} ==
${read(`${echarts}/NOTICE`)}

Licensed under the Apache License, Version 2.0; its text is below.

== ZRender ${versionOf(zrender)} ==
${read(`${zrender}/LICENSE`)}

== tslib ${versionOf(tslib)} ==
${read(`${tslib}/LICENSE.txt`)}

== otel-alignment ==
Licensed under the Apache License, Version 2.0:

${read(`${root}LICENSE`)}
`,
);
