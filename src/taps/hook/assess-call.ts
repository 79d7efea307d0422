import type { Assessment, AssessmentContext, Indicator } from '../../assess/index.ts';
import type { AgentStep } from '../../step/step.ts';
import type { HookEvent } from './event.ts';
import type { Keyed } from './folder.ts';
import type { Judge } from './judge.ts';

/** The assessment of a call that is about to run. It needs no memory, so it is made before the memory is locked. */
export interface Assessed {
  /** Keyed hash of tool and arguments; empty where the event is about no tool. */
  readonly print: string;
  /** With keyed hashes in the place of targets. */
  readonly assessment: Assessment | undefined;
}

export function assessCall(event: HookEvent, keyed: Keyed, judge: Judge | undefined): Assessed {
  const print =
    event.toolName === undefined ? '' : keyed(`call|${event.toolName}|${textOf(event.arguments)}`);
  if (judge === undefined || event.kind !== 'tool_before') return { print, assessment: undefined };
  const args = event.arguments === undefined ? {} : { arguments: event.arguments };
  const assessment = judge.assessStep({ ...stepOf(event), ...args }, contextOf(event));
  return { print, assessment: assessment === undefined ? undefined : hideTargets(assessment, keyed) };
}

export function stepOf(event: HookEvent): AgentStep {
  return {
    dialect: event.agent,
    kind: 'tool',
    ...(event.agentId === undefined ? {} : { agentId: event.agentId }),
    ...(event.toolName === undefined ? {} : { toolName: event.toolName }),
    ...(event.toolCallId === undefined ? {} : { toolCallId: event.toolCallId }),
    ...(event.mode === undefined ? {} : { mode: event.mode }),
    ...(event.humanInvolvement === undefined ? {} : { humanInvolvement: event.humanInvolvement }),
  };
}

export const contextOf = (event: HookEvent): AssessmentContext => ({
  ...(event.workspace === undefined ? {} : { workspace: event.workspace }),
  ...(event.humanInvolvement === undefined ? {} : { humanInvolvement: event.humanInvolvement }),
});

function hideTargets(assessment: Assessment, keyed: Keyed): Assessment {
  const { targets, indicators, ...rest } = assessment;
  const hidden = (target: string): string => keyed(`target|${target}`);
  return {
    ...rest,
    ...(targets === undefined ? {} : { targets: targets.map(hidden) }),
    ...(indicators === undefined
      ? {}
      : {
          indicators: indicators.map(
            ({ target, ...indicator }): Indicator =>
              target === undefined ? indicator : { ...indicator, target: hidden(target) },
          ),
        }),
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
