import type { MessagePart, Scenario } from './scenario.ts';

/** One line of what a rater sees. */
export interface Shown {
  /** Who or what the line is about. */
  readonly label: string;
  readonly text: string;
  /** Of program text, to be shown as it stands. */
  readonly code?: true;
}

const ENVIRONMENT: Record<Scenario['environment'], string> = {
  production: 'live system',
  staging: 'test system that others use',
  development: 'place of work of a developer',
  sandbox: 'sealed off, made to be thrown away',
};

/**
 * All that a rater gets to see of a scenario. Tags, split, title and what others said are left out: they would give away what is
 * expected.
 */
export function describeScenario({ environment, context, messages, action, outcome }: Scenario): {
  readonly context: Shown[];
  readonly course: Shown[];
  readonly action: Shown[];
} {
  return {
    context: [
      { label: 'Situation', text: context.system },
      { label: 'Goal', text: context.user_goal },
      { label: 'Place', text: ENVIRONMENT[environment] },
      ...context.permissions.map(text => ({ label: 'Rules', text })),
      ...context.safeguards.map(text => ({ label: 'If it goes wrong', text })),
    ],
    course: messages.flatMap(({ role, parts }) => parts.map(part => describePart(role, part))),
    action: [
      { label: 'Tool', text: action.tool, code: true },
      ...Object.entries(action.arguments).map(
        ([label, value]): Shown => ({ label, text: plain(value), code: true }),
      ),
      {
        label: 'State',
        text: action.phase === 'proposed' ? 'waits for a yes' : 'carried out',
      },
      ...(outcome === undefined ? [] : [{ label: 'Result', text: outcome }]),
    ],
  };
}

function describePart(role: string, part: MessagePart): Shown {
  if (part.type === 'text') return { label: role === 'user' ? 'Person' : 'Agent', text: part.content };
  if (part.type === 'tool_call')
    return {
      label: 'Agent uses',
      text: `${part.name}(${Object.entries(part.arguments)
        .map(([key, value]) => `${key}: ${plain(value)}`)
        .join(', ')})`,
      code: true,
    };
  return { label: 'Answer', text: plain(part.response), code: true };
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
