// Runs the live tests of the real agents: `node tools/agents/test.ts [vitest arguments]`. Where the system lets it, in a network
// namespace of its own that has only loopback, with a temporary folder of its own, and everything that an agent leaves behind is
// ended with it; otherwise as they are, and it says so: in CI a test then fails. A report must not be written below /tmp, which is another one inside.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../stack/binaries.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const tests = [process.execPath, vitest, 'run', '--project', 'agents', ...process.argv.slice(2)];
const apart = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
// what the tests need must not be hidden with the rest of the temporary folder
const hidesNothing = ![root, cacheFolder()].some(folder => resolve(folder).startsWith('/tmp/'));
const inside = `${hidesNothing ? 'mount -t tmpfs tmpfs /tmp && ' : ''}ip link set lo up && exec "$@"`;

/** A normal user needs a user namespace for the others. */
const rooted = process.getuid?.() === 0 ? [] : ['--map-root-user'];
const possible = spawnSync('unshare', [...rooted, ...apart, 'sh', '-c', inside, 'sh', 'true']).status === 0;
if (!possible)
  console.warn(
    'live tests: no network namespace can be had here; the agents are told to speak to this machine only, and nothing holds them to it',
  );
const [command = '', ...args] = possible
  ? ['unshare', ...rooted, ...apart, 'sh', '-c', inside, 'sh', ...tests]
  : tests;
const env = { ...process.env, ALIGNMENT_APART: possible ? '1' : '0' };
process.exitCode = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
