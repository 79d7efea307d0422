// Installs real agents for the live tests: `node tools/agents/install.ts [agent…]`. Exact versions, no install scripts, into the
// cache folder ($ALIGNMENT_CACHE, else the user's cache). What is there already is left alone.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT_PACKAGES, type AgentProgram, agentFolder, findAgent } from './agents.ts';

const known = Object.keys(AGENT_PACKAGES) as AgentProgram[];
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !known.includes(name as AgentProgram));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  process.exit(2);
}

for (const agent of asked.length > 0 ? (asked as AgentProgram[]) : known) {
  const { name, version, megabytes } = AGENT_PACKAGES[agent];
  if (findAgent(agent) !== undefined) {
    console.log(`${agent} ${version}: there`);
    continue;
  }
  console.log(`${agent} ${version}: installing (${megabytes} MB)`);
  const folder = agentFolder(agent);
  mkdirSync(folder, { recursive: true });
  // a project of its own: npm would climb to the next package.json otherwise
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const { status } = spawnSync(
    'npm',
    [
      'install',
      ...[
        '--save-exact',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--legacy-peer-deps',
        '--loglevel=error',
      ],
      `${name}@${version}`,
    ],
    {
      cwd: folder,
      stdio: 'inherit',
      env: { ...process.env, INIT_CWD: folder, npm_config_local_prefix: folder },
    },
  );
  if (status !== 0 || findAgent(agent) === undefined) {
    rmSync(folder, { recursive: true, force: true });
    console.error(`${agent} ${version}: could not be installed`);
    process.exit(1);
  }
}
