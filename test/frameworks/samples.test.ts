import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at } from './run-example.ts';
import { root } from './support.ts';

/** The samples of the pages of libraries: they need the library, which its example installs. */
const PAGES = ['vercel-ai', 'openai-agents', 'langgraph', 'claude-agent-sdk', 'mcp'];

const blocks = (page: string): string[] =>
  [...readFileSync(at(page, 'README.md'), 'utf8').matchAll(/^```js\n([\s\S]*?)^```/gm)].map(
    ([, code = '']) => code,
  );

describe.each(PAGES)('samples of examples/%s/README.md', page => {
  const installed = existsSync(at(page, 'node_modules/otel-alignment'));
  if (!installed) console.log(`skipped: npm ci --prefix examples/${page} installs what its samples need`);

  it('there are some', () => expect(blocks(page).length).toBeGreaterThan(0));

  // in the folder of the example, where an application would stand
  it.skipIf(!installed).each(blocks(page).map((code, index) => [index + 1, code] as const))(
    'number %i compiles and runs',
    (index, code) => {
      const file = at(page, `sample-${index}.ts`);
      try {
        writeFileSync(file, `${code}\nprocess.exit(0);\n`);
        const flags =
          '--noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node --ignoreConfig';
        const tsc = join(root, 'node_modules/typescript/bin/tsc');
        const compiled = spawnSync(process.execPath, [tsc, ...flags.split(' '), file], {
          cwd: at(page),
          encoding: 'utf8',
        });
        expect(compiled.stdout).toBe('');
        const ran = spawnSync(process.execPath, [file], { cwd: at(page), encoding: 'utf8' });
        expect(ran.stderr).toBe('');
        expect(ran.status).toBe(0);
      } finally {
        rmSync(file, { force: true });
      }
    },
  );
});
