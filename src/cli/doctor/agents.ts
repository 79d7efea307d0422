import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { HOOK_AGENT_NAMES } from '../../taps/hook/agents.ts';
import type { HookAgentName } from '../../taps/hook/event.ts';
import { hookFolder, openFolder } from '../../taps/hook/folder.ts';
import { type Place, placeOf } from '../../taps/hook/install/places.ts';
import { kept } from '../../taps/hook/spool.ts';
import { type Finding, findingsOf } from './finding.ts';
import { type AgentSettings, isPresent, settingsOf } from './settings.ts';
import { type AgentSwitch, isWanted, SWITCHES } from './switches.ts';

type Env = Readonly<Record<string, string | undefined>>;

const { ok, note, warning, problem } = findingsOf('agents');

/**
 * The command-line agents on this machine: are their switches on, is the hook installed. Settings are read, nothing is written.
 *
 * @param named look at these, whether they are here or not; empty: at those that are
 */
export function checkAgents(named: readonly HookAgentName[], env: Env, cwd: string): Finding[] {
  const agents = named.length > 0 ? named : HOOK_AGENT_NAMES.filter(agent => isPresent(agent, env));
  if (agents.length === 0)
    return [note('agents', `none of ${HOOK_AGENT_NAMES.join(', ')} is on this machine`)];
  const findings = agents.flatMap(agent => {
    const settings = settingsOf(agent, env, cwd);
    const hooks = hooksOf(agent, env, cwd);
    // nobody has to observe every agent that is here
    const begun = hooks.some(({ commands }) => commands.length > 0) || isBegun(agent, settings);
    if (!begun && !named.includes(agent))
      return [
        note(
          `${agent}.unobserved`,
          `${agent} is on this machine and not observed: otel-alignment doctor --agent ${agent} says what it needs`,
        ),
      ];
    return [...checkSwitches(agent, settings), ...checkHook(agent, hooks, env)];
  });
  return [...findings, ...checkUnsent(env)];
}

/** One of its own switches is on; the variables of every exporter say nothing about an agent. */
const isBegun = (agent: HookAgentName, { values, ignored }: AgentSettings): boolean =>
  ignored.length > 0 ||
  SWITCHES[agent].some(
    ({ keys, needed }) => needed && keys.some(key => !key.startsWith('OTEL_') && values[key]),
  );

function checkSwitches(
  agent: HookAgentName,
  { file, values, unreadable, ignored }: AgentSettings,
): Finding[] {
  const rows = SWITCHES[agent];
  const findings = [
    ...unreadable.map(what =>
      problem(`${agent}.settings`, what, 'mend the file, or look at its permissions'),
    ),
    ...rows.flatMap(row => {
      const finding = checkSwitch(agent, row, values, file);
      return finding === undefined ? [] : [finding];
    }),
    ...(ignored.length === 0
      ? []
      : [
          warning(
            `${agent}.project-settings`,
            `${agent}: ${ignored.join(', ')} in this folder's settings are ignored by the program`,
            `set them in the environment or in ${file}`,
          ),
        ]),
  ];
  return findings.length === 0 && rows.length > 0
    ? [ok(`${agent}.switches`, `${agent}: its telemetry is on`)]
    : findings;
}

function checkSwitch(
  agent: HookAgentName,
  row: AgentSwitch,
  values: Readonly<Record<string, string>>,
  file: string,
): Finding | undefined {
  const { keys, wanted, neededFor, needed, mend } = row;
  const key = keys.find(name => values[name]) ?? (keys[0] as string);
  const value = values[key];
  if (value !== undefined && isWanted(value, wanted)) return undefined;
  const state = value ? 'is not what it must be' : 'is not set';
  const say = needed ? problem : warning;
  return say(`${agent}.${key}`, `${agent}: ${key} ${state}; needed for ${neededFor}`, `${mend} (${file})`);
}

interface PlacedHook {
  readonly place: Place;
  /** Of ours, one an event. */
  readonly commands: readonly string[];
}

const hooksOf = (agent: HookAgentName, env: Env, cwd: string): PlacedHook[] =>
  (['user', 'project'] as const)
    .flatMap(scope => placeOf(agent, scope, env, cwd) ?? [])
    .map(place => ({ place, commands: commandsOf(place, agent) }));

function checkHook(agent: HookAgentName, found: readonly PlacedHook[], env: Env): Finding[] {
  const install = `otel-alignment hook install --agent ${agent}`;
  const commands = found.flatMap(({ commands: some }) => some);
  const check = `${agent}.hook`;
  if (commands.length === 0)
    return [
      (agent === 'cline' ? problem : warning)(
        check,
        `${agent}: no hook is installed, so risk and misalignment indicators of its tool calls are not seen`,
        install,
      ),
    ];
  const gone = commands.flatMap(wordsBefore).find(word => isAbsolute(word) && !existsSync(word));
  if (gone !== undefined)
    return [problem(check, `${agent}: its hook names ${gone}, which is not there any more`, install)];
  const partly = found.find(
    ({ place, commands: some }) => some.length > 0 && some.length < place.events.length,
  );
  if (partly !== undefined)
    return [
      warning(
        check,
        `${agent}: the hook is installed for ${partly.commands.length} of ${partly.place.events.length} events`,
        install,
      ),
    ];
  const mode =
    agent === 'cline' && !env['ALIGNMENT_HOOK_MODE'] && !commands.some(one => one.includes(' --mode '));
  return mode
    ? [
        warning(
          check,
          'cline: the hook is installed without a mode, so no approval is reported',
          `${install} --mode auto-approve, or --mode ask`,
        ),
      ]
    : [ok(check, `${agent}: the hook is installed`)];
}

/** The commands of ours that an agent would run, one an event. */
function commandsOf(place: Place, agent: HookAgentName): string[] {
  const ours = (text: unknown): text is string =>
    typeof text === 'string' && text.split(/\s/).join(' ').includes(` hook --agent ${agent}`);
  if (place.kind === 'scripts')
    return read(() => readdirSync(place.folder), [])
      .flatMap(name => read(() => readFileSync(join(place.folder, name), 'utf8').split('\n'), []))
      .filter(ours);
  const settings = read<unknown>(() => JSON.parse(readFileSync(place.file, 'utf8')), undefined);
  const hooks = (settings as { hooks?: Record<string, unknown> } | undefined)?.hooks ?? {};
  return Object.values(hooks).flatMap(groups =>
    list(groups)
      .flatMap(group => list((group as { hooks?: unknown } | null)?.hooks))
      .map(hook => (hook as { command?: unknown } | null)?.command)
      .filter(ours)
      .slice(0, 1),
  );
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function read<T>(what: () => T, otherwise: T): T {
  try {
    return what();
  } catch {
    return otherwise;
  }
}

/** The program and the file that stand before `hook --agent`. */
function wordsBefore(command: string): string[] {
  const before = command.slice(0, command.indexOf(' hook --agent '));
  return [...before.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word).slice(-2);
}

/** What the hook could not send. Its folder is not made for the asking. */
function checkUnsent(env: Env): Finding[] {
  const folder = existsSync(hookFolder(env)) ? openFolder(env) : undefined;
  const waiting = folder === undefined ? 0 : kept(folder).length;
  return waiting === 0
    ? []
    : [
        warning(
          'agents.unsent',
          `the hook keeps ${waiting} request${waiting === 1 ? '' : 's'} that the endpoint did not take`,
          'they go out with the next event once the Collector answers; otel-alignment hook status says more',
        ),
      ];
}
