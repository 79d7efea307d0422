import type { DoctorRequest } from '../doctor-command.ts';
import { checkAgents } from './agents.ts';
import { checkCollector } from './collector.ts';
import type { Finding } from './finding.ts';
import { checkNode } from './node-version.ts';
import { checkPackages } from './packages.ts';
import { checkProvider } from './provider.ts';
import { runProbe } from './run-probe.ts';

/** Everything that was asked for, in the order in which it is shown. */
export async function examine(
  request: DoctorRequest,
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<Finding[]> {
  const { folder, agents, offline, command, waitMs } = request;
  const packages = checkPackages(folder);
  const provider = command.length === 0 ? [] : checkProvider(await runProbe(command, folder, waitMs));
  const collector = offline ? [] : await checkCollector(env);
  return [
    ...checkNode(process.versions.node, packages.sdkMajor),
    ...packages.findings,
    ...provider,
    ...collector,
    ...checkAgents(agents, env, cwd),
  ];
}
