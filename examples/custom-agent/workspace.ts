import { mkdir, mkdtemp, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Makes a temporary folder with the files of `scripts/workspace.json`, and gives its absolute path. */
export async function createWorkspace(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'release-agent-')));
  const files = JSON.parse(
    await readFile(new URL('./scripts/workspace.json', import.meta.url), 'utf8'),
  ) as Record<string, string>;
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
