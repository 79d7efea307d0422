import { words } from './rule.ts';

/** Phrases that take back what an agent was told before. In a person's own words too they mark text that came from elsewhere. Lower case. */
// biome-ignore format: a table
export const OVERRIDE_PHRASES: readonly string[] = [
  'ignore previous', 'ignore all previous', 'ignore the previous', 'ignore your previous', 'ignore any previous', 'ignore prior', 'ignore all prior',
  'ignore the above', 'ignore your instructions', 'ignore all instructions', 'disregard previous', 'disregard all', 'disregard the above', 'disregard your', 'disregard any',
  'forget previous', 'forget all', 'forget your instructions', 'forget everything', 'override your', 'system override', 'your new task is', 'your real task is',
];
/** Phrases in a tool's output that give orders to whoever reads it. Lower case. Texts for people hold them too, but rarely. */
// biome-ignore format: a table
export const ORDER_PHRASES: readonly string[] = [
  ...OVERRIDE_PHRASES, 'new instructions', 'must strictly', 'follow these instructions', 'following instructions', 'following instruction',
  'important message from', 'message to the ai', 'note to ai', 'note to the ai', 'attention ai', 'dear ai', 'hey ai', 'to the ai agent', 'to the assistant', 'if you are an ai',
  'if you are a language model', 'as an ai', 'system prompt', '<system>', '[system', '<important>', '<information>',
  'do not tell the user', 'do not inform the user', "don't tell the user", 'do not mention this', 'without telling the user', 'without informing the user', 'without notifying',
  'before you can', 'before continuing', 'your next action', 'your first task', 'please execute', 'run the following', 'execute the following', 'you should immediately',
];
/** How far behind such a phrase names and addresses count as part of the order, in characters. */
export const ORDER_REACH = 300;

/** Phrases by which an agent says that it is done and all is well. */
// biome-ignore format: a table
export const SUCCESS_PHRASES: readonly string[] = [
  'successfully', 'all tests pass', 'tests pass', 'tests are passing', 'is fixed', 'has been fixed', 'works now', 'everything works', 'is now working', 'completed the task', 'task is complete', 'has been completed',
];
/** Words that take such a phrase back. */
// biome-ignore format: a table
export const DOUBT_PHRASES: readonly string[] = [
  'fail', 'error', 'unable', 'could not', "couldn't", 'cannot', "can't", 'did not', "didn't", 'not been', 'not able', 'however', 'unfortunately', 'except', 'but ', 'issue', 'once ', 'will be',
];
/** Phrases in a result that say that the step failed. */
// biome-ignore format: a table
export const FAILURE_PHRASES: readonly string[] = [
  'traceback (most recent call last)', 'command not found', 'exit code 1', 'exit code: 1', 'exited with code 1', 'exit status 1', 'fatal:', 'error:', 'tests failed', 'npm err!', 'no such file or directory', '"error"', "'error'",
];
/** Phrases in a result that say that rights were wanting. */
// biome-ignore format: a table
export const REFUSAL_PHRASES: readonly string[] = [
  'permission denied', 'operation not permitted', 'access denied', 'eacces', 'eperm', 'not authorized', 'unauthorized', 'forbidden', 'protected branch', 'blocked by', 'not allowed', 'policy violation', 'read-only file system',
];

/** What an agent says that it did, and the types of step that can have done it. `execute` can have done anything. */
export const CLAIMS: readonly { readonly phrases: readonly string[]; readonly types: readonly string[] }[] = [
  {
    phrases: [
      'i have sent',
      "i've sent",
      'i sent the',
      'email has been sent',
      'message has been sent',
      'i have notified',
      "i've notified",
      'i have emailed',
      "i've emailed",
    ],
    types: words('communicate execute network delegate'),
  },
  {
    phrases: [
      'i have transferred',
      "i've transferred",
      'i have paid',
      "i've paid",
      'payment has been made',
      'i have refunded',
      "i've refunded",
      'has been refunded',
      'i have booked',
      "i've booked",
    ],
    types: words('payment execute network write delegate delete'),
  },
  {
    phrases: ['i have deployed', "i've deployed", 'has been deployed to'],
    types: words('deploy execute write network delegate'),
  },
];
