import { startLayer } from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { sessionOptions } from './options.ts';
import { SERVER_FLAGS, SERVER_HELP, SERVER_OPTIONS, serverOptions, untilEnded } from './server-options.ts';

const HELP = `Usage: otel-alignment sessions layer --state FOLDER (--tokens FILE | --client-ca FILE) [OPTIONS]

Runs the layer's service, at which contributors have their own fragments erased (sessions erase), until 48 hours after the week. It
writes down who wants which traces gone, and answers when that is on the disk. It holds no fragment: sessions stitch and sessions purge
read its folder (--erased). Records are removed 9 days after their week. Fragments themselves reach the layer's Collector.
SIGTERM and SIGINT end it, after it answered what had begun.

Options:
  --state FOLDER      records, one file a week; made with mode 0700. Back it up: what is lost of it is not erased
${SERVER_HELP}
  --port PORT         default 8791; 0 takes any free one
  --quota N           traces that a contributor can have erased in one week; default 100000

Example:
  printf 'provider-a %s\\n' "$(openssl rand -base64 32)" > tokens && chmod 600 tokens
  otel-alignment sessions layer --state layer --tokens tokens

Exit codes: 0 ended by a signal, 2 unusable command line, file, folder or port.
`;

export const layerCommand: Command = {
  help: HELP,
  async run(args) {
    const parsed = sessionOptions('layer', args, {
      text: SERVER_OPTIONS,
      flags: SERVER_FLAGS,
      required: ['state'],
    });
    const options = serverOptions('layer', parsed, { port: '8791', quota: '100000' });
    await untilEnded(
      () => startLayer(options),
      options,
      () => `${options.folder}: what is to be erased is written here`,
    );
    return 0;
  },
};
