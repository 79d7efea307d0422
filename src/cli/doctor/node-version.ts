import { type Finding, findingsOf } from './finding.ts';
import { isBefore, versionOf } from './version.ts';

const { ok, problem } = findingsOf('node');

/**
 * Whether this Node runs the package, and the SDK that is installed beside it.
 *
 * @param version as `process.versions.node` says it
 * @param sdkMajor of the application's SDK, where there is one
 */
export function checkNode(version: string, sdkMajor: number | undefined): Finding[] {
  const node = versionOf(version) ?? [0, 0, 0];
  const runs = !isBefore(node, [20, 19]) && node[0] !== 21 && !(node[0] === 22 && isBefore(node, [22, 12]));
  const told = `Node ${version}`;
  if (!runs)
    return [
      problem(
        'node.version',
        `${told} is too old for otel-alignment`,
        'use Node 20.19 or later, or 22.12 or later',
      ),
    ];
  if (sdkMajor !== undefined && sdkMajor >= 3 && isBefore(node, [22, 15]))
    return [
      problem(
        'node.sdk',
        `${told} is too old for the OpenTelemetry SDK ${sdkMajor}.x that is installed`,
        'use Node 22.15 or later, or the SDK 2.x',
      ),
    ];
  return [ok('node.version', told)];
}
