// Builds dist/pages/playground.html: one file with the rules in it, which opens from the disk and makes no request.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}src/pages/playground`;
const read = (path: string): string => readFileSync(path, 'utf8').trim();

const packageOf = (name: string): string => `${root}node_modules/${name}`;
const licence = (name: string): string => {
  const { version, license } = JSON.parse(read(`${packageOf(name)}/package.json`));
  return `== ${name} ${version}, ${license} ==\n${read(`${packageOf(name)}/LICENSE`)}`;
};

/** Files and streams: named by imports, and never used in the page. */
const ABSENT = `module.exports = new Proxy({}, {
  get: (_, name) => () => { throw new Error('there is no ' + String(name) + ' here'); },
});`;

const nodeForBrowsers: Plugin = {
  name: 'node-for-browsers',
  resolveId: id =>
    id === 'node:crypto'
      ? `${root}tools/playground/node-crypto.ts`
      : id.startsWith('node:')
        ? `\0${id}.cjs`
        : undefined,
  load: id => (id.startsWith('\0node:') ? ABSENT : undefined),
};

/** Writes the page to a file. */
export async function buildPlayground(
  to: string = `${root}dist/pages/playground.html`,
): Promise<{ bytes: number; script: number }> {
  const bundle = await rolldown({
    cwd: root,
    input: 'tools/playground/entry.ts',
    platform: 'browser',
    plugins: [nodeForBrowsers],
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
  const [{ code }, ...more] = output;
  if (more.length > 0) throw new Error('the playground must be one script');
  // an end tag within the script would end its element
  const script = code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim();
  const style = read(`${page}/page.css`);
  const allowed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const parts: Readonly<Record<string, string>> = {
    policy: `default-src 'none'; script-src ${allowed(script)}; style-src ${allowed(style)}; base-uri 'none'; form-action 'none'`,
    style: `--><style>${style}</style><!--`,
    script: `--><script>${script}</script><!--`,
    notice: escaped(['unbash', '@noble/hashes', '@opentelemetry/api'].map(licence).join('\n\n')),
  };
  const html = read(`${page}/page.html`)
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? '')
    .replaceAll('<!---->', '');
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, `${html}\n`);
  return { bytes: Buffer.byteLength(html), script: Buffer.byteLength(script) };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

if (import.meta.main) {
  const { bytes } = await buildPlayground(process.argv[2]);
  if (process.argv[2]) process.stderr.write(`playground: ${(bytes / 1000).toFixed(0)} kB\n`);
}
