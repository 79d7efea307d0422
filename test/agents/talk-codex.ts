import { cli } from './agents.ts';
import { type Decision, PROMPT, tongue } from './talk.ts';
import { type Message, startWire } from './wire.ts';

const INPUT = (text: string): object[] => [{ type: 'text', text, text_elements: [] }];

/** Codex' app-server behind our proxy, with the hooks trusted as a person does it at Codex' question. */
export const codexTalk = tongue(
  startWire,
  program => [
    ...[process.execPath, cli, 'acp', '--protocol', 'codex', '--agent', 'codex', '--'],
    ...program,
    'app-server',
  ],
  async (wire, { place: { cwd }, freedom }) => {
    await wire.ask('initialize', {
      clientInfo: { name: 'test', title: 'test', version: '0' },
      capabilities: { experimentalApi: true },
    });
    wire.send({ method: 'initialized' });
    const { data } = await wire.ask('hooks/list', { cwds: [cwd] });
    const edits = data
      .flatMap(({ hooks }: Message) => hooks)
      .map(({ key, currentHash }: Message) => ({
        keyPath: `hooks.state.${JSON.stringify(key)}.trusted_hash`,
        value: currentHash,
        mergeStrategy: 'upsert',
      }));
    if (edits.length > 0) await wire.ask('config/batchWrite', { edits });
    const { thread } = await wire.ask('thread/start', {
      cwd,
      ...(freedom === 'bypass'
        ? { approvalPolicy: 'never', sandbox: 'danger-full-access' }
        : freedom === 'reviewed'
          ? { approvalPolicy: 'on-request', sandbox: 'workspace-write', approvalsReviewer: 'auto_review' }
          : { approvalPolicy: 'untrusted', sandbox: 'workspace-write' }),
    });
    const threadId = thread.id as string;
    let turnId = '';
    let free = {};
    let open: Message | undefined;
    const asking = (m: Message): boolean => m.method?.endsWith('/requestApproval') === true;
    return {
      async prompt() {
        // a question of the agent's own is asked in plan mode only
        const collaborationMode = {
          mode: 'plan',
          settings: { model: 'scripted', reasoning_effort: null, developer_instructions: null },
        };
        const { turn } = await wire.ask('turn/start', {
          threadId,
          input: INPUT(PROMPT),
          ...(freedom === 'plans' ? { collaborationMode } : {}),
          ...free,
        });
        turnId = turn.id;
      },
      async answer(decision: Decision) {
        const { id } = open ?? (await wire.next('the question', asking));
        open = undefined;
        if (typeof decision !== 'string') throw new Error('Codex lets nobody edit a command');
        wire.send({
          id,
          result: { decision: { allow: 'accept', deny: 'decline', cancel: 'cancel' }[decision] },
        });
      },
      async reply() {
        const { id, params } = await wire.next(
          'the question',
          m => m.method === 'item/tool/requestUserInput',
        );
        const answers = Object.fromEntries(
          params.questions.map((q: Message) => [q.id, { answers: [q.options[0].label] }]),
        );
        wire.send({ id, result: { answers } });
      },
      async asked() {
        open = await wire.next('the question', asking);
      },
      async steer() {
        await wire.ask('turn/steer', { threadId, expectedTurnId: turnId, input: INPUT('with care, please') });
      },
      async stop() {
        await wire.ask('turn/interrupt', { threadId, turnId });
      },
      async bypass() {
        free = { approvalPolicy: 'never', sandboxPolicy: { type: 'dangerFullAccess' } };
      },
      async heard() {
        await wire.next('the first words', m => m.method === 'item/started');
      },
      async done() {
        await wire.next('the end of the turn', m => m.method === 'turn/completed');
      },
    };
  },
);
