import { type Decision, FEEDBACK, PROMPT, tongue } from './talk.ts';
import { type Message, startWire } from './wire.ts';

/** Claude Code's control messages, as the Agent SDK sends them. */
export const claudeTalk = tongue(
  startWire,
  (program, { freedom }) => [
    ...program,
    ...['-p', '--verbose', '--model', 'claude-sonnet-4-5'],
    ...(freedom === 'bypass' ? ['--dangerously-skip-permissions'] : ['--allow-dangerously-skip-permissions']),
    ...['--input-format', 'stream-json', '--output-format', 'stream-json', '--include-partial-messages'],
    ...['--permission-prompt-tool', 'stdio'],
  ],
  async wire => {
    const asking = (m: Message): boolean =>
      m.type === 'control_request' && m.request.subtype === 'can_use_tool';
    let open: Message | undefined;
    let requests = 0;
    const question = async (): Promise<Message> => {
      const found = open ?? (await wire.next('the question', asking));
      open = undefined;
      return found;
    };
    const respond = (request_id: string, response: object): void =>
      wire.send({ type: 'control_response', response: { subtype: 'success', request_id, response } });
    const control = async (request: object): Promise<void> => {
      const request_id = `test-${++requests}`;
      wire.send({ type: 'control_request', request_id, request });
      await wire.next(
        'the answer',
        m => m.type === 'control_response' && m.response.request_id === request_id,
      );
    };
    const say = (content: string): void => wire.send({ type: 'user', message: { role: 'user', content } });
    return {
      async prompt() {
        say(PROMPT);
      },
      async answer(decision: Decision) {
        const { request_id, request } = await question();
        if (decision === 'deny' || decision === 'cancel')
          respond(request_id, { behavior: 'deny', message: FEEDBACK, interrupt: decision === 'cancel' });
        else {
          const more = typeof decision === 'string' ? {} : { command: decision.command };
          respond(request_id, { behavior: 'allow', updatedInput: { ...request.input, ...more } });
        }
      },
      async reply() {
        const { request_id, request } = await question();
        const { questions } = request.input as { questions: Message[] };
        const answers = Object.fromEntries(questions.map(q => [q.question, q.options[0].label]));
        respond(request_id, { behavior: 'allow', updatedInput: { ...request.input, answers } });
      },
      async asked() {
        open = await wire.next('the question', asking);
      },
      async steer() {
        say('with care, please');
      },
      stop: () => control({ subtype: 'interrupt' }),
      bypass: () => control({ subtype: 'set_permission_mode', mode: 'bypassPermissions' }),
      async heard(words) {
        await wire.next(
          'the first words',
          m => m.type === 'stream_event' && JSON.stringify(m).includes(words),
        );
      },
      async done() {
        await wire.next('the end of the turn', m => m.type === 'result');
      },
    };
  },
);
