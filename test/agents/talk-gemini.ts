import { cli } from './agents.ts';
import { cannot, type Decision, PROMPT, tongue } from './talk.ts';
import { type Message, startWire } from './wire.ts';

/** Gemini CLI as editors start it: over the Agent Client Protocol, behind our proxy. */
export const geminiTalk = tongue(
  startWire,
  program => [
    ...[process.execPath, cli, 'acp', '--agent', 'gemini-cli', '--'],
    ...program,
    ...['--acp', '-m', 'gemini-2.5-flash', '--skip-trust'],
  ],
  async (wire, { place: { cwd }, freedom }) => {
    await wire.ask('initialize', {
      protocolVersion: 1,
      clientCapabilities: { fs: { readTextFile: false, writeTextFile: false } },
      clientInfo: { name: 'test', version: '0' },
    });
    await wire.ask('authenticate', { methodId: 'gemini-api-key' });
    const { sessionId } = await wire.ask('session/new', { cwd, mcpServers: [] });
    const setMode = (modeId: string): Promise<Message> => wire.ask('session/set_mode', { sessionId, modeId });
    if (freedom === 'bypass') await setMode('yolo');
    let turn: Promise<Message> = Promise.resolve();
    let open: Message | undefined;
    const asking = (m: Message): boolean => m.method === 'session/request_permission';
    const choose = async (kind: RegExp | undefined): Promise<void> => {
      const { id, params } = open ?? (await wire.next('the question', asking));
      open = undefined;
      const option = params.options.find((o: Message) => kind?.test(o.kind));
      const outcome =
        option === undefined
          ? { outcome: 'cancelled' }
          : { outcome: 'selected', optionId: option.optionId as string };
      wire.send({ jsonrpc: '2.0', id, result: { outcome } });
    };
    return {
      async prompt() {
        turn = wire.ask('session/prompt', { sessionId, prompt: [{ type: 'text', text: PROMPT }] });
        turn.catch(() => {});
      },
      async answer(decision: Decision) {
        if (typeof decision !== 'string') throw new Error('the protocol has no word for another command');
        if (decision === 'cancel') {
          open ??= await wire.next('the question', asking);
          wire.send({ jsonrpc: '2.0', method: 'session/cancel', params: { sessionId } });
          await choose(undefined);
        } else await choose(decision === 'allow' ? /allow_once/ : /reject/);
      },
      // the protocol hands the question to nobody
      async reply() {},
      async asked() {
        open = await wire.next('the question', asking);
      },
      steer: cannot('message within a turn: a second prompt ends the first'),
      async stop() {
        wire.send({ jsonrpc: '2.0', method: 'session/cancel', params: { sessionId } });
      },
      async bypass() {
        await setMode('yolo');
      },
      async heard(words) {
        await wire.next(
          'the first words',
          m => m.method === 'session/update' && JSON.stringify(m).includes(words),
        );
      },
      async done() {
        await turn;
      },
    };
  },
);
