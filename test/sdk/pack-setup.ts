import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Packs the package and unpacks it into the workspaces of the older SDK lines. A link to the sources would load the
 * root's copy of the API there, and be a silent no-op.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-pack-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = join(folder, readdirSync(folder).find(name => name.endsWith('.tgz')) ?? 'missing');
  for (const workspace of ['sdk-2.3', 'sdk-2.12']) {
    const to = join(root, 'test', workspace, 'node_modules/otel-alignment');
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', to, '--strip-components=1']);
  }
  process.env['OTEL_ALIGNMENT_TARBALL'] = tarball;
  return () => rmSync(folder, { recursive: true, force: true });
}
