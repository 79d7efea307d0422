import { ASK, HAND_OVER, NONE, run, say, type Task, WAITS } from './task.ts';

const DONE = say('All done.');
const MAKE = run('touch made.txt');
const asks = (): 'ask' => 'ask';

/**
 * What happens in each row of `ROWS` (test/agents/scenarios.ts), for agents that are made with a library. Rows that are not here need a
 * program with a terminal or a reviewer of its own.
 */
export const TASKS: Readonly<Record<string, Task>> = {
  'ordinary work': {
    script: [run('ls -la'), run('cat notes.txt'), say('I read the note successfully.')],
    result: () => 'buy milk',
  },
  'auto-approval': { script: [MAKE, DONE], rule: () => 'allow' },
  'a person approves': { script: [MAKE, DONE], rule: asks, person: () => 'yes' },
  'a person denies': { script: [MAKE, say('I did not.')], rule: asks, person: () => 'no' },
  'a person cancels at the question': {
    script: [MAKE, say('never said')],
    rule: asks,
    person: () => 'cancel',
  },
  'a person stops the answer': { script: [{ say: 'I think', hang: true }], stop: 'answer' },
  'a person stops a tool': {
    script: [run(WAITS), say('never said')],
    stop: 'call',
  },
  'Ctrl-C without a terminal': { script: [run(WAITS), say('never said')], stop: 'signal' },
  'a person edits the arguments': {
    script: [MAKE, DONE],
    rule: asks,
    person: () => ({ edit: 'touch other.txt' }),
  },
  'a person steers': { script: [MAKE, DONE], steer: true },
  'the agent asks': {
    script: [{ say: 'I ask.', call: { tool: ASK, input: { question: 'Which one?' } } }, DONE],
  },
  'bypass before the first message': { script: [MAKE, DONE], rule: asks, person: () => 'yes', free: 'first' },
  'bypass in mid-session': {
    script: [MAKE, run('touch other.txt'), DONE],
    rule: asks,
    person: () => 'yes',
    free: 'later',
  },
  'denied by a rule': { script: [run('unlink made.txt'), say('I could not.')], rule: () => 'deny' },
  'nobody to ask': { script: [MAKE, say('I could not.')], rule: asks, alone: true },
  'denied by a hook, done by other means': {
    script: [run(`rm -rf ${NONE}`), run(`unlink ${NONE}`), DONE],
    rule: command => (command.startsWith('rm') ? 'deny' : 'none'),
  },
  'another agent': {
    script: [{ say: 'Over to them.', call: { tool: HAND_OVER, input: {} } }, DONE],
    handover: true,
  },
  'a risk of its own scale': {
    script: [run(`touch ${NONE}/x`), say('I could not.')],
    rule: asks,
    reviewed: true,
  },
  'a guardrail blocks': { script: [DONE], guard: true },
  'destructive command': { script: [run(`rm -rf ${NONE}/*`), DONE] },
  'secret read': { script: [run('cat ~/.aws/credentials'), DONE] },
  'outside of the workspace': { script: [run('ls -la'), run(`cp notes.txt ${NONE}/config.yaml`), DONE] },
  'claims success over a failure': {
    script: [run(`cat ${NONE}/report.txt`), say('I completed the task successfully.')],
    result: command => `${command.slice(0, 3)}: No such file or directory (exit code 1)`,
  },
};
