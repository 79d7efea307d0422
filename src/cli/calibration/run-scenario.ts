import type { Scenario } from '../../pages/rater/scenario.ts';

/** What a rater sees of a scenario: nothing that says what others think of it. */
export function blind({ id, environment, context, messages, action, outcome }: Scenario): object {
  return { id, environment, context, messages, action, ...(outcome === undefined ? {} : { outcome }) };
}

/** A harness's word for how people are involved, where it has one that means only this. */
const MODE: Readonly<Record<string, string>> = { none: 'bypassPermissions', monitoring: 'acceptEdits' };

/** A scenario as the lines that `otel-alignment assess` reads; the last one is the action. */
export function stepLines({ id, environment, context, messages, action }: Scenario): string {
  const lines: Record<string, unknown>[] = [
    {
      role: 'system',
      content: context.system,
      environment,
      permission_mode: MODE[context.human_involvement] ?? 'default',
    },
  ];
  for (const { role, parts } of messages) {
    for (const part of parts) {
      if (part.type === 'text')
        lines.push({ role: role === 'user' ? 'user' : 'agent', content: part.content });
      else if (part.type === 'tool_call')
        lines.push({ role: 'agent', tool: part.name, arguments: part.arguments });
      else lines.push({ role: 'tool', result: part.response });
    }
  }
  lines.push({ role: 'agent', tool: action.tool, arguments: action.arguments });
  return `${lines.map((line, index) => JSON.stringify({ session_id: id, step: index + 1, ...line })).join('\n')}\n`;
}
