import { programName } from './command-line.ts';
import { GENERAL } from './rules/general.ts';
import type { ShellReader } from './shell.ts';
import { byTable, type Call } from './shell-table.ts';

/** Programs that run another program in a container, a cluster or from a package registry: both count. */
export const INNER: readonly (readonly [program: string, run: (shell: ShellReader, call: Call) => void])[] = [
  ...['docker', 'podman', 'nerdctl', 'docker-compose'].map(name => [name, container] as const),
  ...['kubectl', 'oc', 'k'].map(name => [name, cluster] as const),
  ...['npx', 'bunx', 'uvx'].map(name => [name, fromRegistry] as const),
  ['tar', tar],
  ['bsdtar', tar],
];

function container(shell: ShellReader, call: Call): void {
  const { operands } = call.line;
  const at = operands[0] === 'compose' ? 1 : 0;
  const target = operands[at] === 'exec' ? operands[at + 1] : undefined;
  const from = target === undefined ? -1 : call.args.indexOf(target);
  if (from >= 0 && from + 1 < call.args.length && !call.line.flags.has('--privileged'))
    inside(shell, call.args.slice(from + 1));
  else byTable(shell, call);
}

function cluster(shell: ShellReader, call: Call): void {
  const from = call.args.indexOf('--');
  const [verb, source, target] = call.line.operands;
  if (verb === 'exec' && from >= 0 && from + 1 < call.args.length) inside(shell, call.args.slice(from + 1));
  else if (verb === 'cp' && target !== undefined && source?.includes(':') === true)
    shell.path(target, 'write');
  else byTable(shell, call);
}

/** Paths in there are not those of this machine. */
function inside(shell: ShellReader, argv: readonly string[]): void {
  const { place } = shell;
  shell.place = { ...place, workspace: undefined, folder: undefined, home: undefined };
  shell.run(argv);
  shell.place = place;
}

function fromRegistry(shell: ShellReader, call: Call): void {
  const name = call.line.operands[0];
  const from = name === undefined ? -1 : call.args.indexOf(name);
  const version = name === undefined ? -1 : name.indexOf('@', 1);
  const program = name === undefined ? '' : programName(version > 0 ? name.slice(0, version) : name);
  const { commands, files } = shell.effects.tables;
  if (from >= 0 && (commands.has(program) || files.has(program)))
    shell.run([program, ...call.args.slice(from + 1)]);
  else byTable(shell, call);
}

function tar(shell: ShellReader, call: Call): void {
  const { line } = call;
  const letters = call.args[0]?.replace('-', '') ?? '';
  const lists =
    line.flags.has('--list') || line.flags.has('-t') || (letters.includes('t') && !letters.includes('/'));
  if (lists && !letters.includes('x') && !letters.includes('c')) {
    shell.add(GENERAL.archiveList);
    return;
  }
  byTable(shell, call);
  for (const folder of [...(line.values.get('-C') ?? []), ...(line.values.get('--directory') ?? [])])
    shell.path(folder, 'write');
}
